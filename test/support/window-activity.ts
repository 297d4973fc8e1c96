/** Journals for the activity: a week of two clusters, and as many entries as are kept. */
import type { ContextView } from '../../main/contract/contexts.ts';
import type { JournalEntry, JournalEvent } from '../../main/contract/journal.ts';
import { MOST_JOURNAL_ENTRIES } from '../../main/contract/journal.ts';
import type { NetworkView } from '../../main/contract/networks.ts';
import type { Snapshot } from '../../main/contract/updates.ts';
import { makeContext, makeEntry, makeNetwork, makeSnapshot } from './window-fixtures.ts';

/** How many entries a snapshot has; the rest is asked for. */
const SNAPSHOT_ENTRIES = 200;
const OUTCOMES: readonly JournalEvent[] = [
  'restored',
  'restored',
  'restored',
  'letGo',
  'asked',
  'held',
  'failed',
];

export interface LongJournal {
  readonly snapshot: Snapshot;
  /** All of it, the newest first. */
  readonly journal: readonly JournalEntry[];
}

/**
 * A journal of deletions and what came of them, over the days before now.
 * @param count how many entries: two for each deletion
 */
export function makeLongJournal(count = MOST_JOURNAL_ENTRIES, days = 12, contextCount = 3): LongJournal {
  const contexts = ['prod-eu', 'staging', 'lab', 'edge-1', 'edge-2', 'edge-3', 'edge-4', 'edge-5']
    .slice(0, contextCount)
    .map((name) => makeContext(name, { inUse: 4, networks: 4, isProtected: name === 'prod-eu' }));
  const networks = contexts.flatMap((context) =>
    ['ceph-public', 'uplink-a', 'rtp', 'hsm-fabric'].map((name) =>
      makeNetwork(context, 'team', name, { state: 'inUse', pods: 14, workloads: 2 }),
    ),
  );
  const journal: JournalEntry[] = [];
  for (let story = 0; story < count / 2; story += 1) {
    const minutesAgo = (story / (count / 2)) ** 2 * days * 1_440 + 0.5;
    const network = networks[(story * 7) % networks.length] as NetworkView;
    const outcome = OUTCOMES[story % OUTCOMES.length] ?? 'restored';
    journal.push(...makeStory(count - 2 * story, network, outcome, minutesAgo));
  }
  return {
    snapshot: makeSnapshot({ contexts, networks, journal: journal.slice(0, SNAPSHOT_ENTRIES) }),
    journal,
  };
}

const USERS = Array.from({ length: 10 }, (_, index) => ({
  kind: index < 8 ? 'Pod' : 'Deployment',
  namespace: 'team',
  name: `worker-${index}`,
}));

/** What came of a deletion, and the deletion. */
function makeStory(
  id: number,
  network: NetworkView,
  outcome: JournalEvent,
  minutesAgo: number,
): JournalEntry[] {
  const name = `${network.namespace}/${network.name}`;
  const users = { users: USERS, userCount: 16 };
  const isRestored = outcome === 'restored';
  const message = isRestored
    ? `Brought back ${name}: 14 pods use it (worker-0, worker-1, worker-2 and 11 more)`
    : `${name}: what came of it was ${outcome}`;
  return [
    makeEntry(id, network, outcome, message, minutesAgo, {
      ...(outcome !== 'letGo' && users),
      ...(isRestored && { by: 'self', tookMs: 8 }),
    }),
    makeEntry(id - 1, network, 'deleted', `${name} was deleted; 14 pods use it`, minutesAgo + 0.001, users),
  ];
}

/** What the service answers to `journal`. */
export function answerOlder(journal: readonly JournalEntry[]) {
  return (args: unknown) => {
    const { before = Number.POSITIVE_INFINITY, limit } = args as { before?: number; limit: number };
    return { ok: true as const, value: journal.filter(({ id }) => id < before).slice(0, limit) };
  };
}

/** Restores of that many networks of a context, in one breath; the oldest first. */
export function makeBurst(context: ContextView, count: number, firstId: number): JournalEntry[] {
  return Array.from({ length: count }, (_, index) =>
    makeEntry(
      firstId + index,
      makeNetwork(context, 'team', `net-${index}`),
      'restored',
      `Brought back team/net-${index}: 1 pod uses it`,
      0,
      { by: 'self', tookMs: 9, userCount: 1 },
    ),
  );
}
