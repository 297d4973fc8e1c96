import type { Clock } from '../cluster/clock.ts';
import type { JournalEntry } from '../contract/journal.ts';
import type { Settings } from '../contract/settings.ts';
import type { NotificationKind, NotificationText } from './notification-texts.ts';
import { notificationText } from './notification-texts.ts';

/** Why an entry did not pop up. `notNews`: it was told before, or is nothing to be told of. */
export type SilenceReason = 'notNews' | 'off' | 'doNotDisturb' | 'contextMuted' | 'kindMuted';

/** What became of a notification. */
export type NotificationOutcome =
  | { readonly status: 'shown' }
  | { readonly status: 'silent'; readonly reason: SilenceReason }
  /** The desktop has no notifications, or refused this one, as macOS does for programs that are not signed. */
  | { readonly status: 'failed'; readonly reason: string };

export interface NotifierOptions {
  readonly clock: Clock;
  readonly settings: () => Settings;
  readonly show: (text: NotificationText) => void;
}

/** Entries of one kind and context that wait for their turn. */
interface Group {
  readonly key: string;
  readonly kind: NotificationKind;
  readonly context: string;
  readonly entries: [JournalEntry, ...JournalEntry[]];
  readonly dueAt: number;
}

/** What happens in one context in this time is told together. */
const GATHER_MS = 2_000;
/** Between two notifications. */
const PAUSE_MS = 5_000;

/** What is shown first where several wait: the first of these. */
const URGENCY: readonly NotificationKind[] = [
  'failed',
  'held',
  'asked',
  'missing',
  'missed',
  'restored',
  'stray',
];
/** States that last: said again only after something else was said of that network. */
const LASTING: ReadonlySet<string> = new Set(['asked', 'held', 'failed', 'missing']);

/**
 * Decides which journal entries pop up, when, and how many together. The first one after a quiet time is shown at
 * once; those that follow are gathered, and at most one notification is shown every five seconds.
 */
export class Notifier {
  readonly #options: NotifierOptions;
  readonly #groups = new Map<string, Group>();
  /** By network, the lasting state that was told of it. */
  readonly #lasting = new Map<string, string>();
  #lastShownAt = Number.NEGATIVE_INFINITY;
  #lastKey: string | undefined;
  #cancel: () => void = () => {};

  constructor(options: NotifierOptions) {
    this.#options = options;
  }

  /** Takes an entry. Gives why it will not pop up, or undefined: it does, now or soon. */
  add(entry: JournalEntry): SilenceReason | undefined {
    const kind = this.#kindOf(entry);
    const reason = kind === undefined ? 'notNews' : this.#silence(entry, kind);
    if (kind === undefined || reason !== undefined) return reason;
    this.#gather(kind, entry);
    this.#showDue();
    return undefined;
  }

  #kindOf(entry: JournalEntry): NotificationKind | undefined {
    const { event, missed, by } = entry;
    const network = JSON.stringify([entry.context, entry.namespace, entry.name]);
    if (event === 'deleting' || event === 'deleted') {
      // A relist finds a network gone that is known to be gone; a deletion seen live is a new one.
      if (missed !== true) this.#lasting.delete(network);
      return undefined;
    }
    const wasTold = this.#lasting.get(network) === event;
    if (LASTING.has(event)) this.#lasting.set(network, event);
    else this.#lasting.delete(network);
    if (wasTold || event === 'letGo' || (event === 'restored' && by === 'other')) return undefined;
    return missed === true ? 'missed' : event;
  }

  #silence(entry: JournalEntry, kind: NotificationKind): SilenceReason | undefined {
    const { notifications, contexts } = this.#options.settings();
    const { event } = entry;
    if (!notifications.isOn) return 'off';
    if (notifications.doNotDisturb) return 'doNotDisturb';
    if (contexts[entry.context]?.isMuted) return 'contextMuted';
    if (notifications.mutedEvents.some((muted) => muted === kind || muted === event)) return 'kindMuted';
    return undefined;
  }

  #gather(kind: NotificationKind, entry: JournalEntry): void {
    const key = `${kind} ${entry.context}`;
    const group = this.#groups.get(key);
    if (group !== undefined) {
      group.entries.push(entry);
      return;
    }
    const { clock, settings } = this.#options;
    const now = clock.now();
    const isQuiet = now - this.#lastShownAt >= PAUSE_MS;
    const dueAt = isQuiet && kind !== 'missed' ? now : now + GATHER_MS;
    const context = settings().contexts[entry.context]?.label ?? entry.contextName;
    this.#groups.set(key, { key, kind, context, entries: [entry], dueAt });
  }

  #showDue(): void {
    this.#cancel();
    const { clock } = this.#options;
    const now = clock.now();
    const mayShowAt = this.#lastShownAt + PAUSE_MS;
    const due = mostUrgent([...this.#groups.values()].filter(({ dueAt }) => dueAt <= now));
    if (due !== undefined && mayShowAt <= now) this.#show(due, now);
    if (this.#groups.size === 0) return;
    const nextDueAt = Math.min(...[...this.#groups.values()].map(({ dueAt }) => dueAt));
    const nextAt = Math.max(nextDueAt, this.#lastShownAt + PAUSE_MS);
    this.#cancel = clock.after(Math.max(0, nextAt - now), () => this.#showDue());
  }

  #show({ key, kind, context, entries }: Group, now: number): void {
    this.#groups.delete(key);
    const isContinued = this.#lastKey === key;
    this.#lastShownAt = now;
    this.#lastKey = key;
    this.#options.show(notificationText(kind, context, entries, isContinued));
  }
}

function mostUrgent(groups: readonly Group[]): Group | undefined {
  return URGENCY.map((kind) => groups.find((group) => group.kind === kind)).find(
    (group) => group !== undefined,
  );
}
