/** The window in Chromium: what happened, and why. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findAxeViolations } from '../support/axe.ts';
import { hasChromium } from '../support/chromium.ts';
import { answerOlder, makeLongJournal } from '../support/window-activity.ts';
import {
  makeContext,
  makeEntry,
  makeHostile,
  makeNetwork,
  makeSnapshot,
} from '../support/window-fixtures.ts';
import { makeGoodDay } from '../support/window-good-day.ts';
import { contextButton, details, openView } from '../support/window-page.ts';
import type { Stage } from '../support/window-stage.ts';
import { openStage } from '../support/window-stage.ts';

let stage: Stage;
beforeAll(async () => {
  if (hasChromium) stage = await openStage();
}, 120_000);
afterAll(() => stage?.close());

const inChromium = describe.skipIf(!hasChromium);

function activity(page: Page) {
  return page.getByRole('region', { name: 'Activity' });
}

/** What happened, from top to bottom. */
function stories(page: Page) {
  return activity(page)
    .getByRole('listitem')
    .filter({ has: page.locator('time') });
}

async function shows(page: Page, count: number): Promise<void> {
  await expect.poll(() => stories(page).count(), { timeout: 10_000 }).toBe(count);
}

function bars(page: Page) {
  return page.getByRole('toolbar').getByRole('button');
}

async function chooseKind(page: Page, kind: string): Promise<void> {
  await page
    .getByRole('main')
    .getByRole('button', { name: /^Kind: / })
    .click();
  await page.getByRole('menuitemradio', { name: kind, exact: true }).click();
}

function queryOf(page: Page): URLSearchParams {
  return new URL(page.url()).searchParams;
}

