/** The command palette: from the keyboard to any context, network, pod and action. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findAxeViolations } from '../support/axe.ts';
import { hasChromium } from '../support/chromium.ts';
import { makeHostile } from '../support/window-fixtures.ts';
import { makeGoodDay } from '../support/window-good-day.ts';
import { details } from '../support/window-page.ts';
import type { Stage } from '../support/window-stage.ts';
import { openStage } from '../support/window-stage.ts';

if (!hasChromium)
  console.log('The palette is not tested here: there is no Chromium (apt-get install chromium).');

const PROD = '/home/ada/.kube/config#prod-eu';

let stage: Stage;
beforeAll(async () => {
  if (hasChromium) stage = await openStage();
}, 120_000);
afterAll(() => stage?.close());

const palette = (page: Page) => page.getByRole('dialog', { name: 'Find or do' });
const found = (page: Page) => palette(page).getByRole('menuitem');

async function openPalette(page: Page): Promise<void> {
  await page.getByRole('heading', { name: /need you/ }).waitFor();
  await page.keyboard.press('Control+k');
  await palette(page).getByRole('searchbox').waitFor();
}

describe.skipIf(!hasChromium)('the palette', () => {
  test('finds a network in any context by the words of its name, and opens it', async () => {
    const { page } = await stage.show(makeGoodDay());
    await openPalette(page);
    await page.keyboard.type('PUBLIC stag');
    await expect.poll(() => found(page).allTextContents()).toEqual(['storage/ceph-publicstaging · In use']);
    await page.keyboard.press('Enter');
    await details(page).getByText('5 pods use it').first().waitFor();
    expect(await palette(page).count()).toBe(0);
  });

  test('finds a pod, which the main process knows, and opens the network that it uses', async () => {
    const { page, service } = await stage.show(makeGoodDay());
    const network = { namespace: 'voice', name: 'rtp' };
    const pod = { context: PROD, kind: 'Pod', namespace: 'voice', name: 'mixer-7', networks: [network] };
    service.answers.set('findUsers', () => ({ ok: true, value: [pod] }));
    await openPalette(page);
    await page.keyboard.type('mixer');
    await expect
      .poll(() => found(page).allTextContents())
      .toEqual(['voice/mixer-7Pod · prod-eu · voice/rtp']);
    expect(service.commandsNamed('findUsers')).toContainEqual({ words: 'mixer' });
    await page.keyboard.press('Enter');
    await details(page).getByText('48 pods use it').first().waitFor();
  });

  test('looks at another context', async () => {
    const { page } = await stage.show(makeGoodDay());
    await openPalette(page);
    await page.keyboard.type('look at staging');
    await expect.poll(() => found(page).count()).toBe(1);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'staging' }).waitFor();
    expect(new URL(page.url()).searchParams.get('context')).toBe('/home/ada/.kube/config#staging');
  });

  test('changes a mode at once, that of a protected context after a confirmation', async () => {
    const { page, service } = await stage.show(makeGoodDay());
    await openPalette(page);
    await page.keyboard.type('set lab to restore');
    await expect.poll(() => found(page).count()).toBe(1);
    await page.keyboard.press('Enter');
    const lab = { context: '/home/ada/.kube/config#lab', mode: 'restore' };
    await expect.poll(() => service.commandsNamed('setMode')).toEqual([lab]);
    await openPalette(page);
    await page.keyboard.type('set prod-eu to off');
    await expect.poll(() => found(page).count()).toBe(1);
    await page.keyboard.press('Enter');
    await page.getByRole('alertdialog', { name: 'Change prod-eu to Off?' }).waitFor();
    expect(service.commandsNamed('setMode')).toEqual([lab]);
    await page.getByRole('button', { name: 'Change to Off' }).click();
    const prod = { context: PROD, mode: 'off', isConfirmed: true };
    await expect.poll(() => service.commandsNamed('setMode')).toEqual([lab, prod]);
  });

  test('brings a network back after a confirmation that names network, cluster and users', async () => {
    const { page, service } = await stage.show(makeGoodDay());
    await openPalette(page);
    await page.keyboard.type('restore hsm');
    await expect
      .poll(() => found(page).allTextContents())
      .toEqual(['Restore payments/hsm-fabric on prod-euHeld']);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('alertdialog', { name: 'Restore payments/hsm-fabric on prod-eu?' });
    await dialog.getByText('3 pods use it').first().waitFor();
    await dialog.getByRole('button', { name: 'Restore' }).click();
    const args = { context: PROD, namespace: 'payments', name: 'hsm-fabric' };
    await expect.poll(() => service.commandsNamed('restoreNetwork')).toEqual([args]);
  });

  test('says that nothing matches', async () => {
    const { page } = await stage.show(makeGoodDay());
    await openPalette(page);
    await page.keyboard.type('no such thing');
    await palette(page).getByText('Nothing matches these words.').waitFor();
  });

  test('closes on Escape and gives the focus back', async () => {
    const { page } = await stage.show(makeGoodDay());
    await page.getByRole('searchbox', { name: 'Filter networks' }).focus();
    await page.keyboard.press('Control+k');
    await palette(page).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => palette(page).count()).toBe(0);
    await page.locator('input[type=search]:focus').waitFor();
  });

  test('opens by its button too', async () => {
    const { page } = await stage.show(makeGoodDay());
    await page.getByRole('button', { name: 'Find Ctrl K' }).click();
    await palette(page).waitFor();
  });

  test('shows hostile names as text', async () => {
    const { page } = await stage.show(makeHostile());
    await page.getByRole('rowheader').first().waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('markup');
    await palette(page).getByText('<img src=x onerror=').first().waitFor();
    expect(await page.title()).not.toBe('owned');
  });

  test.each(['light', 'dark'] as const)('has no accessibility violations in the %s theme', async (theme) => {
    const { page } = await stage.show(makeGoodDay(), { theme });
    await openPalette(page);
    await page.keyboard.type('ceph');
    await expect.poll(() => found(page).count()).toBe(3);
    expect(await findAxeViolations(page)).toEqual([]);
  });
});
