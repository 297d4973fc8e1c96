import type { ContextView } from '../../main/contract/contexts.ts';
import type { JournalEntry } from '../../main/contract/journal.ts';
import type { NetworkView } from '../../main/contract/networks.ts';
import type { Snapshot } from '../../main/contract/updates.ts';
import { MINUTE_MS, makeContext, makeEntry, makeNetwork, makeSnapshot } from './window-fixtures.ts';

/** Two clusters that are watched, and some that are not as they should be. */
export function makeGoodDay(): Snapshot {
  const prod = makeContext('prod-eu', {
    isCurrent: true,
    isProtected: true,
    colour: 'red',
    networks: 14,
    inUse: 9,
    missing: 1,
    attention: 2,
  });
  const staging = makeContext('staging', { colour: 'blue', networks: 3, inUse: 2 });
  const lab = makeContext('lab', {
    mode: 'ask',
    phase: 'reconnecting',
    staleSince: Date.now() - 4 * MINUTE_MS,
    networks: 1,
    inUse: 1,
    problem: {
      code: 'unreachable',
      message: 'connect ECONNREFUSED 10.4.0.2:6443',
      remedy:
        'Check the network, the VPN and the server address of this context; it is tried again by itself.',
    },
  });
  const reading = makeContext('prod-us', { phase: 'syncing', itemsRead: 12_400, isProtected: true });
  const failed = makeContext('build', {
    phase: 'failed',
    problem: {
      code: 'forbidden',
      message: 'This user may not watch network-attachment-definitions.k8s.cni.cncf.io in all namespaces.',
      remedy: 'Ask a cluster administrator to bind the ClusterRole in docs/permissions.md to this user.',
    },
  });
  const waiting = makeContext('kind-plain', {
    phase: 'failed',
    problem: {
      code: 'noNadCrd',
      message:
        'This cluster has no NetworkAttachmentDefinitions (the CRD of k8s.cni.cncf.io/v1 is not installed).',
      remedy: 'Nothing to do: it is noticed when they appear.',
    },
  });
  const off = makeContext('old-dc', { mode: 'off', phase: 'off' });
  const networks = [...prodNetworks(prod), ...stagingNetworks(staging), labNetwork(lab)];
  return makeSnapshot({
    contexts: [prod, staging, lab, reading, failed, waiting, off],
    networks,
    journal: makeJournal(networks),
  });
}

function prodNetworks(prod: ContextView): NetworkView[] {
  const since = '2026-03-02T09:12:44Z';
  const network = (namespace: string, name: string, parts: Partial<NetworkView>) =>
    makeNetwork(prod, namespace, name, { createdAt: since, ...kindOf(parts.summary), ...parts });
  const inUse = (namespace: string, name: string, summary: string, pods: number, workloads: number) =>
    network(namespace, name, { state: 'inUse', summary, pods, workloads });
  return [
    network('payments', 'hsm-fabric', {
      state: 'held',
      summary: 'macvlan on ens5f1, VLAN 310, 10.31.0.0/24 via whereabouts',
      pods: 3,
      workloads: 1,
      managedBy: 'Argo CD: payments',
    }),
    network('telemetry', 'probe-tap', {
      state: 'failed',
      summary: 'tap on br-probe, no addresses',
      pods: 1,
      workloads: 1,
    }),
    network('billing', 'ledger-sync', { state: 'missing', pods: 2, workloads: 1 }),
    network('edge', 'uplink-b', {
      state: 'deleting',
      summary: 'bridge on br1, 10.9.0.0/22 via host-local',
      pods: 4,
      workloads: 1,
    }),
    inUse('storage', 'ceph-public', 'bridge on br0, VLAN 300, 10.1.0.0/24 via whereabouts', 14, 2),
    inUse('storage', 'ceph-cluster', 'bridge on br0, VLAN 301, 10.2.0.0/24 via whereabouts', 14, 2),
    inUse('edge', 'uplink-a', 'sriov from intel.com/netdevice, VLAN 80', 6, 2),
    inUse('edge', 'gateway', 'ipvlan on eth1, l3 mode, 172.20.0.0/20 via whereabouts', 2, 1),
    inUse('media', 'multicast', 'macvlan on ens6f0, no addresses', 22, 5),
    inUse('voice', 'rtp', 'sriov from mellanox.com/cx6, VLAN 1200, MTU 9000', 48, 3),
    inUse('voice', 'signalling', 'ovn-k8s-cni-overlay, layer2, 10.128.0.0/16', 12, 2),
    network('vm-farm', 'guest-lan', {
      state: 'inUse',
      summary: 'bridge on br-guests, VLAN trunk 100–199',
      workloads: 7,
      managedBy: 'Helm: guests',
    }),
    network('sandbox', 'scratch', { summary: 'bridge on cni0, 192.168.99.0/24 via host-local' }),
    network('sandbox', 'old-experiment', { summary: 'configured on the nodes' }),
    network('voice', 'rtp-legacy', { state: 'letGo', summary: 'macvlan on ens6f1, VLAN 1201' }),
  ];
}

