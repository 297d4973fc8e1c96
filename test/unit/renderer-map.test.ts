import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NetworkState, UsageMap } from '../../main/contract/networks.ts';
import type { NetworkRow } from '../../renderer/state/networks.ts';
import { networkRows } from '../../renderer/state/networks.ts';
import { fromSnapshot } from '../../renderer/state/window-state.ts';
import type { MapOptions } from '../../renderer/views/map/build-map.ts';
import { buildMap } from '../../renderer/views/map/build-map.ts';
import { GROUPINGS } from '../../renderer/views/map/grouping.ts';
import type { MapGraph, MapNode } from '../../renderer/views/map/map-graph.ts';
import { connectedTo } from '../../renderer/views/map/map-graph.ts';
import { LONG_NAME, MARKUP, makeContext, makeNetwork, makeSnapshot } from '../support/window-fixtures.ts';
import { makeGoodDay } from '../support/window-good-day.ts';
import { EMPTY_MAP, makeGoodDayMap, makeLargeMap, makeUsageMap } from '../support/window-map.ts';

const ONE = makeContext('one');

function rowsOf(snapshot: ReturnType<typeof makeSnapshot>, context = ONE.id): readonly NetworkRow[] {
  return networkRows(fromSnapshot(snapshot).networks, new Map(), new Set([context]), 0);
}

function rowsFor(states: Readonly<Record<string, NetworkState>>): readonly NetworkRow[] {
  const networks = Object.entries(states).map(([path, state]) => {
    const [namespace = '', name = ''] = path.split('/');
    return makeNetwork(ONE, namespace, name, { state, parent: 'br0', type: 'bridge' });
  });
  return rowsOf(makeSnapshot({ networks }));
}

function draw(rows: readonly NetworkRow[], usage: UsageMap, options: Partial<MapOptions> = {}): MapGraph {
  return buildMap(rows, usage, { context: ONE.id, grouping: 'auto', open: new Set(), ...options });
}

function labelOf(node: MapNode): string {
  switch (node.kind) {
    case 'parent':
      return node.parent ?? 'no parent';
    case 'network':
      return `${node.row.network.namespace}/${node.row.network.name}`;
    case 'workload':
      return `${node.user.namespace}/${node.user.name}`;
    case 'group':
      return `${node.size} by ${node.group.by}`;
  }
}

const labels = (graph: MapGraph, column: 0 | 1 | 2) =>
  graph.nodes.filter((node) => node.column === column).map(labelOf);

/** Between which nodes there are lines, and with how many attachments. */
function lines(graph: MapGraph): readonly string[] {
  const names = new Map(graph.nodes.map((node) => [node.id, labelOf(node)]));
  return graph.edges.map(({ from, to, attachments }) => `${names.get(from)} ${attachments} ${names.get(to)}`);
}

/** The attachments of all lines from networks to workloads. */
function attachmentsIn({ nodes, edges }: MapGraph): number {
  const column = new Map(nodes.map((node) => [node.id, node.column]));
  return edges
    .filter(({ from }) => column.get(from) === 1)
    .reduce((sum, { attachments }) => sum + attachments, 0);
}

const attachmentsOf = ({ links }: UsageMap) => links.reduce((sum, { attachments }) => sum + attachments, 0);

describe('a small cluster', () => {
  test('is drawn whole: what networks ride on, the networks, and who uses them', () => {
    const rows = rowsFor({ 'a/one': 'inUse', 'a/two': 'unused' });
    const graph = draw(rows, makeUsageMap([['Deployment', 'a/app', 3, { 'a/one': 3 }]]));
    expect(labels(graph, 0)).toEqual(['br0']);
    expect(labels(graph, 1)).toEqual(['a/one', 'a/two']);
    expect(labels(graph, 2)).toEqual(['a/app']);
    expect(lines(graph)).toEqual(['br0 3 a/one', 'br0 0 a/two', 'a/one 3 a/app']);
  });

  test('puts networks that ride on nothing with a name on one node, and missing ones on none', () => {
    const networks = [
      makeNetwork(ONE, 'a', 'overlay', { state: 'inUse' }),
      makeNetwork(ONE, 'a', 'other', { state: 'unused' }),
      makeNetwork(ONE, 'a', 'gone', { state: 'missing' }),
    ];
    const graph = draw(rowsOf(makeSnapshot({ networks })), EMPTY_MAP);
    expect(labels(graph, 0)).toEqual(['no parent']);
    expect(lines(graph)).toEqual(['no parent 0 a/overlay', 'no parent 0 a/other']);
  });

  test('tells links of templates alone from those of pods', () => {
    const usage = makeUsageMap([
      ['Deployment', 'a/app', 1, { 'a/one': 1 }],
      ['CronJob', 'a/nightly', 0, { 'a/one': 0 }],
    ]);
    const [, toApp, toJob] = draw(rowsFor({ 'a/one': 'inUse' }), usage).edges;
    expect(toApp).toMatchObject({ attachments: 1, templates: 0 });
    expect(toJob).toMatchObject({ attachments: 0, templates: 1 });
  });

  test.each([
    ['missing', 'red', true],
    ['failed', 'red', true],
    ['held', 'amber', true],
    ['asked', 'amber', true],
    ['restoring', 'amber', true],
    ['deleting', 'amber', false],
    ['letGo', 'plain', true],
    ['inUse', 'plain', false],
  ] as const)('draws the lines of one that is %s in %s', (state, tone, isGone) => {
    const usage = makeUsageMap([['Deployment', 'a/app', 1, { 'a/one': 1 }]]);
    const edges = draw(rowsFor({ 'a/one': state }), usage).edges.filter(({ to }) => to.startsWith('w'));
    expect(edges).toMatchObject([{ tone, isGone }]);
  });

  test('shows a network as missing that is linked to and that nobody has told of', () => {
    const graph = draw([], makeUsageMap([['Deployment', 'a/app', 1, { 'a/new': 1 }]]));
    expect(graph.nodes.find(({ kind }) => kind === 'network')).toMatchObject({ row: { shown: 'missing' } });
  });

  test('leaves out whoever uses nothing, and links to nobody', () => {
    const usage = makeUsageMap([['Deployment', 'a/idle', 4, {}]]);
    const links = [{ namespace: 'a', name: 'one', user: 7, attachments: 1 }];
    const graph = draw(rowsFor({ 'a/one': 'inUse' }), { ...usage, links });
    expect(labels(graph, 2)).toEqual([]);
    expect(attachmentsIn(graph)).toBe(0);
  });
});

