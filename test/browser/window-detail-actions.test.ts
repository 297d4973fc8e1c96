/** The configuration of one network in Chromium, what a person can do about it, and take elsewhere. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../main/contract/settings.ts';
import { starterManifest } from '../../renderer/views/detail/kubectl.ts';
import { hasChromium } from '../support/chromium.ts';
import {
  answerWith,
  chooseCopy,
  clipboard,
  longestStall,
  makeProdDay,
  openDetail,
  withNetwork,
} from '../support/window-detail.ts';
import { LONG_NAME, MARKUP, makeNetwork, RIGHT_TO_LEFT } from '../support/window-fixtures.ts';
import { chip, contextButton, details, question, row } from '../support/window-page.ts';
import type { Stage } from '../support/window-stage.ts';
import { openStage } from '../support/window-stage.ts';

let stage: Stage;
beforeAll(async () => {
  if (hasChromium) stage = await openStage();
}, 120_000);
afterAll(() => stage?.close());

const inChromium = describe.skipIf(!hasChromium);
const CEPH = { context: '/home/ada/.kube/config#prod-eu', namespace: 'storage', name: 'ceph-cluster' };

inChromium('the configuration', () => {
  test('is shown readable and as it is, and copied as it is', async () => {
    const config = '{"type":"bridge","vlan":300}';
    const { page } = await openDetail(stage, 'storage/ceph-cluster', { parts: { config } });
    const box = details(page).getByRole('group', { name: 'Configuration' });
    expect(await box.textContent()).toBe('{\n  "type": "bridge",\n  "vlan": 300\n}');
    await chip(page, 'Raw').click();
    await expect.poll(() => box.textContent()).toBe(config);
    await details(page).getByRole('button', { name: 'Copy', exact: true }).click();
    await expect.poll(() => clipboard(page)).toBe(config);
  });

  test.each([
    ['sandbox/old-experiment', { config: '' }, 'None: it is configured on the nodes.'],
    ['billing/ledger-sync', {}, 'Not known.'],
    ['payments/hsm-fabric', {}, 'The last known one.'],
  ])('of %s says where it is from', async (key, parts, words) => {
    const { page } = await openDetail(stage, key, { parts });
    await details(page).getByText(words).waitFor();
  });

  test('is compared with that of the network that stood under this name before, by sign and word', async () => {
    const parts = {
      config: '{"type":"bridge","bridge":"br0","mtu":9000}',
      previousConfig: '{"type":"macvlan","master":"ens5","mtu":9000}',
    };
    const { page } = await openDetail(stage, 'storage/ceph-cluster', { parts });
    await details(page).getByText('Another network stands under this name now.').waitFor();
    const lines = details(page).getByRole('group', { name: 'Changes' }).locator(':scope > span');
    expect(await lines.allTextContents()).toEqual([
      ' {',
      '−removed:   "type": "macvlan",',
      '−removed:   "master": "ens5",',
      '+added:   "type": "bridge",',
      '+added:   "bridge": "br0",',
      '   "mtu": 9000',
      ' }',
    ]);
    await chip(page, 'Pretty').click();
    await details(page).getByText('"bridge": "br0"').waitFor();
    expect(await details(page).getByText('macvlan').count()).toBe(0);
  });

  test('that is too long to be compared is shown beside the other', async () => {
    const long = (stem: string) =>
      JSON.stringify(Array.from({ length: 2_100 }, (_, index) => `${stem}-${index}`));
    const parts = { config: long('new'), previousConfig: long('old') };
    const { page } = await openDetail(stage, 'storage/ceph-cluster', { parts });
    await details(page).getByText('Too long to be compared line by line.').waitFor();
    await details(page).getByRole('group', { name: 'Before' }).getByText('"old-2099"').waitFor();
    await details(page).getByRole('group', { name: 'Now' }).getByText('"new-2099"').waitFor();
  });

  test.each([
    ['one long line', 'x'.repeat(1_000_000)],
    ['JSON with many parts', JSON.stringify(Array.from({ length: 200_000 }, (_, index) => index))],
    ['deep JSON', `${'['.repeat(500_000)}${']'.repeat(500_000)}`],
    ['nothing that can be seen', '\u202e'.repeat(300_000)],
  ])('of a megabyte, %s, does not stop the window, and is copied whole', async (_what, config) => {
    const shown = await stage.show(makeProdDay());
    answerWith(shown.service, { config, previousConfig: `${config} ` });
    const { page } = shown;
    await row(page, 'storage/ceph-cluster').waitFor();
    const took = await longestStall(page, async () => {
      await row(page, 'storage/ceph-cluster').click();
      await details(page).getByRole('heading', { name: 'History' }).waitFor();
    });
    await chip(page, 'Raw').click();
    await details(page).getByText('Only the first 200,000 characters are shown').waitFor();
    console.log(`To show a megabyte of configuration takes the page ${took} ms at most.`);
    await details(page).getByRole('button', { name: 'Copy', exact: true }).click();
    await expect.poll(async () => (await clipboard(page)).length).toBe(config.length);
  });
});

inChromium('what a person can do', () => {
  test('is to delete again what was brought back, after a question that names cluster, network and users', async () => {
    const { page, service } = await openDetail(stage, 'storage/ceph-cluster', { parts: { canUndo: true } });
    await details(page).getByRole('button', { name: 'Delete it again' }).click();
    await question(page)
      .getByRole('heading', { name: 'Delete storage/ceph-cluster on prod-eu again?' })
      .waitFor();
    await question(page).getByText('14 pods use it and 2 workloads refer to it.').waitFor();
    await question(page).getByRole('button', { name: 'Cancel' }).click();
    expect(service.commandsNamed('undoRestore')).toEqual([]);
    await details(page).getByRole('button', { name: 'Delete it again' }).click();
    await question(page).getByRole('button', { name: 'Delete it again' }).click();
    await expect.poll(() => service.commandsNamed('undoRestore')).toEqual([{ ...CEPH, isConfirmed: true }]);
  });

  test('is not offered where it makes no sense', async () => {
    const { page } = await openDetail(stage, 'storage/ceph-cluster');
    for (const name of ['Restore', 'Let go', 'Delete it again']) {
      expect(await details(page).getByRole('button', { name }).count()).toBe(0);
    }
  });

  test('is to copy a network as YAML, its name, and the command that shows it', async () => {
    const { page } = await openDetail(stage, 'storage/ceph-cluster', { parts: { manifest: 'kind: X\n' } });
    await chooseCopy(page, 'Copy as YAML');
    expect(await clipboard(page)).toBe('kind: X\n');
    await chooseCopy(page, 'Copy the name');
    expect(await clipboard(page)).toBe('storage/ceph-cluster');
    await chooseCopy(page, 'Copy the kubectl command that shows it');
    expect(await clipboard(page)).toBe(
      'kubectl --context prod-eu -n storage get net-attach-def ceph-cluster -o yaml',
    );
  });

  test('is to copy the command that makes a network that is gone', async () => {
    const { page } = await openDetail(stage, 'payments/hsm-fabric', { parts: { manifest: 'kind: X\n' } });
    await chooseCopy(page, 'Copy the kubectl command that makes it');
    expect(await clipboard(page)).toBe("kubectl --context prod-eu apply -f - <<'EOF'\nkind: X\nEOF");
  });

  test('names the kubeconfig file of a context that kubectl does not know by itself', async () => {
    const day = makeProdDay();
    const [prod] = day.contexts;
    const settings = { ...DEFAULT_SETTINGS, kubeconfigFiles: [prod?.file ?? ''] };
    const { page } = await openDetail(stage, 'storage/ceph-cluster', { snapshot: { ...day, settings } });
    await chooseCopy(page, 'Copy the kubectl command that shows it');
    expect(await clipboard(page)).toContain('kubectl --kubeconfig /home/ada/.kube/config --context prod-eu ');
  });

  test('is not to copy a command for a cluster that kubectl cannot reach', async () => {
    const { page } = await openDetail(stage, 'storage/ceph-cluster', {
      snapshot: { ...makeProdDay(), isDemo: true },
    });
    await details(page).getByRole('button', { name: 'Copy the network' }).click();
    await page.getByRole('menuitem', { name: 'Copy as YAML' }).waitFor();
    expect(await page.getByRole('menuitem', { name: 'kubectl' }).count()).toBe(0);
  });

  test('is not to copy a command whose names a terminal would take for something else', async () => {
    const snapshot = withNetwork(makeProdDay(), `storage/${RIGHT_TO_LEFT}`, {});
    const { page } = await openDetail(stage, 'storage/safe⟨U+202E⟩gnp.exe', { snapshot });
    await details(page).getByRole('button', { name: 'Copy the network' }).click();
    await page.getByRole('menuitem', { name: 'Copy as YAML' }).waitFor();
    expect(await page.getByRole('menuitem').allTextContents()).toEqual(['Copy as YAML', 'Copy the name']);
  });
});

inChromium('a missing network', () => {
  test('gives a manifest to start from', async () => {
    const { page } = await openDetail(stage, 'billing/ledger-sync');
    await details(page).getByText('2 pods of 1 workload cannot start without it.').waitFor();
    await details(page).getByRole('button', { name: 'Copy the manifest' }).click();
    await expect
      .poll(() => clipboard(page))
      .toBe(starterManifest({ context: '', namespace: 'billing', name: 'ledger-sync' }));
  });

  test('leads to networks of the same name in other namespaces and contexts', async () => {
    const day = withNetwork(makeProdDay(), 'accounting/ledger-sync', {});
    const staging = day.contexts.find(({ name }) => name === 'staging');
    if (staging === undefined) throw new Error('There is no staging.');
    const networks = [...day.networks, makeNetwork(staging, 'billing', 'ledger-sync')];
    const { page } = await openDetail(stage, 'billing/ledger-sync', {
      snapshot: { ...day, networks },
      choose: 'prod-eu',
    });
    const others = details(page).getByRole('listitem').getByRole('button');
    expect(await others.allTextContents()).toEqual([
      'accounting/ledger-sync',
      'billing/ledger-synconstaging',
    ]);
    await others.last().click();
    await details(page).getByText('staging').waitFor();
    await details(page).getByText('It is there, and nothing uses it.').waitFor();
    await expect.poll(() => contextButton(page, 'staging').getAttribute('aria-selected')).toBe('true');
  });
});

inChromium('hostile texts', () => {
  test('of users, forecasts and configurations are shown as text', async () => {
    const attachment = {
      interface: MARKUP,
      ips: [RIGHT_TO_LEFT, LONG_NAME],
      mac: MARKUP,
      isAsked: true,
      isAttached: true,
    };
    const user = (name: string) => ({
      kind: 'Pod' as const,
      namespace: name,
      name,
      owner: { kind: 'constructor', name: MARKUP },
      attachments: [attachment],
    });
    const names = [MARKUP, LONG_NAME, RIGHT_TO_LEFT];
    const { page } = await openDetail(stage, 'storage/ceph-cluster', {
      parts: {
        users: names.map(user),
        userCount: names.length,
        ifDeleted: { action: 'restore', why: `${MARKUP} ${RIGHT_TO_LEFT}` },
        config: JSON.stringify({ [MARKUP]: RIGHT_TO_LEFT }),
        previousConfig: JSON.stringify({ [RIGHT_TO_LEFT]: MARKUP }),
      },
    });
    expect(await page.title()).toBe('NetKeeper');
    expect(await page.locator('img, #root script').count()).toBe(0);
    expect(await page.evaluate('document.body.innerText.includes("\\u202e")')).toBe(false);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(1_280);
    const panel = await details(page).evaluate((one) => [one.scrollWidth, one.clientWidth]);
    expect(panel[0]).toBe(panel[1]);
  });
});