/** The type of a network and what it stands on, as its summary tells. */
function kindOf(summary = ''): Partial<NetworkView> {
  const [, type, parent] = /^([a-z0-9-]+)(?: (?:on|from) ([^ ,]+))?/.exec(summary) ?? [];
  if (type === undefined || type === 'configured') return {};
  return { type, ...(parent !== undefined && { parent }) };
}

function stagingNetworks(staging: ContextView): NetworkView[] {
  return [
    makeNetwork(staging, 'storage', 'ceph-public', {
      state: 'inUse',
      summary: 'bridge on br0, VLAN 300, 10.1.0.0/24 via whereabouts',
      pods: 5,
      workloads: 2,
    }),
    makeNetwork(staging, 'edge', 'uplink-a', {
      state: 'inUse',
      summary: 'macvlan on eth1, dhcp',
      pods: 1,
      workloads: 1,
      managedBy: 'Flux: edge',
    }),
    makeNetwork(staging, 'sandbox', 'scratch', { summary: 'unreadable configuration' }),
  ];
}

function labNetwork(lab: ContextView): NetworkView {
  return makeNetwork(lab, 'bench', 'loop', {
    state: 'inUse',
    summary: 'host-device ens9',
    pods: 1,
    workloads: 0,
  });
}

function makeJournal(networks: readonly NetworkView[]): JournalEntry[] {
  const find = (key: string) => {
    const network = networks.find(({ namespace, name }) => `${namespace}/${name}` === key);
    if (network === undefined) throw new Error(`There is no ${key}.`);
    return network;
  };
  return [
    makeEntry(
      9,
      find('storage/ceph-public'),
      'restored',
      'Brought back storage/ceph-public: 14 pods use it (ceph-osd-0, ceph-osd-1, ceph-osd-2 and 11 more)',
      0.7,
      { by: 'self', tookMs: 8, userCount: 16 },
    ),
    makeEntry(
      8,
      find('storage/ceph-public'),
      'deleted',
      'storage/ceph-public was deleted; 14 pods use it',
      0.7,
    ),
    makeEntry(
      7,
      find('payments/hsm-fabric'),
      'held',
      'payments/hsm-fabric is not brought back again: it was brought back 3 times within 10 minutes. Somebody wants it gone; find out who. Written by: argocd-controller, kubectl-client-side-apply.',
      6,
    ),
    makeEntry(
      6,
      find('edge/uplink-b'),
      'deleting',
      'edge/uplink-b is being deleted and waits for example.com/drain; 4 pods use it (router-0, router-1, router-2 and 1 more)',
      11,
    ),
    makeEntry(
      5,
      find('telemetry/probe-tap'),
      'failed',
      'Could not bring back telemetry/probe-tap: admission webhook "policy.example.com" denied the request: taps need an owner label. The server or an admission webhook refuses the object as it was; see what it asks for.',
      42,
    ),
    makeEntry(
      4,
      find('billing/ledger-sync'),
      'missing',
      'billing/ledger-sync does not exist and no copy of it is known: 2 pods use it (ledger-0, ledger-1)',
      95,
    ),
    makeEntry(3, find('voice/rtp-legacy'), 'letGo', 'voice/rtp-legacy stays away: nothing uses it', 180),
    makeEntry(
      2,
      find('edge/uplink-a'),
      'restored',
      'Brought back edge/uplink-a: 6 pods use it (router-0, router-1, router-2 and 3 more)',
      26 * 60,
      { by: 'other', missed: true, tookMs: 1_430, userCount: 8 },
    ),
    makeEntry(
      1,
      find('edge/gateway'),
      'asked',
      'edge/gateway is gone and was not brought back by itself: its owner, a UserDefinedNetwork, makes it again',
      27 * 60,
    ),
  ];
}
