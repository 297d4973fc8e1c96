import type { JournalEntry, JournalEvent } from '../../main/contract/journal.ts';
import type { Settings } from '../../main/contract/settings.ts';
import { storiesOf } from '../state/stories.ts';
import { networkKey } from '../state/window-state.ts';

/** What one toast is about: an entry, or many that came at once (the newest first). */
export type ToastItem =
  | { readonly about: 'entry'; readonly entry: JournalEntry }
  | { readonly about: 'burst'; readonly entries: readonly JournalEntry[] };

export const MOST_TOASTS = 3;
/** More than these at once are told in one toast. */
const MOST_AT_ONCE = 5;

/** What came of a deletion follows at once, and what was let go is nobody's concern any more. */
const NO_NEWS: ReadonlySet<JournalEvent> = new Set(['deleted', 'letGo']);

/** Whether a person wants to be told; the same settings hold for the notifications of the desktop. */
export function isNews({ event, context }: JournalEntry, { notifications, contexts }: Settings): boolean {
  if (NO_NEWS.has(event)) return false;
  if (!notifications.isOn || notifications.doNotDisturb) return false;
  if (contexts[context]?.isMuted) return false;
  return !notifications.mutedEvents.some((muted) => muted === event);
}

/**
 * The toasts (the newest first) after entries arrived (the oldest first) that a person wants to be told of. One
 * network has one toast at most; a burst takes in what comes while it is shown.
 */
export function itemsAfter(
  shown: readonly ToastItem[],
  arrived: readonly JournalEntry[],
): readonly ToastItem[] {
  if (arrived.length === 0) return shown;
  const news = storiesOf(arrived.toReversed()).map(({ entry }) => entry);
  const burst = shown.find((item) => item.about === 'burst');
  if (burst !== undefined || news.length > MOST_AT_ONCE) {
    const others = shown.filter((item) => item !== burst);
    return [{ about: 'burst' as const, entries: [...news, ...(burst?.entries ?? [])] }, ...others].slice(
      0,
      MOST_TOASTS,
    );
  }
  const items = news.map((entry) => ({ about: 'entry' as const, entry }));
  const newest = [...items, ...shown].filter(
    (item, index, all) => all.findIndex(isAboutSame(item)) === index,
  );
  return newest.slice(0, MOST_TOASTS);
}

function isAboutSame(item: ToastItem): (other: ToastItem) => boolean {
  return (other) =>
    other === item ||
    (item.about === 'entry' && other.about === 'entry' && networkKey(other.entry) === networkKey(item.entry));
}

/** Of entries that came at once, what they have in common. */
export interface BurstSummary {
  /** What happened, if it was the same to all. */
  readonly event: JournalEvent | undefined;
  /** The most urgent. */
  readonly mark: JournalEvent;
  readonly networks: number;
  /** Of the newest entry in each. */
  readonly contexts: readonly JournalEntry[];
}

const URGENCY: readonly JournalEvent[] = [
  'failed',
  'held',
  'asked',
  'missing',
  'deleting',
  'restored',
  'stray',
];

export function summariseBurst(entries: readonly JournalEntry[]): BurstSummary {
  const events = new Set(entries.map(({ event }) => event));
  const mark = URGENCY.find((event) => events.has(event)) ?? 'deleted';
  return {
    event: events.size === 1 ? mark : undefined,
    mark,
    networks: new Set(entries.map(networkKey)).size,
    contexts: [...new Map(entries.toReversed().map((entry) => [entry.context, entry])).values()],
  };
}
