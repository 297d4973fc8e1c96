import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { type JournalEntry, journalEntrySchema, MOST_JOURNAL_ENTRIES } from '../contract/journal.ts';
import { type StoreClass, type StoreClock, StoredDocument, type StoreOptions } from './document.ts';

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

/**
 * From the first entry that is not on disk until all are written. The store class writes the whole file and waits
 * for the disk, some thirty milliseconds in which no network could be brought back: so never right after an entry, and
 * one write for all that happened in this time.
 */
const WRITE_DELAY_MS = 1_000;

/**
 * Reads `journal.json` in the directory. A file that cannot be used is put aside and told as a notice; so is one
 * with entries, or parts of entries, that this version cannot use, and the others are kept. Never throws.
 */
export function createJournalStore(StoreClass: StoreClass, options: StoreOptions): JournalStore {
  const document = new StoredDocument(StoreClass, { name: 'journal', migrations: [] }, options);
  return new StoredJournal(document, options.clock);
}

class StoredJournal implements JournalStore {
  readonly #document: StoredDocument;
  readonly #clock: StoreClock;
  readonly #entries: JournalEntry[];
  #nextId: number;
  /** Set while entries wait to be written. */
  #cancelWrite: (() => void) | undefined;

  constructor(document: StoredDocument, clock: StoreClock) {
    this.#document = document;
    this.#clock = clock;
    this.#entries = readEntries(document);
    this.#nextId = (this.#entries.at(-1)?.id ?? 0) + 1;
  }

  append(entry: NewJournalEntry): JournalEntry {
    const appended = { id: this.#nextId, ...entry };
    this.#nextId += 1;
    this.#entries.push(appended);
    if (this.#entries.length > MOST_JOURNAL_ENTRIES) this.#entries.shift();
    this.#cancelWrite ??= this.#clock.after(WRITE_DELAY_MS, () => this.flush());
    return appended;
  }

  newest(limit: number): readonly JournalEntry[] {
    return this.#endingAt(this.#entries.length, limit);
  }

  before(id: number, limit: number): readonly JournalEntry[] {
    return this.#endingAt(this.#entries.findLastIndex((entry) => entry.id < id) + 1, limit);
  }

  all(): readonly JournalEntry[] {
    return this.#entries.slice();
  }

  flush(): void {
    if (this.#cancelWrite === undefined) return;
    this.#cancelWrite();
    this.#cancelWrite = undefined;
    this.#document.write({ entries: this.#entries });
  }

  #endingAt(end: number, limit: number): readonly JournalEntry[] {
    return this.#entries.slice(Math.max(0, end - limit), end).reverse();
  }
}

/** Takes what it knows of an entry; journalEntrySchema itself refuses keys that it does not know. */
const knownPartSchema = z.object(journalEntrySchema.shape);

function readEntries(document: StoredDocument): JournalEntry[] {
  const content = document.read();
  if (content === undefined) return [];
  const stored: readonly unknown[] = Array.isArray(content.entries) ? content.entries : [];
  const entries: JournalEntry[] = [];
  for (const each of stored) {
    const { data } = knownPartSchema.safeParse(each);
    if (data !== undefined && data.id > (entries.at(-1)?.id ?? -1)) entries.push(data);
  }
  if (!isDeepStrictEqual(entries, content.entries)) {
    document.putAside(
      'has entries that this NetKeeper cannot read in full',
      `${entries.length} of ${stored.length} were kept`,
    );
    document.write({ entries });
  }
  return entries.slice(-MOST_JOURNAL_ENTRIES);
}
