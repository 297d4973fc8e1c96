/** The map in Chromium as a picture: by mouse and by keyboard, and what narrows it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NetworkDetail, NetworkView } from '../../main/contract/networks.ts';
import { hasChromium } from '../support/chromium.ts';
import { makeDetail } from '../support/window-fixtures.ts';
import { makeGoodDay } from '../support/window-good-day.ts';
import { makeGoodDayMap } from '../support/window-map.ts';
import {
  chooseInMap,
  dimNodes,
  focused,
  node,
  picture,
  placeOf,
  showGoodDay,
  showMap,
  zoomOf,
} from '../support/window-map-page.ts';
import { details } from '../support/window-page.ts';
import type { Stage } from '../support/window-stage.ts';
import { openStage } from '../support/window-stage.ts';

let stage: Stage;
beforeAll(async () => {
  if (hasChromium) stage = await openStage();
}, 120_000);
afterAll(() => stage?.close());

/** The machine may be busy. */
const eventually = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, { timeout: 10_000 });

const inChromium = describe.skipIf(!hasChromium);

inChromium('the picture', () => {
  test('says what is wrong first, then how much there is, also to who does not see it', async () => {
    const { page } = await showGoodDay(stage);
    await page
      .getByRole('heading', {
        name: 'One network is missing. 15 networks, used by 15 workloads with 133 attachments.',
      })
      .waitFor();
    expect(await picture(page).getAttribute('aria-label')).toBe(
      'Map of prod-eu. 15 networks, used by 15 workloads with 133 attachments.',
    );
    const help = (await picture(page).getAttribute('aria-describedby')) ?? '';
    expect(await page.locator(`[id="${help}"]`).textContent()).toContain('as a table');
  });

  test('shows what networks ride on, the networks with their states, and who uses them', async () => {
    const { page } = await showGoodDay(stage);
    for (const name of [
      'br0, Bridge, 2 networks',
      'intel.com/netdevice, Device pool, 1 network',
      'No parent interface, 2 networks',
      'storage/ceph-public, Brought back, 14 attachments',
      'billing/ledger-sync, Missing, 2 attachments',
      'payments/hsm-fabric, Held, 3 attachments',
      'edge/router, StatefulSet, 4 pods',
      'billing/close-of-day, CronJob, no pod yet',
    ]) {
      await picture(page).getByRole('button', { name, exact: true }).waitFor();
    }
  });

  test('draws every line, wider for more attachments, dotted for a template, dashed and red for a missing network', async () => {
    const { page } = await showGoodDay(stage);
    const lines = await page.evaluate<Record<string, readonly [string, string | null, string]>>(`
      const red = document.createElement('i');
      red.style.color = 'var(--red)';
      document.body.append(red);
      Object.fromEntries([...document.querySelectorAll('.react-flow__edge')].map((edge) => {
        const path = edge.querySelector('path');
        const tone = getComputedStyle(path).stroke === getComputedStyle(red).color ? 'red' : 'other';
        return [edge.dataset.id, [path.getAttribute('stroke-width'), path.getAttribute('stroke-dasharray'), tone]];
      }))`);
    // 14 networks ride on something, and there are 20 links.
    expect(Object.keys(lines)).toHaveLength(14 + 20);
    const line = (from: string, to: string) => lines[`n.${from}~w.${to}`];
    expect(line('voice.rtp', 'StatefulSet.voice.media-proxy')?.[0]).toBe('6.5');
    expect(line('edge.gateway', 'Deployment.edge.gateway')).toEqual(['2', null, 'other']);
    expect(line('billing.ledger-sync', 'StatefulSet.billing.ledger')).toEqual(['2', '8 5', 'red']);
    expect(line('billing.ledger-sync', 'CronJob.billing.close-of-day')).toEqual(['1', '2 4', 'red']);
    expect(line('vm-farm.guest-lan', 'VirtualMachine.vm-farm.build-windows')).toEqual(['1', '2 4', 'other']);
  });

  test('dims all that has nothing to do with what is pointed at', async () => {
    const { page } = await showGoodDay(stage);
    await node(page, 'edge/uplink-a').hover();
    await eventually(() => dimNodes(page)).toContain('storage/ceph-public, Brought back, 14 attachments');
    const dim = await dimNodes(page);
    for (const lit of ['edge/uplink-a', 'edge/router', 'edge/gateway, Deployment', 'intel.com/netdevice']) {
      expect(dim.filter((label) => label.startsWith(lit))).toEqual([]);
    }
    await page.mouse.move(2, 2);
    await eventually(() => dimNodes(page)).toEqual([]);
  });

  test('keeps what rides on an interface lit that was chosen', async () => {
    const { page } = await showGoodDay(stage);
    await node(page, 'br0').click();
    await eventually(() => node(page, 'br0').getAttribute('aria-pressed')).toBe('true');
    await page.mouse.move(2, 2);
    const dimLines = () =>
      page.evaluate<number>(
        `[...document.querySelectorAll('.react-flow__edge path')].filter((one) => getComputedStyle(one).opacity !== '1').length`,
      );
    await eventually(dimLines).toBe(14 + 20 - 6);
    await node(page, 'br0').click();
    await page.mouse.move(2, 2);
    await node(page, 'br0').blur();
    await eventually(dimLines).toBe(0);
  });

  test('opens the details of a network beside it', async () => {
    const { page } = await showGoodDay(stage);
    await node(page, 'edge/gateway').first().click();
    await details(page).getByRole('heading', { name: 'edge/gateway' }).waitFor();
    await picture(page).waitFor();
    // All of its width is still in view.
    await eventually(async () => {
      const box = await node(page, 'voice/registrar').boundingBox();
      return (box?.x ?? 0) + (box?.width ?? 0);
    }).toBeLessThan(1_280 - 400);
  });

  test('is moved by dragging and by the wheel, and zoomed by buttons and by the wheel with Ctrl', async () => {
    const { page } = await showGoodDay(stage);
    const before = await placeOf(page, 'ens6f0');
    await page.mouse.move(700, 300);
    await page.mouse.down();
    await page.mouse.move(640, 260, { steps: 4 });
    await page.mouse.up();
    expect(await placeOf(page, 'ens6f0')).toEqual({ x: before.x - 60, y: before.y - 40 });
    await page.mouse.wheel(0, 100);
    await eventually(async () => (await placeOf(page, 'ens6f0')).y).toBeLessThan(before.y - 60);
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await eventually(() => zoomOf(page)).toBeGreaterThan(1.1);
    await page.mouse.move(700, 300);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, 200);
    await page.keyboard.up('Control');
    await eventually(() => zoomOf(page)).toBeLessThan(1.1);
    await page.getByRole('button', { name: 'Show all of it' }).click();
    const last = node(page, 'voice/registrar');
    await eventually(async () => {
      const [box, frame] = [await last.boundingBox(), await picture(page).boundingBox()];
      if (box === null || frame === null) return false;
      return box.y + box.height <= frame.y + frame.height && box.x + box.width <= frame.x + frame.width;
    }).toBe(true);
  });

  test('moves nothing by itself where motion is to be reduced', async () => {
    const { page } = await showGoodDay(stage, { reducedMotion: true });
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await page.getByRole('button', { name: 'Show all of it' }).click();
    expect(await page.evaluate(`document.getAnimations().length`)).toBe(0);
  });
});

