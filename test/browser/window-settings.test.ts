/** What can be set in the window, and how it looks. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../main/contract/settings.ts';
import { hasChromium } from '../support/chromium.ts';
import { makeContext, makeSnapshot } from '../support/window-fixtures.ts';
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
const STAGING = '/home/ada/.kube/config#staging';

function settingsOf(page: Page, context: string) {
  return page.getByRole('region', { name: 'Settings', exact: true }).getByRole('row', { name: context });
}

async function openSettings(page: Page) {
  await openView(page, 'Settings');
  await page.getByRole('heading', { name: 'About' }).waitFor();
}

function openFields(page: Page, context: string) {
  return page.getByRole('button', { name: `Settings of ${context}` }).click();
}

/** By the keyboard: the command changes nothing here, so a box that is checked springs back. */
function toggle(box: ReturnType<Page['getByRole']>) {
  return box.press('Space');
}

async function chooseFrom(page: Page, list: string, choice: string) {
  await page.getByRole('button', { name: list }).click();
  await page.getByRole('menuitemradio', { name: choice }).click();
}

async function chooseMode(page: Page, context: string, mode: string) {
  await settingsOf(page, context)
    .getByRole('button', { name: `Mode of ${context}` })
    .click();
  await page.getByRole('menuitemradio', { name: mode }).click();
}

/** What it is, what a person does, the command that follows, and its arguments. */
type Change = readonly [string, (page: Page) => Promise<unknown>, string, unknown];

