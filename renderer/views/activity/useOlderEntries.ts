import { useEffect, useState } from 'react';
import { MOST_JOURNAL_ENTRIES } from '../../../main/contract/journal.ts';
import { useCommand, useWindowModel, useWindowState } from '../../state/window.tsx';

const PAGE_ENTRIES = 500;

export type Reading = 'reading' | 'complete' | 'failed';

/** Reads the rest of the journal, page by page, so that what is counted and searched is all there is. */
export function useOlderEntries(): { readonly reading: Reading; readonly retry: () => void } {
  const { feed } = useWindowModel();
  const command = useCommand();
  const oldest = useWindowState(({ journal }) => journal.at(-1)?.id);
  const count = useWindowState(({ journal }) => journal.length);
  /** The id of the entry that has none before it. */
  const [first, setFirst] = useState<number>();
  /** Before which entry the answer was a failure. */
  const [failedAt, setFailedAt] = useState<number>();
  const isComplete =
    oldest === undefined || count >= MOST_JOURNAL_ENTRIES || (first !== undefined && oldest <= first);
  const isFailed = failedAt === oldest;
  useEffect(() => {
    if (isComplete || isFailed) return;
    let isOver = false;
    void command('journal', { before: oldest, limit: PAGE_ENTRIES }).then((reply) => {
      if (isOver) return;
      if (!reply.ok) {
        setFailedAt(oldest);
        return;
      }
      if (reply.value.length < PAGE_ENTRIES) setFirst(reply.value.at(-1)?.id ?? oldest);
      feed.addOlderEntries(reply.value);
    });
    return () => {
      isOver = true;
    };
  }, [oldest, isComplete, isFailed, command, feed]);
  if (isComplete) return { reading: 'complete', retry: () => {} };
  return { reading: isFailed ? 'failed' : 'reading', retry: () => setFailedAt(undefined) };
}
