/** What the map holds in Chromium: as groups, as a table and in words, whoever made the names; and by the rules of axe-core. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { UsageMap } from '../../main/contract/networks.ts';
import { findAxeViolations } from '../support/axe.ts';
import { hasChromium } from '../support/chromium.ts';
import {
  LONG_NAME,
  MARKUP,
  makeContext,
  makeHostile,
  makeNetwork,
  makeSnapshot,
  RIGHT_TO_LEFT,
} from '../support/window-fixtures.ts';
import { makeGoodDay } from '../support/window-good-day.ts';
import { makeGoodDayMap, makeLargeMap, makeUsageMap } from '../support/window-map.ts';
import {
  chooseInMap,
  focused,
  look,
  node,
  picture,
  placeOf,
  showGoodDay,
  showMap,
} from '../support/window-map-page.ts';
import { contextButton, details, openView } from '../support/window-page.ts';
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

inChromium('300 networks and 2,000 workloads', () => {
  const large = makeLargeMap({ networks: 300, workloads: 2_000, namespaces: 40, parents: 12, missing: 5 });

  test('are drawn as groups that say how many they are', async () => {
    const { page } = await showMap(stage, large.snapshot, large.usage);
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
    const { page } = await showMap(stage, large.snapshot, large.usage);
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
    const { page } = await showMap(stage, large.snapshot, large.usage);
    await node(page, '25 networks on br0').waitFor();
    await chooseInMap(page, 'Grouping', 'By kind of owner');
    await node(page, '10 Deployments in team-0').waitFor();
    await chooseInMap(page, 'Grouping', 'By namespace');
    await eventually(() =>
      picture(page)
        .getByRole('button', { name: /^\d+ networks in team-/ })
        .count(),
    ).toBeGreaterThan(5);
    expect(new URL(page.url()).searchParams.get('map-group')).toBe('namespace');
    await chooseInMap(page, 'Grouping', 'Not grouped');
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
    const { page } = await showGoodDay(stage);
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
    const { page, service } = await showGoodDay(stage);
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
    const { page, service } = await showGoodDay(stage);
    service.answers.set('usageMap', () => ({ ok: false, code: 'x', message: 'It is away', remedy: 'Wait.' }));
    const [prod] = service.snapshot.contexts;
    if (prod === undefined) throw new Error('There is no context.');
    service.update({ networks: [makeNetwork(prod, 'edge', 'gateway', { state: 'inUse', pods: 3 })] });
    await page.getByText('The picture is as it was before. It is away. Wait.').waitFor();
    await node(page, 'edge/router').waitFor();
  });

  test('is nothing for a context without networks, and that is said', async () => {
    const context = makeContext('kind-new');
    const { page } = await showMap(stage, makeSnapshot({ contexts: [context] }), makeUsageMap([]));
    await page.getByRole('heading', { name: 'kind-new has no networks yet' }).waitFor();
  });

  test('is not all that there is where there are too many workloads', async () => {
    const { page } = await showMap(stage, makeGoodDay(), { ...makeGoodDayMap(), omittedUsers: 1_200 });
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
    const { page } = await showMap(stage, { ...hostile, networks: odd }, usage);
    await eventually(() => picture(page).getByRole('button').count()).toBe(3 + 3 + 5);
    expect(await page.title()).toBe('NetKeeper');
    const wide = await page.evaluate<number>(
      `[...document.querySelectorAll('.react-flow__node')].filter((one) => one.scrollWidth > one.clientWidth + 1).length`,
    );
    expect(wide).toBe(0);
    expect(await page.evaluate(`document.documentElement.scrollWidth <= innerWidth`)).toBe(true);
    expect(await picture(page).textContent()).toContain('⟨U+202E⟩');
    await chooseInMap(page, 'Grouping', 'By kind of owner');
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

inChromium('by the rules of axe-core', () => {
  test.each(['light', 'dark'] as const)(
    'nothing is wrong with picture, panel and table in %s',
    async (theme) => {
      const { page } = await showGoodDay(stage, { theme });
      expect(await findAxeViolations(page)).toEqual([]);
      await node(page, 'edge/router').click();
      await page.getByRole('complementary', { name: 'Workload' }).waitFor();
      expect(await findAxeViolations(page)).toEqual([]);
      await look(page, 'Table');
      await page.getByRole('grid', { name: 'Who uses which network' }).waitFor();
      expect(await findAxeViolations(page)).toEqual([]);
    },
  );

  test.each(['light', 'dark'] as const)(
    'nothing is wrong with groups, open and closed, in %s',
    async (theme) => {
      const large = makeLargeMap({ networks: 120, workloads: 400, namespaces: 12, parents: 6, missing: 20 });
      const { page } = await showMap(stage, large.snapshot, large.usage, { theme });
      await picture(page)
        .getByRole('button', { name: /^\d+ \w+ in team-0/ })
        .first()
        .click();
      await picture(page)
        .getByRole('button', { name: /^team-0\/app-/ })
        .first()
        .waitFor();
      expect(await findAxeViolations(page)).toEqual([]);
    },
  );
});
