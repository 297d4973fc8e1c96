import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { UsageMap } from '../../main/contract/networks.ts';
import { networkRows } from '../../renderer/state/networks.ts';
import { fromSnapshot } from '../../renderer/state/window-state.ts';
import type { MapOptions } from '../../renderer/views/map/build-map.ts';
import { buildMap } from '../../renderer/views/map/build-map.ts';
import type { Layout, PlacedNode } from '../../renderer/views/map/lay-out.ts';
import { COLUMN_WIDTHS_PX, layOut } from '../../renderer/views/map/lay-out.ts';
import type { MapGraph } from '../../renderer/views/map/map-graph.ts';
import { lineWidth } from '../../renderer/views/map/place-lines.ts';
import { makeContext, makeNetwork, makeSnapshot } from '../support/window-fixtures.ts';
import { makeLargeMap, makeUsageMap } from '../support/window-map.ts';

const GAP_PX = 100;
const ONE = makeContext('one');

function graphOf(
  snapshot: ReturnType<typeof makeSnapshot>,
  usage: UsageMap,
  options: Partial<MapOptions> = {},
): MapGraph {
  const context = snapshot.contexts[0]?.id ?? ONE.id;
  const rows = networkRows(fromSnapshot(snapshot).networks, new Map(), undefined, 0);
  return buildMap(rows, usage, { context, grouping: 'auto', open: new Set(), ...options });
}

/** Nodes of one column that stand on each other, without frames around their members. */
function overlaps({ nodes }: Layout): readonly string[] {
  const isFrame = ({ node }: PlacedNode) => node.kind === 'group' && node.isOpen;
  const flat = nodes
    .filter((placed) => !isFrame(placed))
    .toSorted((a, b) => a.node.column - b.node.column || a.y - b.y);
  return flat.flatMap((placed, index) => {
    const before = flat[index - 1];
    if (before?.node.column !== placed.node.column || before.y + before.height <= placed.y) return [];
    return [`${before.node.id} and ${placed.node.id}`];
  });
}

const placeOf = (layout: Layout, part: string) => {
  const found = layout.nodes.find(({ node }) => node.id.includes(part));
  if (found === undefined) throw new Error(`Nothing is placed for ${part}.`);
  return found;
};

const middle = ({ y, height }: PlacedNode) => y + height / 2;

/** Networks and workloads in pairs, told in an order that makes every line cross. */
function pairs(count: number): { snapshot: ReturnType<typeof makeSnapshot>; usage: UsageMap } {
  const networks = Array.from({ length: count }, (_, index) =>
    makeNetwork(ONE, 'a', `net-${index}`, { state: 'inUse', parent: 'br0' }),
  );
  const usage = makeUsageMap(
    networks
      .map(({ name }) => ['Deployment', `a/for-${name}`, 1, { [`a/${name}`]: 1 }] as const)
      .toReversed(),
  );
  return { snapshot: makeSnapshot({ networks }), usage };
}

test('stands networks between what they ride on and who uses them', () => {
  const { snapshot, usage } = pairs(3);
  const layout = layOut(graphOf(snapshot, usage), GAP_PX);
  const [parents, networks, users] = COLUMN_WIDTHS_PX;
  expect(layout.columns).toEqual([0, parents + GAP_PX, parents + networks + 2 * GAP_PX]);
  for (const { node, x } of layout.nodes) expect(x).toBe(layout.columns[node.column]);
  expect(layout.width).toBe(parents + networks + users + 2 * GAP_PX);
  expect(layout.nodes.map(({ node }) => node.column)).toEqual([0, 1, 1, 1, 2, 2, 2]);
});

test('orders a column so that lines do not cross where they need not', () => {
  const { snapshot, usage } = pairs(8);
  const layout = layOut(graphOf(snapshot, usage), GAP_PX);
  for (let index = 0; index < 8; index += 1) {
    const network = placeOf(layout, `n.a.net-${index}`);
    const user = placeOf(layout, `w.Deployment.a.for-net-${index}`);
    expect(Math.abs(middle(network) - middle(user))).toBeLessThan(70);
  }
});

test('lets no two nodes overlap, and keeps all within the picture, whatever is linked to what and open', () => {
  const path = fc.integer({ min: 0, max: 30 });
  const link = fc.tuple(path, path, fc.integer({ min: 0, max: 300 }));
  fc.assert(
    fc.property(fc.array(link, { maxLength: 150 }), fc.boolean(), (links, isOpen) => {
      const networks = Array.from({ length: 25 }, (_, index) =>
        makeNetwork(ONE, `team-${index % 4}`, `net-${index}`, {
          state: index % 9 === 0 ? 'missing' : 'inUse',
          ...(index % 3 > 0 && { parent: `br${index % 5}` }),
        }),
      );
      const users = Array.from({ length: 31 }, (_, index) => ({
        kind: 'Pod',
        namespace: `team-${index % 3}`,
        name: `pod-${index}`,
        pods: 1,
      }));
      const usage: UsageMap = {
        users,
        links: links.map(([network, user, attachments]) => ({
          namespace: `team-${network % 4}`,
          name: `net-${network}`,
          user,
          attachments,
        })),
        omittedUsers: 0,
      };
      const snapshot = makeSnapshot({ contexts: [ONE], networks });
      const closed = graphOf(snapshot, usage, { grouping: 'namespace' });
      const open = new Set(isOpen ? closed.nodes.map(({ id }) => id) : []);
      const layout = layOut(graphOf(snapshot, usage, { grouping: 'namespace', open }), GAP_PX);
      expect(overlaps(layout)).toEqual([]);
      for (const { y, height } of layout.nodes) {
        expect(y).toBeGreaterThanOrEqual(-0.01);
        expect(y + height).toBeLessThanOrEqual(layout.height + 0.01);
      }
    }),
    { numRuns: 60 },
  );
});

