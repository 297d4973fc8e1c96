import { describe, expect, test } from 'vitest';
import type { JournalEntry } from '../../main/contract/journal.ts';
import { networkStateSchema } from '../../main/contract/networks.ts';
import type { NetworkRow } from '../../renderer/state/networks.ts';
import {
  actionsFor,
  countGroups,
  filterRows,
  networkRows,
  newestEntries,
  RESTORED_SHOWN_MS,
} from '../../renderer/state/networks.ts';
import { fromSnapshot } from '../../renderer/state/window-state.ts';
import { makeContext, makeEntry, makeNetwork, makeSnapshot } from '../support/window-fixtures.ts';

const ONE = makeContext('one');
const TWO = makeContext('two');

function rowsOf(
  networks: Parameters<typeof makeSnapshot>[0],
  context?: string,
  journal: readonly JournalEntry[] = [],
  nowMs = Date.now(),
): readonly NetworkRow[] {
  const state = fromSnapshot(makeSnapshot(networks));
  return networkRows(
    state.networks,
    newestEntries(journal),
    context === undefined ? undefined : new Set([context]),
    nowMs,
  );
}

const labelOf = ({ network }: NetworkRow) => `${network.namespace}/${network.name}`;

test('sorts by urgency, then by namespace and name', () => {
  const states = ['unused', 'letGo', 'inUse', 'missing', 'failed', 'deleting', 'held'] as const;
  const networks = states.map((state, index) => makeNetwork(ONE, `ns${9 - index}`, 'a', { state }));
  const extra = makeNetwork(ONE, 'ns1', 'b', { state: 'inUse' });
  expect(rowsOf({ networks: [...networks, extra] }).map(({ shown }) => shown)).toEqual([
    'held',
    'failed',
    'missing',
    'deleting',
    'inUse',
    'inUse',
    'unused',
    'letGo',
  ]);
});

test('shows the networks of one context, or of all', () => {
  const networks = [makeNetwork(ONE, 'web', 'front'), makeNetwork(TWO, 'web', 'front')];
  expect(rowsOf({ networks }, ONE.id)).toHaveLength(1);
  expect(rowsOf({ networks })).toHaveLength(2);
});

describe('what just happened', () => {
  const inUse = makeNetwork(ONE, 'web', 'front', { state: 'inUse' });
  const shown = (network: typeof inUse, event: JournalEntry['event'], minutesAgo: number) =>
    rowsOf({ networks: [network] }, undefined, [makeEntry(1, network, event, '', minutesAgo)])[0]?.shown;

  test('is shown for ten minutes where a network was brought back', () => {
    expect(shown(inUse, 'restored', 9)).toBe('restored');
    expect(shown(inUse, 'restored', RESTORED_SHOWN_MS / 60_000 + 1)).toBe('inUse');
  });

  test('is not shown where more has happened since', () => {
    expect(shown({ ...inUse, state: 'asked' }, 'restored', 1)).toBe('asked');
    const journal = [makeEntry(2, inUse, 'deleted', '', 0), makeEntry(1, inUse, 'restored', '', 1)];
    expect(rowsOf({ networks: [inUse] }, undefined, journal)[0]?.shown).toBe('inUse');
  });

  test('shows a stray as long as nothing uses it', () => {
    expect(shown({ ...inUse, state: 'unused' }, 'stray', 600)).toBe('stray');
    expect(shown(inUse, 'stray', 600)).toBe('inUse');
  });

  test('takes no harm from a time that is none', () => {
    const entry = { ...makeEntry(1, inUse, 'restored', '', 0), time: 'yesterday or so' };
    expect(rowsOf({ networks: [inUse] }, undefined, [entry])[0]?.shown).toBe('inUse');
  });
});

describe('the filter', () => {
  const rows = rowsOf({
    networks: [
      makeNetwork(ONE, 'storage', 'ceph', { state: 'inUse', summary: 'bridge on br0, VLAN 300' }),
      makeNetwork(ONE, 'edge', 'uplink', { state: 'missing', managedBy: 'Argo CD: edge' }),
    ],
  });

  test.each([
    ['', ['edge/uplink', 'storage/ceph']],
    ['CEPH', ['storage/ceph']],
    ['storage/ceph', ['storage/ceph']],
    ['vlan  br0', ['storage/ceph']],
    ['argo', ['edge/uplink']],
    ['argo vlan', []],
  ])('%j finds %j', (text, found) => {
    expect(filterRows(rows, text, undefined).map(labelOf)).toEqual(found);
  });

  test('narrows to a group, which is counted', () => {
    expect(filterRows(rows, '', 'missing').map(labelOf)).toEqual(['edge/uplink']);
    expect(countGroups(rows)).toMatchObject({ missing: 1, inUse: 1, attention: 0 });
  });
});

test('offers to restore what is gone and known, and nothing for what is there', () => {
  const offered = (action: 'restore' | 'letGo') =>
    networkStateSchema.options.filter((state) => actionsFor(state)[action]);
  expect(offered('restore')).toEqual(['asked', 'held', 'failed', 'letGo']);
  expect(offered('letGo')).toEqual(['restoring', 'asked', 'held', 'failed']);
});
