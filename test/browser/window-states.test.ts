/** The window in Chromium where there is little to show, and where a cluster or the connection is in trouble. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ContextView } from '../../main/contract/contexts.ts';
import type { KubeconfigFile, Update } from '../../main/contract/updates.ts';
import { CLUSTER_ROLE, clusterRoleFor } from '../../renderer/components/cluster-role.ts';
import { findAxeViolations } from '../support/axe.ts';
import { hasChromium } from '../support/chromium.ts';
import { makeContext, makeNetwork, makeSnapshot } from '../support/window-fixtures.ts';
import { makeGoodDay } from '../support/window-good-day.ts';
import { findMisfits } from '../support/window-layout.ts';
import { chip, contextButton, details, question, row } from '../support/window-page.ts';
import type { Stage } from '../support/window-stage.ts';
import { openStage } from '../support/window-stage.ts';

let stage: Stage;
beforeAll(async () => {
  if (hasChromium) stage = await openStage();
}, 120_000);
afterAll(() => stage?.close());

const inChromium = describe.skipIf(!hasChromium);

const own = (parts: Partial<KubeconfigFile> = {}): KubeconfigFile => ({
  file: '/home/ada/.kube/config',
  source: 'own',
  isThere: true,
  contexts: 0,
  problems: [],
  ...parts,
});
const problem = (code: string) => ({ code, message: 'It is so', remedy: 'Do this.' });
const failed = (code: string): Partial<ContextView> => ({ phase: 'failed', problem: problem(code) });
const off = { mode: 'off', phase: 'off' } as const;

/** What is so, and what the window says then: the first is its heading. */
const STATES: readonly (readonly [
  string,
  Pick<Update, 'contexts' | 'kubeconfigFiles'>,
  readonly string[],
])[] = [
  [
    'no kubeconfig',
    { contexts: [], kubeconfigFiles: [own({ isThere: false })] },
    [
      'No kubeconfig was found',
      '/home/ada/.kube/config',
      'Name a kubeconfig file',
      'Look again',
      'Try it on demo clusters',
      'npm run demo',
    ],
  ],
  [
    'no context in the kubeconfig',
    { contexts: [], kubeconfigFiles: [own()] },
    ['Your kubeconfig names no context', '/home/ada/.kube/config', 'Try it on demo clusters'],
  ],
  [
    'a kubeconfig that cannot be read',
    { contexts: [], kubeconfigFiles: [own({ problems: ['is not valid YAML (12:3)'] })] },
    ['A kubeconfig cannot be read', '/home/ada/.kube/config', 'is not valid YAML (12:3)', 'Look again'],
  ],
  [
    'nothing watched, no current context',
    { contexts: [makeContext('a', off), makeContext('b', off)] },
    ['No context is watched', 'Clusters that are off are never contacted.'],
  ],
  [
    'nothing watched but a current context',
    { contexts: [makeContext('a', off), makeContext('b', { ...off, isCurrent: true })] },
    ['No context is watched', 'Watch b and restore', 'Watch b and ask'],
  ],
  [
    'connecting',
    { contexts: [makeContext('only', { phase: 'connecting' })] },
    ['Connecting to only', 'https://only.example.com:6443', 'Waiting for the first answer'],
  ],
  [
    'syncing',
    { contexts: [makeContext('only', { phase: 'syncing', itemsRead: 5_000 })] },
    ['Reading only', '5,000 objects so far'],
  ],
  ['no networks', { contexts: [makeContext('only')] }, ['only has no networks yet']],
  [
    'no networks, and none could be made',
    { contexts: [makeContext('only', { problem: problem('readOnly') })] },
    ['only has no networks yet', 'It is so. Do this.', 'Show the rights'],
  ],
  [
    'no CRD',
    { contexts: [makeContext('only', failed('noNadCrd'))] },
    ['only has no NetworkAttachmentDefinitions', 'install Multus', 'Waiting for the CRD', 'Turn it off'],
  ],
  [
    'unreachable',
    { contexts: [makeContext('only', failed('unreachable'))] },
    ['only cannot be reached', 'It is so.', 'Do this.', 'Retry', 'Diagnose'],
  ],
  [
    'lost',
    { contexts: [makeContext('only', { phase: 'reconnecting', problem: problem('unreachable') })] },
    ['The connection to only is lost', 'It is so.', 'Retry'],
  ],
  [
    'not logged in',
    { contexts: [makeContext('only', failed('credentials'))] },
    ['NetKeeper cannot log in to only', 'It is so.', 'Do this.', 'Retry'],
  ],
  [
    'forbidden',
    { contexts: [makeContext('only', failed('forbidden'))] },
    ['You may not watch only', 'It is so.', 'kind: ClusterRole', 'Copy', 'Retry'],
  ],
  [
    'a bad entry of the kubeconfig',
    { contexts: [makeContext('only', failed('badKubeconfig'))] },
    ["The kubeconfig's entry of only cannot be used", 'It is so.', 'Look again'],
  ],
  [
    'a command that is not allowed yet',
    { contexts: [makeContext('only', failed('untrustedPlugin'))] },
    ['only wants to run a command', 'It is so.', 'Allow this command', 'Turn it off'],
  ],
  [
    'something new',
    { contexts: [makeContext('only', failed('strange'))] },
    ['only cannot be watched', 'It is so.', 'Do this.', 'Retry'],
  ],
  [
    'several contexts, none with networks',
    {
      contexts: [
        makeContext('one', { phase: 'syncing', itemsRead: 7 }),
        makeContext('two', failed('unreachable')),
        makeContext('three', failed('noNadCrd')),
        makeContext('four'),
      ],
    },
    ['No networks in 4 contexts', '7 objects so far', 'It is so.', 'No networks yet', 'Retry'],
  ],
];

