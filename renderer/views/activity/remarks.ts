import type { JournalEntry } from '../../../main/contract/journal.ts';
import { formatExactClock, formatTook } from '../../format.ts';
import type { Story } from '../../state/stories.ts';
import { strings } from '../../strings.ts';

const text = strings.activity;
const MOST_NAMED = 3;

/** How it went, in a few words each: `took 8 ms`, `by somebody else`. */
export function remarksOf(entry: JournalEntry): readonly string[] {
  return [
    entry.tookMs === undefined ? '' : text.took(formatTook(entry.tookMs)),
    entry.by === 'other' ? text.byOther : '',
    entry.missed === true ? text.missed : '',
  ].filter((remark) => remark !== '');
}

/** The same for all of a story, with what led to it and what was written. */
export function remarksOfStory({ entry, before }: Story): readonly string[] {
  const ledTo = before.map(leading);
  const own = remarksOf(entry).filter((remark) => remark !== text.missed || before.length === 0);
  return [...ledTo, ...own, written(entry)].filter((remark) => remark !== '');
}

function leading({ event, missed, time }: JournalEntry): string {
  if (event === 'deleting') return text.deletingSince(formatExactClock(Date.parse(time)));
  return missed === true ? text.deletedMissed : text.deletedAt(formatExactClock(Date.parse(time)));
}

/** What NetKeeper did to the cluster; '' where the entry leaves it to its message. */
function written({ event, by, reason, namespace, name }: JournalEntry): string {
  if (event === 'restored' && by === 'self') return text.created(`${namespace}/${name}`);
  // Let go while it was away, or deleted again because its restore was undone.
  if (event === 'letGo' && reason === 'released') return '';
  return text.nothingWritten;
}

/** What the button says that opens the list of users: their names, unless the message has them; '' without users. */
export function usersInShort({ users = [], userCount = users.length, message }: JournalEntry): string {
  const [first] = users;
  if (first === undefined) return '';
  if (message.includes(first.name)) return text.users(userCount);
  const names = users
    .slice(0, MOST_NAMED)
    .map(({ name }) => name)
    .join(', ');
  const more = userCount - Math.min(MOST_NAMED, users.length);
  return text.usedBy(more > 0 ? text.andMore(names, more) : names);
}
