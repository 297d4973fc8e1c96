import type { FoundUser } from '../contract/networks.ts';
import { MOST_FOUND_USERS } from '../contract/networks.ts';
import type { UsageIndex } from '../guard/usage.ts';
import type { NetworkUser } from '../guard/users.ts';
import { WORKLOAD_KINDS } from '../guard/users.ts';
import { splitKey } from './messages.ts';

const WORD_BREAK = /\s+/;

/** The first MOST_FOUND_USERS pods and workloads whose `namespace/name` holds every word, whatever their case. */
export function findUsers(
  words: string,
  sessions: Iterable<readonly [context: string, usage: UsageIndex]>,
): FoundUser[] {
  const wanted = words.toLowerCase().split(WORD_BREAK).filter(Boolean);
  const found: FoundUser[] = [];
  if (wanted.length === 0) return found;
  for (const [context, usage] of sessions) {
    for (const kind of ['Pod', ...WORKLOAD_KINDS] as const) {
      for (const user of usage.users(kind)) {
        if (!holds(user, wanted)) continue;
        found.push(view(context, user));
        if (found.length === MOST_FOUND_USERS) return found;
      }
    }
  }
  return found;
}

function holds({ namespace, name }: NetworkUser, wanted: readonly string[]): boolean {
  const hay = `${namespace}/${name}`.toLowerCase();
  return wanted.every((word) => hay.includes(word));
}

function view(context: string, { kind, namespace, name, attachments }: NetworkUser): FoundUser {
  const networks = [...new Set(attachments.map(({ network }) => network))];
  return { context, kind, namespace, name, networks: networks.map(splitKey) };
}
