/** Hostile names, no mouse, and more networks than fit on a screen. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasChromium } from '../support/chromium.ts';
import { LONG_NAME, MARKUP, makeHostile, makeLarge } from '../support/window-fixtures.ts';
import { makeGoodDay } from '../support/window-good-day.ts';
import { contextButton, details, openView, question, row, table } from '../support/window-page.ts';
import type { Stage } from '../support/window-stage.ts';
import { openStage } from '../support/window-stage.ts';

let stage: Stage;
beforeAll(async () => {
  if (hasChromium) stage = await openStage();
}, 120_000);
afterAll(() => stage?.close());

const inChromium = describe.skipIf(!hasChromium);

inChromium('a hostile cluster', () => {
  const sizes = [
    [1_280, 800],
    [900, 600],
    [640, 420],
  ] as const;
  test.each(sizes)('is shown as text, and breaks no layout at %d × %d', async (width, height) => {
    const { page } = await stage.show(makeHostile(), { width, height });
    await row(page, `markup/${MARKUP}`).click();
    await details(page).getByRole('heading', { name: MARKUP }).waitFor();
    await expectUnharmed(page, width);
    await details(page).getByRole('button', { name: 'Restore' }).click();
    await question(page).getByRole('heading', { name: MARKUP }).waitFor();
    await expectUnharmed(page, width);
    await page.keyboard.press('Escape');
    for (const view of ['Activity', 'Settings'] as const) {
      await openView(page, view);
      await expectUnharmed(page, width);
    }
  });

  test('cannot turn a name around by marks of direction', async () => {
    const { page } = await stage.show(makeHostile());
    await row(page, 'direction/safe⟨U+202E⟩gnp.exe').waitFor();
    expect(await page.evaluate('document.body.innerText.includes("\\u202e")')).toBe(false);
  });

  test('shows a configuration that is not JSON as it is', async () => {
    const { page, service } = await stage.show(makeHostile());
    const network = service.snapshot.networks[0];
    const config = `{ // ${MARKUP} ${LONG_NAME}`;
    service.answers.set('networkDetail', () => ({
      ok: true,
      value: { network, config, canUndo: false, users: [], userCount: 0, history: [] },
    }));
    await row(page, `markup/${MARKUP}`).click();
    await details(page).getByText('Not valid JSON; shown as it is.').waitFor();
    expect(await details(page).locator('pre').textContent()).toBe(config);
  });
});

async function expectUnharmed(page: Page, width: number): Promise<void> {
  expect(await page.title()).toBe('NetKeeper');
  expect(await page.locator('img, #root script, iframe').count()).toBe(0);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  const beyond = await page.evaluate(
    `[...document.querySelectorAll('button, select, input')].filter((one) => one.getBoundingClientRect().right > ${width + 1}).map((one) => one.outerHTML)`,
  );
  expect(beyond).toEqual([]);
}

inChromium('keyboard', () => {
  test('leads from the table to a network and back', async () => {
    const { page } = await stage.show(makeGoodDay());
    await contextButton(page, 'prod-eu').click();
    await table(page).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    const heading = details(page).getByRole('heading', { name: 'telemetry/probe-tap' });
    await heading.waitFor();
    await expect.poll(() => isFocused(page, 'h2')).toBe(true);
    await page.keyboard.press('Escape');
    await details(page).waitFor({ state: 'detached' });
    expect(await isFocused(page, 'table[role=grid]')).toBe(true);
  });

  test('reaches every control with Tab, or with arrows inside what Tab reaches, and shows where it is', async () => {
    const { page } = await stage.show(makeGoodDay());
    await contextButton(page, 'prod-eu').click();
    await row(page, 'payments/hsm-fabric').click();
    await details(page).getByText('History').waitFor();
    const all = await page.evaluate<string[]>(`(${CONTROLS})()`);
    expect(all.length).toBeGreaterThan(15);
    await page.evaluate('document.activeElement.blur()');
    const reached = new Set<string>();
    for (let presses = 0; presses < all.length + 20; presses += 1) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate<{ id: string; outline: string } | null>(`(${FOCUSED})()`);
      if (focused === null) continue;
      expect(focused).not.toMatchObject({ outline: 'none' });
      reached.add(focused.id);
    }
    expect(all.filter((one) => !reached.has(one))).toEqual([]);
  });

  test('keeps the focus in a dialog, and gives it back', async () => {
    const { page } = await stage.show(makeGoodDay());
    await contextButton(page, 'prod-eu').click();
    await row(page, 'payments/hsm-fabric').click();
    await details(page).getByRole('button', { name: 'Let go' }).focus();
    await page.keyboard.press('Enter');
    await question(page).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    await question(page).waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Let go');
    await details(page).waitFor();
  });

  test('moves through a menu with the arrows, and closes it with Escape', async () => {
    const { page, service } = await stage.show(makeGoodDay());
    await page.getByRole('button', { name: 'Pause all contexts' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'For 15 minutes' }).waitFor();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expect.poll(() => service.commandsNamed('pause')).toEqual([{}]);
    await page.keyboard.press('Enter');
    await page.getByRole('menu').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    expect(await isFocused(page, '[aria-haspopup]')).toBe(true);
  });
});

/** The control, or what stands as one: the arrows lead from one part of it to the next. */
const CONTROL_OF = `
  const group = '[role=radiogroup], [role=toolbar], [role=grid], [role=treegrid], thead';
  const controlOf = (one) => one.closest('[role=grid]:not(table)') ?? one.closest(group) ?? one;
  const nameOf = (one) => one.tagName + ' ' + (one.ariaLabel ?? one.textContent) + ' ' + [...document.querySelectorAll('*')].indexOf(one);
`;

