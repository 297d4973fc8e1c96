/**
 * Every view and state, in both themes and at the sizes that people use: nothing is cut off, and axe-core finds nothing.
 * A picture of each is kept in test-results/pictures, to be looked at.
 */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Snapshot } from '../../main/contract/updates.ts';
import { findAxeViolations } from '../support/axe.ts';
import { hasChromium } from '../support/chromium.ts';
import { makeHostile, makeLarge, makeSnapshot } from '../support/window-fixtures.ts';
import { makeGoodDay } from '../support/window-good-day.ts';
import { findMisfits } from '../support/window-layout.ts';
import { makeGoodDayMap } from '../support/window-map.ts';
import { contextButton, details, openView, row } from '../support/window-page.ts';
import type { Stage } from '../support/window-stage.ts';
import { openStage } from '../support/window-stage.ts';

if (!hasChromium) console.log('No pictures are taken here: there is no Chromium (apt-get install chromium).');

const PICTURES = join(import.meta.dirname, '..', '..', 'test-results', 'pictures');

/** 640 × 400 is 1280 × 800 at a zoom of 200 %. */
const SIZES = [
  { width: 1_280, height: 800 },
  { width: 900, height: 600 },
  { width: 640, height: 400 },
];

interface Scene {
  readonly name: string;
  readonly snapshot: () => Snapshot;
  /** Leads from the first view to what is shown. */
  readonly lead: (page: Page) => Promise<unknown>;
}

const firstRow = (page: Page) => page.getByRole('rowheader').first().waitFor();

async function openNetwork(page: Page, network: string): Promise<void> {
  await contextButton(page, 'prod-eu').click();
  await row(page, network).click();
  await details(page).getByRole('heading', { name: 'History' }).waitFor();
}

/** Until the top bar names it, which it does together with what is below. */
async function openContext(page: Page, context: string): Promise<void> {
  await contextButton(page, context).click();
  await page.getByRole('heading', { level: 1, name: context }).waitFor();
}

async function openMap(page: Page): Promise<void> {
  await openContext(page, 'prod-eu');
  await openView(page, 'Map');
  await page.getByRole('button', { name: /^storage\/ceph-public,/ }).waitFor();
}

async function openActivity(page: Page): Promise<void> {
  await openView(page, 'Activity');
  await page.getByRole('main').locator('time').first().waitFor();
}

/** Comes when it is opened, and its last section last. */
async function openSettings(page: Page): Promise<void> {
  await openView(page, 'Settings');
  await page.getByRole('heading', { name: 'About' }).waitFor();
}

const SCENES: readonly Scene[] = [
  { name: 'networks', snapshot: makeGoodDay, lead: firstRow },
  { name: 'networks-large', snapshot: () => makeLarge(5_000, 20), lead: firstRow },
  { name: 'networks-hostile', snapshot: makeHostile, lead: firstRow },
  {
    name: 'detail',
    snapshot: makeGoodDay,
    lead: (page) => openNetwork(page, 'storage/ceph-public'),
  },
  {
    name: 'detail-missing',
    snapshot: makeGoodDay,
    lead: (page) => openNetwork(page, 'billing/ledger-sync'),
  },
  {
    name: 'detail-held',
    snapshot: makeGoodDay,
    lead: (page) => openNetwork(page, 'payments/hsm-fabric'),
  },
  { name: 'map', snapshot: makeGoodDay, lead: openMap },
  { name: 'activity', snapshot: makeGoodDay, lead: openActivity },
  { name: 'activity-hostile', snapshot: makeHostile, lead: openActivity },
  { name: 'settings', snapshot: makeGoodDay, lead: openSettings },
  { name: 'settings-hostile', snapshot: makeHostile, lead: openSettings },
  {
    name: 'reading',
    snapshot: makeGoodDay,
    lead: (page) => openContext(page, 'prod-us'),
  },
  {
    name: 'forbidden',
    snapshot: makeGoodDay,
    lead: (page) => openContext(page, 'build'),
  },
  {
    name: 'without-crd',
    snapshot: makeGoodDay,
    lead: (page) => openContext(page, 'kind-plain'),
  },
  { name: 'off', snapshot: makeGoodDay, lead: (page) => openContext(page, 'old-dc') },
  {
    name: 'no-contexts',
    snapshot: makeSnapshot,
    lead: (page) => page.getByRole('heading').first().waitFor(),
  },
];

let stage: Stage;
beforeAll(async () => {
  if (hasChromium) stage = await openStage();
}, 120_000);
afterAll(() => stage?.close());

describe.skipIf(!hasChromium)('the window', () => {
  const cases = SCENES.flatMap((scene) =>
    (['light', 'dark'] as const).map((theme) => ({
      ...scene,
      theme,
      title: `${scene.name} in the ${theme} theme`,
    })),
  );
  test.each(cases)('fits, and is accessible: $title', async ({ name, snapshot, lead, theme }) => {
    const { page, service } = await stage.show(snapshot(), { theme, reducedMotion: true });
    service.answers.set('usageMap', () => ({ ok: true, value: makeGoodDayMap() }));
    await lead(page);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await page.screenshot({ path: join(PICTURES, `${name}-${theme}-${size.width}.png`) });
      expect(await findMisfits(page)).toEqual([]);
    }
    expect(await findAxeViolations(page)).toEqual([]);
  });
});