inChromium('empty and troubled states', () => {
  const one = (parts: Partial<ContextView>) => makeSnapshot({ contexts: [makeContext('only', parts)] });

  test('each says what is so, what it means, and what can be done', async () => {
    const { page, service } = await stage.show(makeSnapshot());
    const main = page.getByRole('main');
    for (const [what, parts, [heading = '', ...words]] of STATES) {
      service.update(parts);
      await main.getByRole('heading', { name: heading }).waitFor();
      for (const text of words) {
        await expect.poll(() => page.getByText(text).count(), { message: `${what}: ${text}` }).not.toBe(0);
      }
    }
  });

  test.each([
    ['light', 900, 600],
    ['dark', 640, 400],
  ] as const)('have no axe violation and nothing cut off in %s at %d × %d', async (theme, width, height) => {
    const { page, service } = await stage.show(makeSnapshot(), { theme, width, height });
    const wrong: string[] = [];
    for (const [what, parts, [heading = '']] of STATES) {
      service.update(parts);
      await page.getByRole('main').getByRole('heading', { name: heading }).waitFor();
      const found = [...(await findAxeViolations(page)), ...(await findMisfits(page))];
      wrong.push(...found.map((line) => `${what}: ${line}`));
    }
    expect(wrong).toEqual([]);
  });

  test('the current context is watched by one click', async () => {
    const current = makeContext('mine', { ...off, isCurrent: true });
    const { page, service } = await stage.show(
      makeSnapshot({ contexts: [makeContext('other', off), current] }),
    );
    await page.getByRole('button', { name: 'Watch mine and restore' }).click();
    await expect
      .poll(() => service.commandsNamed('setMode'))
      .toEqual([{ context: current.id, mode: 'restore' }]);
  });

  test('a protected one is watched after a question', async () => {
    const current = makeContext('prod', { ...off, isCurrent: true, isProtected: true });
    const { page, service } = await stage.show(makeSnapshot({ contexts: [current] }));
    await page.getByRole('button', { name: 'Watch prod and ask' }).click();
    await question(page).getByRole('button', { name: 'Change to Ask' }).click();
    await expect
      .poll(() => service.commandsNamed('setMode'))
      .toEqual([{ context: current.id, mode: 'ask', isConfirmed: true }]);
  });

  test('offers to watch a context that is off', async () => {
    const context = makeContext('old-dc', off);
    const { page, service } = await stage.show(makeSnapshot({ contexts: [context] }));
    await contextButton(page, 'old-dc').click();
    await page.getByRole('button', { name: 'Watch and restore' }).click();
    await expect
      .poll(() => service.commandsNamed('setMode'))
      .toEqual([{ context: context.id, mode: 'restore' }]);
  });

  test('asks before a command of a kubeconfig is run for the first time', async () => {
    const context = makeContext('handed-over', failed('untrustedPlugin'));
    const { page, service } = await stage.show(makeSnapshot({ contexts: [context] }));
    await page.getByRole('button', { name: 'Allow this command' }).click();
    await expect.poll(() => service.commandsNamed('trustPlugin')).toEqual([{ context: context.id }]);
    await page.getByRole('button', { name: 'Turn it off' }).click();
    await expect.poll(() => service.commandsNamed('setMode')).toEqual([{ context: context.id, mode: 'off' }]);
  });

  test('tries a context again when asked to', async () => {
    const { page, service } = await stage.show(makeGoodDay());
    await contextButton(page, 'lab').click();
    await page.getByText('connect ECONNREFUSED 10.4.0.2:6443.').waitFor();
    await page.getByRole('button', { name: 'Retry' }).click();
    const args = { context: '/home/ada/.kube/config#lab' };
    await expect.poll(() => service.commandsNamed('retryContext')).toEqual([args]);
  });

  test('looks step by step at what is wrong, where it is wrong', async () => {
    const { page, service } = await stage.show(one(failed('unreachable')));
    service.answers.set('diagnose', () => ({
      ok: true,
      value: {
        context: '/home/ada/.kube/config#only',
        checks: [{ title: 'Server', status: 'failed', message: 'It does not answer.', remedy: 'Start it.' }],
      },
    }));
    await page.getByRole('button', { name: 'Diagnose' }).click();
    const found = page.getByRole('list', { name: 'What was found on only' });
    await expect.poll(() => found.textContent()).toBe('FailedServerIt does not answer.Start it.');
  });

  test('leads to the kubeconfig files of the settings', async () => {
    const { page, service } = await stage.show(makeSnapshot());
    await page.getByRole('button', { name: 'Look again' }).click();
    await expect.poll(() => service.commandsNamed('reloadKubeconfig')).toEqual([{}]);
    await page.getByRole('button', { name: 'Name a kubeconfig file' }).click();
    await page.getByLabel('Path of a kubeconfig file').waitFor();
    expect(new URL(page.url()).searchParams.get('section')).toBe('files');
  });

  test('a line of several contexts leads to the one', async () => {
    const contexts = [makeContext('one', failed('unreachable')), makeContext('two')];
    const { page } = await stage.show(makeSnapshot({ contexts }));
    await page.getByRole('main').getByRole('button', { name: 'one', exact: true }).click();
    await page.getByRole('heading', { name: 'one cannot be reached' }).waitFor();
  });

  test('says that demo clusters are not real, and says it of no others', async () => {
    const words = 'These are demo clusters inside the program. Nothing here is real.';
    const { page } = await stage.show({ ...makeGoodDay(), isDemo: true });
    await page.getByText(words).waitFor();
    const { page: other } = await stage.show(makeGoodDay());
    await row(other, 'storage/ceph-cluster').waitFor();
    expect(await other.getByText(words).count()).toBe(0);
  });

  test('shows a notice until it is dismissed', async () => {
    const notices = [{ id: '1', message: 'A file was put aside.' }];
    const { page } = await stage.show(makeSnapshot({ notices }));
    await page.getByText('A file was put aside.').waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await expect.poll(() => page.getByText('A file was put aside.').count()).toBe(0);
  });
});