inChromium('settings', () => {
  const GENERAL: readonly Change[] = [
    [
      'notifications',
      (page) => toggle(page.getByRole('checkbox', { name: 'Show notifications' })),
      'changeSettings',
      { notifications: { isOn: false } },
    ],
    [
      'do not disturb',
      (page) => toggle(page.getByRole('checkbox', { name: 'Do not disturb' })),
      'changeSettings',
      { notifications: { doNotDisturb: true } },
    ],
    [
      'one kind of notification',
      (page) => toggle(page.getByRole('checkbox', { name: 'A network was brought back' })),
      'changeSettings',
      { notifications: { mutedEvents: ['restored'] } },
    ],
    [
      'the fight limit',
      async (page) => {
        await page.getByRole('textbox', { name: 'Stop bringing a network back after' }).fill('5');
        await page.keyboard.press('Enter');
      },
      'changeSettings',
      { fightLimit: 5 },
    ],
    [
      'the age limit',
      async (page) => {
        await page.getByRole('textbox', { name: 'Ask before bringing back' }).fill('30');
        await page.keyboard.press('Tab');
      },
      'changeSettings',
      { oldCopyDays: 30 },
    ],
    ['the theme', (page) => chooseFrom(page, 'Theme', 'Dark'), 'changeSettings', { theme: 'dark' }],
  ];
  const OF_A_CONTEXT: readonly Change[] = [
    [
      'the name of a context',
      async (page) => {
        await settingsOf(page, 'staging').getByLabel('Name shown').fill('Test bench');
        await page.keyboard.press('Enter');
      },
      'setContextLook',
      { context: STAGING, look: { label: 'Test bench', colour: 'blue' } },
    ],
    [
      'the group of a context',
      async (page) => {
        await settingsOf(page, 'staging').getByLabel('Group').fill('Europe');
        await page.keyboard.press('Tab');
      },
      'setContextLook',
      { context: STAGING, look: { group: 'Europe', colour: 'blue' } },
    ],
    [
      'the colour of a context',
      async (page) => {
        await chooseFrom(page, 'Colour: staging', 'None');
      },
      'setContextLook',
      { context: STAGING, look: {} },
    ],
    [
      'the protection of a context',
      async (page) => {
        await toggle(settingsOf(page, 'staging').getByRole('checkbox', { name: 'Protected' }));
      },
      'setProtected',
      { context: STAGING, isProtected: true },
    ],
    [
      'the notifications of a context',
      async (page) => {
        await toggle(settingsOf(page, 'staging').getByRole('checkbox', { name: 'Notifications' }));
      },
      'setMuted',
      { context: STAGING, isMuted: true },
    ],
    [
      'the mode of a context',
      (page) => chooseMode(page, 'staging', 'Ask'),
      'setMode',
      { context: STAGING, mode: 'ask' },
    ],
    [
      'the mode of a protected context, after a question',
      async (page) => {
        await openFields(page, 'prod-eu');
        await chooseMode(page, 'prod-eu', 'Off');
        await page.getByRole('button', { name: 'Change to Off' }).click();
      },
      'setMode',
      { context: '/home/ada/.kube/config#prod-eu', mode: 'off', isConfirmed: true },
    ],
  ];

  test.each([
    ['what holds for all contexts', GENERAL],
    ['what holds for one context', OF_A_CONTEXT],
  ] as const)('changes %s', async (_what, changes) => {
    const { page, service } = await stage.show(makeGoodDay());
    await openSettings(page);
    await openFields(page, 'staging');
    for (const [what, act, command, args] of changes) {
      service.commands.length = 0;
      await act(page);
      await expect.poll(() => service.commandsNamed(command), { message: what }).toEqual([args]);
    }
  });

  test('keeps a number within its bounds, and what was there if it is none', async () => {
    const { page, service } = await stage.show(makeGoodDay());
    await openSettings(page);
    const field = page.getByRole('textbox', { name: 'Stop bringing a network back after' });
    await field.fill('');
    await page.keyboard.press('Enter');
    await expect.poll(() => field.inputValue()).toBe('3');
    expect(service.commandsNamed('changeSettings')).toEqual([]);
    await field.fill('99');
    await page.keyboard.press('Enter');
    await expect.poll(() => service.commandsNamed('changeSettings')).toEqual([{ fightLimit: 20 }]);
  });

  test('takes a name back on Escape, and leaves arrows and spaces to the field', async () => {
    const { page, service } = await stage.show(makeGoodDay());
    await openSettings(page);
    await openFields(page, 'staging');
    const field = settingsOf(page, 'staging').getByLabel('Name shown');
    await field.focus();
    await page.keyboard.type('at home');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.type('x');
    expect(await field.inputValue()).toBe('xat home');
    await page.keyboard.press('Escape');
    expect(await field.inputValue()).toBe('');
    await page.keyboard.press('Tab');
    expect(service.commandsNamed('setContextLook')).toEqual([]);
  });

  test('says where the data are, and copies the path', async () => {
    const { page } = await stage.show(makeSnapshot({ dataFolder: '/home/ada/.local/state/netkeeper' }));
    await openSettings(page);
    await page.getByText('/home/ada/.local/state/netkeeper').waitFor();
    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    await page.getByText('Copied').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe('/home/ada/.local/state/netkeeper');
  });

  test('says that nothing is kept where nothing is', async () => {
    const { page } = await stage.show(makeSnapshot());
    await openSettings(page);
    await page.getByText('Nothing is kept on disk.').waitFor();
  });

  test('offers to start with the session only where there is an app to start', async () => {
    const { page } = await stage.show(makeSnapshot());
    await openSettings(page);
    expect(await page.getByText('Start when I log in').count()).toBe(0);
  });

  test('leads to a section, and keeps it in the address', async () => {
    const { page } = await stage.show(makeGoodDay());
    await openSettings(page);
    const heading = page.getByRole('heading', { name: 'Diagnostics' });
    const nav = page.getByRole('navigation', { name: 'Parts of the settings' });
    await nav.getByRole('button', { name: 'Diagnostics' }).click();
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('Diagnostics');
    await expect.poll(() => new URL(page.url()).searchParams.get('section')).toBe('diagnostics');
    await page.reload();
    await expect.poll(async () => (await heading.boundingBox())?.y, { timeout: 10_000 }).toBeLessThan(500);
  });

  test.each(['light', 'dark'] as const)(
    'the theme of the settings overrides the system: %s',
    async (theme) => {
      const { page } = await stage.show(makeSnapshot({ settings: { ...DEFAULT_SETTINGS, theme } }), {
        theme: theme === 'light' ? 'dark' : 'light',
      });
      await page.getByRole('main').waitFor();
      await expect
        .poll(() => backgroundOf(page))
        .toBe(theme === 'light' ? 'rgb(233, 237, 238)' : 'rgb(20, 24, 26)');
    },
  );

  test('follows the system where no theme is chosen', async () => {
    const { page } = await stage.show(makeSnapshot(), { theme: 'dark' });
    await page.getByRole('main').waitFor();
    expect(await backgroundOf(page)).toBe('rgb(20, 24, 26)');
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await backgroundOf(page)).toBe('rgb(233, 237, 238)');
  });
});

