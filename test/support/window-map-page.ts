/** What tests of the map share: how it is opened, and what is found in it. */
import type { Page } from 'playwright-core';
import type { UsageMap } from '../../main/contract/networks.ts';
import type { Snapshot } from '../../main/contract/updates.ts';
import { makeGoodDay } from './window-good-day.ts';
import { makeGoodDayMap } from './window-map.ts';
import { contextButton, openView } from './window-page.ts';
import type { Shown, ShowOptions, Stage } from './window-stage.ts';

/** Opens the map on a snapshot, with `usage` as the answer to who uses what. */
export async function showMap(
  stage: Stage,
  snapshot: Snapshot,
  usage: UsageMap,
  options: ShowOptions = {},
): Promise<Shown> {
  const shown = await stage.show(snapshot, options);
  shown.service.answers.set('usageMap', () => ({ ok: true, value: usage }));
  await openView(shown.page, 'Map');
  return shown;
}

export async function showGoodDay(stage: Stage, options: ShowOptions = {}): Promise<Shown> {
  const shown = await stage.show(makeGoodDay(), options);
  shown.service.answers.set('usageMap', () => ({ ok: true, value: makeGoodDayMap() }));
  await contextButton(shown.page, 'prod-eu').click();
  await openView(shown.page, 'Map');
  await node(shown.page, 'storage/ceph-public').waitFor();
  return shown;
}

export const picture = (page: Page) => page.getByRole('application', { name: /^Map of/ });

/** The node whose name begins so. */
export function node(page: Page, name: string) {
  const start = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return picture(page).getByRole('button', { name: new RegExp(`^${start},`) });
}

export const look = (page: Page, name: 'Picture' | 'Table') => page.getByRole('radio', { name }).click();

export async function chooseInMap(page: Page, select: string, choice: string): Promise<void> {
  await page.getByRole('button', { name: select }).click();
  await page.getByRole('menuitemradio', { name: choice, exact: true }).click();
}

/** How nodes are shown that are dim. */
export const dimNodes = (page: Page) =>
  page.evaluate<string[]>(
    `[...document.querySelectorAll('.react-flow button')]
      .filter((one) => getComputedStyle(one).opacity !== '1').map((one) => one.getAttribute('aria-label'))`,
  );

export const zoomOf = (page: Page) =>
  page.evaluate<number>(
    `new DOMMatrix(getComputedStyle(document.querySelector('.react-flow__viewport')).transform).a`,
  );

/** Where a node's left edge and top are on the page. */
export async function placeOf(page: Page, name: string): Promise<{ x: number; y: number }> {
  const box = await node(page, name).boundingBox();
  if (box === null) throw new Error(`${name} is not on the page.`);
  return { x: Math.round(box.x), y: Math.round(box.y) };
}

/** What has the focus, by what it is called. */
export const focused = (page: Page) =>
  page.evaluate<string>(
    `document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? ''`,
  );