inChromium('a workload', () => {
  const pods = (network: NetworkView): NetworkDetail => ({
    ...makeDetail(network),
    users: Array.from({ length: 12 }, (_, index) => ({
      kind: 'Pod' as const,
      namespace: 'storage',
      name: `ceph-osd-${index}`,
      owner: { kind: 'StatefulSet', name: index < 11 ? 'ceph-osd' : 'other' },
      attachments: [],
    })),
  });

  test('tells its networks and its pods, and gives the focus back when it is closed', async () => {
    const { page, service } = await showGoodDay(stage);
    const network = service.snapshot.networks.find(({ name }) => name === 'ceph-public');
    if (network === undefined) throw new Error('There is no such network.');
    service.answers.set('networkDetail', () => ({ ok: true, value: pods(network) }));
    await node(page, 'storage/ceph-osd').focus();
    await page.keyboard.press('Enter');
    const panel = page.getByRole('complementary', { name: 'Workload' });
    await panel.getByRole('heading', { name: 'storage/ceph-osd' }).waitFor();
    await panel.getByText('StatefulSet, 12 pods').waitFor();
    await panel.getByRole('button', { name: /storage\/ceph-cluster.*In use.*12 attachments/ }).waitFor();
    await eventually(() => panel.getByText(/^ceph-osd-\d+$/).count()).toBe(8);
    await panel.getByText('and 3 more').waitFor();
    await page.keyboard.press('Escape');
    await eventually(() => panel.count()).toBe(0);
    await eventually(() => focused(page)).toMatch(/^storage\/ceph-osd,/);
  });

  test('leads on to a network of it', async () => {
    const { page } = await showGoodDay(stage);
    await node(page, 'edge/router').click();
    const panel = page.getByRole('complementary', { name: 'Workload' });
    await panel.getByRole('button', { name: /edge\/uplink-b/ }).click();
    await details(page).getByRole('heading', { name: 'edge/uplink-b' }).waitFor();
  });
});

