/** The window in Chromium: what happened, and why. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasChromium } from '../support/chromium.ts';
import { makeEntry } from '../support/window-fixtures.ts';
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

inChromium('activity', () => {
  test('lists what happened with the reason, the newest first, and narrows by kind and context', async () => {
    const { page } = await stage.show(makeGoodDay());
    await openView(page, 'Activity');
    const entries = page.getByRole('region', { name: 'Activity' }).getByRole('listitem');
    await expect.poll(() => entries.count()).toBe(9);
    expect(await entries.first().textContent()).toContain('Brought back storage/ceph-public: 14 pods use it');
    await page.getByRole('button', { name: 'Brought back' }).click();
    await expect.poll(() => entries.count()).toBe(2);
    expect(await entries.last().textContent()).toMatch(
      /took 1\.4 s · by somebody else · while nobody watched/,
    );
    await contextButton(page, 'staging').click();
    await page.getByText('Nothing of this kind').waitFor();
    await page.getByRole('button', { name: 'Show all kinds' }).click();
    await page.getByText('Nothing has happened yet').waitFor();
  });

  test('leads from an entry to its network', async () => {
    const { page } = await stage.show(makeGoodDay());
    await openView(page, 'Activity');
    await page.getByRole('button', { name: 'telemetry/probe-tap' }).click();
    await details(page).getByRole('heading', { name: 'telemetry/probe-tap' }).waitFor();
  });

  test('asks for older entries until there are none', async () => {
    const { page, service } = await stage.show(makeGoodDay());
    const [network] = service.snapshot.networks;
    if (network === undefined) throw new Error('It is not in the fixture.');
    service.answers.set('journal', () => ({
      ok: true,
      value: [makeEntry(0, network, 'deleted', 'Long ago', 5_000)],
    }));
    await openView(page, 'Activity');
    await page.getByRole('button', { name: 'Show older entries' }).click();
    await page.getByText('Long ago').waitFor();
    await page.getByText('These are all.').waitFor();
    expect(service.commandsNamed('journal')).toEqual([{ before: 1, limit: 200 }]);
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
    service.tell({ event: 'show', entry: 5 });
    const entry = page.locator('[aria-current=true]').filter({ hasText: 'telemetry/probe-tap' });
    await entry.waitFor();
    const network = { context: '/home/ada/.kube/config#staging', namespace: 'edge', name: 'uplink-a' };
    service.tell({ event: 'show', network });
    await details(page).getByRole('heading', { name: 'edge/uplink-a' }).waitFor();
  });
});
