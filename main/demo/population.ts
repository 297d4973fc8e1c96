/** What stands in the demo clusters: namespaces, networks of several CNI types, workloads and pods. */
import type { KubernetesObject } from './api-server/objects.ts';
import type { ApiServer } from './api-server/server.ts';

const NETWORKS_ANNOTATION = 'k8s.v1.cni.cncf.io/networks';
const STATUS_ANNOTATION = 'k8s.v1.cni.cncf.io/network-status';

/** The networks that give out addresses, and from where. */
const ADDRESS_PREFIXES: ReadonlyMap<string, string> = new Map([
  ['ceph-public', '10.40.0'],
  ['ceph-cluster', '10.41.0'],
  ['dmz', '10.1.0'],
  ['tenant-blue', '10.128.0'],
]);
const FIRST_ADDRESS = 10;

interface Workload {
  readonly namespace: string;
  readonly name: string;
  readonly replicas: number;
  /** The networks annotation of its pods. */
  readonly networks: string;
}

/** A storage and telco cluster. */
export function populateEast(server: ApiServer): void {
  addNamespaces(server, ['storage', 'payments', 'telco', 'staging']);
  addNetwork(server, 'storage', 'ceph-public', {
    type: 'macvlan',
    master: 'bond1',
    mode: 'bridge',
    mtu: 9000,
    ipam: { type: 'whereabouts', range: '10.40.0.0/22' },
  });
  addNetwork(server, 'storage', 'ceph-cluster', {
    type: 'vlan',
    master: 'bond1',
    vlanId: 411,
    ipam: { type: 'whereabouts', range: '10.41.0.0/22' },
  });
  addNetwork(server, 'storage', 'backup', { type: 'ipvlan', master: 'bond2', mode: 'l2', mtu: 9000 });
  addNetwork(server, 'payments', 'dmz', {
    type: 'bridge',
    bridge: 'br0',
    vlan: 300,
    ipam: { type: 'host-local', ranges: [[{ subnet: '10.1.0.0/24' }]] },
  });
  addNetwork(server, 'payments', 'old-dmz', { type: 'bridge', bridge: 'br0', vlan: 299 });
  addNetwork(
    server,
    'telco',
    'sriov-fronthaul',
    { type: 'sriov', vlan: 1200, trust: 'on', spoofchk: 'off' },
    { 'k8s.v1.cni.cncf.io/resourceName': 'intel.com/fronthaul' },
  );
  addNetwork(
    server,
    'telco',
    'midhaul',
    { type: 'sriov', vlan: 1210 },
    { 'k8s.v1.cni.cncf.io/resourceName': 'intel.com/midhaul' },
  );
  addNetwork(server, 'telco', 'timing', { type: 'host-device', device: 'ens7f1' });
  addNetwork(server, 'telco', 'oam', { type: 'vlan', master: 'bond0', vlanId: 1001 });
  addNetwork(server, 'staging', 'preview', { type: 'bridge', bridge: 'br-preview', isGateway: true });

  addStatefulSet(server, {
    namespace: 'storage',
    name: 'ceph-osd',
    replicas: 12,
    networks: 'ceph-public,ceph-cluster',
  });
  addStatefulSet(server, { namespace: 'storage', name: 'ceph-mon', replicas: 2, networks: 'ceph-public' });
  addStatefulSet(server, { namespace: 'storage', name: 'archive', replicas: 1, networks: 'backup' });
  addStatefulSet(server, { namespace: 'payments', name: 'gateway', replicas: 3, networks: 'dmz@net1' });
  addStatefulSet(server, {
    namespace: 'telco',
    name: 'du',
    replicas: 4,
    networks: JSON.stringify([
      { name: 'sriov-fronthaul', interface: 'fh0' },
      { name: 'sriov-fronthaul', interface: 'fh1' },
      { name: 'timing', interface: 'ptp0' },
    ]),
  });
  addStatefulSet(server, { namespace: 'telco', name: 'cu', replicas: 2, networks: 'midhaul,oam' });
  addStatefulSet(server, { namespace: 'staging', name: 'preview-app', replicas: 2, networks: 'preview' });
}

