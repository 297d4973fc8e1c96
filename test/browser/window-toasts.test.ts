/** The window in Chromium: what pops up in the corner when something happens. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ContextView } from '../../main/contract/contexts.ts';
import type { JournalEntry, JournalEvent } from '../../main/contract/journal.ts';
import type { NetworkView } from '../../main/contract/networks.ts';
import { DEFAULT_SETTINGS } from '../../main/contract/settings.ts';
import { findAxeViolations } from '../support/axe.ts';
import { hasChromium } from '../support/chromium.ts';
import { makeBurst } from '../support/window-activity.ts';
import { LONG_NAME, MARKUP, makeEntry, RIGHT_TO_LEFT } from '../support/window-fixtures.ts';
import { makeGoodDay } from '../support/window-good-day.ts';
import { details, openView } from '../support/window-page.ts';
import type { Shown, ShowOptions, Stage } from '../support/window-stage.ts';
import { openStage } from '../support/window-stage.ts';

let stage: Stage;
beforeAll(async () => {
  if (hasChromium) stage = await openStage();
}, 120_000);
afterAll(() => stage?.close());

const inChromium = describe.skipIf(!hasChromium);
const PATIENCE = { timeout: 10_000 };
const SHOWN_MS = 8_000;

interface Opened extends Shown {
  /** Something happens to a network of the good day. */
  readonly happens: (name: string, event: JournalEvent, parts?: Partial<JournalEntry>) => JournalEntry;
}

async function open(options?: ShowOptions): Promise<Opened> {
  const shown = await stage.show(makeGoodDay(), options);
  await shown.page.getByRole('heading', { name: 'All contexts' }).waitFor();
  let id = 100;
  return {
    ...shown,
    happens(name, event, parts) {
      id += 1;
      const network = find(shown.service.snapshot.networks, name);
      const entry = makeEntry(id, network, event, `It was ${event}: ${name}`, 0, parts);
      shown.service.update({ journal: [entry] });
      return entry;
    },
  };
}

function find(networks: readonly NetworkView[], name: string): NetworkView {
  const network = networks.find((one) => one.name === name);
  if (network === undefined) throw new Error(`There is no ${name} in the fixture.`);
  return network;
}

function region(page: Page) {
  return page.getByRole('region', { name: 'What just happened' });
}

function toasts(page: Page) {
  return region(page).getByRole('alertdialog');
}

function focusedTag(page: Page): Promise<string> {
  return page.evaluate<string>('document.activeElement.tagName');
}

/** What the toasts say, from top to bottom. */
function expectToasts(page: Page, expected: readonly RegExp[]): Promise<void> {
  return expect
    .poll(() => toasts(page).allTextContents(), PATIENCE)
    .toEqual(expected.map((one) => expect.stringMatching(one)));
}

