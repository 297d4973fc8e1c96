/** How the table is narrowed, ordered and laid out, without a window. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NetworkView } from '../../main/contract/networks.ts';
import { narrowRows } from '../../renderer/state/network-narrowing.ts';
import type { Order } from '../../renderer/state/network-order.ts';
import {
  compareBy,
  createOrderKeeper,
  nextOrder,
  readOrder,
  writeOrder,
} from '../../renderer/state/network-order.ts';
import type { NetworkRow } from '../../renderer/state/networks.ts';
import { networkKey } from '../../renderer/state/window-state.ts';
import { chosenColumns, fitColumns, writeColumns } from '../../renderer/views/networks/column-choice.ts';
import { inPieces, toCsv, toJson, toYaml } from '../../renderer/views/networks/network-export.ts';
import { MARKUP, makeContext, makeNetwork, RIGHT_TO_LEFT } from '../support/window-fixtures.ts';

const ONE = makeContext('one');
const TWO = makeContext('two');

const rowOf = (network: NetworkView): NetworkRow => ({
  key: networkKey(network),
  network,
  shown: network.state,
});
const labelOf = ({ network }: NetworkRow) => `${network.namespace}/${network.name}`;

describe('narrowing', () => {
  const rows = [
    makeNetwork(ONE, 'storage', 'ceph', {
      state: 'inUse',
      summary: 'bridge on br0, VLAN 300',
      type: 'bridge',
    }),
    makeNetwork(ONE, 'edge', 'uplink', { state: 'missing', managedBy: 'Argo CD: edge' }),
    makeNetwork(TWO, 'edge', 'uplink-b', { state: 'unused', type: 'bridge' }),
  ].map(rowOf);
  const none = { words: '', group: undefined, type: undefined, namespace: undefined };
  const found = (narrowing: Partial<typeof none | Record<keyof typeof none, string>>) =>
    narrowRows(rows, { ...none, ...narrowing } as typeof none).rows.map(labelOf);

  test.each([
    ['', ['storage/ceph', 'edge/uplink', 'edge/uplink-b']],
    ['CEPH', ['storage/ceph']],
    ['storage/ceph', ['storage/ceph']],
    ['vlan  br0', ['storage/ceph']],
    ['argo', ['edge/uplink']],
    ['argo vlan', []],
  ])('by the words %j leaves %j', (words, left) => {
    expect(found({ words })).toEqual(left);
  });

  test('by state, type and namespace leaves what is of all of them', () => {
    expect(found({ group: 'missing' })).toEqual(['edge/uplink']);
    expect(found({ type: 'bridge' })).toEqual(['storage/ceph', 'edge/uplink-b']);
    expect(found({ type: '' })).toEqual(['edge/uplink']);
    expect(found({ type: 'bridge', namespace: 'edge' })).toEqual(['edge/uplink-b']);
  });

  test('counts for each choice how many it would leave', () => {
    const narrowed = narrowRows(rows, { ...none, type: 'bridge' });
    expect(narrowed.groups).toMatchObject({ inUse: 1, unused: 1, missing: 0 });
    expect(Object.fromEntries(narrowed.types)).toEqual({ bridge: 2, '': 1 });
    expect(Object.fromEntries(narrowed.namespaces)).toEqual({ storage: 1, edge: 1 });
  });

  test('gives back the rows themselves where nothing narrows them', () => {
    expect(narrowRows(rows, none).rows).toBe(rows);
  });
});

describe('order', () => {
  const text = (order: Order | undefined) => order && writeOrder(order);

  test('by names goes up, then down, then away; by numbers down first', () => {
    expect(text(nextOrder(undefined, 'kind'))).toBe('kind');
    expect(text(nextOrder(readOrder('kind'), 'kind'))).toBe('-kind');
    expect(nextOrder(readOrder('-kind'), 'kind')).toBeUndefined();
    expect(text(nextOrder(readOrder('kind'), 'pods'))).toBe('-pods');
    expect(text(nextOrder(readOrder('-pods'), 'pods'))).toBe('pods');
    expect(nextOrder(readOrder('pods'), 'pods')).toBeUndefined();
  });

  test.each([undefined, '', '-', 'nothing', '-toString', 'PODS'])('%j is none', (address) => {
    expect(readOrder(address)).toBeUndefined();
  });

  const networks = [
    makeNetwork(ONE, 'a', 'one', { pods: 2, type: 'macvlan', createdAt: '2026-03-01T00:00:00Z' }),
    makeNetwork(TWO, 'b', 'two', { pods: 10, type: 'bridge', state: 'held' }),
    makeNetwork(ONE, 'b', 'three', { pods: 2, createdAt: '2026-05-01T00:00:00Z' }),
  ];
  const ordered = (address: string) =>
    networks
      .map(rowOf)
      .toSorted(compareBy(readOrder(address), (id) => id))
      .map(({ network }) => network.name);

  test.each([
    ['', ['two', 'one', 'three']],
    ['pods', ['one', 'three', 'two']],
    ['-pods', ['two', 'one', 'three']],
    ['network', ['one', 'three', 'two']],
    ['-network', ['two', 'three', 'one']],
    ['type', ['two', 'one', 'three']],
    ['-type', ['one', 'two', 'three']],
    ['age', ['three', 'one', 'two']],
    ['-age', ['one', 'three', 'two']],
    ['context', ['one', 'three', 'two']],
    ['state', ['two', 'one', 'three']],
  ])('%j gives %j: what has nothing there comes last, and equals stand by name', (address, names) => {
    expect(ordered(address)).toEqual(names);
  });

  test('that is kept up to date is the same as one that is made anew', () => {
    const network = fc.record({ name: fc.nat(30), pods: fc.nat(5) });
    fc.assert(
      fc.property(fc.array(fc.array(network, { maxLength: 30 }), { maxLength: 8 }), (rounds) => {
        const keep = createOrderKeeper();
        const compare = compareBy(readOrder('-pods'), (id) => id);
        const known = new Map<string, NetworkRow>();
        for (const round of rounds) {
          const rows = [...new Map(round.map((one) => [one.name, one])).values()].map(({ name, pods }) => {
            const key = `${name} ${pods}`;
            const row = known.get(key) ?? rowOf(makeNetwork(ONE, 'web', String(name), { pods }));
            known.set(key, row);
            return row;
          });
          expect(keep(rows, compare)).toEqual(rows.toSorted(compare));
        }
      }),
    );
  });

  test('stays the same array while no row is another one', () => {
    const keep = createOrderKeeper();
    const compare = compareBy(undefined, (id) => id);
    const rows = networks.map(rowOf);
    expect(keep([...rows], compare)).toBe(keep(rows, compare));
  });
});

describe('columns', () => {
  const offer = { hasContexts: true, hasManagers: false };

  test('are at first what there is something in, and the address says nothing of them', () => {
    const atFirst = chosenColumns(undefined, offer);
    expect(atFirst).toEqual(['context', 'kind', 'pods', 'workloads', 'age']);
    expect(chosenColumns(undefined, { ...offer, hasManagers: true })).toContain('managedBy');
    expect(writeColumns(atFirst, 'kind', offer)).toBeUndefined();
  });

  test('are those of the address, in the order of the table, whatever it holds', () => {
    expect(chosenColumns('age,type,nonsense,network', offer)).toEqual(['type', 'age']);
    expect(chosenColumns('', offer)).toEqual([]);
  });

  test('keep the context where several are looked at, while one is', () => {
    const alone = { ...offer, hasContexts: false };
    const address = writeColumns(['pods', 'age'], undefined, alone);
    expect(chosenColumns(address, alone)).toEqual(['pods', 'age']);
    expect(chosenColumns(address, offer)).toEqual(['context', 'pods', 'age']);
    expect(chosenColumns(writeColumns(['age'], 'pods', alone), offer)).toEqual(['age']);
  });

  test('go where there is no room: never network and state, and a chosen one after the usual ones', () => {
    const columns = (['network', 'state', 'type', 'kind', 'pods', 'managedBy'] as const).map((name) => ({
      name,
      leastPx: 100,
    }));
    const fitting = (roomPx: number) => fitColumns(columns, roomPx, 10).map(({ name }) => name);
    expect(fitting(660)).toHaveLength(6);
    expect(fitting(450)).toEqual(['network', 'state', 'type', 'pods']);
    expect(fitting(0)).toEqual(['network', 'state']);
  });
});

describe('an export', () => {
  const hostile = makeNetwork(ONE, '=cmd|calc', '+1,"x"', {
    summary: `@sum ${MARKUP}`,
    type: '\tbridge',
    managedBy: `-2\r\nnext${RIGHT_TO_LEFT}`,
    pods: 3,
  });
  const nameOf = () => 'one';

  test('as CSV has a header line, and no cell that a spreadsheet takes for a formula', () => {
    expect(toCsv([hostile], nameOf)).toBe(
      'context,contextName,namespace,name,state,summary,type,parent,pods,workloads,managedBy,createdAt\r\n' +
        `${ONE.id},one,'=cmd|calc,"'+1,""x""",unused,"'@sum ${MARKUP.replaceAll('"', '""')}",'\tbridge,,3,0,"'-2\r\nnext${RIGHT_TO_LEFT}",\r\n`,
    );
  });

  test('as JSON holds every text as it is', () => {
    const [exported] = JSON.parse(toJson([hostile], nameOf));
    expect(exported).toEqual({ ...hostile, contextName: 'one' });
  });

  test('as YAML holds one document for each network, and says of which no copy is known', () => {
    const manifests = [
      { namespace: 'web', name: 'a', manifest: 'kind: A\n' },
      { namespace: 'web', name: 'b\nkind: Evil' },
      { namespace: 'web', name: 'c', manifest: 'kind: C' },
    ];
    expect(toYaml('prod', manifests)).toBe(
      '---\n# On prod:\n# web/b kind: Evil on prod: no copy of it is known.\nkind: A\n---\nkind: C\n',
    );
  });

  test('asks in pieces that the contract takes', () => {
    expect(inPieces([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(inPieces([], 2)).toEqual([]);
  });
});
