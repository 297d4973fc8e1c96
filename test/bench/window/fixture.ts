/** What the window has to carry: 5,000 networks with 50,000 attachments in 20 contexts. */
import type { ContextView } from '../../../main/contract/contexts.ts';
import type { JournalEntry } from '../../../main/contract/journal.ts';
import type { NetworkView } from '../../../main/contract/networks.ts';
import type { Snapshot } from '../../../main/contract/updates.ts';
import { makeEntry, makeLarge } from '../../support/window-fixtures.ts';

const NETWORKS = 5_000;
const CONTEXTS = 20;
/** As many as the service puts into a snapshot. */
const ENTRIES = 200;
const CREATED_AT = '2026-03-04T05:06:07Z';
const MANAGERS = [undefined, 'Argo CD: networks', 'Helm: multus-networks'];

/** The network whose changes are timed: first in the table by urgency as well as by name. */
export const PROBE_NAME = 'a-probe';

export function makeFixture(): Snapshot {
  const large = makeLarge(NETWORKS, CONTEXTS);
  const networks = large.networks.map(withDetails);
  networks[0] = { ...networks[0], ...probeOf(large.networks) };
  const contexts = large.contexts.map((context) => ({ ...context, ...countsOf(context, networks) }));
  const journal = Array.from({ length: ENTRIES }, (_, index) =>
    makeRestoredEntry(ENTRIES - index, networkAt(networks, index * 23), index),
  );
  return { ...large, contexts, networks, journal };
}

/** The probe takes the place of the first network, which nothing uses. */
function probeOf(networks: readonly NetworkView[]): NetworkView {
  const { context } = networkAt(networks, 0);
  return {
    context,
    namespace: 'a-team',
    name: PROBE_NAME,
    state: 'held',
    pods: 0,
    workloads: 0,
    summary: 'probe 0.',
  };
}

/** In use are 4,000 of them, by 12 and 13 pods in turn: 50,000 attachments. */
function withDetails(network: NetworkView, index: number): NetworkView {
  const managedBy = MANAGERS[index % MANAGERS.length];
  const pods = network.state === 'inUse' ? 12 + (index % 2) : 0;
  const of = { type: 'bridge', parent: `br${index % 7}`, createdAt: CREATED_AT };
  return { ...network, ...of, pods, ...(managedBy !== undefined && { managedBy }) };
}

/** What the sidebar says of a context. */
export function countsOf({ id }: ContextView, networks: readonly NetworkView[]) {
  const own = networks.filter(({ context }) => context === id);
  const count = (...states: NetworkView['state'][]) =>
    own.filter(({ state }) => states.includes(state)).length;
  return {
    networks: own.length,
    inUse: count('inUse'),
    missing: count('missing'),
    attention: count('asked', 'held', 'failed'),
  };
}

export function makeRestoredEntry(id: number, network: NetworkView, minutesAgo: number): JournalEntry {
  const { namespace, name } = network;
  const users = Array.from({ length: 3 }, (_, index) => ({
    kind: 'Pod',
    namespace,
    name: `${name}-${index}`,
  }));
  const message = `${namespace}/${name} was deleted and brought back: 12 pods use it`;
  return makeEntry(id, network, 'restored', message, minutesAgo, {
    by: 'self',
    tookMs: 9,
    userCount: 12,
    users,
  });
}

/** The network at an index, counted on from the start where the list ends. */
export function networkAt(networks: readonly NetworkView[], index: number): NetworkView {
  const network = networks[index % networks.length];
  if (network === undefined) throw new Error('There are no networks.');
  return network;
}
