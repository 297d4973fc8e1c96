import { useMemo } from 'react';
import type { NetworkRow } from '../../state/networks.ts';
import { networkRows, newestEntries } from '../../state/networks.ts';
import { useNow, useWindowState } from '../../state/window.tsx';

/** The rows of one context, or of all, as they change. */
export function useNetworkRows(context: string | undefined): readonly NetworkRow[] {
  const networks = useWindowState((state) => state.networks);
  const journal = useWindowState((state) => state.journal);
  const now = useNow();
  const newest = useMemo(() => newestEntries(journal), [journal]);
  return useMemo(() => networkRows(networks, newest, context, now), [networks, newest, context, now]);
}
