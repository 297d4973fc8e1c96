import type { KubeContext } from '../cluster/kubeconfig.ts';
import { MOST_JOURNAL_USERS } from '../contract/journal.ts';
import type { NewJournalEntry } from '../store/journal.ts';
import type { KeeperEvent } from './events.ts';

/** The journal's words for an event; undefined for one that is not about a network. */
export function toJournalEntry(context: KubeContext, event: KeeperEvent): NewJournalEntry | undefined {
  if (event.event === 'phase' || event.event === 'synced') return undefined;
  const { time, event: name, namespace, name: network, message } = event;
  return {
    time,
    context: context.key,
    contextName: context.name,
    event: name,
    namespace,
    name: network,
    message,
    ...('reason' in event && { reason: event.reason }),
    ...('by' in event && { by: event.by }),
    ...('missed' in event && { missed: event.missed }),
    ...('tookMs' in event && { tookMs: event.tookMs }),
    ...('userCount' in event && { userCount: event.userCount }),
    ...('users' in event && event.users.length > 0 && { users: event.users.slice(0, MOST_JOURNAL_USERS) }),
  };
}