/** Everything that can be pressed or typed into, as text. */
const CONTROLS = `() => {
  ${CONTROL_OF}
  const all = [...document.querySelectorAll('button, input, select, a[href], table[role=grid]')];
  const seen = all.filter((one) => one.checkVisibility() && one.closest('[aria-hidden=true], [data-react-aria-prevent-focus]') === null);
  return [...new Set(seen.map(controlOf).map(nameOf))];
}`;

/** What has the focus, and how that is shown. */
const FOCUSED = `() => {
  ${CONTROL_OF}
  const one = document.activeElement;
  if (one === null || one === document.body) return null;
  const marked = one.matches('[type=search]') ? one.parentElement : one.matches('table') ? one.querySelector('tbody tr') : one;
  return { id: nameOf(controlOf(one)), outline: getComputedStyle(marked).outlineStyle };
}`;

function isFocused(page: Page, selector: string): Promise<boolean> {
  return page.evaluate<boolean>(`document.activeElement.matches(${JSON.stringify(selector)})`);
}

inChromium('many networks', () => {
  test('5,000 networks of 20 contexts: only the rows in view exist, and the last is reached by scrolling', async () => {
    const { page } = await stage.show(makeLarge(5_000, 20));
    await page.getByRole('heading', { name: '4,000 networks are in use' }).waitFor();
    expect(await table(page).getAttribute('aria-rowcount')).toBe('5001');
    await page.evaluate(WATCH_STALLS);
    await table(page).hover();
    for (let turns = 0; turns < 40; turns += 1) await page.mouse.wheel(0, 1_700);
    await table(page).focus();
    await page.keyboard.press('End');
    await row(page, 'team-5/net-9-85').waitFor();
    expect(await page.getByRole('row').count()).toBeLessThan(80);
    const longest = await page.evaluate<number>('Math.max(0, ...window.stalls)');
    console.log(`The longest stall while scrolling through 5,000 networks took ${Math.round(longest)} ms.`);
  });

  test('shows each of twenty updates of 100 networks, and needs no second snapshot for it', async () => {
    const { page, service } = await stage.show(makeLarge(5_000, 20));
    await page.getByRole('heading', { name: '4,000 networks are in use' }).waitFor();
    const hundred = service.snapshot.networks.slice(0, 100);
    for (let round = 1; round <= 20; round += 1) {
      service.update({ networks: hundred.map((one) => ({ ...one, pods: round })) });
      const pods = row(page, 'team-1/net-0-1').getByRole('gridcell').nth(4);
      await expect.poll(() => pods.textContent(), { timeout: 10_000 }).toBe(String(round));
    }
    expect(service.commandsNamed('snapshot')).toHaveLength(1);
  });
});

const WATCH_STALLS = `
  window.stalls = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.stalls.push(entry.duration);
  }).observe({ type: 'longtask' });
`;
