/** Who uses which network, for windows that draw it: the good day's, and any size of it. */
import type { ContextView } from '../../main/contract/contexts.ts';
import type { NetworkView, UsageMap } from '../../main/contract/networks.ts';
import type { Snapshot } from '../../main/contract/updates.ts';
import { makeContext, makeNetwork, makeSnapshot } from './window-fixtures.ts';

export const EMPTY_MAP: UsageMap = { users: [], links: [], omittedUsers: 0 };

/** `[kind, namespace/name, pods, networks with their attachments]` */
type UserLine = readonly [string, string, number, Readonly<Record<string, number>>];

/** Who uses the networks of prod-eu in `makeGoodDay`. */
export function makeGoodDayMap(): UsageMap {
  return makeUsageMap([
    ['StatefulSet', 'storage/ceph-osd', 12, { 'storage/ceph-public': 12, 'storage/ceph-cluster': 12 }],
    ['Deployment', 'storage/ceph-rgw', 2, { 'storage/ceph-public': 2, 'storage/ceph-cluster': 2 }],
    ['StatefulSet', 'payments/hsm-proxy', 3, { 'payments/hsm-fabric': 3 }],
    ['DaemonSet', 'telemetry/probe', 1, { 'telemetry/probe-tap': 1 }],
    ['StatefulSet', 'billing/ledger', 2, { 'billing/ledger-sync': 2 }],
    ['StatefulSet', 'edge/router', 4, { 'edge/uplink-a': 4, 'edge/uplink-b': 4 }],
    ['Deployment', 'edge/gateway', 2, { 'edge/uplink-a': 2, 'edge/gateway': 2 }],
    ['Deployment', 'media/transcoder', 18, { 'media/multicast': 18 }],
    ['DaemonSet', 'media/relay', 4, { 'media/multicast': 8 }],
    ['StatefulSet', 'voice/media-proxy', 40, { 'voice/rtp': 40 }],
    ['Deployment', 'voice/sbc', 8, { 'voice/rtp': 8, 'voice/signalling': 8 }],
    ['Deployment', 'voice/registrar', 4, { 'voice/signalling': 4 }],
    ['VirtualMachine', 'vm-farm/build-windows', 0, { 'vm-farm/guest-lan': 0 }],
    ['VirtualMachine', 'vm-farm/appliance', 1, { 'vm-farm/guest-lan': 1 }],
    ['CronJob', 'billing/close-of-day', 0, { 'billing/ledger-sync': 0 }],
  ]);
}

export function makeUsageMap(lines: readonly UserLine[]): UsageMap {
  const users = lines.map(([kind, path, pods]) => ({ kind, pods, ...split(path) }));
  const links = lines.flatMap(([, , , networks], user) =>
    Object.entries(networks).map(([path, attachments]) => ({ ...split(path), user, attachments })),
  );
  return { users, links, omittedUsers: 0 };
}

function split(path: string): { namespace: string; name: string } {
  const [namespace = '', name = ''] = path.split('/');
  return { namespace, name };
}

export interface MapSize {
  readonly networks: number;
  readonly workloads: number;
  readonly namespaces: number;
  readonly parents: number;
  /** Networks that are not there; the last ones. */
  readonly missing?: number;
}

const KINDS = ['Deployment', 'StatefulSet', 'DaemonSet', 'VirtualMachine', 'Pod'];

/** One context whose workloads use two networks of their own namespace and, some of them, one that all share. */
export function makeLargeMap(size: MapSize): {
  readonly context: ContextView;
  readonly snapshot: Snapshot;
  readonly usage: UsageMap;
} {
  const context = makeContext('large', { networks: size.networks, inUse: size.networks });
  const { namespaces, missing = 0 } = size;
  const networks = Array.from({ length: size.networks }, (_, index): NetworkView => {
    const parent = `br${index % size.parents}`;
    const isThere = index < size.networks - missing;
    return makeNetwork(context, `team-${index % namespaces}`, `net-${index}`, {
      ...(isThere && { type: 'bridge', parent, summary: `bridge on ${parent}` }),
      state: isThere ? 'inUse' : 'missing',
      pods: 10,
      workloads: 3,
    });
  });
  const users = Array.from({ length: size.workloads }, (_, index) => ({
    kind: KINDS[Math.floor(index / namespaces) % KINDS.length] ?? 'Pod',
    namespace: `team-${index % namespaces}`,
    name: `app-${index}`,
    pods: 1 + (index % 7),
  }));
  const rounds = Math.max(1, Math.ceil(size.networks / namespaces));
  const links = users.flatMap(({ pods }, user) => {
    const home = user % namespaces;
    const first = (home + namespaces * (Math.floor(user / namespaces) % rounds)) % size.networks;
    const second = (home + namespaces * ((Math.floor(user / namespaces) + 1) % rounds)) % size.networks;
    const all = new Set([first, second, ...(user % 10 === 0 ? [0] : [])]);
    return [...all].map((network) => ({
      namespace: networks[network]?.namespace ?? '',
      name: networks[network]?.name ?? '',
      user,
      attachments: user % 13 === 0 ? 0 : pods,
    }));
  });
  const usage = { users, links, omittedUsers: 0 };
  return { context, snapshot: makeSnapshot({ contexts: [context], networks }), usage };
}
