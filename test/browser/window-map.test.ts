/** The map in Chromium: as a picture, by mouse and by keyboard, and as a table. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NetworkDetail, NetworkView, UsageMap } from '../../main/contract/networks.ts';
import type { Snapshot } from '../../main/contract/updates.ts';
import { hasChromium } from '../support/chromium.ts';
import {
  LONG_NAME,
  MARKUP,
  makeContext,
  makeDetail,
  makeHostile,
  makeNetwork,
  makeSnapshot,
  RIGHT_TO_LEFT,
} from '../support/window-fixtures.ts';
import { makeGoodDay } from '../support/window-good-day.ts';
import { makeGoodDayMap, makeLargeMap, makeUsageMap } from '../support/window-map.ts';
import { contextButton, details, openView } from '../support/window-page.ts';
import type { Shown, ShowOptions, Stage } from '../support/window-stage.ts';
import { openStage } from '../support/window-stage.ts';

if (!hasChromium) console.log('The map is not tested here: there is no Chromium (apt-get install chromium).');

let stage: Stage;
beforeAll(async () => {
  if (hasChromium) stage = await openStage();
}, 120_000);
afterAll(() => stage?.close());

/** The machine may be busy. */
const eventually = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, { timeout: 10_000 });

const inChromium = describe.skipIf(!hasChromium);

/** Opens the map on a snapshot, with `usage` as the answer to who uses what. */
async function showMap(snapshot: Snapshot, usage: UsageMap, options: ShowOptions = {}): Promise<Shown> {
  const shown = await stage.show(snapshot, options);
  shown.service.answers.set('usageMap', () => ({ ok: true, value: usage }));
  await openView(shown.page, 'Map');
  return shown;
}

async function showGoodDay(options: ShowOptions = {}): Promise<Shown> {
  const shown = await stage.show(makeGoodDay(), options);
  shown.service.answers.set('usageMap', () => ({ ok: true, value: makeGoodDayMap() }));
  await contextButton(shown.page, 'prod-eu').click();
  await openView(shown.page, 'Map');
  await node(shown.page, 'storage/ceph-public').waitFor();
  return shown;
}

const picture = (page: Page) => page.getByRole('application', { name: /^Map of/ });

/** The node whose name begins so. */
function node(page: Page, name: string) {
  const start = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return picture(page).getByRole('button', { name: new RegExp(`^${start},`) });
}

const look = (page: Page, name: 'Picture' | 'Table') => page.getByRole('radio', { name }).click();

async function choose(page: Page, select: string, choice: string): Promise<void> {
  await page.getByRole('button', { name: select }).click();
  await page.getByRole('menuitemradio', { name: choice, exact: true }).click();
}

/** How nodes are shown that are dim. */
const dimNodes = (page: Page) =>
  page.evaluate<string[]>(
    `[...document.querySelectorAll('.react-flow button')]
      .filter((one) => getComputedStyle(one).opacity !== '1').map((one) => one.getAttribute('aria-label'))`,
  );

const zoomOf = (page: Page) =>
  page.evaluate<number>(
    `new DOMMatrix(getComputedStyle(document.querySelector('.react-flow__viewport')).transform).a`,
  );

/** Where a node's left edge and top are on the page. */
async function placeOf(page: Page, name: string): Promise<{ x: number; y: number }> {
  const box = await node(page, name).boundingBox();
  if (box === null) throw new Error(`${name} is not on the page.`);
  return { x: Math.round(box.x), y: Math.round(box.y) };
}

inChromium('the picture', () => {
  test('says what is wrong first, then how much there is, also to who does not see it', async () => {
    const { page } = await showGoodDay();
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
    const { page } = await showGoodDay();
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
    const { page } = await showGoodDay();
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
    const { page } = await showGoodDay();
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
    const { page } = await showGoodDay();
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
    const { page } = await showGoodDay();
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
    const { page } = await showGoodDay();
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
    const { page } = await showGoodDay({ reducedMotion: true });
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
    const { page, service } = await showGoodDay();
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
    const { page } = await showGoodDay();
    await node(page, 'edge/router').click();
    const panel = page.getByRole('complementary', { name: 'Workload' });
    await panel.getByRole('button', { name: /edge\/uplink-b/ }).click();
    await details(page).getByRole('heading', { name: 'edge/uplink-b' }).waitFor();
  });
});

/** What has the focus, by what it is called. */
const focused = (page: Page) =>
  page.evaluate<string>(
    `document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? ''`,
  );