/** A small cluster of virtual machines and pods that nothing made. */
export function populateWest(server: ApiServer): void {
  addNamespaces(server, ['vms', 'lab']);
  addNetwork(server, 'vms', 'tenant-blue', {
    type: 'ovn-k8s-cni-overlay',
    topology: 'layer2',
    subnets: '10.128.0.0/16/24',
  });
  addNetwork(server, 'vms', 'tenant-red', { type: 'ipvlan', master: 'eth1', mode: 'l2' });
  addNetwork(server, 'vms', 'tenant-green', { type: 'bridge', bridge: 'br-green', vlan: 42 });
  addNetwork(server, 'lab', 'metrics', { type: 'macvlan', master: 'eth3', ipam: { type: 'dhcp' } });
  addNetwork(server, 'lab', 'scratch', { type: 'bridge', bridge: 'br-lab' });
  addNetwork(server, 'lab', 'bench', { type: 'macvlan', master: 'eth2', ipam: { type: 'dhcp' } });
  for (const name of ['vm-mail', 'vm-wiki', 'vm-build']) addVirtualMachinePod(server, name, 'tenant-blue');
  addVirtualMachinePod(server, 'vm-git', 'tenant-green');
  for (const [name, networks] of [
    ['collector', 'metrics'],
    ['probe-1', 'scratch'],
    ['probe-2', 'bench'],
  ] as const) {
    addPod(server, { namespace: 'lab', name, networks });
  }
}

function addVirtualMachinePod(server: ApiServer, name: string, networks: string): void {
  const owner = { apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachineInstance', name };
  addPod(server, { namespace: 'vms', name: `virt-launcher-${name}`, networks, owner });
}

function addNamespaces(server: ApiServer, names: readonly string[]): void {
  for (const name of names) server.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
}

function addNetwork(
  server: ApiServer,
  namespace: string,
  name: string,
  plugin: Readonly<Record<string, unknown>>,
  annotations: Readonly<Record<string, string>> = {},
): void {
  server.create({
    apiVersion: 'k8s.cni.cncf.io/v1',
    kind: 'NetworkAttachmentDefinition',
    metadata: { namespace, name, annotations },
    spec: { config: JSON.stringify({ cniVersion: '1.0.0', name, ...plugin }) },
  });
}

function addStatefulSet(server: ApiServer, { namespace, name, replicas, networks }: Workload): void {
  const labels = { app: name };
  server.create({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { namespace, name },
    spec: {
      replicas,
      serviceName: name,
      selector: { matchLabels: labels },
      template: { metadata: { labels, annotations: { [NETWORKS_ANNOTATION]: networks } }, spec: podSpec() },
    },
  });
  const owner = { apiVersion: 'apps/v1', kind: 'StatefulSet', name };
  for (let index = 0; index < replicas; index += 1) {
    addPod(server, { namespace, name: `${name}-${index}`, networks, owner, index });
  }
}

interface DemoPod {
  readonly namespace: string;
  readonly name: string;
  readonly networks: string;
  readonly owner?: { readonly apiVersion: string; readonly kind: string; readonly name: string };
  /** Among the pods of its owner: makes its addresses. */
  readonly index?: number;
}

function addPod(server: ApiServer, { namespace, name, networks, owner, index = 0 }: DemoPod): void {
  const pod: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      namespace,
      name,
      annotations: {
        [NETWORKS_ANNOTATION]: networks,
        [STATUS_ANNOTATION]: JSON.stringify(statusOf(networks, namespace, index)),
      },
      ...(owner && { ownerReferences: [{ ...owner, uid: `uid-of-${owner.name}`, controller: true }] }),
    },
    spec: { nodeName: 'node-1', ...podSpec() },
    status: { phase: 'Running' },
  };
  server.create(pod);
}

/** What Multus writes once the networks are attached: the pod network, then each of them. */
function statusOf(networks: string, namespace: string, index: number) {
  const attached = askedFor(networks).map(({ name, interface: device }, position) => {
    const prefix = ADDRESS_PREFIXES.get(name);
    const last = FIRST_ADDRESS + index;
    return {
      name: `${namespace}/${name}`,
      interface: device ?? `net${position + 1}`,
      ...(prefix !== undefined && { ips: [`${prefix}.${last}`] }),
      mac: `0a:58:0a:2${position}:00:${last.toString(16).padStart(2, '0')}`,
      dns: {},
    };
  });
  return [
    { name: 'cbr0', interface: 'eth0', ips: [`10.244.0.${FIRST_ADDRESS + index}`], default: true },
    ...attached,
  ];
}

/** The annotation in either of its forms, as far as the demo uses them. */
function askedFor(networks: string): readonly { readonly name: string; readonly interface?: string }[] {
  if (networks.startsWith('[')) return JSON.parse(networks);
  return networks.split(',').map((item) => {
    const [name = '', device] = item.split('@');
    return device === undefined ? { name } : { name, interface: device };
  });
}

function podSpec() {
  return { containers: [{ name: 'main', image: 'registry.example/app:1' }] };
}