inChromium('the keyboard', () => {
  test('goes from one node to the next along columns and lines, and what it is at comes into view', async () => {
    const { page } = await showGoodDay(stage, { width: 900, height: 600 });
    await page.getByRole('searchbox', { name: 'Filter the map' }).focus();
    await page.keyboard.press('Tab');
    await eventually(() => focused(page)).toMatch(/^ens5f1,/);
    await page.keyboard.press('ArrowRight');
    await eventually(() => focused(page)).toMatch(/^payments\/hsm-fabric,/);
    await page.keyboard.press('ArrowRight');
    await eventually(() => focused(page)).toMatch(/^payments\/hsm-proxy,/);
    await page.keyboard.press('ArrowLeft');
    await eventually(() => focused(page)).toMatch(/^payments\/hsm-fabric,/);
    await page.keyboard.press('End');
    await eventually(() => focused(page)).toMatch(/^voice\/rtp-legacy,|^sandbox\//);
    const [box, frame] = [
      await picture(page).locator('button:focus').boundingBox(),
      await picture(page).boundingBox(),
    ];
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual((frame?.y ?? 0) + (frame?.height ?? 0));
    await page.keyboard.press('Home');
    await eventually(() => focused(page)).toMatch(/^billing\/ledger-sync,/);
    const outline = await page.evaluate(`getComputedStyle(document.activeElement).outlineStyle`);
    expect(outline).toBe('solid');
    // What has nothing to do with it is dim, as it is for the mouse.
    expect(await dimNodes(page)).toContain('br0, Bridge, 2 networks');
    await page.keyboard.press('Tab');
    await eventually(() => focused(page)).toBe('Zoom out');
  });

  test('opens a network with Enter, and has its node again after Escape', async () => {
    const { page } = await showGoodDay(stage);
    await node(page, 'edge/gateway').first().focus();
    await page.keyboard.press('Enter');
    await details(page).getByRole('heading', { name: 'edge/gateway' }).waitFor();
    await page.keyboard.press('Escape');
    await eventually(() => focused(page)).toMatch(/^edge\/gateway,/);
  });
});

inChromium('what narrows it', () => {
  test('words leave what holds them and what that is linked to, and one button takes them back', async () => {
    const { page } = await showGoodDay(stage);
    const filter = page.getByRole('searchbox', { name: 'Filter the map' });
    await filter.fill('ceph-cluster');
    await eventually(() => picture(page).getByRole('button').count()).toBe(1 + 1 + 2);
    await page
      .getByRole('heading', { name: '1 network, used by 2 workloads with 14 attachments.' })
      .waitFor();
    await filter.fill('nothing of the kind');
    await page.getByRole('heading', { name: 'Nothing on the map matches' }).waitFor();
    await page.getByRole('button', { name: 'Show all' }).click();
    await node(page, 'edge/router').waitFor();
  });

  test('a namespace leaves its networks and workloads, and is kept in the address', async () => {
    const { page } = await showGoodDay(stage);
    await chooseInMap(page, 'Namespace', 'edge');
    await eventually(() => picture(page).getByRole('button').count()).toBe(3 + 3 + 2);
    expect(new URL(page.url()).searchParams.get('map-namespace')).toBe('edge');
    await page.reload();
    await page
      .getByRole('heading', { name: '3 networks, used by 2 workloads with 12 attachments.' })
      .waitFor();
  });

  test('of several contexts one is on the map, and another can be chosen', async () => {
    const { page, service } = await showMap(stage, makeGoodDay(), makeGoodDayMap());
    await node(page, 'storage/ceph-public').waitFor();
    expect(service.commandsNamed('usageMap')).toEqual([{ context: '/home/ada/.kube/config#prod-eu' }]);
    await chooseInMap(page, 'Cluster on the map', 'staging');
    await eventually(() => picture(page).getAttribute('aria-label')).toMatch(/^Map of staging/);
    expect(service.commandsNamed('usageMap').at(-1)).toEqual({ context: '/home/ada/.kube/config#staging' });
  });
});
