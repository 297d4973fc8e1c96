/** What stands in the demo clusters: namespaces, networks of several CNI types, workloads and pods. */
import type { KubernetesObject } from './api-server/objects.ts';
import type { ApiServer } from './api-server/server.ts';

const NETWORKS_ANNOTATION = 'k8s.v1.cni.cncf.io/networks';

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

  addDeployment(server, {
    namespace: 'storage',
    name: 'ceph-osd',
    replicas: 12,
    networks: 'ceph-public,ceph-cluster',
  });
  addDeployment(server, { namespace: 'storage', name: 'ceph-mon', replicas: 2, networks: 'ceph-public' });
  addDeployment(server, { namespace: 'storage', name: 'archive', replicas: 1, networks: 'backup' });
  addDeployment(server, { namespace: 'payments', name: 'gateway', replicas: 3, networks: 'dmz@net1' });
  addDeployment(server, {
    namespace: 'telco',
    name: 'du',
    replicas: 4,
    networks: JSON.stringify([
      { name: 'sriov-fronthaul', interface: 'fh0' },
      { name: 'sriov-fronthaul', interface: 'fh1' },
      { name: 'timing', interface: 'ptp0' },
    ]),
  });
  addDeployment(server, { namespace: 'telco', name: 'cu', replicas: 2, networks: 'midhaul,oam' });
  addDeployment(server, { namespace: 'staging', name: 'preview-app', replicas: 2, networks: 'preview' });
}

/** A small cluster of virtual machines and pods without a Deployment. */
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
  for (const name of ['vm-mail', 'vm-wiki', 'vm-build']) {
    addPod(server, 'vms', `virt-launcher-${name}`, 'tenant-blue');
  }
  addPod(server, 'vms', 'virt-launcher-vm-git', 'tenant-green');
  addPod(server, 'lab', 'collector', 'metrics');
  addPod(server, 'lab', 'probe-1', 'scratch');
  addPod(server, 'lab', 'probe-2', 'bench');
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

function addDeployment(server: ApiServer, { namespace, name, replicas, networks }: Workload): void {
  const labels = { app: name };
  server.create({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace, name },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels, annotations: { [NETWORKS_ANNOTATION]: networks } }, spec: podSpec() },
    },
  });
  for (let index = 0; index < replicas; index += 1) addPod(server, namespace, `${name}-${index}`, networks);
}

function addPod(server: ApiServer, namespace: string, name: string, networks: string): void {
  const pod: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace, name, annotations: { [NETWORKS_ANNOTATION]: networks } },
    spec: { nodeName: 'node-1', ...podSpec() },
    status: { phase: 'Running' },
  };
  server.create(pod);
}

function podSpec() {
  return { containers: [{ name: 'main', image: 'registry.example/app:1' }] };
}