inChromium('the rights to ask for', () => {
  const copied = (page: Page) => page.evaluate<string>('navigator.clipboard.readText()');

  test('are copied as they are', async () => {
    const { page } = await stage.show(makeSnapshot({ contexts: [makeContext('only', failed('forbidden'))] }));
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByText('Copied').waitFor();
    expect(await copied(page)).toBe(CLUSTER_ROLE);
  });

  test('take the name of the user, and a single namespace', async () => {
    const { page } = await stage.show(makeSnapshot({ contexts: [makeContext('only', failed('forbidden'))] }));
    await page.getByLabel('Name of the user').fill('ada@example.com');
    await chip(page, 'One namespace').click();
    await page.getByLabel('Namespace', { exact: true }).fill('storage');
    await page.getByText('netkeeper watch -n storage').waitFor();
    await page.getByRole('button', { name: 'Copy' }).first().click();
    await page.getByText('Copied').waitFor();
    expect(await copied(page)).toBe(clusterRoleFor({ user: 'ada@example.com', namespace: 'storage' }));
  });

  test('open over the table of a context that may be watched only, and give the focus back', async () => {
    const context = makeContext('only', { problem: problem('readOnly'), networks: 1 });
    const networks = [makeNetwork(context, 'storage', 'public')];
    const { page } = await stage.show(makeSnapshot({ contexts: [context], networks }));
    await row(page, 'storage/public').waitFor();
    await page.getByText('It is so. Do this.').waitFor();
    const button = page.getByRole('button', { name: 'Show the rights' });
    await button.press('Enter');
    await page.getByRole('dialog', { name: 'The rights it needs' }).getByText('kind: ClusterRole').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('Show the rights');
  });
});