inChromium('the keyboard', () => {
  test('goes from one node to the next along columns and lines, and what it is at comes into view', async () => {
    const { page } = await showGoodDay({ width: 900, height: 600 });
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
    const { page } = await showGoodDay();
    await node(page, 'edge/gateway').first().focus();
    await page.keyboard.press('Enter');
    await details(page).getByRole('heading', { name: 'edge/gateway' }).waitFor();
    await page.keyboard.press('Escape');
    await eventually(() => focused(page)).toMatch(/^edge\/gateway,/);
  });
});

inChromium('what narrows it', () => {
  test('words leave what holds them and what that is linked to, and one button takes them back', async () => {
    const { page } = await showGoodDay();
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
    const { page } = await showGoodDay();
    await choose(page, 'Namespace', 'edge');
    await eventually(() => picture(page).getByRole('button').count()).toBe(3 + 3 + 2);
    expect(new URL(page.url()).searchParams.get('map-namespace')).toBe('edge');
    await page.reload();
    await page
      .getByRole('heading', { name: '3 networks, used by 2 workloads with 12 attachments.' })
      .waitFor();
  });

  test('of several contexts one is on the map, and another can be chosen', async () => {
    const { page, service } = await showMap(makeGoodDay(), makeGoodDayMap());
    await node(page, 'storage/ceph-public').waitFor();
    expect(service.commandsNamed('usageMap')).toEqual([{ context: '/home/ada/.kube/config#prod-eu' }]);
    await choose(page, 'Cluster on the map', 'staging');
    await eventually(() => picture(page).getAttribute('aria-label')).toMatch(/^Map of staging/);
    expect(service.commandsNamed('usageMap').at(-1)).toEqual({ context: '/home/ada/.kube/config#staging' });
  });
});

inChromium('300 networks and 2,000 workloads', () => {
  const large = makeLargeMap({ networks: 300, workloads: 2_000, namespaces: 40, parents: 12, missing: 5 });

  test('are drawn as groups that say how many they are', async () => {
    const { page } = await showMap(large.snapshot, large.usage);
    await node(page, '50 workloads in team-7').waitFor();
    const count = await picture(page).getByRole('button').count();
    expect(count).toBeLessThanOrEqual(150);
    await eventually(() =>
      picture(page)
        .getByRole('button', { name: /, Missing,/ })
        .count(),
    ).toBe(5);
    await node(page, '25 networks on br0').waitFor();
    console.log(`${count} nodes for 300 networks and 2,000 workloads.`);
  });

  test('open by Enter and close by a click, and what is clicked stays where it is', async () => {
    const { page } = await showMap(large.snapshot, large.usage);
    const group = picture(page)
      .getByRole('button', { name: /^50 workloads in team-/ })
      .first();
    await group.waitFor();
    const name = ((await group.getAttribute('aria-label')) ?? '').split(',')[0] ?? '';
    const team = name.split(' ').at(-1) ?? '';
    await group.focus();
    const before = await placeOf(page, name);
    await page.keyboard.press('Enter');
    await eventually(() => node(page, name).getAttribute('aria-expanded')).toBe('true');
    await eventually(() =>
      picture(page)
        .getByRole('button', { name: new RegExp(`^${team}/app-`) })
        .count(),
    ).toBeGreaterThan(10);
    expect(await focused(page)).toMatch(new RegExp(`^${name},`));
    expect(await placeOf(page, name)).toEqual(before);
    await node(page, name).click();
    await eventually(() => node(page, name).getAttribute('aria-expanded')).toBe('false');
    await eventually(() =>
      picture(page)
        .getByRole('button', { name: new RegExp(`^${team}/app-`) })
        .count(),
    ).toBe(0);
  });

  test('are grouped as a person wants', async () => {
    const { page } = await showMap(large.snapshot, large.usage);
    await node(page, '25 networks on br0').waitFor();
    await choose(page, 'Grouping', 'By kind of owner');
    await node(page, '10 Deployments in team-0').waitFor();
    await choose(page, 'Grouping', 'By namespace');
    await eventually(() =>
      picture(page)
        .getByRole('button', { name: /^\d+ networks in team-/ })
        .count(),
    ).toBeGreaterThan(5);
    expect(new URL(page.url()).searchParams.get('map-group')).toBe('namespace');
    await choose(page, 'Grouping', 'Not grouped');
    await picture(page)
      .getByRole('button', { name: /\/app-\d+,/ })
      .first()
      .waitFor();
    // What is not in view is not drawn.
    expect(await picture(page).getByRole('button').count()).toBeLessThan(150);
  });
});