describe('narrowing', () => {
  const rows = rowsFor({ 'storage/ceph': 'inUse', 'edge/uplink': 'inUse', 'edge/spare': 'missing' });
  const usage = makeUsageMap([
    ['StatefulSet', 'storage/osd', 3, { 'storage/ceph': 3 }],
    ['Deployment', 'storage/gateway', 2, { 'storage/ceph': 2, 'edge/uplink': 2 }],
    ['Deployment', 'edge/router', 1, { 'edge/uplink': 1 }],
  ]);

  test('by words keeps what holds them all and what that is linked to', () => {
    expect(lines(draw(rows, usage, { words: 'CEPH storage' }))).toEqual([
      'br0 5 storage/ceph',
      'storage/ceph 3 storage/osd',
      'storage/ceph 2 storage/gateway',
    ]);
    expect(lines(draw(rows, usage, { words: 'router' }))).toEqual([
      'br0 1 edge/uplink',
      'edge/uplink 1 edge/router',
    ]);
    expect(labels(draw(rows, usage, { words: 'missing' }), 1)).toEqual(['edge/spare']);
    expect(draw(rows, usage, { words: 'nothing of the kind' })).toEqual({ nodes: [], edges: [] });
  });

  test('by namespace keeps its networks, its workloads and what they have to do with others', () => {
    const graph = draw(rows, usage, { namespace: 'edge' });
    expect(labels(graph, 1)).toEqual(['edge/spare', 'edge/uplink']);
    expect(labels(graph, 2)).toEqual(['storage/gateway', 'edge/router']);
    expect(attachmentsIn(graph)).toBe(3);
  });
});

