/** The window in Chromium, on states that a test makes: what is wrong, and what is used by whom. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ContextView } from '../../main/contract/contexts.ts';
import { DEFAULT_SETTINGS } from '../../main/contract/settings.ts';
import { hasChromium } from '../support/chromium.ts';
import { makeEntry, makeNetwork } from '../support/window-fixtures.ts';
import { makeGoodDay } from '../support/window-good-day.ts';
import {
  chip,
  choose,
  contextButton,
  details,
  networksShown,
  question,
  row,
  select,
} from '../support/window-page.ts';
import type { Stage } from '../support/window-stage.ts';
import { openStage } from '../support/window-stage.ts';

if (!hasChromium)
  console.log('The window is not tested here: there is no Chromium (apt-get install chromium).');

let stage: Stage;
beforeAll(async () => {
  if (hasChromium) stage = await openStage();
}, 120_000);
afterAll(() => stage?.close());

const inChromium = describe.skipIf(!hasChromium);

inChromium('networks', () => {
  test('says first whether anything is wrong, and lists what is wrong first', async () => {
    const { page } = await stage.show(makeGoodDay());
    await contextButton(page, 'prod-eu').click();
    await page.getByRole('heading', { name: '2 networks need you, and one is missing.' }).waitFor();
    const shown = await networksShown(page);
    expect(shown.slice(0, 4)).toEqual([
      'payments/hsm-fabric',
      'telemetry/probe-tap',
      'billing/ledger-sync',
      'edge/uplink-b',
    ]);
    expect(shown.at(-1)).toBe('voice/rtp-legacy');
  });

  test('says that all is well only where everything is watched', async () => {
    const { page } = await stage.show(makeGoodDay());
    await contextButton(page, 'staging').click();
    await page.getByRole('heading', { name: 'All is well. 2 networks are in use.' }).waitFor();
    await contextButton(page, 'lab').click();
    await page.getByRole('heading', { name: '1 network is in use.', exact: true }).waitFor();
  });

  test.each([
    ['payments/hsm-fabric', 'Held'],
    ['telemetry/probe-tap', 'Failed'],
    ['billing/ledger-sync', 'Missing'],
    ['edge/uplink-b', 'Being deleted'],
    ['storage/ceph-cluster', 'In use'],
    ['storage/ceph-public', 'Brought back'],
    ['sandbox/old-experiment', 'Unused'],
    ['voice/rtp-legacy', 'Let go'],
  ])('shows the state of %s as a mark and the words %s', async (network, words) => {
    const { page } = await stage.show(makeGoodDay());
    await contextButton(page, 'prod-eu').click();
    const cell = row(page, network).getByRole('gridcell', { name: words, exact: true });
    await cell.waitFor();
    expect(await cell.locator('[aria-hidden=true]').count()).toBe(1);
  });

  test('narrows the table by words and by state, and says how to undo that', async () => {
    const { page } = await stage.show(makeGoodDay());
    await contextButton(page, 'prod-eu').click();
    await page.keyboard.press('/');
    await page.keyboard.type('VOICE sriov');
    await expect.poll(() => networksShown(page)).toEqual(['voice/rtp']);
    await chip(page, 'Missing 0').click();
    await page.getByText('No network matches').waitFor();
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await expect.poll(async () => (await networksShown(page)).length).toBe(15);
    await chip(page, 'Missing 1').click();
    await expect.poll(() => networksShown(page)).toEqual(['billing/ledger-sync']);
  });

  test('renews the details when something happens to the network', async () => {
    const { page, service } = await stage.show(makeGoodDay());
    await contextButton(page, 'prod-eu').click();
    await row(page, 'storage/ceph-cluster').click();
    await details(page).getByText('14 pods use it').first().waitFor();
    const network = service.snapshot.networks.find(({ name }) => name === 'ceph-cluster');
    if (network === undefined) throw new Error('It is not in the fixture.');
    service.update({ networks: [{ ...network, pods: 15 }] });
    await details(page).getByText('15 pods use it').first().waitFor();
    await expect.poll(() => service.commandsNamed('networkDetail').length).toBe(2);
  });

  test.each([
    ['Restore', 'restoreNetwork'],
    ['Let go', 'letGoNetwork'],
  ])('%s asks first, naming network, cluster and users', async (button, command) => {
    const { page, service } = await stage.show(makeGoodDay());
    await contextButton(page, 'prod-eu').click();
    await row(page, 'payments/hsm-fabric').click();
    await details(page).getByRole('button', { name: button }).click();
    const dialog = question(page);
    await dialog.getByRole('heading', { name: /payments\/hsm-fabric on prod-eu\?$/ }).waitFor();
    await dialog.getByText('3 pods use it').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(service.commandsNamed(command)).toEqual([]);
    await details(page).getByRole('button', { name: button }).click();
    await dialog.getByRole('button', { name: button }).click();
    const args = { context: '/home/ada/.kube/config#prod-eu', namespace: 'payments', name: 'hsm-fabric' };
    await expect.poll(() => service.commandsNamed(command)).toEqual([args]);
  });

  test('says what failed and what helps when a command fails', async () => {
    const { page, service } = await stage.show(makeGoodDay());
    service.answers.set('restoreNetwork', () => ({
      ok: false,
      code: 'refused',
      message: 'The webhook says no',
      remedy: 'Ask its owner.',
    }));
    await contextButton(page, 'prod-eu').click();
    await row(page, 'payments/hsm-fabric').click();
    await details(page).getByRole('button', { name: 'Restore' }).click();
    await question(page).getByRole('button', { name: 'Restore' }).click();
    const alert = page.getByRole('alert');
    await alert.getByText('The webhook says no. Ask its owner.').waitFor();
    await alert.getByRole('button', { name: 'Dismiss' }).click();
    await expect.poll(() => alert.count()).toBe(0);
  });

  test('lets a network that has just been brought back light up, and says it to screen readers', async () => {
    const { page, service } = await stage.show(makeGoodDay());
    await contextButton(page, 'staging').click();
    const network = makeNetwork(service.snapshot.contexts[1] as ContextView, 'edge', 'uplink-a', {
      state: 'inUse',
      pods: 1,
    });
    const entry = makeEntry(10, network, 'restored', 'Brought back edge/uplink-a: 1 pod uses it', 0);
    service.update({ networks: [network], journal: [entry] });
    const cell = row(page, 'edge/uplink-a').getByText('Brought back');
    await cell.waitFor();
    await page.locator('[aria-live=polite]').filter({ hasText: entry.message }).waitFor();
    expect(await animationOf(page)).toBe('2s');
  });

  test('does not move anything where motion is to be reduced', async () => {
    const { page, service } = await stage.show(makeGoodDay(), { reducedMotion: true });
    await contextButton(page, 'staging').click();
    const network = makeNetwork(service.snapshot.contexts[1] as ContextView, 'edge', 'uplink-a');
    service.update({
      networks: [network],
      journal: [makeEntry(10, network, 'restored', 'Brought back edge/uplink-a', 0)],
    });
    await row(page, 'edge/uplink-a').getByText('Brought back').waitFor();
    expect(await animationOf(page)).toBe('0s');
  });
});

/** How long the table's row that is lit up fades. */
function animationOf(page: Page): Promise<string> {
  return page.evaluate<string>(`getComputedStyle(document.querySelector('tr.fresh')).animationDuration`);
}

