import type { JournalEntry, JournalEvent } from '../../../main/contract/journal.ts';
import type { Story } from '../../state/stories.ts';

/** From `startMs` until just before `endMs`, in ms since the epoch. */
export interface TimeRange {
  readonly startMs: number;
  readonly endMs: number;
}

/** What the person wants to see; absent parts narrow nothing. */
export interface ActivityFilter {
  readonly kind?: JournalEvent | undefined;
  /** All of these are in the network's name, its context's or the message. */
  readonly words?: string | undefined;
  readonly range?: TimeRange | undefined;
}

const SEPARATOR = /\s+/;

/** The stories that a filter leaves. A kind that only led to something gives entries of its own. */
export function narrow(stories: readonly Story[], filter: ActivityFilter): readonly Story[] {
  const { kind, range } = filter;
  const words = (filter.words ?? '').toLowerCase().split(SEPARATOR).filter(Boolean);
  const ofKind = kind === undefined ? stories : storiesOfKind(stories, kind);
  if (words.length === 0 && range === undefined) return ofKind;
  return ofKind.filter((story) => isWithin(story.entry, range) && hasWords(story, words));
}

function storiesOfKind(stories: readonly Story[], kind: JournalEvent): readonly Story[] {
  const found = stories.flatMap((story) => {
    if (story.entry.event === kind) return [story];
    return story.before.filter(({ event }) => event === kind).map((entry) => ({ entry, before: [] }));
  });
  return found.sort((a, b) => b.entry.id - a.entry.id);
}

function isWithin({ time }: JournalEntry, range: TimeRange | undefined): boolean {
  if (range === undefined) return true;
  const atMs = Date.parse(time);
  return atMs >= range.startMs && atMs < range.endMs;
}

function hasWords({ entry, before }: Story, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const messages = [entry, ...before].map(({ message }) => message).join(' ');
  const hay = `${entry.namespace}/${entry.name} ${entry.contextName} ${messages}`.toLowerCase();
  return words.every((word) => hay.includes(word));
}
