import type { NetworkView } from '../../main/contract/networks.ts';
import type { NetworkRow, StateGroup } from './networks.ts';
import { compareText, groupOf } from './networks.ts';

/** What narrows the table. An absent part narrows nothing. */
export interface Narrowing {
  /** Words that a row has to hold, every one of them, whatever their case. */
  readonly words: string;
  readonly group: StateGroup | undefined;
  /** A CNI type; '' for the networks that name none. */
  readonly type: string | undefined;
  readonly namespace: string | undefined;
}

export interface Narrowed {
  /** In the order of the rows that were looked through. */
  readonly rows: readonly NetworkRow[];
  /** How many there would be with another group, type or namespace, and the rest of the narrowing as it is. */
  readonly groups: Readonly<Record<StateGroup, number>>;
  readonly types: Counts;
  readonly namespaces: Counts;
}

export type Counts = ReadonlyMap<string, number>;

export function isNarrowing({ words, group, type, namespace }: Narrowing): boolean {
  return words.trim() !== '' || group !== undefined || type !== undefined || namespace !== undefined;
}

const SEPARATOR = /\s+/;

/** Looks through all rows once: which ones match, and how many would if one part were another. */
export function narrowRows(all: readonly NetworkRow[], narrowing: Narrowing): Narrowed {
  const words = narrowing.words.toLowerCase().split(SEPARATOR).filter(Boolean);
  const rows: NetworkRow[] = [];
  const groups = { attention: 0, missing: 0, deleting: 0, inUse: 0, unused: 0, letGo: 0 };
  const types = new Map<string, number>();
  const namespaces = new Map<string, number>();
  for (const row of all) {
    const { type = '', namespace } = row.network;
    const group = groupOf(row);
    // Every type and namespace is offered, with as many as there are: often none.
    const isOfGroup = narrowing.group === undefined || narrowing.group === group;
    const isOfType = narrowing.type === undefined || narrowing.type === type;
    const isOfNamespace = narrowing.namespace === undefined || narrowing.namespace === namespace;
    const holds = holdsAll(row.network, words);
    if (holds && isOfType && isOfNamespace) groups[group] += 1;
    add(types, type, holds && isOfGroup && isOfNamespace);
    add(namespaces, namespace, holds && isOfGroup && isOfType);
    if (holds && isOfGroup && isOfType && isOfNamespace) rows.push(row);
  }
  return { rows: rows.length === all.length ? all : rows, groups, types, namespaces };
}

/** By name. */
export function sortCounts(counts: Counts): readonly (readonly [string, number])[] {
  return [...counts].sort(([a], [b]) => compareText(a, b));
}

function add(counts: Map<string, number>, value: string, isCounted: boolean): void {
  counts.set(value, (counts.get(value) ?? 0) + (isCounted ? 1 : 0));
}

/** What words are looked for in, by the network: made once for each. */
const texts = new WeakMap<NetworkView, string>();

function holdsAll(network: NetworkView, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  let text = texts.get(network);
  if (text === undefined) {
    const { namespace, name, summary = '', managedBy = '' } = network;
    text = `${namespace}/${name} ${summary} ${managedBy}`.toLowerCase();
    texts.set(network, text);
  }
  return words.every((word) => text.includes(word));
}