inChromium('the table', () => {
  test('has the links of the picture, one in a row, and is kept in the address', async () => {
    const { page } = await showGoodDay();
    await look(page, 'Table');
    const table = page.getByRole('grid', { name: 'Who uses which network' });
    await table.waitFor();
    expect(Number(await table.getAttribute('aria-rowcount'))).toBe(1 + 20 + 3);
    const cells = (name: string) =>
      table.getByRole('row').filter({ hasText: name }).first().locator('th, td').allTextContents();
    expect(await cells('billing/ledger ')).toEqual([
      'billing/ledger-sync',
      'Missing',
      'unknown',
      'billing/ledger StatefulSet',
      '2',
      '2',
    ]);
    expect(await cells('storage/ceph-rgw')).toEqual([
      'storage/ceph-cluster',
      'In use',
      'br0',
      'storage/ceph-rgw Deployment',
      '2',
      '2',
    ]);
    expect(new URL(page.url()).searchParams.get('map-look')).toBe('table');
    await page.getByRole('searchbox', { name: 'Filter the map' }).fill('uplink');
    await eventually(() => table.getAttribute('aria-rowcount')).toBe(String(1 + 3));
    await table.focus();
    await page.keyboard.press('Enter');
    await details(page).getByRole('heading', { name: 'edge/uplink-b' }).waitFor();
  });
});

