import { useMemo } from 'react';
import type { NetworkRow } from '../../state/networks.ts';
import { networkRows, newestEntries } from '../../state/networks.ts';
import type { Scope } from '../../state/view-state.ts';
import { useNow, useWindowState } from '../../state/window.tsx';

/** The rows of the contexts that are looked at, as they change. */
export function useNetworkRows({ isAll, contexts }: Scope): readonly NetworkRow[] {
  const networks = useWindowState((state) => state.networks);
  const journal = useWindowState((state) => state.journal);
  const now = useNow();
  const newest = useMemo(() => newestEntries(journal), [journal]);
  // Contexts change with each count; which ones they are hardly ever does.
  const ids = isAll ? '*' : contexts.map(({ id }) => id).join('\0');
  return useMemo(() => {
    const chosen = ids === '*' ? undefined : new Set(ids.split('\0'));
    return networkRows(networks, newest, chosen, now);
  }, [networks, newest, ids, now]);
}
