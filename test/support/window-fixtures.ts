/** Parts of states for a window to show, and the states at the edges. */
import type { ContextView } from '../../main/contract/contexts.ts';
import type { JournalEntry } from '../../main/contract/journal.ts';
import type { NetworkDetail, NetworkView } from '../../main/contract/networks.ts';
import { DEFAULT_SETTINGS } from '../../main/contract/settings.ts';
import type { Snapshot } from '../../main/contract/updates.ts';

export const MINUTE_MS = 60_000;

export function makeSnapshot(parts: Partial<Snapshot> = {}): Snapshot {
  return {
    version: '0.1.0',
    sequence: 0,
    contexts: [],
    networks: [],
    journal: [],
    settings: DEFAULT_SETTINGS,
    notices: [],
    kubeconfigFiles: [],
    isDemo: false,
    ...parts,
  };
}

export function makeContext(name: string, parts: Partial<ContextView> = {}): ContextView {
  return {
    id: `/home/ada/.kube/config#${name}`,
    name,
    file: '/home/ada/.kube/config',
    server: `https://${name}.example.com:6443`,
    mode: 'restore',
    phase: 'watching',
    isCurrent: false,
    isProtected: false,
    itemsRead: 0,
    networks: 0,
    inUse: 0,
    missing: 0,
    attention: 0,
    ...parts,
  };
}

export function makeNetwork(
  context: ContextView,
  namespace: string,
  name: string,
  parts: Partial<NetworkView> = {},
): NetworkView {
  return { context: context.id, namespace, name, state: 'unused', pods: 0, workloads: 0, ...parts };
}

/** @param minutesAgo when it happened */
export function makeEntry(
  id: number,
  network: NetworkView,
  event: JournalEntry['event'],
  message: string,
  minutesAgo: number,
  parts: Partial<JournalEntry> = {},
): JournalEntry {
  const { context, namespace, name } = network;
  const contextName = context.slice(context.indexOf('#') + 1);
  const time = new Date(Date.now() - minutesAgo * MINUTE_MS).toISOString();
  return { id, time, context, contextName, event, namespace, name, message, ...parts };
}

/** A detail with users and their attachments. */
export function makeDetail(network: NetworkView, history: readonly JournalEntry[] = []): NetworkDetail {
  // As the journal of the good day calls them.
  const stem = network.name === 'ceph-public' ? 'ceph-osd' : network.name;
  const pods = Array.from({ length: Math.min(network.pods, 8) }, (_, index) => ({
    kind: 'Pod' as const,
    namespace: index === 2 ? 'monitoring' : network.namespace,
    name: `${stem}-${index}`,
    attachments: [
      {
        interface: `net${index + 1}`,
        ips: index === 1 ? [] : [`10.1.0.${index + 10}`, `fd00:1::${index + 10}`],
        ...(index !== 1 && { mac: `0a:58:0a:01:00:0${index}` }),
        isAsked: index !== 3,
        isAttached: index !== 1,
      },
    ],
  }));
  const workloads = Array.from({ length: network.workloads }, (_, index) => ({
    kind: index === 0 ? ('StatefulSet' as const) : ('Deployment' as const),
    namespace: network.namespace,
    name: index === 0 ? stem : `${stem}-tools`,
    attachments: [],
  }));
  return {
    network,
    ...(network.state !== 'missing' && { config: CONFIG }),
    canUndo: false,
    users: [...pods, ...workloads],
    userCount: network.pods + network.workloads,
    history: history.filter(
      ({ context, namespace, name }) =>
        context === network.context && namespace === network.namespace && name === network.name,
    ),
  };
}

const CONFIG = JSON.stringify({
  cniVersion: '1.0.0',
  name: 'ceph-public',
  type: 'bridge',
  bridge: 'br0',
  vlan: 300,
  ipam: { type: 'whereabouts', range: '10.1.0.0/24', exclude: ['10.1.0.0/29'] },
});

/** As many networks and contexts as a window has to carry. */
export function makeLarge(networkCount: number, contextCount: number): Snapshot {
  const contexts = Array.from({ length: contextCount }, (_, index) =>
    makeContext(`cluster-${String(index).padStart(2, '0')}`, {
      networks: networkCount / contextCount,
      inUse: networkCount / contextCount,
    }),
  );
  const networks = contexts.flatMap((context, contextIndex) =>
    Array.from({ length: networkCount / contextCount }, (_, index) =>
      makeNetwork(context, `team-${index % 40}`, `net-${contextIndex}-${index}`, {
        state: index % 5 === 0 ? 'unused' : 'inUse',
        summary: `bridge on br${index % 7}, VLAN ${index}, 10.${index % 250}.0.0/24 via whereabouts`,
        pods: index % 5 === 0 ? 0 : 10,
        workloads: index % 3,
      }),
    ),
  );
  return makeSnapshot({ contexts, networks });
}

export const MARKUP = '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>';
export const RIGHT_TO_LEFT = 'safe\u202egnp.exe';
export const LONG_NAME = `${'very-long-name-'.repeat(16)}end-of-it`.padEnd(250, 'x');

/** Whatever a cluster could put into names, annotations and configurations to mislead a person. */
export function makeHostile(): Snapshot {
  const context = makeContext(LONG_NAME, { label: `${MARKUP}`, networks: 3, inUse: 3 });
  const other = makeContext(RIGHT_TO_LEFT, { group: MARKUP, networks: 1 });
  const networks = [
    makeNetwork(context, LONG_NAME, LONG_NAME, {
      state: 'inUse',
      summary: `${MARKUP} ${LONG_NAME}`,
      pods: 1_234_567,
      workloads: 99_999,
      managedBy: `Helm: ${LONG_NAME}`,
    }),
    makeNetwork(context, 'markup', MARKUP, { state: 'failed', summary: MARKUP, pods: 2, managedBy: MARKUP }),
    makeNetwork(context, 'direction', RIGHT_TO_LEFT, { state: 'inUse', summary: RIGHT_TO_LEFT, pods: 1 }),
    makeNetwork(other, '', '', { summary: '' }),
  ];
  return makeSnapshot({
    contexts: [context, other],
    networks,
    journal: networks.map((network, index) =>
      makeEntry(
        networks.length - index,
        network,
        'failed',
        `Could not bring back ${network.namespace}/${network.name}: ${MARKUP} ${RIGHT_TO_LEFT}`,
        index,
        { reason: MARKUP },
      ),
    ),
    notices: [{ id: '1', message: `${MARKUP} ${LONG_NAME}` }],
  });
}
