import { useCallback, useEffect, useMemo, useState } from 'react';
import type { NetworkView } from '../../../main/contract/networks.ts';
import type { NetworkRow } from '../../state/networks.ts';
import { actionsFor } from '../../state/networks.ts';
import { useLatest } from '../../state/useLatest.ts';
import type { NetworkKey } from '../../state/window-state.ts';

export interface SelectionCounts {
  readonly all: number;
  /** By the filters. */
  readonly hidden: number;
  readonly restorable: number;
}

export interface SelectedNetworks {
  readonly keys: ReadonlySet<NetworkKey>;
  readonly counts: SelectionCounts;
  /** The networks themselves: those that are shown first, as they are ordered. */
  readonly read: () => readonly NetworkView[];
  readonly select: (keys: ReadonlySet<NetworkKey>) => void;
  readonly clear: () => void;
}

/**
 * Which networks are selected: those that filters hide stay so, those that are gone or no longer looked at do not.
 *
 * @param rows of all contexts that are looked at
 * @param shown those that match the filters, as they are ordered
 */
export function useSelectedNetworks(
  rows: readonly NetworkRow[],
  shown: readonly NetworkRow[],
): SelectedNetworks {
  const [keys, select] = useState<ReadonlySet<NetworkKey>>(NONE);
  const clear = useCallback(() => select(NONE), []);
  const known = useMemo(() => rowsOf(rows, keys), [rows, keys]);
  const visible = useMemo(() => rowsOf(shown, keys), [shown, keys]);
  useEffect(() => {
    if (known.length < keys.size) select(new Set(known.map(({ key }) => key)));
  }, [known, keys]);
  const latest = useLatest({ known, visible });
  const read = useCallback(() => {
    const first = new Set(latest().visible);
    return [...first, ...latest().known.filter((row) => !first.has(row))].map(({ network }) => network);
  }, [latest]);
  const counts = {
    all: known.length,
    hidden: known.length - visible.length,
    restorable: known.filter(({ network }) => canBeRestored(network)).length,
  };
  return { keys, counts, read, select, clear };
}

export function canBeRestored({ state }: NetworkView): boolean {
  return actionsFor(state).restore;
}

const NONE: ReadonlySet<NetworkKey> = new Set();

function rowsOf(rows: readonly NetworkRow[], keys: ReadonlySet<NetworkKey>): readonly NetworkRow[] {
  return keys.size === 0 ? NO_ROWS : rows.filter(({ key }) => keys.has(key));
}

const NO_ROWS: readonly NetworkRow[] = [];
