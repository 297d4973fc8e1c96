import { useMemo, useState } from 'react';
import { createOrderKeeper } from '../../state/network-order.ts';
import type { NetworkRow } from '../../state/networks.ts';
import { compareByUrgency, createRowKeeper, newestEntries } from '../../state/networks.ts';
import type { Scope } from '../../state/view-state.ts';
import { useNow, useWindowState } from '../../state/window.tsx';

/** The rows of the contexts that are looked at, as they change, the most urgent first. */
export function useNetworkRows({ isAll, contexts }: Scope): readonly NetworkRow[] {
  const networks = useWindowState((state) => state.networks);
  const journal = useWindowState((state) => state.journal);
  const now = useNow();
  const newest = useMemo(() => newestEntries(journal), [journal]);
  const [keepRows] = useState(createRowKeeper);
  const [keepOrder] = useState(createOrderKeeper);
  // Contexts change with each count; which ones they are hardly ever does.
  const ids = isAll ? '*' : contexts.map(({ id }) => id).join('\0');
  return useMemo(() => {
    const chosen = ids === '*' ? undefined : new Set(ids.split('\0'));
    return keepOrder(keepRows(networks, newest, chosen, now), compareByUrgency);
  }, [keepRows, keepOrder, networks, newest, ids, now]);
}
