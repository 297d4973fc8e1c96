import { useEffect, useEffectEvent } from 'react';
import type { JournalEntry } from '../../main/contract/journal.ts';
import type { Feed } from './feed.ts';
import { useWindowModel } from './window.tsx';

/**
 * Calls with the entries of each update, the oldest first; not with what is there already. Straight from the feed:
 * of several updates that come between two renderings, a component sees only the last.
 */
export function useArrivals(take: (entries: readonly JournalEntry[]) => void): void {
  const { feed } = useWindowModel();
  const onArrival = useEffectEvent(take);
  useEffect(() => {
    let last = arrivedIn(feed);
    return feed.subscribe(() => {
      const arrived = arrivedIn(feed);
      if (arrived === last) return;
      last = arrived;
      if (arrived.length > 0) onArrival(arrived);
    });
  }, [feed]);
}

const NONE: readonly JournalEntry[] = [];

function arrivedIn(feed: Feed): readonly JournalEntry[] {
  const current = feed.current();
  return current.status === 'ready' ? current.state.arrived : NONE;
}