inChromium('activity', () => {
  test('lists what happened with the reason, the newest first, a deletion with what came of it', async () => {
    const { page } = await stage.show(makeGoodDay());
    await openView(page, 'Activity');
    await shows(page, 8);
    const newest = (await stories(page).first().textContent()) ?? '';
    expect(newest).toContain('Brought back storage/ceph-public: 14 pods use it');
    expect(newest).toMatch(
      /Deleted at .* · took 8 ms · created NetworkAttachmentDefinition storage\/ceph-public/,
    );
    const byOther = stories(page).filter({ hasText: 'Brought back edge/uplink-a' });
    expect(await byOther.textContent()).toMatch(
      /Took 1\.4 s · by somebody else · while nobody watched · nothing was written/,
    );
    await page
      .getByRole('heading', { name: 'Today' })
      .or(page.getByRole('heading', { name: 'Yesterday' }))
      .first()
      .waitFor();
  });

  test('narrows by kind, words and context, keeps that in the address, and undoes it at once', async () => {
    const { page } = await stage.show(makeGoodDay());
    await openView(page, 'Activity');
    await chooseKind(page, 'Brought back');
    await shows(page, 2);
    await page.getByRole('searchbox', { name: 'Search in the activity' }).fill('EDGE pods');
    await shows(page, 1);
    expect(queryOf(page).get('event')).toBe('restored');
    expect(queryOf(page).get('event-words')).toBe('EDGE pods');
    await page.reload();
    await shows(page, 1);
    await page.getByRole('searchbox').fill('no such thing');
    await page.getByText('Nothing matches').waitFor();
    await page.getByRole('button', { name: 'Show all' }).first().click();
    await shows(page, 8);
    expect(queryOf(page).get('event')).toBe(null);
    await contextButton(page, 'staging').click();
    await page.getByText('Nothing has happened yet').waitFor();
    await page.getByRole('button', { name: 'Look at the networks' }).click();
    await page.getByRole('main').getByRole('rowheader').first().waitFor();
  });

  test('shows deletions by themselves where only they are asked for', async () => {
    const { page } = await stage.show(makeGoodDay());
    await openView(page, 'Activity');
    await chooseKind(page, 'Deleted');
    await expect.poll(() => stories(page).allTextContents()).toHaveLength(1);
    expect(await stories(page).first().textContent()).toContain('storage/ceph-public was deleted');
  });

  test('names who used a network, and lists them when asked', async () => {
    const context = makeContext('only');
    const network = makeNetwork(context, 'edge', 'uplink', { state: 'failed' });
    const users = Array.from({ length: 10 }, (_, index) => ({
      kind: index === 9 ? 'VirtualMachine' : 'Pod',
      namespace: 'edge',
      name: `router-${index}`,
    }));
    const entry = makeEntry(1, network, 'failed', 'The webhook says no', 1, { users, userCount: 21 });
    const { page } = await stage.show(
      makeSnapshot({ contexts: [context], networks: [network], journal: [entry] }),
    );
    await openView(page, 'Activity');
    const button = page.getByRole('button', { name: 'Used by router-0, router-1, router-2 and 18 more' });
    expect(await button.getAttribute('aria-expanded')).toBe('false');
    await button.focus();
    await page.keyboard.press('Enter');
    await page.getByText('edge/router-9').waitFor();
    await page.getByText('Virtual machine').waitFor();
    await page.getByText('and 11 more').waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByText('edge/router-9').count()).toBe(0);
  });

  test('leads from an entry to its network', async () => {
    const { page } = await stage.show(makeGoodDay());
    await openView(page, 'Activity');
    await page.getByRole('button', { name: 'telemetry/probe-tap' }).click();
    await details(page).getByRole('heading', { name: 'telemetry/probe-tap' }).waitFor();
  });

  test('restores from an entry what still waits for a person, after a confirmation', async () => {
    const { page, service } = await stage.show(makeGoodDay());
    await openView(page, 'Activity');
    const held = stories(page).filter({ hasText: 'payments/hsm-fabric' });
    await held.getByRole('button', { name: 'Restore' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Restore payments/hsm-fabric on prod-eu?' });
    await dialog.getByRole('button', { name: 'Restore' }).click();
    const args = { context: '/home/ada/.kube/config#prod-eu', namespace: 'payments', name: 'hsm-fabric' };
    await expect.poll(() => service.commandsNamed('restoreNetwork')).toEqual([args]);
    const network = service.snapshot.networks.find(({ name }) => name === 'hsm-fabric');
    if (network === undefined) throw new Error('It is not in the fixture.');
    service.update({ networks: [{ ...network, state: 'inUse' }] });
    await expect.poll(() => held.getByRole('button', { name: 'Restore' }).count()).toBe(0);
  });

  test.each([
    ['As JSON', 'json'],
    ['As CSV', 'csv'],
  ])('saves the journal %s', async (item, format) => {
    const { page, service } = await stage.show(makeGoodDay());
    service.answers.set('exportJournal', () => ({
      ok: true,
      value: { fileName: `journal.${format}`, text: 'the journal' },
    }));
    await openView(page, 'Activity');
    await page.getByRole('button', { name: 'Export' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: item }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe(`journal.${format}`);
    expect(readFileSync(await file.path(), 'utf8')).toBe('the journal');
    expect(service.commandsNamed('exportJournal')).toEqual([{ format }]);
  });

  test('shows what a notification was about', async () => {
    const { page, service } = await stage.show(makeGoodDay());
    await page.getByRole('heading', { name: 'All contexts' }).waitFor();
    service.tell({ event: 'show', entry: 8 });
    const entry = page.locator('[aria-current=true]').filter({ hasText: 'storage/ceph-public' });
    await entry.waitFor();
    const network = { context: '/home/ada/.kube/config#staging', namespace: 'edge', name: 'uplink-a' };
    service.tell({ event: 'show', network });
    await details(page).getByRole('heading', { name: 'edge/uplink-a' }).waitFor();
  });
});

inChromium('a long journal', () => {
  test('is read to its end, drawn in parts, and searched as a whole', async () => {
    const { snapshot, journal } = makeLongJournal();
    const { page, service } = await stage.show(snapshot);
    service.answers.set('journal', answerOlder(journal));
    await openView(page, 'Activity');
    await page.getByText('100 of 1,000 shown').waitFor();
    expect(service.commandsNamed('journal').map((args) => (args as { limit: number }).limit)).toEqual([
      500, 500, 500, 500,
    ]);
    expect(await stories(page).count()).toBe(100);
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.getByText('200 of 1,000 shown').waitFor();
    service.tell({ event: 'show', entry: journal.at(-1)?.id ?? 0 });
    await page.locator('li[aria-current=true]').waitFor();
    expect(await stories(page).count()).toBeLessThan(100);
    await page.getByRole('button', { name: 'Show newer' }).click();
    await shows(page, 1_000);
    expect(await page.getByRole('button', { name: 'Show newer' }).count()).toBe(0);
    await page.getByText('These are all.').waitFor();
  });

  test('says that it is being read, and that it could not be', async () => {
    const { snapshot, journal } = makeLongJournal(600);
    const { page, service } = await stage.show(snapshot);
    let answer: (() => void) | undefined;
    service.answers.set('journal', async () => {
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      return { ok: false, code: 'x', message: 'Not now', remedy: 'Wait a little.' };
    });
    await openView(page, 'Activity');
    await page.getByText('Reading older entries, 200 so far').waitFor();
    await expect.poll(() => answer).toBeDefined();
    answer?.();
    await page.getByText('Older entries could not be read.').waitFor();
    service.answers.set('journal', answerOlder(journal));
    await activity(page).getByRole('button', { name: 'Retry' }).click();
    await page.getByText('100 of 300 shown').waitFor();
    expect(service.commandsNamed('journal')).toHaveLength(2);
  });

  test('is read again after a snapshot', async () => {
    const { snapshot, journal } = makeLongJournal(600);
    const { page, service } = await stage.show(snapshot);
    service.answers.set('journal', answerOlder(journal));
    await openView(page, 'Activity');
    await page.getByText('100 of 300 shown').waitFor();
    service.snapshot = { ...service.snapshot, sequence: 7 };
    service.tell({ event: 'update', update: { sequence: 7 } });
    await expect.poll(() => service.commandsNamed('journal').length).toBe(2);
    await page.getByText('100 of 300 shown').waitFor();
  });
});

inChromium('the plot', () => {
  test('counts by time, and narrows the list to a bar and back', async () => {
    const { page } = await stage.show(makeGoodDay());
    await openView(page, 'Activity');
    await page.getByRole('radio', { name: '7 days', checked: true }).waitFor();
    await page.getByRole('radio', { name: '24 hours' }).click();
    await page.getByText(/^Each bar is an hour; the highest has/).waitFor();
    expect(queryOf(page).get('period')).toBe('24h');
    const last = bars(page).last();
    const name = (await last.getAttribute('aria-label')) ?? '';
    expect(name).toMatch(/^prod-eu, \w+day \d\d:00 to \d\d:00: 1 brought back/);
    await last.hover();
    await page.getByText(name).waitFor();
    await last.click();
    await expect.poll(() => stories(page).count()).toBeLessThan(8);
    expect(await stories(page).count()).toBe(sumIn(name));
    expect(await last.getAttribute('aria-pressed')).toBe('true');
    expect(queryOf(page).get('from')).toMatch(/^\d{4}-.*Z$/);
    await page.reload();
    await shows(page, sumIn(name));
    await bars(page).last().click();
    await shows(page, 8);
    await bars(page).last().click();
    await page.getByRole('button', { name: /show any time$/ }).click();
    await shows(page, 8);
  });

  test('has a row for each of six contexts at most', async () => {
    const { snapshot, journal } = makeLongJournal(400, 5, 8);
    const { page, service } = await stage.show(snapshot);
    service.answers.set('journal', answerOlder(journal));
    await openView(page, 'Activity');
    await page.getByText('3 more contexts').waitFor();
    await expect.poll(() => page.getByRole('toolbar').locator('bdi').count()).toBe(6);
    await contextButton(page, 'edge-5').click();
    await expect.poll(() => page.getByRole('toolbar').locator('bdi').count()).toBe(0);
    expect(await bars(page).first().getAttribute('aria-label')).toMatch(/^\w+day/);
  });

  test('is one stop of Tab; arrow keys lead from bar to bar, and Enter narrows', async () => {
    const { snapshot, journal } = makeLongJournal(400, 5, 2);
    const { page, service } = await stage.show(snapshot);
    service.answers.set('journal', answerOlder(journal));
    await openView(page, 'Activity');
    await page.getByText('100 of 200 shown').waitFor();
    expect(await page.getByRole('toolbar').locator('[tabindex="0"]').count()).toBe(1);
    await page.getByRole('radio', { name: '7 days' }).click();
    await page.keyboard.press('Shift+Tab');
    const focused = () => page.evaluate<string>('document.activeElement.getAttribute("aria-label")');
    const first = await focused();
    expect(first).toMatch(/^prod-eu, /);
    await page.keyboard.press('ArrowLeft');
    expect(await focused()).not.toBe(first);
    await page.keyboard.press('End');
    expect(await focused()).toBe(first);
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toMatch(/^staging, /);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /show any time$/ }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.getByRole('toolbar').locator(':focus').count()).toBe(0);
  });

  test('leaves out what the other filters leave out', async () => {
    const { page } = await stage.show(makeGoodDay());
    await openView(page, 'Activity');
    await chooseKind(page, 'Failed');
    await expect.poll(() => bars(page).count(), { timeout: 10_000 }).toBe(1);
    expect(await bars(page).first().getAttribute('aria-label')).toMatch(/: 1 failed$/);
  });
});

