import type { JournalEntry } from '../contract/journal.ts';
import type { NetworkName } from '../contract/networks.ts';
import { count } from '../guard/decision.ts';

/** What pops up. */
export interface NotificationText {
  readonly title: string;
  readonly body: string;
  /** The journal entry that a click shows. */
  readonly entry: number;
  /** What the button Restore brings back. */
  readonly restore?: NetworkName;
}

/** What a notification is about; entries of one kind and context go together. `missed`: all that went unseen. */
export type NotificationKind = 'restored' | 'asked' | 'failed' | 'held' | 'stray' | 'missing' | 'missed';

const MOST_NAMED = 3;

/**
 * Entries of one kind and context in words. `context` is the name that is shown.
 * @param isContinued  the notification before was about the same: these are further ones
 */
export function notificationText(
  kind: NotificationKind,
  context: string,
  entries: readonly [JournalEntry, ...JournalEntry[]],
  isContinued: boolean,
): NotificationText {
  const [first] = entries;
  const newest = entries.at(-1) ?? first;
  if (kind === 'missed') {
    return { title: missedTitle(context, entries), body: missedBody(entries), entry: newest.id };
  }
  if (entries.length === 1) {
    return {
      title: titleOfOne(kind, `${first.namespace}/${first.name} on ${context}`),
      body: reasonOf(first),
      entry: first.id,
      ...(kind === 'asked' && { restore: networkOf(first) }),
    };
  }
  const networks = count(entries.length, isContinued ? 'more network' : 'network');
  return { title: titleOfMany(kind, networks, context), body: namesOf(entries), entry: newest.id };
}

function titleOfOne(kind: Exclude<NotificationKind, 'missed'>, network: string): string {
  switch (kind) {
    case 'restored':
      return `NetKeeper brought back ${network}`;
    case 'asked':
      return `Bring back ${network}?`;
    case 'failed':
      return `NetKeeper could not bring back ${network}`;
    case 'held':
      return `NetKeeper no longer brings back ${network}`;
    case 'stray':
      return `Nothing uses ${network} any more`;
    case 'missing':
      return `${network} is missing`;
  }
}

function titleOfMany(kind: Exclude<NotificationKind, 'missed'>, networks: string, context: string): string {
  switch (kind) {
    case 'restored':
      return `NetKeeper brought back ${networks} on ${context}`;
    case 'asked':
      return `Bring back ${networks} on ${context}?`;
    case 'failed':
      return `NetKeeper could not bring back ${networks} on ${context}`;
    case 'held':
      return `NetKeeper no longer brings back ${networks} on ${context}`;
    case 'stray':
      return `Nothing uses ${networks} on ${context} any more`;
    case 'missing':
      return `${networks} on ${context} are missing`;
  }
}

function missedTitle(context: string, entries: readonly JournalEntry[]): string {
  return `${count(entries.length, 'network')} on ${context} went while NetKeeper did not watch`;
}

function missedBody(entries: readonly JournalEntry[]): string {
  const restored = entries.filter(({ event }) => event === 'restored').length;
  const waiting = entries.length - restored;
  const parts = [
    restored > 0 ? `${restored} brought back` : '',
    waiting > 0 ? `${waiting} to decide on` : '',
  ].filter((part) => part !== '');
  return `${parts.join(', ')}: ${namesOf(entries)}`;
}

/** The entry's sentence without what the title says already. */
function reasonOf({ message, namespace, name }: JournalEntry): string {
  const said = `Brought back ${namespace}/${name}: `;
  return message.startsWith(said) ? message.slice(said.length) : message;
}

function namesOf(entries: readonly JournalEntry[]): string {
  const names = [...new Set(entries.map(({ namespace, name }) => `${namespace}/${name}`))];
  const more = names.length - MOST_NAMED;
  return `${names.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more.toLocaleString('en')} more` : ''}`;
}

function networkOf({ context, namespace, name }: JournalEntry): NetworkName {
  return { context, namespace, name };
}