inChromium('the order of contexts', () => {
  const ids = (...names: string[]) => names.map((name) => `/home/ada/.kube/config#${name}`);
  const three = () =>
    makeSnapshot({ contexts: ['a-one', 'b-two', 'c-three'].map((name) => makeContext(name)) });

  test('changes by a menu, which says where the context is now', async () => {
    const { page, service } = await stage.show(three());
    await openSettings(page);
    await page.getByRole('button', { name: 'Move c-three' }).click();
    await page.getByRole('menuitem', { name: 'Move up' }).click();
    await expect
      .poll(() => service.commandsNamed('changeSettings'))
      .toEqual([{ order: ids('a-one', 'c-three', 'b-two') }]);
    await page.getByText('c-three is now number 2 of 3.').waitFor();
  });

  test('offers no move beyond the ends', async () => {
    const { page } = await stage.show(three());
    await openSettings(page);
    await page.getByRole('button', { name: 'Move a-one' }).click();
    const offered = page.getByRole('menuitem');
    await expect.poll(() => offered.allTextContents()).toEqual(['Move down', 'Move to the bottom']);
  });

  test('changes by dragging', async () => {
    const { page, service } = await stage.show(three());
    await openSettings(page);
    const from = await settingsOf(page, 'a-one').boundingBox();
    const to = await settingsOf(page, 'c-three').boundingBox();
    if (from === null || to === null) throw new Error('A row is not shown.');
    await page.mouse.move(from.x + 12, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(to.x + 20, to.y + to.height - 6, { steps: 6 });
    await page.mouse.move(to.x + 20, to.y + to.height - 4);
    await page.mouse.up();
    await expect
      .poll(() => service.commandsNamed('changeSettings'))
      .toEqual([{ order: ids('b-two', 'c-three', 'a-one') }]);
  });

  test('changes by dragging with the keyboard', async () => {
    const { page, service } = await stage.show(three());
    await openSettings(page);
    await page.getByRole('button', { name: 'Drag a-one' }).focus();
    await page.keyboard.press('Enter');
    await page
      .getByRole('button', { name: /Insert/ })
      .first()
      .waitFor({ state: 'attached' });
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => service.commandsNamed('changeSettings'))
      .toEqual([{ order: ids('b-two', 'a-one', 'c-three') }]);
  });

  test('fifty contexts are found by a word, and open to their fields by the keyboard', async () => {
    const contexts = Array.from({ length: 50 }, (_, index) => makeContext(`cluster-${index}`));
    const { page } = await stage.show(makeSnapshot({ contexts }));
    await openSettings(page);
    const list = page.getByRole('region', { name: 'Settings', exact: true }).getByRole('grid');
    await expect.poll(() => list.getByRole('row').count()).toBe(50);
    await page.getByRole('searchbox', { name: 'Find a context' }).first().fill('cluster-41');
    await expect.poll(() => list.getByRole('row').count()).toBe(1);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await settingsOf(page, 'cluster-41').getByLabel('Name shown').waitFor();
  });
});

