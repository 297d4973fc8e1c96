import { useCallback, useEffect, useMemo, useState } from 'react';
import type { NetworkView } from '../../../main/contract/networks.ts';
import type { NetworkRow } from '../../state/networks.ts';
import type { NetworkKey } from '../../state/window-state.ts';

/**
 * Which networks are selected: those that filters hide stay so, those that are gone or no longer looked at do not.
 *
 * @param rows of all contexts that are looked at
 * @param shown those that match the filters, as they are ordered
 */
export function useSelectedNetworks(
  rows: readonly NetworkRow[],
  shown: readonly NetworkRow[],
): {
  readonly keys: ReadonlySet<NetworkKey>;
  readonly networks: readonly NetworkView[];
  readonly hiddenCount: number;
  readonly select: (keys: ReadonlySet<NetworkKey>) => void;
  readonly clear: () => void;
} {
  const [selected, select] = useState<ReadonlySet<NetworkKey>>(NONE);
  const clear = useCallback(() => select(NONE), []);
  const known = useMemo(() => rowsOf(rows, selected), [rows, selected]);
  useEffect(() => {
    if (known.length < selected.size) select(new Set(known.map(({ key }) => key)));
  }, [known, selected]);
  return useMemo(() => {
    const visible = rowsOf(shown, selected);
    const isVisible = new Set(visible);
    const hidden = known.filter((row) => !isVisible.has(row));
    const networks = [...visible, ...hidden].map(({ network }) => network);
    return { keys: selected, networks, hiddenCount: hidden.length, select, clear };
  }, [known, shown, selected, clear]);
}

const NONE: ReadonlySet<NetworkKey> = new Set();

function rowsOf(rows: readonly NetworkRow[], keys: ReadonlySet<NetworkKey>): readonly NetworkRow[] {
  return keys.size === 0 ? [] : rows.filter(({ key }) => keys.has(key));
}
