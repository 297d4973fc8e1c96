/** One network in Chromium: what it is, what would happen to it, and who uses it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasChromium } from '../support/chromium.ts';
import {
  clipboard,
  focusedText,
  longestStall,
  makeProdDay,
  openDetail,
  userRow,
  users,
  withNetwork,
} from '../support/window-detail.ts';
import { details, openView } from '../support/window-page.ts';
import type { Stage } from '../support/window-stage.ts';
import { openStage } from '../support/window-stage.ts';

let stage: Stage;
beforeAll(async () => {
  if (hasChromium) stage = await openStage();
}, 120_000);
afterAll(() => stage?.close());

const inChromium = describe.skipIf(!hasChromium);

inChromium('a network', () => {
  test('is told in words: its state and what that means, what it is, and since when', async () => {
    const snapshot = withNetwork(makeProdDay(), 'storage/ceph-cluster', {
      summary: 'bridge on br0, VLAN 301, 10.2.0.0/24 via whereabouts',
      parent: 'br0',
      managedBy: 'Helm: ceph',
      createdAt: new Date(Date.now() - 3 * 24 * 3_600_000).toISOString(),
      pods: 14,
      workloads: 2,
    });
    const { page } = await openDetail(stage, 'storage/ceph-cluster', { snapshot });
    const panel = details(page);
    await panel.getByText('It is there. 14 pods use it and 2 workloads refer to it.').waitFor();
    const facts = await panel.getByRole('definition').allTextContents();
    expect(facts).toEqual([
      'bridge on br0, VLAN 301, 10.2.0.0/24 via whereabouts',
      'br0',
      'Helm: ceph',
      '3 days ago',
      'monitoring, storage',
    ]);
    await panel.getByText('prod-eu').waitFor();
  });

  test('that needs a person says why before anything else', async () => {
    const { page } = await openDetail(stage, 'telemetry/probe-tap');
    await details(page)
      .getByText(/denied the request: taps need an owner label/)
      .first()
      .waitFor();
  });

  test.each([
    ['restore', '14 pods use it', 'NetKeeper would bring it back at once: 14 pods use it.'],
    ['ask', 'the mode is Ask', 'You would be asked whether it comes back: the mode is Ask.'],
    ['letGo', 'nothing uses it', 'It would stay away: nothing uses it.'],
    ['hold', 'somebody fights', 'It would stay away until you decide: somebody fights.'],
    [
      'waitForOwner',
      'UserDefinedNetwork blue owns it',
      'NetKeeper would give its owner time to make it again, and then ask you: UserDefinedNetwork blue owns it.',
    ],
  ] as const)('says what would be done if it were deleted: %s', async (action, why, sentence) => {
    const { page } = await openDetail(stage, 'storage/ceph-cluster', {
      parts: { ifDeleted: { action, why } },
    });
    await details(page).getByText(sentence).waitFor();
    await details(page)
      .getByText('13 pods of 2 workloads and 1 single pod could not start again without it.')
      .waitFor();
  });

  test('that is gone says who cannot start', async () => {
    const { page } = await openDetail(stage, 'payments/hsm-fabric');
    await details(page).getByText('2 pods of 1 workload and 1 single pod cannot start without it.').waitFor();
  });

  test('opens beside the map as well', async () => {
    const { page } = await openDetail(stage, 'storage/ceph-cluster');
    await openView(page, 'Map');
    await expect.poll(() => page.url()).toContain('view=map');
    await details(page).getByRole('heading', { name: 'storage/ceph-cluster' }).waitFor();
  });

  test('shows its history, the newest first', async () => {
    const { page } = await openDetail(stage, 'storage/ceph-public');
    const entries = details(page).getByRole('list').last().getByRole('listitem');
    expect(await entries.first().textContent()).toContain('Brought back storage/ceph-public: 14 pods use it');
    expect(await entries.last().textContent()).toContain('was deleted; 14 pods use it');
  });
});

inChromium('users', () => {
  test('few of them are all shown with interface, addresses and MAC', async () => {
    const { page } = await openDetail(stage, 'edge/gateway');
    await userRow(page, /^gateway, StatefulSet/)
      .getByText('StatefulSet · 2 pods')
      .waitFor();
    await userRow(page, /^gateway-0, Pod/).waitFor();
    const attachment = userRow(page, /^net1, 10\.1\.0\.10/);
    expect(await attachment.textContent()).toBe('net110.1.0.10fd00:1::100a:58:0a:01:00:00');
    await userRow(page, 'net2, asked, not reported as attached').waitFor();
  });

  test('of one workload are one node, also where the workload refers to the network itself', async () => {
    const { page } = await openDetail(stage, 'storage/ceph-cluster');
    expect(await users(page).getByRole('row').count()).toBe(3);
    await userRow(page, /^ceph-cluster, StatefulSet/)
      .getByText('StatefulSet · 11 pods')
      .waitFor();
    await userRow(page, /^ceph-cluster-tools, Deployment/)
      .getByText('Deployment · 2 pods')
      .waitFor();
    await userRow(page, /^monitoring\/ceph-cluster-2, Pod/).waitFor();
  });

  test('open on a press, and say what is not as it should be before they are opened', async () => {
    const { page } = await openDetail(stage, 'storage/ceph-cluster');
    await userRow(page, /^ceph-cluster, StatefulSet/).click();
    await userRow(page, /^ceph-cluster-1, Pod/)
      .getByText('asked, not reported as attached')
      .waitFor();
    await userRow(page, /^ceph-cluster-3, Pod/).click();
    await users(page)
      .getByText('attached, no longer asked for')
      .and(page.locator(':visible'))
      .last()
      .waitFor();
    await userRow(page, /^ceph-cluster, StatefulSet/).click();
    await expect.poll(() => users(page).getByRole('row').count()).toBe(3);
  });

  test('are reached, opened and closed with the arrow keys, and copied from', async () => {
    const { page } = await openDetail(stage, 'storage/ceph-cluster');
    await details(page).getByRole('button', { name: 'Copy the network' }).focus();
    await page.keyboard.press('Tab');
    await expect.poll(() => focusedText(page)).toContain('ceph-cluster');
    await page.keyboard.press('ArrowRight');
    await userRow(page, /^ceph-cluster-0, Pod/).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await userRow(page, /^net1, 10\.1\.0\.10/).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => focusedText(page)).toBe('10.1.0.10');
    await page.keyboard.press('Enter');
    await expect.poll(() => clipboard(page)).toBe('10.1.0.10');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await userRow(page, /^net1, 10\.1\.0\.10/).waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await details(page).waitFor({ state: 'detached' });
  });

  test('stay open as they were opened when the network changes', async () => {
    const { page, service } = await openDetail(stage, 'storage/ceph-cluster');
    await userRow(page, /^ceph-cluster-tools/).click();
    await userRow(page, /^ceph-cluster-tools-7d9f8b6c5d-6/).waitFor();
    const networks = service.snapshot.networks.filter(({ name }) => name === 'ceph-cluster');
    service.update({ networks: networks.map((one) => ({ ...one, pods: 21 })) });
    await userRow(page, /^ceph-cluster-tools-7d9f8b6c5d-20/).waitFor();
    await userRow(page, /^ceph-cluster-tools-7d9f8b6c5d-6/).waitFor();
  });

  test('a thousand of them are there at once, and only those in view exist', async () => {
    const snapshot = withNetwork(makeProdDay(), 'big/thousand', { pods: 3_500, workloads: 2 });
    const { page } = await openDetail(stage, 'big/thousand', { snapshot });
    await details(page).getByText('and 2,502 more').waitFor();
    await details(page).getByText('3,500 pods could not start again without it.').waitFor();
    const took = await longestStall(page, async () => {
      await userRow(page, /^thousand, StatefulSet/).click();
      await userRow(page, /^thousand-0, Pod/).waitFor();
    });
    console.log(`To open a workload of 857 pods takes the page ${took} ms at most.`);
    expect(await users(page).getByRole('row').count()).toBeLessThan(60);
    await page.keyboard.press('End');
    await userRow(page, /^monitoring\/thousand-2, Pod/).waitFor();
    expect(await users(page).getByRole('row').count()).toBeLessThan(60);
  });

  test('of a cluster that is not watched are not known, which is not the same as none', async () => {
    const { page } = await openDetail(stage, 'storage/ceph-cluster', { parts: { users: [] } });
    await details(page).getByText('Who uses it is not known while its cluster is not watched.').waitFor();
    expect(await details(page).getByText('Nothing uses it.').count()).toBe(0);
  });

  test('of a long list come a hundred at a time, and the focus is where they come', async () => {
    const snapshot = withNetwork(makeProdDay(), 'big/thousand', { pods: 250 });
    const { page } = await openDetail(stage, 'big/thousand', { snapshot });
    await userRow(page, /^thousand-0, Pod/).click();
    await page.keyboard.press('End');
    await userRow(page, '150 more are not shown: show the next 100').waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => focusedText(page)).toMatch(/^thousand-10\d/);
    await page.keyboard.press('End');
    await userRow(page, '50 more are not shown: show them').click();
    await expect.poll(() => focusedText(page)).toMatch(/^thousand-20\d/);
    await page.keyboard.press('End');
    await userRow(page, /^thousand-249, Pod/).waitFor();
  });
});
