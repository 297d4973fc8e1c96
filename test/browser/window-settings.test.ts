/** What can be set in the window, and how it looks. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../main/contract/settings.ts';
import { hasChromium } from '../support/chromium.ts';
import { makeSnapshot } from '../support/window-fixtures.ts';
import { makeGoodDay } from '../support/window-good-day.ts';
import { openView } from '../support/window-page.ts';
import type { Stage } from '../support/window-stage.ts';
import { openStage } from '../support/window-stage.ts';

let stage: Stage;
beforeAll(async () => {
  if (hasChromium) stage = await openStage();
}, 120_000);
afterAll(() => stage?.close());

const inChromium = describe.skipIf(!hasChromium);

inChromium('settings', () => {
  test.each<[string, (page: Page) => Promise<void>, string, unknown]>([
    [
      'notifications',
      (page) => page.getByLabel('Show notifications').uncheck(),
      'changeSettings',
      { notifications: { isOn: false } },
    ],
    [
      'do not disturb',
      (page) => page.getByLabel('Do not disturb').check(),
      'changeSettings',
      { notifications: { doNotDisturb: true } },
    ],
    [
      'one kind of notification',
      (page) => page.getByLabel('A network was brought back').uncheck(),
      'changeSettings',
      { notifications: { mutedEvents: ['restored'] } },
    ],
    [
      'the fight limit',
      async (page) => {
        await page.getByLabel('Stop bringing a network back after').fill('5');
        await page.keyboard.press('Enter');
      },
      'changeSettings',
      { fightLimit: 5 },
    ],
    [
      'the age limit',
      async (page) => {
        await page.getByLabel('Ask before bringing back').fill('30');
        await page.keyboard.press('Tab');
      },
      'changeSettings',
      { oldCopyDays: 30 },
    ],
    [
      'the theme',
      async (page) => void (await page.getByLabel('Theme').selectOption('Dark')),
      'changeSettings',
      { theme: 'dark' },
    ],
    [
      'kubeconfig files',
      async (page) => {
        await page.getByLabel('Path of a kubeconfig file').fill(' /srv/other ');
        await page.keyboard.press('Enter');
      },
      'changeSettings',
      { kubeconfigFiles: ['/srv/other'] },
    ],
    [
      'the name of a context',
      async (page) => {
        await page.getByLabel('Name shown: staging').fill('Test bench');
        await page.keyboard.press('Enter');
      },
      'setContextLook',
      { context: '/home/ada/.kube/config#staging', look: { label: 'Test bench', colour: 'blue' } },
    ],
    [
      'the colour of a context',
      async (page) => void (await page.getByLabel('Colour: staging').selectOption('None')),
      'setContextLook',
      { context: '/home/ada/.kube/config#staging', look: {} },
    ],
    [
      'the protection of a context',
      (page) =>
        page.getByRole('listitem').filter({ hasText: 'staging.example.com' }).getByLabel('Protected').check(),
      'setProtected',
      { context: '/home/ada/.kube/config#staging', isProtected: true },
    ],
    [
      'the notifications of a context',
      (page) =>
        page
          .getByRole('listitem')
          .filter({ hasText: 'staging.example.com' })
          .getByLabel('Notifications')
          .uncheck(),
      'setMuted',
      { context: '/home/ada/.kube/config#staging', isMuted: true },
    ],
  ])('changes %s', async (_what, act, command, args) => {
    const { page, service } = await stage.show(makeGoodDay());
    await openView(page, 'Settings');
    // The command changes nothing here, so a box that is to be checked springs back: Playwright says so.
    await act(page).catch((error: unknown) => {
      if (!/did not change its state/.test(String(error))) throw error;
    });
    await expect.poll(() => service.commandsNamed(command)).toEqual([args]);
  });

  test('refuses a number out of bounds by putting back what was there', async () => {
    const { page, service } = await stage.show(makeGoodDay());
    await openView(page, 'Settings');
    const field = page.getByLabel('Stop bringing a network back after');
    await field.fill('99');
    await page.keyboard.press('Enter');
    await expect.poll(() => field.inputValue()).toBe('3');
    expect(service.commandsNamed('changeSettings')).toEqual([]);
  });

  test.each(['light', 'dark'] as const)(
    'the theme of the settings overrides the system: %s',
    async (theme) => {
      const { page } = await stage.show(makeSnapshot({ settings: { ...DEFAULT_SETTINGS, theme } }), {
        theme: theme === 'light' ? 'dark' : 'light',
      });
      await page.getByText('No clusters known').waitFor();
      expect(await backgroundOf(page)).toBe(theme === 'light' ? 'rgb(233, 237, 238)' : 'rgb(20, 24, 26)');
    },
  );

  test('follows the system where no theme is chosen', async () => {
    const { page } = await stage.show(makeSnapshot(), { theme: 'dark' });
    await page.getByText('No clusters known').waitFor();
    expect(await backgroundOf(page)).toBe('rgb(20, 24, 26)');
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await backgroundOf(page)).toBe('rgb(233, 237, 238)');
  });
});

function backgroundOf(page: Page): Promise<string> {
  return page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
}