test('stands what is missing at the top, and what nothing uses at the bottom', () => {
  const networks = [
    makeNetwork(ONE, 'a', 'unused', { state: 'unused', parent: 'eth9' }),
    makeNetwork(ONE, 'a', 'used', { state: 'inUse', parent: 'br0' }),
    makeNetwork(ONE, 'z', 'missing', { state: 'missing' }),
    makeNetwork(ONE, 'z', 'held', { state: 'held', parent: 'eth1' }),
  ];
  const usage = makeUsageMap([
    ['Pod', 'a/pod', 1, { 'a/used': 1 }],
    ['Pod', 'z/pod', 1, { 'z/missing': 1 }],
  ]);
  const layout = layOut(graphOf(makeSnapshot({ networks }), usage), GAP_PX);
  const order = ['n.z.missing', 'n.z.held', 'n.a.used', 'n.a.unused'].map((id) => placeOf(layout, id).y);
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  expect(order[0]).toBeLessThan(50);
});

test('draws an open group as a frame around its members', () => {
  const large = makeLargeMap({ networks: 4, workloads: 20, namespaces: 2, parents: 1 });
  const closed = graphOf(large.snapshot, large.usage, { grouping: 'namespace' });
  const group = closed.nodes.find(({ kind, column }) => kind === 'group' && column === 2)?.id ?? '';
  const layout = layOut(
    graphOf(large.snapshot, large.usage, { grouping: 'namespace', open: new Set([group]) }),
    GAP_PX,
  );
  const frame = placeOf(layout, group);
  const members = layout.nodes.filter(({ node }) => node.frame === group);
  expect(members).toHaveLength(10);
  for (const { x, y, width, height } of members) {
    expect(x).toBeGreaterThan(frame.x);
    expect(x + width).toBeLessThan(frame.x + frame.width);
    expect(y).toBeGreaterThan(frame.y);
    expect(y + height).toBeLessThan(frame.y + frame.height);
  }
});

test('draws lines by the logarithm of their attachments, from 1 to 8 px for the most of all', () => {
  const widths = (most: number) => [0, 1, 2, 8, 128].map((attachments) => lineWidth(attachments, most));
  expect(widths(20)).toEqual([1, 1, 2, 4, 8]);
  expect(widths(128)).toEqual([1, 1, 2, 4, 8]);
  expect(widths(16_384)).toEqual([1, 1, 1.5, 2.5, 4.5]);
  expect(lineWidth(16_384, 16_384)).toBe(8);
});

test('keeps the lines of a node apart and on its side', () => {
  const networks = [makeNetwork(ONE, 'a', 'one', { state: 'inUse', parent: 'br0' })];
  const usage = makeUsageMap(
    Array.from({ length: 40 }, (_, index) => ['Pod', `a/pod-${index}`, 200, { 'a/one': 200 }] as const),
  );
  const layout = layOut(graphOf(makeSnapshot({ networks }), usage), GAP_PX);
  const { id } = placeOf(layout, 'n.a.one').node;
  const shifts = layout.edges.filter(({ edge }) => edge.from === id).map(({ fromShift }) => fromShift);
  expect(new Set(shifts).size).toBe(40);
  for (const shift of shifts) expect(Math.abs(shift)).toBeLessThanOrEqual(22);
});

/** The fastest of a few, in ms: what it takes, and not what else the machine does. */
function fastest(run: () => unknown): number {
  const times = Array.from({ length: 7 }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return Math.min(...times);
}

test('places 300 networks and 2,000 workloads without overlaps, and tells how long it takes', () => {
  const large = makeLargeMap({ networks: 300, workloads: 2_000, namespaces: 40, parents: 12, missing: 5 });
  const rows = networkRows(fromSnapshot(large.snapshot).networks, new Map(), undefined, 0);
  for (const grouping of ['auto', 'none'] as const) {
    const options = { context: large.context.id, grouping, open: new Set<string>() };
    const graph = buildMap(rows, large.usage, options);
    expect(overlaps(layOut(graph, GAP_PX))).toEqual([]);
    const building = fastest(() => buildMap(rows, large.usage, options)).toFixed(1);
    const placing = fastest(() => layOut(graph, GAP_PX)).toFixed(1);
    console.log(
      `Map of 300 networks and 2,000 workloads, ${grouping}: ${graph.nodes.length} nodes, ${graph.edges.length} lines; built in ${building} ms, placed in ${placing} ms.`,
    );
  }
});