inChromium('what is told', () => {
  test('is asked for again when a network of the context changes, and not more often than every two seconds', async () => {
    const { page, service } = await showGoodDay();
    const [prod, staging] = service.snapshot.contexts;
    if (prod === undefined || staging === undefined) throw new Error('There are no contexts.');
    service.update({ networks: [makeNetwork(staging, 'edge', 'other', { state: 'inUse' })] });
    const usage = makeUsageMap([['Deployment', 'edge/newcomer', 1, { 'edge/gateway': 1 }]]);
    service.answers.set('usageMap', () => ({ ok: true, value: usage }));
    const start = Date.now();
    for (let pods = 1; pods <= 5; pods += 1) {
      service.update({ networks: [makeNetwork(prod, 'edge', 'gateway', { state: 'inUse', pods })] });
    }
    await node(page, 'edge/newcomer').waitFor();
    const asked = service.commandsNamed('usageMap').length;
    expect(asked).toBeLessThanOrEqual(2 + Math.floor((Date.now() - start) / 2_000));
    expect(asked).toBeGreaterThanOrEqual(2);
  });

  test('is on its way at first, and where it fails there are its reason and a button', async () => {
    const shown = await stage.show(makeGoodDay());
    const { page, service } = shown;
    let answer: (reply: { ok: true; value: UsageMap }) => void = () => {};
    service.answers.set(
      'usageMap',
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    await contextButton(page, 'prod-eu').click();
    await openView(page, 'Map');
    await page.getByRole('heading', { name: 'Asking who uses which network on prod-eu' }).waitFor();
    answer({ ok: true, value: makeGoodDayMap() });
    await node(page, 'storage/ceph-public').waitFor();
    service.answers.set('usageMap', () => ({ ok: false, code: 'x', message: 'It is away', remedy: 'Wait.' }));
    await contextButton(page, 'staging').click();
    await page.getByRole('heading', { name: 'Who uses which network is not known' }).waitFor();
    await page.getByText('It is away. Wait.').waitFor();
    service.answers.set('usageMap', () => ({ ok: true, value: makeUsageMap([]) }));
    await page.getByRole('button', { name: 'Retry' }).click();
    await node(page, 'edge/uplink-a').waitFor();
  });

  test('stays as it was where the next question fails, and says so', async () => {
    const { page, service } = await showGoodDay();
    service.answers.set('usageMap', () => ({ ok: false, code: 'x', message: 'It is away', remedy: 'Wait.' }));
    const [prod] = service.snapshot.contexts;
    if (prod === undefined) throw new Error('There is no context.');
    service.update({ networks: [makeNetwork(prod, 'edge', 'gateway', { state: 'inUse', pods: 3 })] });
    await page.getByText('The picture is as it was before. It is away. Wait.').waitFor();
    await node(page, 'edge/router').waitFor();
  });

  test('is nothing for a context without networks, and that is said', async () => {
    const context = makeContext('kind-new');
    const { page } = await showMap(makeSnapshot({ contexts: [context] }), makeUsageMap([]));
    await page.getByRole('heading', { name: 'kind-new has no networks yet' }).waitFor();
  });

  test('is not all that there is where there are too many workloads', async () => {
    const { page } = await showMap(makeGoodDay(), { ...makeGoodDayMap(), omittedUsers: 1_200 });
    await page.getByRole('heading', { name: /1,200 more workloads are not shown\./ }).waitFor();
  });

  test('shows as text whatever a cluster calls things, and breaks no layout', async () => {
    const hostile = makeHostile();
    const [context] = hostile.contexts;
    const networks = hostile.networks.filter((network) => network.context === context?.id);
    const usage: UsageMap = {
      users: [MARKUP, RIGHT_TO_LEFT, LONG_NAME, 'constructor', '__proto__'].map((name) => ({
        kind: name,
        namespace: name,
        name,
        pods: 1_234_567,
      })),
      links: networks.flatMap(({ namespace, name }) =>
        [0, 1, 2, 3, 4].map((user) => ({ namespace, name, user, attachments: 9_999_999 })),
      ),
      omittedUsers: 0,
    };
    const odd = networks.map((network) => ({ ...network, parent: network.name, type: 'constructor' }));
    const { page } = await showMap({ ...hostile, networks: odd }, usage);
    await eventually(() => picture(page).getByRole('button').count()).toBe(3 + 3 + 5);
    expect(await page.title()).toBe('NetKeeper');
    const wide = await page.evaluate<number>(
      `[...document.querySelectorAll('.react-flow__node')].filter((one) => one.scrollWidth > one.clientWidth + 1).length`,
    );
    expect(wide).toBe(0);
    expect(await page.evaluate(`document.documentElement.scrollWidth <= innerWidth`)).toBe(true);
    expect(await picture(page).textContent()).toContain('⟨U+202E⟩');
    await choose(page, 'Grouping', 'By kind of owner');
    await eventually(() => picture(page).getByRole('button').count()).toBe(3 + 3 + 5);
    await look(page, 'Table');
    await page.getByRole('grid', { name: 'Who uses which network' }).waitFor();
    expect(await page.title()).toBe('NetKeeper');
  });
});

inChromium('the program of the map', () => {
  test('is loaded when the map is opened, not before', async () => {
    const shown = await stage.show(makeGoodDay());
    const { page, service } = shown;
    service.answers.set('usageMap', () => ({ ok: true, value: makeGoodDayMap() }));
    await contextButton(page, 'prod-eu').click();
    const scripts = () =>
      page.evaluate<string[]>(
        `performance.getEntriesByType('resource').map(({ name }) => name.split('/').at(-1)).filter((name) => /Map.*\\.(js|css)$/.test(name))`,
      );
    expect(await scripts()).toEqual([]);
    await openView(page, 'Map');
    await node(page, 'storage/ceph-public').waitFor();
    expect(await scripts()).toHaveLength(2);
  });
});

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

async function violations(page: Page): Promise<readonly string[]> {
  await page.mouse.move(2, 2);
  await page.evaluate(AXE);
  const found = await page.evaluate<Violation[]>(`axe.run().then((result) => result.violations)`);
  return found.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`,
  );
}

inChromium('by the rules of axe-core', () => {
  test.each(['light', 'dark'] as const)(
    'nothing is wrong with picture, panel and table in %s',
    async (theme) => {
      const { page } = await showGoodDay({ theme });
      expect(await violations(page)).toEqual([]);
      await node(page, 'edge/router').click();
      await page.getByRole('complementary', { name: 'Workload' }).waitFor();
      expect(await violations(page)).toEqual([]);
      await look(page, 'Table');
      await page.getByRole('grid', { name: 'Who uses which network' }).waitFor();
      expect(await violations(page)).toEqual([]);
    },
  );

  test.each(['light', 'dark'] as const)(
    'nothing is wrong with groups, open and closed, in %s',
    async (theme) => {
      const large = makeLargeMap({ networks: 120, workloads: 400, namespaces: 12, parents: 6, missing: 20 });
      const { page } = await showMap(large.snapshot, large.usage, { theme });
      await picture(page)
        .getByRole('button', { name: /^\d+ \w+ in team-0/ })
        .first()
        .click();
      await picture(page)
        .getByRole('button', { name: /^team-0\/app-/ })
        .first()
        .waitFor();
      expect(await violations(page)).toEqual([]);
    },
  );
});
