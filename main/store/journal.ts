import type { JournalEntry } from '../contract/journal.ts';

export type NewJournalEntry = Omit<JournalEntry, 'id'>;

/** What happened: the last MOST_JOURNAL_ENTRIES entries, in the order in which they were appended. */
export interface JournalStore {
  /** Gives the entry its id, one more than the last one's, also across restarts. Does not wait for the disk. */
  append(entry: NewJournalEntry): JournalEntry;
  /** At most `limit` entries, the newest first. */
  newest(limit: number): readonly JournalEntry[];
  /** At most `limit` entries older than the id, the newest first. */
  before(id: number, limit: number): readonly JournalEntry[];
  /** Oldest first. */
  all(): readonly JournalEntry[];
  /** Writes at once what is not on disk yet; the last thing a host does with a journal. Never throws. */
  flush(): void;
}
