/** The panel of one network in Chromium: focus, waiting, failures, and whether everybody can use it. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Reply } from '../../main/contract/commands.ts';
import { hasChromium } from '../support/chromium.ts';
import {
  answerWith,
  focusedText,
  makeProdDay,
  openDetail,
  userRow,
  withNetwork,
} from '../support/window-detail.ts';
import { LONG_NAME, makeDetail } from '../support/window-fixtures.ts';
import { details, question, row } from '../support/window-page.ts';
import type { Stage } from '../support/window-stage.ts';
import { openStage } from '../support/window-stage.ts';

let stage: Stage;
beforeAll(async () => {
  if (hasChromium) stage = await openStage();
}, 120_000);
afterAll(() => stage?.close());

const inChromium = describe.skipIf(!hasChromium);
const REFUSED: Reply<never> = {
  ok: false,
  code: 'x',
  message: 'prod-eu does not answer',
  remedy: 'Wait a little.',
};

inChromium('the details', () => {
  test('say that they are on their way, beside what is known already', async () => {
    const { page, service } = await stage.show(makeProdDay());
    const answer = Promise.withResolvers<Reply<unknown>>();
    service.answers.set('networkDetail', () => answer.promise);
    await row(page, 'storage/ceph-cluster').click();
    await details(page).getByRole('status').getByText('Reading the details').waitFor();
    await details(page).getByText('It is there. 14 pods use it and 2 workloads refer to it.').waitFor();
    const network = service.snapshot.networks.find(({ name }) => name === 'ceph-cluster');
    if (network === undefined) throw new Error('It is not in the fixture.');
    answer.resolve({ ok: true, value: makeDetail(network) });
    await details(page).getByRole('heading', { name: 'Used by' }).waitFor();
    expect(await details(page).getByText('Reading the details').count()).toBe(0);
  });

  test('say what went wrong and what helps, and are asked for again by Retry', async () => {
    const { page, service } = await stage.show(makeProdDay());
    service.answers.set('networkDetail', () => REFUSED);
    await row(page, 'storage/ceph-cluster').click();
    await details(page).getByRole('alert').getByText('prod-eu does not answer. Wait a little.').waitFor();
    answerWith(service, {});
    await details(page).getByRole('button', { name: 'Retry' }).click();
    await details(page).getByRole('heading', { name: 'Used by' }).waitFor();
    expect(await details(page).getByRole('alert').count()).toBe(0);
  });

  test('stay where they cannot be read again, and say so', async () => {
    const { page, service } = await openDetail(stage, 'storage/ceph-cluster');
    service.answers.set('networkDetail', () => REFUSED);
    const networks = service.snapshot.networks.filter(({ name }) => name === 'ceph-cluster');
    service.update({ networks: networks.map((one) => ({ ...one, pods: 15 })) });
    await details(page).getByRole('alert').getByText('this is what they were').waitFor();
    await details(page).getByRole('heading', { name: 'Used by' }).waitFor();
  });

  test('are read one at a time, however often the network changes, and end with the last change', async () => {
    const { page, service } = await openDetail(stage, 'storage/ceph-cluster');
    const networks = service.snapshot.networks.filter(({ name }) => name === 'ceph-cluster');
    const before = service.commandsNamed('networkDetail').length;
    for (let pods = 15; pods <= 60; pods += 1) {
      service.update({ networks: networks.map((one) => ({ ...one, pods })) });
    }
    await details(page).getByText('60 pods, 2 workloads').waitFor();
    await userRow(page, /^ceph-cluster, StatefulSet/)
      .getByText('51 pods')
      .waitFor();
    expect(service.commandsNamed('networkDetail').length - before).toBeLessThan(10);
  });
});

inChromium('the focus', () => {
  test('is on the heading when a network is opened by keyboard, and goes back to the row', async () => {
    const { page } = await stage.show(makeProdDay());
    await row(page, 'payments/hsm-fabric').waitFor();
    await page.keyboard.press('/');
    for (let presses = 0; presses < 12 && !(await isInTable(page)); presses += 1)
      await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate('document.activeElement.tagName')).toBe('H2');
    await page.keyboard.press('Escape');
    await details(page).waitFor({ state: 'detached' });
    expect(await isInTable(page)).toBe(true);
  });

  test('stays, and so does the panel, when Escape closes a menu or a question over it', async () => {
    const { page } = await openDetail(stage, 'payments/hsm-fabric');
    await details(page).getByRole('button', { name: 'Copy the network' }).click();
    await page.getByRole('menu').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await details(page).getByRole('button', { name: 'Let go' }).click();
    await question(page).waitFor();
    await page.keyboard.press('Escape');
    await question(page).waitFor({ state: 'detached' });
    await expect.poll(() => focusedText(page)).toBe('Let go');
    await details(page).waitFor();
    await page.keyboard.press('Escape');
    await details(page).waitFor({ state: 'detached' });
  });

  test('goes to the heading when the button that has it goes', async () => {
    const { page, service } = await openDetail(stage, 'payments/hsm-fabric');
    await details(page).getByRole('button', { name: 'Restore' }).click();
    await question(page).getByRole('button', { name: 'Restore' }).click();
    await question(page).waitFor({ state: 'detached' });
    await expect.poll(() => focusedText(page)).toBe('Restore');
    const networks = service.snapshot.networks.filter(({ name }) => name === 'hsm-fabric');
    service.update({ networks: networks.map((one) => ({ ...one, state: 'inUse' })) });
    await expect.poll(() => focusedText(page)).toBe('payments/hsm-fabric');
  });
});

function isInTable(page: Page): Promise<boolean> {
  return page.evaluate<boolean>(`document.activeElement.closest('#main [role=grid]') !== null`);
}

const AXE = readFileSync(
  join(createRequire(import.meta.url).resolve('axe-core'), '..', 'axe.min.js'),
  'utf8',
);

inChromium('accessibility', () => {
  const replaced = { config: '{"type":"bridge"}', previousConfig: '{"type":"macvlan"}', canUndo: true };
  const cases = [
    ['few users and an undo', 'edge/gateway', replaced],
    ['a long list', 'big/thousand', {}],
    ['a missing network', 'billing/ledger-sync', {}],
    ['one that is held', 'payments/hsm-fabric', {}],
    ['a network with a long name', `${LONG_NAME}/${LONG_NAME}`, {}],
  ] as const;
  test.each(cases.flatMap((one) => (['light', 'dark'] as const).map((theme) => [...one, theme] as const)))(
    'axe finds nothing to object to: %s',
    async (_what, key, parts, theme) => {
      const named = withNetwork(makeProdDay(), `${LONG_NAME}/${LONG_NAME}`, { pods: 2, workloads: 1 });
      const snapshot = withNetwork(named, 'big/thousand', { pods: 400, workloads: 1 });
      const { page } = await openDetail(stage, key, { snapshot, parts, theme });
      await page.evaluate(AXE);
      const violations = await page.evaluate<unknown[]>(
        `axe.run('aside').then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html, failureSummary }) => html + failureSummary)]))`,
      );
      expect(violations).toEqual([]);
    },
  );
});
