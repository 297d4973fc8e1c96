import type { JournalEntry, JournalEvent } from '../../main/contract/journal.ts';
import { networkKey } from './window-state.ts';

/** One happening: what came of it, and the entries that led to it within seconds. */
export interface Story {
  readonly entry: JournalEntry;
  /** The newest first; mostly the deletion, or nothing. */
  readonly before: readonly JournalEntry[];
}

/** A deletion and what came of it are this close; an owner has ten seconds to make a network again itself. */
const TOGETHER_MS = 15_000;

/** Of one deletion, what follows on what. Events that are not here stand for themselves. */
const RANK: Readonly<Partial<Record<JournalEvent, number>>> = {
  deleting: 0,
  deleted: 1,
  restored: 2,
  asked: 2,
  letGo: 2,
  held: 2,
  failed: 2,
};

/** Joins deletions to what came of them. Takes and gives the newest first. */
export function storiesOf(entries: readonly JournalEntry[]): readonly Story[] {
  const stories: { entry: JournalEntry; before: JournalEntry[] }[] = [];
  const newest = new Map<string, (typeof stories)[number]>();
  for (const entry of entries) {
    const key = networkKey(entry);
    const story = newest.get(key);
    if (story !== undefined && leadsTo(entry, story.before.at(-1) ?? story.entry)) {
      story.before.push(entry);
      continue;
    }
    const started = { entry, before: [] };
    stories.push(started);
    newest.set(key, started);
  }
  return stories;
}

function leadsTo(older: JournalEntry, newer: JournalEntry): boolean {
  const isNext = (RANK[older.event] ?? 2) < (RANK[newer.event] ?? 0);
  return isNext && Date.parse(newer.time) - Date.parse(older.time) <= TOGETHER_MS;
}