/** The sum of the counts in the name of a bar. */
function sumIn(name: string): number {
  const counts = name.slice(name.lastIndexOf(': ')).matchAll(/(\d+) [a-z]/g);
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}

inChromium('activity for everybody', () => {
  test.each([
    ['light', 1_280, 800],
    ['dark', 900, 600],
  ] as const)('has no axe violations in %s at %d × %d', async (theme, width, height) => {
    const { snapshot, journal } = makeLongJournal(400, 5, 4);
    const { page, service } = await stage.show(snapshot, { theme, width, height });
    service.answers.set('journal', answerOlder(journal));
    await openView(page, 'Activity');
    await bars(page).last().click();
    await page.locator('[aria-expanded=false]').filter({ hasText: /user/i }).first().click();
    expect(await findAxeViolations(page)).toEqual([]);
  });

  test.each([
    [1_280, 800],
    [900, 600],
    [640, 420],
  ])('shows hostile texts as texts at %d × %d', async (width, height) => {
    const { page } = await stage.show(makeHostile(), { width, height });
    await openView(page, 'Activity');
    await shows(page, 4);
    expect(await page.title()).toBe('NetKeeper');
    expect(await page.evaluate('document.body.innerText.includes("\\u202e")')).toBe(false);
    const tooWide = await page.evaluate<number>(
      `[...document.querySelectorAll('main, main section')].filter((one) => one.scrollWidth > one.clientWidth).length`,
    );
    expect(tooWide).toBe(0);
  });
});
