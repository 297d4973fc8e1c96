import type { ColumnName } from '../../state/network-order.ts';
import { COLUMN_NAMES } from '../../state/network-order.ts';

/** Columns that cannot be left out. */
const FIXED: readonly ColumnName[] = ['network', 'state'];
/** What the table has by itself. */
const AT_FIRST: readonly ColumnName[] = ['context', 'kind', 'pods', 'workloads', 'managedBy', 'age'];
/** The last ones go first where there is no room for all. */
const BY_WEIGHT: readonly ColumnName[] = [
  ...FIXED,
  'pods',
  'context',
  'type',
  'parent',
  'kind',
  'workloads',
  'age',
  'managedBy',
];

export interface ColumnOffer {
  /** Several contexts are looked at. */
  readonly hasContexts: boolean;
  /** There is a network that somebody manages. */
  readonly hasManagers: boolean;
}

/** The columns that can be chosen. */
export function offeredColumns({ hasContexts }: ColumnOffer): readonly ColumnName[] {
  return COLUMN_NAMES.filter((name) => !FIXED.includes(name) && (hasContexts || name !== 'context'));
}

/** The chosen ones of the columns that can be chosen: those of the address, or those that there are at first. */
export function chosenColumns(address: string | undefined, offer: ColumnOffer): readonly ColumnName[] {
  const names = address?.split(',') ?? columnsAtFirst(offer);
  return offeredColumns(offer).filter((name) => names.includes(name));
}

/** For the address; undefined where they are as at first. */
export function writeColumns(
  chosen: readonly ColumnName[],
  before: string | undefined,
  offer: ColumnOffer,
): string | undefined {
  const atFirst = columnsAtFirst(offer).filter((name) => offeredColumns(offer).includes(name));
  if (atFirst.length === chosen.length && atFirst.every((name) => chosen.includes(name))) return undefined;
  // What is not offered at the moment stays as it was.
  const hidesContext = before !== undefined && !before.split(',').includes('context');
  const others: readonly ColumnName[] = offer.hasContexts || hidesContext ? [] : ['context'];
  return [...others, ...chosen].join(',');
}

function columnsAtFirst({ hasManagers }: ColumnOffer): readonly ColumnName[] {
  return AT_FIRST.filter((name) => hasManagers || name !== 'managedBy');
}

interface Sized {
  readonly name: ColumnName;
  readonly leastPx: number;
}

/** The columns for which there is room, in the order given. Fixed ones are among them whatever the room. */
export function fitColumns<Column extends Sized>(
  columns: readonly Column[],
  roomPx: number,
  gapPx: number,
): readonly Column[] {
  const byWeight = columns.toSorted((a, b) => BY_WEIGHT.indexOf(a.name) - BY_WEIGHT.indexOf(b.name));
  const fitting = new Set<ColumnName>();
  let leftPx = roomPx;
  for (const { name, leastPx } of byWeight) {
    if (leastPx + gapPx > leftPx && !FIXED.includes(name)) continue;
    fitting.add(name);
    leftPx -= leastPx + gapPx;
  }
  return columns.filter(({ name }) => fitting.has(name));
}

export function isFixed(name: ColumnName): boolean {
  return FIXED.includes(name);
}
