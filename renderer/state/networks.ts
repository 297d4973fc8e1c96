import type { JournalEntry } from '../../main/contract/journal.ts';
import type { NetworkState, NetworkView } from '../../main/contract/networks.ts';
import type { NetworkKey } from './window-state.ts';
import { networkKey } from './window-state.ts';

/** What a person is shown: the state, or what just happened where that says more. */
export type ShownState = NetworkState | 'restored' | 'stray';

export interface NetworkRow {
  readonly key: NetworkKey;
  readonly network: NetworkView;
  readonly shown: ShownState;
  /** When it was brought back, in ms since the epoch, if that is what is shown. */
  readonly restoredAt?: number;
}

/** The groups that the table can be narrowed to, the most urgent first. */
export const STATE_GROUPS = ['attention', 'missing', 'deleting', 'inUse', 'unused', 'letGo'] as const;
export type StateGroup = (typeof STATE_GROUPS)[number];

/** A network that was brought back is shown as such for this long. */
export const RESTORED_SHOWN_MS = 10 * 60_000;

const GROUP_OF: Readonly<Record<ShownState, StateGroup>> = {
  asked: 'attention',
  held: 'attention',
  failed: 'attention',
  missing: 'missing',
  deleting: 'deleting',
  restoring: 'deleting',
  restored: 'inUse',
  inUse: 'inUse',
  unused: 'unused',
  stray: 'unused',
  letGo: 'letGo',
};

/** Less for the more urgent. */
const RANK: Readonly<Record<StateGroup, number>> = {
  attention: 0,
  missing: 1,
  deleting: 2,
  inUse: 3,
  unused: 4,
  letGo: 5,
};

export function groupOf(row: NetworkRow): StateGroup {
  return GROUP_OF[row.shown];
}

/** The newest entry about each network of those in `journal`, which has the newest first. */
export function newestEntries(journal: readonly JournalEntry[]): ReadonlyMap<NetworkKey, JournalEntry> {
  const newest = new Map<NetworkKey, JournalEntry>();
  for (const entry of journal) {
    const key = networkKey(entry);
    if (!newest.has(key)) newest.set(key, entry);
  }
  return newest;
}

/** The rows of some contexts, or of all (undefined), the most urgent first and then by name. */
export function networkRows(
  networks: ReadonlyMap<NetworkKey, NetworkView>,
  newest: ReadonlyMap<NetworkKey, JournalEntry>,
  contexts: ReadonlySet<string> | undefined,
  nowMs: number,
): readonly NetworkRow[] {
  const rows: NetworkRow[] = [];
  for (const [key, network] of networks) {
    if (contexts !== undefined && !contexts.has(network.context)) continue;
    rows.push(networkRow(key, network, newest.get(key), nowMs));
  }
  return rows.sort(compareByUrgency);
}

/** Rows that stay the same objects for as long as they show the same, so that nothing is drawn anew for nothing. */
export type RowKeeper = (
  networks: ReadonlyMap<NetworkKey, NetworkView>,
  newest: ReadonlyMap<NetworkKey, JournalEntry>,
  contexts: ReadonlySet<string> | undefined,
  nowMs: number,
) => readonly NetworkRow[];

/** A row keeper, which gives the rows of some contexts, or of all (undefined), in no order. */
export function createRowKeeper(): RowKeeper {
  let before = new Map<NetworkKey, NetworkRow>();
  let rows: readonly NetworkRow[] = [];
  return (networks, newest, contexts, nowMs) => {
    const after = new Map<NetworkKey, NetworkRow>();
    let isSame = true;
    for (const [key, network] of networks) {
      if (contexts !== undefined && !contexts.has(network.context)) continue;
      const old = before.get(key);
      const row = keptRow(old, network, newest.get(key)) ?? networkRow(key, network, newest.get(key), nowMs);
      const kept = old !== undefined && showsSame(old, row) ? old : row;
      isSame &&= kept === old;
      after.set(key, kept);
    }
    if (isSame && after.size === before.size) return rows;
    before = after;
    rows = [...after.values()];
    return rows;
  };
}

/** The row as it was, where nothing can have changed: true of nearly all, ten times a second. */
function keptRow(
  old: NetworkRow | undefined,
  network: NetworkView,
  entry: JournalEntry | undefined,
): NetworkRow | undefined {
  const isKept = entry === undefined && old?.network === network && old.shown === network.state;
  return isKept ? old : undefined;
}

function showsSame(a: NetworkRow, b: NetworkRow): boolean {
  return a.network === b.network && a.shown === b.shown && a.restoredAt === b.restoredAt;
}

export function networkRow(
  key: NetworkKey,
  network: NetworkView,
  entry: JournalEntry | undefined,
  nowMs: number,
): NetworkRow {
  const isThere = network.state === 'inUse' || network.state === 'unused';
  if (!isThere || entry === undefined) return { key, network, shown: network.state };
  if (entry.event === 'stray' && network.state === 'unused') return { key, network, shown: 'stray' };
  const restoredAt = Date.parse(entry.time);
  if (entry.event !== 'restored' || !(nowMs - restoredAt < RESTORED_SHOWN_MS))
    return { key, network, shown: network.state };
  return { key, network, shown: 'restored', restoredAt };
}

export function countGroups(rows: readonly NetworkRow[]): Readonly<Record<StateGroup, number>> {
  const counts = { attention: 0, missing: 0, deleting: 0, inUse: 0, unused: 0, letGo: 0 };
  for (const row of rows) counts[groupOf(row)] += 1;
  return counts;
}

/** 0 for the most urgent ones. */
export function urgencyOf(row: NetworkRow): number {
  return RANK[groupOf(row)];
}

/** The order in which rows stand until a person asks for another one: the most urgent first, then by name. */
export function compareByUrgency(a: NetworkRow, b: NetworkRow): number {
  return (
    urgencyOf(a) - urgencyOf(b) ||
    compareText(a.network.namespace, b.network.namespace) ||
    compareText(a.network.name, b.network.name) ||
    compareText(a.network.context, b.network.context)
  );
}

/** By code unit: names of Kubernetes are ASCII, and this is many times faster than by locale. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** What a person can do about a network, given its state. */
export function actionsFor(state: NetworkState): { readonly restore: boolean; readonly letGo: boolean } {
  switch (state) {
    case 'asked':
    case 'held':
    case 'failed':
      return { restore: true, letGo: true };
    case 'letGo':
      return { restore: true, letGo: false };
    case 'restoring':
      return { restore: false, letGo: true };
    // Of a missing one no copy is known.
    case 'missing':
    case 'inUse':
    case 'unused':
    case 'deleting':
      return { restore: false, letGo: false };
  }
}