inChromium('toasts', () => {
  test('tell of a restore, and undo it after a confirmation that names cluster, network and users', async () => {
    const { page, service, happens } = await open();
    const search = page.getByRole('searchbox').first();
    await search.focus();
    happens('ceph-public', 'restored', { by: 'self' });
    await expectToasts(page, [/^Brought back.*prod-eu.*It was restored: ceph-public.*Undo.*Show/]);
    await toasts(page).getByRole('button', { name: 'Undo' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Delete storage/ceph-public on prod-eu again?' });
    await dialog.getByText('14 pods use it and 2 workloads refer to it.').waitFor();
    expect(service.commandsNamed('undoRestore')).toEqual([]);
    await dialog.getByRole('button', { name: 'Delete it again' }).click();
    const args = {
      context: '/home/ada/.kube/config#prod-eu',
      namespace: 'storage',
      name: 'ceph-public',
      isConfirmed: true,
    };
    await expect.poll(() => service.commandsNamed('undoRestore'), PATIENCE).toEqual([args]);
    await expectToasts(page, []);
    await expect.poll(() => focusedTag(page), PATIENCE).toBe('INPUT');
  });

  test('undo nothing where the person thinks better of it', async () => {
    const { page, service, happens } = await open();
    happens('ceph-public', 'restored', { by: 'self' });
    await toasts(page).getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(() => page.getByRole('alertdialog').count(), PATIENCE).toBe(0);
    expect(service.commandsNamed('undoRestore')).toEqual([]);
  });

  test('offer no undo of what somebody else did', async () => {
    const { page, happens } = await open();
    happens('ceph-public', 'restored', { by: 'other' });
    await expectToasts(page, [/It was restored: ceph-publicShow$/]);
  });

  test('restore what waits for a person after a confirmation, and show the network', async () => {
    const { page, service, happens } = await open();
    happens('hsm-fabric', 'held');
    await toasts(page).getByRole('button', { name: 'Restore' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Restore payments/hsm-fabric on prod-eu?' });
    await dialog.getByRole('button', { name: 'Restore' }).click();
    const args = { context: '/home/ada/.kube/config#prod-eu', namespace: 'payments', name: 'hsm-fabric' };
    await expect.poll(() => service.commandsNamed('restoreNetwork'), PATIENCE).toEqual([args]);
    happens('probe-tap', 'failed');
    await toasts(page).getByRole('button', { name: 'Show' }).click();
    await details(page).getByRole('heading', { name: 'telemetry/probe-tap' }).waitFor();
    await expectToasts(page, []);
  });

  test('are three at most, the newest on top, and one for each network', async () => {
    const { page, happens } = await open();
    happens('ceph-public', 'restored', { by: 'self' });
    happens('uplink-b', 'deleting');
    await expectToasts(page, [/uplink-b/, /ceph-public/]);
    happens('ceph-public', 'held');
    await expectToasts(page, [/held: ceph-public/, /uplink-b/]);
    happens('rtp', 'restored');
    happens('multicast', 'restored');
    await expectToasts(page, [/multicast/, /rtp/, /held: ceph-public/]);
  });

  test('tell of many at once in one, which shows them in the activity', async () => {
    const { page, service } = await open();
    const [prod] = service.snapshot.contexts as [ContextView];
    service.update({ journal: makeBurst(prod, 100, 200) });
    await expectToasts(page, [/100 networks were brought back on prod-eu/]);
    service.update({ journal: makeBurst(prod, 123, 300) });
    await expectToasts(page, [/123 networks were brought back on prod-eu/]);
    await toasts(page).getByRole('button', { name: 'Show' }).click();
    const activity = page.getByRole('region', { name: 'Activity' });
    await activity.getByText('Brought back team/net-122').first().waitFor();
    expect(new URL(page.url()).searchParams.get('event')).toBe('restored');
    await expectToasts(page, []);
  });

  test('do not tell of what is no news, or of what the person does not want to hear', async () => {
    const { page, service, happens } = await open();
    await expectToasts(page, []);
    happens('rtp', 'deleted');
    happens('rtp', 'letGo');
    const contexts = { '/home/ada/.kube/config#lab': { isProtected: false, isMuted: true } };
    service.update({ settings: { ...DEFAULT_SETTINGS, contexts } });
    happens('loop', 'failed');
    await openView(page, 'Activity');
    happens('gateway', 'asked');
    await page.getByRole('region', { name: 'Activity' }).getByText('It was asked: gateway').waitFor();
    await openView(page, 'Networks');
    await page.evaluate('Object.defineProperty(document, "hidden", { value: true, configurable: true })');
    const unseen = happens('signalling', 'asked');
    await page.getByText(unseen.message).first().waitFor();
    await page.evaluate('Object.defineProperty(document, "hidden", { value: false })');
    happens('multicast', 'asked');
    await expectToasts(page, [/multicast/]);
    await openView(page, 'Activity');
    await expectToasts(page, []);
  });

  test('leave after a while, but not while they are pointed at or have the focus', async () => {
    const { page, happens } = await open();
    await page.clock.install();
    // Time goes on only as the test says.
    await page.clock.pauseAt(Date.now() + 60_000);
    happens('rtp', 'asked');
    await toasts(page).waitFor();
    await page.clock.runFor(SHOWN_MS - 3_000);
    await toasts(page).hover();
    await page.clock.runFor(SHOWN_MS);
    expect(await toasts(page).count()).toBe(1);
    await page.mouse.move(300, 300);
    await page.keyboard.press('F6');
    await page.clock.runFor(SHOWN_MS);
    expect(await toasts(page).count()).toBe(1);
    await page.getByRole('main').focus();
    await page.clock.runFor(SHOWN_MS);
    await expectToasts(page, []);
  });

  test('are reached by F6 and closed by Escape, which gives the focus back', async () => {
    const { page, happens } = await open();
    const search = page.getByRole('searchbox').first();
    await search.focus();
    happens('rtp', 'restored');
    happens('multicast', 'asked');
    await expectToasts(page, [/multicast/, /rtp/]);
    await page.keyboard.press('F6');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.getAttribute("role")')).toBe('alertdialog');
    await page.keyboard.press('Escape');
    await expectToasts(page, [/rtp/]);
    await page.keyboard.press('Escape');
    await expectToasts(page, []);
    await expect.poll(() => focusedTag(page), PATIENCE).toBe('INPUT');
  });

  test('are announced politely, once', async () => {
    const { page, happens } = await open();
    const entry = happens('rtp', 'restored');
    await toasts(page).waitFor();
    expect(await page.locator('[aria-live=polite]').allTextContents()).toContain(entry.message);
    expect(await region(page).locator('[role=alert], [aria-live]').count()).toBe(0);
  });

  test.each([
    ['light', 1_280, 800],
    ['dark', 900, 600],
  ] as const)('have no axe violations in %s at %d × %d', async (theme, width, height) => {
    const { page, happens } = await open({ theme, width, height, reducedMotion: true });
    happens('rtp', 'restored', { by: 'self' });
    happens('hsm-fabric', 'held');
    await expect.poll(() => toasts(page).count(), PATIENCE).toBe(2);
    expect(await findAxeViolations(page)).toEqual([]);
  });

  test.each([
    [1_280, 800],
    [640, 420],
  ])('show hostile texts as texts, and stay above what happened last, at %d × %d', async (width, height) => {
    const { page, happens } = await open({ width, height });
    happens('rtp', 'failed', {
      message: `${MARKUP} ${RIGHT_TO_LEFT} ${LONG_NAME}`,
      context: 'x',
      contextName: LONG_NAME,
    });
    await toasts(page).getByText('<script>').waitFor();
    expect(await page.title()).toBe('NetKeeper');
    expect(await toasts(page).textContent()).not.toContain('\u202e');
    const toast = await toasts(page).boundingBox();
    const latest = await page.getByRole('region', { name: 'What happened last' }).boundingBox();
    if (toast === null || latest === null) throw new Error('They are not to be seen.');
    expect(toast.x).toBeGreaterThanOrEqual(0);
    expect(toast.x + toast.width).toBeLessThanOrEqual(width);
    expect(toast.y + toast.height).toBeLessThanOrEqual(latest.y);
  });
});