describe('grouping', () => {
  const large = makeLargeMap({ networks: 300, workloads: 2_000, namespaces: 40, parents: 12, missing: 30 });
  const largeRows = rowsOf(large.snapshot, large.context.id);
  const drawLarge = (options: Partial<MapOptions> = {}) =>
    draw(largeRows, large.usage, { context: large.context.id, ...options });

  test('leaves what is not as it should be for itself, while there is room for it', () => {
    const few = makeLargeMap({ networks: 300, workloads: 70, namespaces: 5, parents: 12, missing: 3 });
    const graph = draw(rowsOf(few.snapshot, few.context.id), few.usage, { context: few.context.id });
    expect(labels(graph, 1)).toHaveLength(12 + 3);
    expect(
      graph.nodes.filter((node) => node.kind === 'network' && node.row.shown === 'missing'),
    ).toHaveLength(3);
  });

  test('groups workloads by owner within their namespace while that is few, then by namespace', () => {
    const graph = (namespaces: number) => {
      const { snapshot, context, usage } = makeLargeMap({
        networks: 20,
        workloads: 200,
        namespaces,
        parents: 4,
      });
      return labels(draw(rowsOf(snapshot, context.id), usage, { context: context.id }), 2);
    };
    expect(graph(5)).toEqual(Array.from({ length: 25 }, () => '8 by owner'));
    expect(graph(8)).toHaveLength(40);
    expect(graph(8)[0]).toBe('5 by owner');
    expect(graph(20)).toEqual(Array.from({ length: 20 }, () => '10 by namespace'));
  });

  test('never puts a missing network into a group of others, and says how many a group has', () => {
    for (const grouping of GROUPINGS) {
      const graph = drawLarge({ grouping });
      const groups = graph.nodes.filter((node) => node.kind === 'group' && node.column === 1);
      for (const group of groups) {
        if (group.kind !== 'group') continue;
        const isMissing = group.condition === 'missing';
        expect(group.states.some(([state]) => state === 'missing')).toBe(isMissing);
        if (isMissing) expect(group.states).toEqual([['missing', group.size]]);
      }
      const alone = graph.nodes.filter(
        (node) => node.kind === 'network' && node.row.shown === 'missing',
      ).length;
      const grouped = groups.reduce(
        (sum, node) => sum + (node.kind === 'group' && node.condition === 'missing' ? node.size : 0),
        0,
      );
      expect(alone + grouped).toBe(30);
    }
  });

  test('draws 300 networks and 2,000 workloads with at most 150 nodes, whatever they stand on', () => {
    for (const [namespaces, parents] of [
      [40, 12],
      [300, 300],
      [1, 1],
      [300, 3],
      [2, 300],
    ] as const) {
      const { snapshot, context, usage } = makeLargeMap({
        networks: 300,
        workloads: 2_000,
        namespaces,
        parents,
      });
      const rows = rowsOf(snapshot, context.id);
      const graph = draw(rows, usage, { context: context.id });
      expect(graph.nodes.length, `${namespaces} namespaces, ${parents} parents`).toBeLessThanOrEqual(150);
      expect(attachmentsIn(graph)).toBe(attachmentsOf(usage));
    }
  });

  test('opens a group into its members, a batch at a time, and closes it again', () => {
    const one = makeLargeMap({ networks: 4, workloads: 250, namespaces: 1, parents: 1 });
    const rows = rowsOf(one.snapshot, one.context.id);
    const at = (...open: readonly string[]) =>
      draw(rows, one.usage, { context: one.context.id, grouping: 'namespace', open: new Set(open) });
    const [group] = at().nodes.filter(({ column }) => column === 2);
    const id = group?.id ?? '';
    expect(labels(at(), 2)).toEqual(['250 by namespace']);
    const members = at(id).nodes.filter(({ frame }) => frame === id);
    expect(members).toHaveLength(100 + 1);
    expect(members.at(-1)).toMatchObject({ kind: 'group', group: { by: 'more' }, size: 150 });
    const more = members.at(-1)?.id ?? '';
    expect(labels(at(id, more), 2).at(-1)).toBe('50 by more');
    // Closed again, whatever of it was open.
    expect(labels(at(more), 2)).toEqual(['250 by namespace']);
  });

  test.each(GROUPINGS)('counts every attachment once when grouped by %s, whatever is open', (grouping) => {
    const ids = drawLarge({ grouping }).nodes.map(({ id }) => id);
    fc.assert(
      fc.property(fc.subarray(ids), fc.constantFrom(undefined, 'team-3'), (open, namespace) => {
        const graph = drawLarge({ grouping, open: new Set(open), namespace });
        const all = drawLarge({ grouping: 'none', namespace });
        expect(attachmentsIn(graph)).toBe(attachmentsIn(all));
        expect(new Set(graph.nodes.map(({ id }) => id)).size).toBe(graph.nodes.length);
        const known = new Set(graph.nodes.map(({ id }) => id));
        expect(graph.edges.every(({ from, to }) => known.has(from) && known.has(to))).toBe(true);
      }),
      { numRuns: 10 },
    );
    expect(attachmentsIn(drawLarge({ grouping }))).toBe(attachmentsOf(large.usage));
  });

  test('gives ids that do as attributes and in selectors, each its own, whatever the names', () => {
    const names = [MARKUP, LONG_NAME, '', 'a/b', 'a', 'a.b', 'a_2f_b', '"]', '\ud800', 'é'];
    const networks = names.map((name) => makeNetwork(ONE, name, name, { state: 'inUse', parent: name }));
    const { nodes } = draw(rowsOf(makeSnapshot({ networks })), EMPTY_MAP);
    expect(new Set(nodes.map(({ id }) => id)).size).toBe(2 * names.length);
    for (const { id } of nodes) expect(id).toMatch(/^[a-zA-Z0-9_.-]+$/);
  });
});

test('lights up what a node has to do with, along its lines and no further', () => {
  const rows = rowsFor({ 'a/one': 'inUse', 'a/two': 'inUse' });
  const usage = makeUsageMap([
    ['Deployment', 'a/both', 2, { 'a/one': 1, 'a/two': 1 }],
    ['Deployment', 'a/other', 1, { 'a/two': 1 }],
  ]);
  const graph = draw(rows, usage);
  const litBy = (label: string) => {
    const lit = connectedTo(graph, graph.nodes.find((node) => labelOf(node) === label)?.id ?? '');
    return graph.nodes.filter(({ id }) => lit.has(id)).map(labelOf);
  };
  expect(litBy('a/one')).toEqual(['br0', 'a/one', 'a/both']);
  expect(litBy('a/other')).toEqual(['br0', 'a/two', 'a/other']);
  expect(litBy('br0')).toEqual(['br0', 'a/one', 'a/two', 'a/both', 'a/other']);
});

test('draws the good day as it is told', () => {
  const day = makeGoodDay();
  const context = day.contexts[0]?.id ?? '';
  const graph = draw(rowsOf(day, context), makeGoodDayMap(), { context });
  expect(attachmentsIn(graph)).toBe(attachmentsOf(makeGoodDayMap()));
  expect(labels(graph, 1)).toHaveLength(15);
});
