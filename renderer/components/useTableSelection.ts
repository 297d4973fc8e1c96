import { useMemo, useRef } from 'react';
import type { KeyedRow, Selection } from './VirtualTable.tsx';

/** How many of the rows are selected. */
export type Extent = 'none' | 'some' | 'all';

export interface TableSelection {
  readonly extent: Extent;
  readonly toggle: (key: string) => void;
  /** Selects the rows from where the range began to this one, and no longer those of the range before. */
  readonly extendTo: (key: string) => void;
  /** The next range begins at the row that is active then. */
  readonly startAnew: () => void;
  readonly all: () => void;
  readonly none: () => void;
}

/** Selecting rows one by one, by ranges and all at once; undefined where rows cannot be selected. */
export function useTableSelection(
  rows: readonly KeyedRow[],
  selection: Selection | undefined,
  activeKey: string | undefined,
): TableSelection | undefined {
  /** Where a range began, and what was selected besides. */
  const range = useRef<{ readonly from: string; readonly besides: ReadonlySet<string> }>(undefined);
  const extent = useMemo(() => extentOf(rows, selection?.keys), [rows, selection?.keys]);
  if (selection === undefined) return undefined;
  const { keys: selected, select } = selection;
  return {
    extent,
    toggle: (key) => {
      const keys = new Set(selected);
      if (!keys.delete(key)) keys.add(key);
      range.current = { from: key, besides: keys };
      select(keys);
    },
    extendTo: (key) => {
      range.current ??= { from: activeKey ?? key, besides: selected };
      const { from, besides } = range.current;
      select(new Set([...besides, ...keysBetween(rows, from, key)]));
    },
    startAnew: () => {
      range.current = undefined;
    },
    all: () => {
      range.current = undefined;
      select(new Set([...selected, ...rows.map(({ key }) => key)]));
    },
    none: () => {
      range.current = undefined;
      select(new Set());
    },
  };
}

function extentOf(rows: readonly KeyedRow[], selected: ReadonlySet<string> | undefined): Extent {
  if (selected === undefined || selected.size === 0) return 'none';
  return rows.every(({ key }) => selected.has(key)) ? 'all' : 'some';
}

function keysBetween(rows: readonly KeyedRow[], from: string, to: string): readonly string[] {
  const ends = [from, to].map((key) => rows.findIndex((row) => row.key === key));
  const first = Math.min(...ends);
  // Where the range began is no longer in sight.
  if (first < 0) return [to];
  return rows.slice(first, Math.max(...ends) + 1).map(({ key }) => key);
}