inChromium('the connection', () => {
  test('asks for a snapshot when an update is missing', async () => {
    const { page, service } = await stage.show(makeGoodDay());
    await page.getByRole('heading', { name: 'All contexts' }).waitFor();
    service.snapshot = { ...service.snapshot, sequence: 7, contexts: [makeContext('after-the-gap')] };
    service.tell({ event: 'update', update: { sequence: 7 } });
    await contextButton(page, 'after-the-gap').waitFor();
    expect(service.commandsNamed('snapshot')).toHaveLength(2);
  });

  test('says that the host is gone, and that another run of it needs another key', async () => {
    const { page, restartHost, stopHost } = await stage.show(makeGoodDay());
    await page.getByRole('heading', { name: 'All contexts' }).waitFor();
    await stopHost();
    await page.getByText('The connection to NetKeeper is lost. What you see may be old.').waitFor();
    await restartHost();
    await page.getByText('This window may not talk to NetKeeper').waitFor({ timeout: 15_000 });
  });

  test('takes the token out of the address', async () => {
    const { page } = await stage.show(makeSnapshot());
    await page.getByText('No kubeconfig was found').waitFor();
    expect(new URL(page.url()).hash).toBe('');
  });

  test('says so when NetKeeper fails to answer, and asks again when told to', async () => {
    const { page, service } = await stage.show(makeSnapshot());
    await page.getByText('No kubeconfig was found').waitFor();
    service.answers.set('snapshot', () => ({
      ok: false,
      code: 'x',
      message: 'Not now',
      remedy: 'Wait a little.',
    }));
    await page.reload();
    await page.getByText('Not now').waitFor();
    service.answers.delete('snapshot');
    await page.getByRole('button', { name: 'Retry' }).click();
    await page.getByText('No kubeconfig was found').waitFor();
  });

  test('runs under the strictest content security policy', async () => {
    const { page } = await stage.show(makeGoodDay(), {
      policy:
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'",
    });
    await contextButton(page, 'prod-eu').click();
    await row(page, 'storage/ceph-public').click();
    await details(page).getByText('"range"').waitFor();
  });
});
