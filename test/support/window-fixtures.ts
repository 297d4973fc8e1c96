/** Parts of states for a window to show, and the states at the edges. */
import type { ContextView } from '../../main/contract/contexts.ts';
import type { JournalEntry } from '../../main/contract/journal.ts';
import type { Forecast, NetworkDetail, NetworkUserView, NetworkView } from '../../main/contract/networks.ts';
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

/** A detail with users, who made them, their attachments, and what would be done if the network went. */
export function makeDetail(
  network: NetworkView,
  history: readonly JournalEntry[] = [],
  parts: Partial<NetworkDetail> = {},
): NetworkDetail {
  const users = [...makePods(network), ...makeWorkloads(network)].slice(0, MOST_LISTED_USERS);
  const isThere = ['inUse', 'unused', 'deleting'].includes(network.state);
  return {
    network,
    ...(network.state !== 'missing' && { config: CONFIG, manifest: makeManifest(network) }),
    ...(isThere && { ifDeleted: forecast(network) }),
    canUndo: false,
    users,
    userCount: network.pods + network.workloads,
    history: history.filter(
      ({ context, namespace, name }) =>
        context === network.context && namespace === network.namespace && name === network.name,
    ),
    ...parts,
  };
}

const MOST_LISTED_USERS = 1_000;

/** Most of them of the first workload, some of the second, if there are such; the third in another namespace. */
function makePods(network: NetworkView): NetworkUserView[] {
  const stem = stemOf(network);
  return Array.from({ length: Math.min(network.pods, MOST_LISTED_USERS) }, (_, index) => {
    const isOfTools = network.workloads > 1 && index % 7 === 6;
    const owner = isOfTools
      ? { kind: 'Deployment', name: `${stem}-tools` }
      : { kind: 'StatefulSet', name: stem };
    return {
      kind: 'Pod',
      namespace: index === 2 ? 'monitoring' : network.namespace,
      name: isOfTools ? `${stem}-tools-7d9f8b6c5d-${index}` : `${stem}-${index}`,
      ...(network.workloads > 0 && index !== 2 && { owner }),
      attachments: [
        {
          interface: `net${(index % 3) + 1}`,
          ips: index === 1 ? [] : [`10.1.${index >> 8}.${(index + 10) % 256}`, `fd00:1::${index + 10}`],
          ...(index !== 1 && { mac: `0a:58:0a:01:00:${(index % 256).toString(16).padStart(2, '0')}` }),
          isAsked: index !== 3,
          isAttached: index !== 1,
        },
      ],
    };
  });
}

function makeWorkloads(network: NetworkView): NetworkUserView[] {
  const stem = stemOf(network);
  const names = [stem, `${stem}-tools`];
  return Array.from({ length: Math.min(network.workloads, MOST_LISTED_USERS) }, (_, index) => ({
    kind: index === 0 ? 'StatefulSet' : 'Deployment',
    namespace: network.namespace,
    name: names[index] ?? `${stem}-${index}`,
    attachments: [{ interface: 'net1', ips: [], isAsked: true, isAttached: false }],
  }));
}

/** As the journal of the good day calls them. */
function stemOf({ name }: NetworkView): string {
  return name === 'ceph-public' ? 'ceph-osd' : name;
}

function forecast({ pods, workloads }: NetworkView): Forecast {
  if (pods > 0) return { action: 'restore', why: `${pods === 1 ? '1 pod uses' : `${pods} pods use`} it` };
  if (workloads > 0) return { action: 'ask', why: 'only workloads refer to it, and none of them has a pod' };
  return { action: 'letGo', why: 'no pod and no workload refers to it' };
}

function makeManifest({ namespace, name }: NetworkView): string {
  return `apiVersion: k8s.cni.cncf.io/v1
kind: NetworkAttachmentDefinition
metadata:
  name: ${JSON.stringify(name)}
  namespace: ${JSON.stringify(namespace)}
spec:
  config: '${CONFIG}'
`;
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
