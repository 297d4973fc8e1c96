import type { ContextView } from '../../main/contract/contexts.ts';
import type { JournalEntry } from '../../main/contract/journal.ts';
import { MOST_JOURNAL_ENTRIES } from '../../main/contract/journal.ts';
import type { NetworkName, NetworkView } from '../../main/contract/networks.ts';
import type { Settings } from '../../main/contract/settings.ts';
import type { KubeconfigFile, Notice, Snapshot, Update } from '../../main/contract/updates.ts';
import { keepSame, keepSameItems } from './keep-same.ts';

/** All that the main process has told. Never changed in place: what is the same object has not changed. */
export interface WindowState {
  readonly version: string;
  readonly sequence: number;
  readonly contexts: readonly ContextView[];
  readonly networks: ReadonlyMap<NetworkKey, NetworkView>;
  /** The newest first. */
  readonly journal: readonly JournalEntry[];
  /** The entries of the last update that had any, oldest first: what a person is told of now. */
  readonly arrived: readonly JournalEntry[];
  readonly settings: Settings;
  readonly notices: readonly Notice[];
  /** The kubeconfig files that were looked at. */
  readonly kubeconfigFiles: readonly KubeconfigFile[];
  /** Absent where nothing is kept on disk. */
  readonly dataFolder?: string | undefined;
  /** The clusters are demo clusters inside the program. */
  readonly isDemo: boolean;
}

/** A network's identity in a window: no part can hold a NUL. */
export type NetworkKey = string;

export function networkKey({ context, namespace, name }: NetworkName): NetworkKey {
  return `${context}\0${namespace}\0${name}`;
}

export function fromSnapshot(snapshot: Snapshot): WindowState {
  const { networks, ...rest } = snapshot;
  return { ...rest, networks: byKey(networks), arrived: [] };
}

/**
 * The state after an update. `undefined` if an update is missing in between; one that the state already holds
 * changes nothing.
 */
export function afterUpdate(state: WindowState, update: Update): WindowState | undefined {
  if (update.sequence <= state.sequence) return state;
  if (update.sequence > state.sequence + 1) return undefined;
  return {
    ...state,
    sequence: update.sequence,
    // All of them come whenever one has changed.
    contexts: keepSameItems(state.contexts, update.contexts ?? state.contexts),
    networks: changeNetworks(state.networks, update),
    journal: addEntries(state.journal, update.journal ?? []),
    arrived: update.journal?.length ? update.journal : state.arrived,
    settings: update.settings ?? state.settings,
    notices: update.notices ?? state.notices,
    kubeconfigFiles: update.kubeconfigFiles ?? state.kubeconfigFiles,
  };
}

/** The state with older entries that a person asked for. */
export function withOlderEntries(state: WindowState, older: readonly JournalEntry[]): WindowState {
  const last = state.journal.at(-1)?.id ?? Number.POSITIVE_INFINITY;
  const journal = [...state.journal, ...older.filter(({ id }) => id < last)];
  return { ...state, journal };
}

function byKey(networks: readonly NetworkView[]): Map<NetworkKey, NetworkView> {
  return new Map(networks.map((network) => [networkKey(network), network]));
}

function changeNetworks(
  before: ReadonlyMap<NetworkKey, NetworkView>,
  { networks = [], goneNetworks = [] }: Update,
): ReadonlyMap<NetworkKey, NetworkView> {
  if (networks.length === 0 && goneNetworks.length === 0) return before;
  const after = new Map(before);
  for (const gone of goneNetworks) after.delete(networkKey(gone));
  for (const network of networks) {
    const key = networkKey(network);
    after.set(key, keepSame(before.get(key), network));
  }
  return after;
}

function addEntries(
  before: readonly JournalEntry[],
  added: readonly JournalEntry[],
): readonly JournalEntry[] {
  if (added.length === 0) return before;
  return [...added.toReversed(), ...before].slice(0, MOST_JOURNAL_ENTRIES);
}
