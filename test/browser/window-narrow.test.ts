/** The contexts beside what is looked at, and over it where there is no room: at 200 % a small window has 640 × 400. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findAxeViolations } from '../support/axe.ts';
import { hasChromium } from '../support/chromium.ts';
import { LONG_NAME, makeContext, makeSnapshot } from '../support/window-fixtures.ts';
import { makeGoodDay } from '../support/window-good-day.ts';
import { findMisfits } from '../support/window-layout.ts';
import { contextButton, openView, question } from '../support/window-page.ts';
import type { Stage } from '../support/window-stage.ts';
import { openStage } from '../support/window-stage.ts';

let stage: Stage;
beforeAll(async () => {
  if (hasChromium) stage = await openStage();
}, 120_000);
afterAll(() => stage?.close());

const inChromium = describe.skipIf(!hasChromium);
const NARROW = { width: 640, height: 400 };

/** Fifty contexts in groups, some with names as long as they may be, in every phase. */
function makeFifty() {
  const groups = [undefined, 'Europe', LONG_NAME.slice(0, 100), undefined];
  const contexts = Array.from({ length: 50 }, (_, index) => {
    const group = groups[index % groups.length];
    return makeContext(index % 10 === 3 ? `${index}-${LONG_NAME.slice(0, 240)}` : `cluster-${index}`, {
      ...(group !== undefined && { group }),
      isProtected: index % 7 === 2,
      isCurrent: index === 3,
      networks: 20,
      inUse: 12,
      ...(index % 9 === 4 && { missing: 1_234, attention: 5_678 }),
      ...(index % 8 === 5 && { phase: 'syncing' as const, itemsRead: 1_234_567 }),
      ...(index % 8 === 6 && { phase: 'reconnecting' as const, staleSince: Date.now() - 400_000_000 }),
    });
  });
  return makeSnapshot({ contexts });
}

function openContexts(page: Page) {
  return page.getByRole('button', { name: 'Contexts', exact: true }).press('Enter');
}

inChromium('fifty contexts', () => {
  test.each([
    ['dark', 900, 600],
    ['light', 640, 400],
  ] as const)('have no axe violation and nothing cut off in %s at %d × %d', async (theme, width, height) => {
    const { page } = await stage.show(makeFifty(), { theme, width, height });
    await page.getByRole('main').getByRole('heading').first().waitFor();
    if (width < 700) await openContexts(page);
    await contextButton(page, 'cluster-0').waitFor();
    expect([...(await findAxeViolations(page)), ...(await findMisfits(page))]).toEqual([]);
  });

  test('are all reached by the keyboard, and the last is brought into view', async () => {
    const { page } = await stage.show(makeFifty(), { width: 900, height: 600 });
    await contextButton(page, 'cluster-0').click();
    await page.keyboard.press('End');
    const list = page.getByRole('grid', { name: 'Contexts' });
    const last = list.getByRole('row').last();
    await expect.poll(() => last.getAttribute('aria-selected')).toBe('true');
    await expect
      .poll(async () => {
        const [row, box] = [await last.boundingBox(), await list.boundingBox()];
        return row !== null && box !== null && row.y + row.height <= box.y + box.height + 1;
      })
      .toBe(true);
  });
});

inChromium('the contexts', () => {
  test('change their mode by the keyboard, a protected one after a question', async () => {
    const { page, service } = await stage.show(makeGoodDay());
    await contextButton(page, 'staging').click();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByRole('menuitemradio', { name: /^Restore/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => service.commandsNamed('setMode'))
      .toEqual([{ context: '/home/ada/.kube/config#staging', mode: 'ask' }]);
    await expect
      .poll(() =>
        page.evaluate(
          'document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent',
        ),
      )
      .toContain('staging');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByRole('menuitemradio', { name: /^Off/ }).waitFor();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await question(page).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => question(page).count()).toBe(0);
    expect(service.commandsNamed('setMode')).toHaveLength(1);
  });

  test('give way to what is looked at when the window becomes narrow, and come back', async () => {
    const { page } = await stage.show(makeGoodDay());
    await contextButton(page, 'staging').waitFor();
    await page.setViewportSize(NARROW);
    await expect.poll(() => page.getByRole('grid', { name: 'Contexts' }).count()).toBe(0);
    await page.setViewportSize({ width: 1_280, height: 800 });
    await contextButton(page, 'staging').waitFor();
  });

  test('open over a narrow window, and are chosen by the keyboard', async () => {
    const { page } = await stage.show(makeGoodDay(), NARROW);
    await openContexts(page);
    await contextButton(page, 'prod-eu').waitFor();
    await contextButton(page, 'prod-eu').focus();
    await page.keyboard.press('ArrowDown');
    // Moving alone chooses nothing, and leaves the list open.
    await page.getByRole('heading', { name: 'All contexts', includeHidden: true }).waitFor();
    expect(await page.getByRole('dialog', { name: 'Contexts' }).count()).toBe(1);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'staging' }).waitFor();
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    await expect
      .poll(() => page.evaluate('document.activeElement.getAttribute("aria-label")'))
      .toBe('Contexts');
  });

  test('close on Escape, and when the one that is looked at is chosen again', async () => {
    const { page } = await stage.show(makeGoodDay(), NARROW);
    for (const _time of ['first', 'again']) {
      await openContexts(page);
      await contextButton(page, 'staging').click();
      await page.getByRole('heading', { name: 'staging' }).waitFor();
      await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    }
    await openContexts(page);
    await contextButton(page, 'staging').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    await page.getByRole('heading', { name: 'staging' }).waitFor();
  });
});

inChromium('the skip button', () => {
  test('leads to the main part, and leaves the key in the address of a browser alone', async () => {
    const { page } = await stage.show(makeGoodDay());
    await page.getByRole('main').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate('document.activeElement.tagName')).toBe('MAIN');
    expect(new URL(page.url()).hash).toBe('');
  });
});

inChromium('the settings', () => {
  test.each([
    ['light', 1_280, 800],
    ['dark', 640, 400],
  ] as const)('have no axe violation and nothing cut off in %s at %d × %d', async (theme, width, height) => {
    const { page, service } = await stage.show(
      { ...makeGoodDay(), dataFolder: '/home/ada/.local/state/netkeeper' },
      { theme, width, height },
    );
    service.answers.set('diagnose', (args) => ({
      ok: true,
      value: {
        ...(args as object),
        checks: (['ok', 'warning', 'failed', 'skipped'] as const).map((status) => ({
          title: `Of ${status}`,
          status,
          message: `It is so: ${LONG_NAME}`,
          remedy: 'Ask for the ClusterRole.',
        })),
      },
    }));
    service.answers.set('troubleshootingReport', () => ({
      ok: true,
      value: { fileName: 'report.txt', text: `${LONG_NAME}\n`.repeat(40) },
    }));
    service.update({
      kubeconfigFiles: [
        { file: `/srv/${LONG_NAME}`, source: 'own', isThere: true, contexts: 1, problems: [LONG_NAME] },
        { file: '/srv/absent', source: 'own', isThere: false, contexts: 0, problems: [] },
      ],
    });
    await openView(page, 'Settings');
    await page.getByRole('button', { name: 'Settings of prod-eu' }).click();
    await page.getByRole('button', { name: 'Diagnose build' }).click();
    await page.getByText('Of skipped').waitFor();
    await page.getByRole('button', { name: 'Copy troubleshooting report' }).click();
    await page.getByRole('region', { name: 'What was copied or saved' }).waitFor();
    expect([...(await findAxeViolations(page)), ...(await findMisfits(page))]).toEqual([]);
  });
});
