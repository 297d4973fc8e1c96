/** The window in Chromium where there is little to show, and where a cluster or the connection is in trouble. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ContextView } from '../../main/contract/contexts.ts';
import type { Snapshot } from '../../main/contract/updates.ts';
import { CLUSTER_ROLE } from '../../renderer/components/cluster-role.ts';
import { hasChromium } from '../support/chromium.ts';
import { makeContext, makeSnapshot } from '../support/window-fixtures.ts';
import { makeGoodDay } from '../support/window-good-day.ts';
import { contextButton, details, row } from '../support/window-page.ts';
import type { Stage } from '../support/window-stage.ts';
import { openStage } from '../support/window-stage.ts';

let stage: Stage;
beforeAll(async () => {
  if (hasChromium) stage = await openStage();
}, 120_000);
afterAll(() => stage?.close());

const inChromium = describe.skipIf(!hasChromium);

inChromium('empty and troubled states', () => {
  const problem = (code: string) => ({ code, message: 'It is so', remedy: 'Do this.' });
  const one = (parts: Partial<ContextView>) => makeSnapshot({ contexts: [makeContext('only', parts)] });
  test.each<[string, Snapshot, readonly string[]]>([
    ['no context at all', makeSnapshot(), ['No clusters known', 'Name a kubeconfig file', 'Look again']],
    [
      'nothing watched',
      makeSnapshot({ contexts: ['a', 'b'].map((name) => makeContext(name, { mode: 'off', phase: 'off' })) }),
      ['No context is watched'],
    ],
    ['connecting', one({ phase: 'connecting' }), ['Connecting to only', 'https://only.example.com:6443']],
    ['syncing', one({ phase: 'syncing', itemsRead: 5_000 }), ['Reading only', '5,000 objects so far']],
    ['no networks', one({}), ['only has no networks yet']],
    [
      'no CRD',
      one({ phase: 'failed', problem: problem('noNadCrd') }),
      ['only has no NetworkAttachmentDefinitions', 'Waiting for the CRD'],
    ],
    [
      'unreachable',
      one({ phase: 'failed', problem: problem('unreachable') }),
      ['only cannot be watched', 'It is so.', 'Do this.', 'Retry'],
    ],
    [
      'lost',
      one({ phase: 'reconnecting', problem: problem('unreachable') }),
      ['The connection to only is lost', 'Retry'],
    ],
    ['forbidden', one({ phase: 'failed', problem: problem('forbidden') }), ['kind: ClusterRole', 'Copy']],
  ])('%s is said in words', async (_what, snapshot, words) => {
    const { page } = await stage.show(snapshot);
    for (const text of words) await page.getByText(text).first().waitFor();
  });

  test('offers to watch a context that is off', async () => {
    const off = makeContext('old-dc', { mode: 'off', phase: 'off' });
    const { page, service } = await stage.show(makeSnapshot({ contexts: [off] }));
    await contextButton(page, 'old-dc').click();
    await page.getByRole('button', { name: 'Watch and restore' }).click();
    await expect.poll(() => service.commandsNamed('setMode')).toEqual([{ context: off.id, mode: 'restore' }]);
  });

  test('asks before a command of a kubeconfig is run for the first time', async () => {
    const context = makeContext('handed-over', { phase: 'failed', problem: problem('untrustedPlugin') });
    const { page, service } = await stage.show(makeSnapshot({ contexts: [context] }));
    await page.getByRole('button', { name: 'Allow this command' }).click();
    await expect.poll(() => service.commandsNamed('trustPlugin')).toEqual([{ context: context.id }]);
  });

  test('tries a context again when asked to', async () => {
    const { page, service } = await stage.show(makeGoodDay());
    await contextButton(page, 'lab').click();
    await page.getByText('connect ECONNREFUSED 10.4.0.2:6443.').waitFor();
    await page.getByRole('button', { name: 'Retry' }).click();
    const args = { context: '/home/ada/.kube/config#lab' };
    await expect.poll(() => service.commandsNamed('retryContext')).toEqual([args]);
  });

  test('copies the ClusterRole', async () => {
    const { page } = await stage.show(one({ phase: 'failed', problem: problem('forbidden') }));
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByText('Copied').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(CLUSTER_ROLE);
  });

  test('shows a notice until it is dismissed', async () => {
    const notices = [{ id: '1', message: 'A file was put aside.' }];
    const { page } = await stage.show(makeSnapshot({ notices }));
    await page.getByText('A file was put aside.').waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await expect.poll(() => page.getByText('A file was put aside.').count()).toBe(0);
  });
});

inChromium('the connection', () => {
  test('asks for a snapshot when an update is missing', async () => {
    const { page, service } = await stage.show(makeGoodDay());
    await page.getByRole('heading', { name: 'All contexts' }).waitFor();
    service.snapshot = { ...service.snapshot, sequence: 7, contexts: [makeContext('after-the-gap')] };
    service.tell({ event: 'update', update: { sequence: 7 } });
    await contextButton(page, 'after-the-gap').waitFor();
    expect(service.commandsNamed('snapshot')).toHaveLength(2);
  });

  test('says that the host is gone, and that another run of it needs another key', async () => {
    const { page, restartHost, stopHost } = await stage.show(makeGoodDay());
    await page.getByRole('heading', { name: 'All contexts' }).waitFor();
    await stopHost();
    await page.getByText('The connection to NetKeeper is lost. What you see may be old.').waitFor();
    await restartHost();
    await page.getByText('This window may not talk to NetKeeper').waitFor({ timeout: 15_000 });
  });

  test('takes the token out of the address', async () => {
    const { page } = await stage.show(makeSnapshot());
    await page.getByText('No clusters known').waitFor();
    expect(new URL(page.url()).hash).toBe('');
  });

  test('says so when NetKeeper fails to answer, and asks again when told to', async () => {
    const { page, service } = await stage.show(makeSnapshot());
    await page.getByText('No clusters known').waitFor();
    service.answers.set('snapshot', () => ({
      ok: false,
      code: 'x',
      message: 'Not now',
      remedy: 'Wait a little.',
    }));
    await page.reload();
    await page.getByText('Not now').waitFor();
    service.answers.delete('snapshot');
    await page.getByRole('button', { name: 'Retry' }).click();
    await page.getByText('No clusters known').waitFor();
  });

  test('runs under the strictest content security policy', async () => {
    const { page } = await stage.show(makeGoodDay(), {
      policy:
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'",
    });
    await contextButton(page, 'prod-eu').click();
    await row(page, 'storage/ceph-public').click();
    await details(page).getByText('"range"').waitFor();
  });
});
