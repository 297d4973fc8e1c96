import { describe, expect, test } from 'vitest';
import type { JournalEntry } from '../../main/contract/journal.ts';
import { networkStateSchema } from '../../main/contract/networks.ts';
import type { NetworkRow } from '../../renderer/state/networks.ts';
import {
  actionsFor,
  countGroups,
  createRowKeeper,
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

test('counts the networks of each group', () => {
  const networks = (['inUse', 'missing', 'held', 'failed'] as const).map((state) =>
    makeNetwork(ONE, 'web', state, { state }),
  );
  expect(countGroups(rowsOf({ networks }))).toMatchObject({ missing: 1, inUse: 1, attention: 2, letGo: 0 });
});

describe('rows that are kept', () => {
  const networks = ['a', 'b', 'c'].map((name) => makeNetwork(ONE, 'web', name, { state: 'inUse' }));
  const mapOf = (all: typeof networks) => fromSnapshot(makeSnapshot({ networks: all })).networks;
  const none = new Map();

  test('are the same objects as long as they show the same', () => {
    const keep = createRowKeeper();
    const first = keep(mapOf(networks), none, undefined, 0);
    expect(keep(mapOf(networks), none, undefined, 10_000)).toBe(first);
    const changed = networks.map((one) => (one.name === 'b' ? { ...one, pods: 7 } : one));
    const second = keep(mapOf(changed), none, undefined, 20_000);
    expect(second.map((row) => first.includes(row))).toEqual([true, false, true]);
    expect(second[1]?.network.pods).toBe(7);
  });

  test('go, come and light up as their networks do', () => {
    const keep = createRowKeeper();
    keep(mapOf(networks), none, undefined, 0);
    const [, ...others] = networks;
    expect(keep(mapOf(others), none, undefined, 0).map(labelOf)).toEqual(['web/b', 'web/c']);
    expect(keep(mapOf(networks), none, new Set([TWO.id]), 0)).toEqual([]);
    const entry = makeEntry(1, networks[0] ?? makeNetwork(ONE, '', ''), 'restored', '', 0);
    const newest = newestEntries([entry]);
    const shown = (nowMs: number) => keep(mapOf(networks), newest, undefined, nowMs).map((row) => row.shown);
    expect(shown(Date.now())).toEqual(['restored', 'inUse', 'inUse']);
    expect(shown(Date.now() + RESTORED_SHOWN_MS)).toEqual(['inUse', 'inUse', 'inUse']);
  });
});

test('offers to restore what is gone and known, and nothing for what is there', () => {
  const offered = (action: 'restore' | 'letGo') =>
    networkStateSchema.options.filter((state) => actionsFor(state)[action]);
  expect(offered('restore')).toEqual(['asked', 'held', 'failed', 'letGo']);
  expect(offered('letGo')).toEqual(['restoring', 'asked', 'held', 'failed']);
});
