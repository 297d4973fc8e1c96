import type { NetworkRow } from './networks.ts';
import { compareByUrgency, compareText, urgencyOf } from './networks.ts';

/** The columns of the table, in the order in which they stand. */
export const COLUMN_NAMES = [
  'network',
  'state',
  'context',
  'kind',
  'type',
  'parent',
  'pods',
  'workloads',
  'managedBy',
  'age',
] as const;
export type ColumnName = (typeof COLUMN_NAMES)[number];

/** What a person ordered the table by; without one the most urgent come first. */
export interface Order {
  readonly column: ColumnName;
  readonly isDescending: boolean;
}

export type Compare = (a: NetworkRow, b: NetworkRow) => number;

/** `pods` or `-pods`, as the address has it; undefined for what is no column. */
export function readOrder(text: string | undefined): Order | undefined {
  const isDescending = text?.startsWith('-') ?? false;
  const column = COLUMN_NAMES.find((name) => name === (isDescending ? text?.slice(1) : text));
  return column === undefined ? undefined : { column, isDescending };
}

export function writeOrder({ column, isDescending }: Order): string {
  return isDescending ? `-${column}` : column;
}

/** After a column was asked for once more: one way, the other way, and as it is by itself. */
export function nextOrder(order: Order | undefined, column: ColumnName): Order | undefined {
  const first = { column, isDescending: startsWithMost(column) };
  if (order?.column !== column) return first;
  return order.isDescending === first.isDescending
    ? { column, isDescending: !first.isDescending }
    : undefined;
}

/** Who asks for an order by numbers looks for the large ones. */
function startsWithMost(column: ColumnName): boolean {
  return column === 'pods' || column === 'workloads';
}

/**
 * Compares rows by a column, and by namespace and name where that is the same. Rows that have nothing there come
 * last, whichever way the others go.
 *
 * @param contextLabel what a context is called in the window
 */
export function compareBy(order: Order | undefined, contextLabel: (id: string) => string): Compare {
  if (order === undefined) return compareByUrgency;
  if (order.column === 'network') return order.isDescending ? (a, b) => compareByName(b, a) : compareByName;
  const readValue = VALUES[order.column](contextLabel);
  const sign = order.isDescending ? -1 : 1;
  return (a, b) => sign * compareValues(readValue(a), readValue(b), sign) || compareByName(a, b);
}

type Value = string | number | undefined;

const VALUES: Readonly<
  Record<Exclude<ColumnName, 'network'>, (contextLabel: (id: string) => string) => (row: NetworkRow) => Value>
> = {
  state: () => urgencyOf,
  context: (contextLabel) => (row) => contextLabel(row.network.context),
  kind: () => (row) => row.network.summary,
  type: () => (row) => row.network.type,
  parent: () => (row) => row.network.parent,
  pods: () => (row) => row.network.pods,
  workloads: () => (row) => row.network.workloads,
  managedBy: () => (row) => row.network.managedBy,
  age: () => (row) => youth(row.network.createdAt),
};

/** Less for who is younger. */
function youth(createdAt: string | undefined): number | undefined {
  const createdMs = Date.parse(createdAt ?? '');
  return Number.isFinite(createdMs) ? -createdMs : undefined;
}

/** @param sign by which the result is going to be multiplied */
function compareValues(a: Value, b: Value, sign: 1 | -1): number {
  if (a === b) return 0;
  if (a === undefined) return sign;
  if (b === undefined) return -sign;
  return a < b ? -1 : 1;
}

function compareByName(a: NetworkRow, b: NetworkRow): number {
  return (
    compareText(a.network.namespace, b.network.namespace) ||
    compareText(a.network.name, b.network.name) ||
    compareText(a.network.context, b.network.context)
  );
}

/** Puts rows in order, as `toSorted` does, and remembers the last result to be quick about the next one. */
export type OrderKeeper = (rows: readonly NetworkRow[], compare: Compare) => readonly NetworkRow[];

/**
 * An order keeper that sorts only the rows that were not there the last time: ten times a second a hundred of
 * thousands change.
 */
export function createOrderKeeper(): OrderKeeper {
  let last: { readonly rows: readonly NetworkRow[]; readonly compare: Compare } | undefined;
  let ordered: readonly NetworkRow[] = [];
  return (rows, compare) => {
    if (last?.rows === rows && last.compare === compare) return ordered;
    ordered = last?.compare === compare ? withChanges(ordered, rows, compare) : rows.toSorted(compare);
    last = { rows, compare };
    return ordered;
  };
}

function withChanges(
  before: readonly NetworkRow[],
  rows: readonly NetworkRow[],
  compare: Compare,
): readonly NetworkRow[] {
  const isNew = new Set(rows);
  const kept = before.filter((row) => isNew.delete(row));
  if (isNew.size === 0 && kept.length === before.length) return before;
  return merge(kept, [...isNew].sort(compare), compare);
}

/** Two lists in order as one. Only a few are in `added`, so each looks for its place by halving. */
function merge(
  kept: readonly NetworkRow[],
  added: readonly NetworkRow[],
  compare: Compare,
): readonly NetworkRow[] {
  const parts: (readonly NetworkRow[])[] = [];
  let from = 0;
  for (const row of added) {
    const place = placeOf(row, kept, from, compare);
    parts.push(kept.slice(from, place), [row]);
    from = place;
  }
  return parts.concat([kept.slice(from)]).flat();
}

/** The index, at least `from`, before which the row belongs. */
function placeOf(row: NetworkRow, rows: readonly NetworkRow[], from: number, compare: Compare): number {
  let [low, high] = [from, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = rows[middle];
    if (other !== undefined && compare(other, row) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