inChromium('contexts', () => {
  test('shows each context with its phase in words, what needs a person, and whether it is protected', async () => {
    const { page } = await stage.show(makeGoodDay());
    const expected: Readonly<Record<string, RegExp>> = {
      'prod-eu': /Protected.*Watching.*current.*2 need you.*1 missing.*in use/s,
      staging: /Watching.*2 in use/s,
      lab: /Reconnecting.*1 in use.*4 min ago/s,
      'prod-us': /Reading.*12,400 objects so far/s,
      build: /Failed/,
      'kind-plain': /Waiting for the CRD/,
      'old-dc': /^old-dc(?!.*Watching)/s,
    };
    for (const [name, words] of Object.entries(expected)) {
      const button = contextButton(page, name);
      await button.waitFor();
      expect(await button.textContent()).toMatch(words);
    }
  });

  test('changes the mode of a context at once', async () => {
    const { page, service } = await stage.show(makeGoodDay());
    await choose(page, 'Mode of staging', 'Ask');
    const args = { context: '/home/ada/.kube/config#staging', mode: 'ask' };
    await expect.poll(() => service.commandsNamed('setMode')).toEqual([args]);
  });

  test('changes the mode of a protected context only after a confirmation that names it', async () => {
    const { page, service } = await stage.show(makeGoodDay());
    await choose(page, 'Mode of prod-eu', 'Off');
    const dialog = page.getByRole('alertdialog', { name: 'Change prod-eu to Off?' });
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(service.commandsNamed('setMode')).toEqual([]);
    expect(await select(page, 'Mode of prod-eu').textContent()).toBe('Restore');
    await choose(page, 'Mode of prod-eu', 'Off');
    await dialog.getByRole('button', { name: 'Change to Off' }).click();
    const args = { context: '/home/ada/.kube/config#prod-eu', mode: 'off', isConfirmed: true };
    await expect.poll(() => service.commandsNamed('setMode')).toEqual([args]);
  });

  test('pauses and resumes all contexts', async () => {
    const { page, service } = await stage.show(makeGoodDay());
    await page.getByRole('button', { name: 'Pause all contexts' }).click();
    await page.getByRole('menuitem', { name: 'For 1 hour' }).click();
    await expect.poll(() => service.commandsNamed('pause')).toEqual([{ minutes: 60 }]);
    service.update({ settings: { ...DEFAULT_SETTINGS, pausedUntil: 'never' } });
    await page.getByText('Paused: nothing is brought back until you resume').waitFor();
    await page.getByRole('button', { name: 'Resume' }).click();
    await expect.poll(() => service.commandsNamed('resume')).toEqual([{}]);
  });
});