inChromium('kubeconfig files', () => {
  const wanted = ['/srv/lab', '/srv/broken', '/srv/absent'];
  const snapshot = () =>
    makeSnapshot({
      settings: { ...DEFAULT_SETTINGS, kubeconfigFiles: wanted },
      kubeconfigFiles: [
        { file: '/home/ada/.kube/config', source: 'own', isThere: true, contexts: 7, problems: [] },
        { file: '/srv/lab', source: 'added', isThere: true, contexts: 1, problems: ['no user "x"'] },
        { file: '/srv/broken', source: 'added', isThere: true, contexts: 0, problems: ['is no YAML'] },
        { file: '/srv/absent', source: 'added', isThere: false, contexts: 0, problems: [] },
      ],
    });
  const fileOf = (page: Page, path: string) =>
    page.getByRole('list', { name: 'Kubeconfig files' }).getByRole('listitem').filter({ hasText: path });

  test('each tells what was found in it', async () => {
    const { page } = await stage.show(snapshot());
    await openSettings(page);
    for (const [path, ...words] of [
      ['/home/ada/.kube/config', 'Your own', 'Read', '7 contexts'],
      ['/srv/lab', 'Read, with problems', '1 context', 'no user "x"'],
      ['/srv/broken', 'Cannot be read', 'is no YAML'],
      ['/srv/absent', 'Added', 'Not there'],
    ] as const) {
      const said = await fileOf(page, path).textContent();
      for (const word of words) expect(said).toContain(word);
    }
  });

  test('the demo reads none, and offers none to add', async () => {
    const { page } = await stage.show({ ...snapshot(), isDemo: true });
    await openSettings(page);
    await page.getByText('The demo reads no kubeconfig.').waitFor();
    expect(await page.getByLabel('Path of a kubeconfig file').count()).toBe(0);
  });

  test('one is added by its path, and told of as soon as it was looked at', async () => {
    const { page, service } = await stage.show(snapshot());
    await openSettings(page);
    await page.getByLabel('Path of a kubeconfig file').fill(' /srv/other ');
    await page.keyboard.press('Enter');
    const kubeconfigFiles = [...wanted, '/srv/other'];
    await expect.poll(() => service.commandsNamed('changeSettings')).toEqual([{ kubeconfigFiles }]);
    service.update({ settings: { ...DEFAULT_SETTINGS, kubeconfigFiles } });
    await fileOf(page, '/srv/other').getByText('Not looked at yet').waitFor();
    const found = {
      file: '/srv/other',
      source: 'added' as const,
      isThere: true,
      contexts: 2,
      problems: [],
    };
    service.update({ kubeconfigFiles: [...service.snapshot.kubeconfigFiles, found] });
    await fileOf(page, '/srv/other').getByText('2 contexts').waitFor();
  });

  test.each([
    ['other/config', 'Give the whole path, from the root of the disk.'],
    ['/srv/lab', 'This file is in the list already.'],
  ])('%s is not added, and the field says why', async (path, why) => {
    const { page, service } = await stage.show(snapshot());
    await openSettings(page);
    await page.getByLabel('Path of a kubeconfig file').fill(path);
    await page.keyboard.press('Enter');
    await page.getByText(why).waitFor();
    expect(service.commandsNamed('changeSettings')).toEqual([]);
  });

  test('one is removed, and all are looked at again', async () => {
    const { page, service } = await stage.show(snapshot());
    await openSettings(page);
    await page.getByRole('button', { name: 'Remove /srv/broken' }).click();
    await expect
      .poll(() => service.commandsNamed('changeSettings'))
      .toEqual([{ kubeconfigFiles: ['/srv/lab', '/srv/absent'] }]);
    await page.getByRole('button', { name: 'Look again' }).click();
    await expect.poll(() => service.commandsNamed('reloadKubeconfig')).toEqual([{}]);
  });
});

inChromium('diagnostics', () => {
  const checks = [
    { title: 'Server', status: 'ok', message: 'It answers.' },
    {
      title: 'Rights',
      status: 'failed',
      message: 'This user may not list pods.',
      remedy: 'Ask for the ClusterRole in docs/permissions.md.',
    },
    { title: 'Virtual machines', status: 'warning', message: 'They cannot be read.' },
    { title: 'CRD', status: 'skipped', message: 'The rights are missing.' },
  ];

  test('a context is looked at step by step, and again', async () => {
    const { page, service } = await stage.show(makeGoodDay());
    const answer = Promise.withResolvers<void>();
    service.answers.set('diagnose', async (args) => {
      await answer.promise;
      return { ok: true, value: { ...(args as object), checks } };
    });
    await openSettings(page);
    await page.getByRole('button', { name: 'Diagnose staging' }).click();
    await page.getByRole('progressbar', { name: 'Looking, at most half a minute' }).waitFor();
    answer.resolve();
    const found = page.getByRole('list', { name: 'What was found on staging' }).getByRole('listitem');
    await expect.poll(() => found.count()).toBe(4);
    expect(await found.allTextContents()).toEqual([
      'GoodServerIt answers.',
      'FailedRightsThis user may not list pods.Ask for the ClusterRole in docs/permissions.md.',
      'WarningVirtual machinesThey cannot be read.',
      'Not looked atCRDThe rights are missing.',
    ]);
    await page.getByText('1 failed, 1 warning.').waitFor();
    await page.getByText('kind: ClusterRole', { exact: false }).first().waitFor();
    await page.getByRole('button', { name: 'Diagnose again: staging' }).click();
    await expect
      .poll(() => service.commandsNamed('diagnose'))
      .toEqual([{ context: STAGING }, { context: STAGING }]);
  });

  test('a troubleshooting report is copied, saved, and shown', async () => {
    const { page, service } = await stage.show(makeGoodDay());
    service.answers.set('troubleshootingReport', () => ({
      ok: true,
      value: { fileName: 'netkeeper-report.txt', text: 'all that is known' },
    }));
    await openSettings(page);
    await page.getByText('It holds no secret').waitFor();
    await page.getByRole('button', { name: 'Copy troubleshooting report' }).click();
    await page.getByText('all that is known').waitFor();
    await expect.poll(() => page.evaluate('navigator.clipboard.readText()')).toBe('all that is known');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save it' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('netkeeper-report.txt');
  });
});

function backgroundOf(page: Page): Promise<string> {
  return page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
}
