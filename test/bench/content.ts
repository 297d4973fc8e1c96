/** What the measured cluster holds: many pods, a share of which uses networks, and the networks that are deleted. */
import type { KubernetesObject } from '../../main/demo/api-server/objects.ts';
import { makeNamespace, makeNetwork, makePod, NAMESPACES, networksIn, podsIn } from '../support/objects.ts';
import { Client } from './client.ts';
import type { Server } from './server.ts';

/** A network's place in the cluster. */
export interface NetworkName {
  readonly namespace: string;
  readonly name: string;
}

export interface Content {
  /** Each is used by several pods. */
  readonly used: readonly NetworkName[];
  /** As many and alike, but no pod uses them: for the floor, which does not ask. */
  readonly unused: readonly NetworkName[];
  readonly pods: number;
  readonly podsWithNetworks: number;
  /** Of one pod with networks, as a client gets it. */
  readonly metadataBytes: number;
}

export const FLOOR_NAMESPACE = 'floor';
const NAMESPACE_COUNT = 40;
/** One pod in so many uses networks. */
const SHARE = 4;
const NETWORKS_PER_POD = 2;
const REQUESTS_IN_FLIGHT = 30;

/** Creates it all over HTTP. `networks` is the number of used ones. */
export async function fill(server: Server, size: { pods: number; networks: number }): Promise<Content> {
  const client = new Client(server.target, REQUESTS_IN_FLIGHT);
  const namespaces = numbered('team', NAMESPACE_COUNT);
  const used = numbered('network', size.networks).map((name, index) => ({
    namespace: namespaces[index % NAMESPACE_COUNT] ?? '',
    name,
  }));
  const unused = used.map(({ name }) => ({ namespace: FLOOR_NAMESPACE, name }));
  for (const name of [...namespaces, FLOOR_NAMESPACE]) {
    await client.request('POST', NAMESPACES, makeNamespace(name));
  }
  await inFlight([...used, ...unused], ({ namespace, name }) =>
    client.request('POST', networksIn(namespace), network(namespace, name)),
  );
  const pods = Array.from({ length: size.pods }, (_, index) => index);
  await inFlight(pods, (index) => {
    const body = pod(index, namespaces, used, server.writesManagedFields);
    return client.request('POST', podsIn(body.metadata?.namespace), body);
  });
  const first = JSON.parse(await client.request('GET', `${podsIn(namespaces[0])}/${podName(0)}`));
  return {
    used,
    unused,
    pods: size.pods,
    podsWithNetworks: pods.filter(usesNetworks).length,
    metadataBytes: JSON.stringify(first.metadata).length,
  };
}

function network(namespace: string, name: string): KubernetesObject {
  const config = {
    cniVersion: '0.3.1',
    name,
    type: 'macvlan',
    master: 'eth1',
    mode: 'bridge',
    mtu: 1500,
    ipam: { type: 'whereabouts', range: '10.56.0.0/16', exclude: ['10.56.0.0/28', '10.56.255.0/24'] },
  };
  return makeNetwork(namespace, name, {
    config: JSON.stringify(config),
    metadata: { labels: { 'app.kubernetes.io/part-of': 'bench' }, annotations: { purpose: 'to be deleted' } },
  });
}

function usesNetworks(index: number): boolean {
  return Math.floor(index / NAMESPACE_COUNT) % SHARE === 0;
}

function podName(index: number): string {
  return `worker-7c9f6d5b8-${String(index).padStart(5, '0')}`;
}

/** A pod of a Deployment, with the annotations that Multus and a service mesh leave on one. */
function pod(
  index: number,
  namespaces: readonly string[],
  networks: readonly NetworkName[],
  writesManagedFields: boolean,
): KubernetesObject {
  const namespace = namespaces[index % NAMESPACE_COUNT] ?? '';
  const near = networks.filter((each) => each.namespace === namespace);
  const turn = Math.floor(index / NAMESPACE_COUNT / SHARE) * NETWORKS_PER_POD;
  const attached = Array.from(
    { length: NETWORKS_PER_POD },
    (_, nth) => near[(turn + nth) % near.length]?.name,
  );
  return makePod(namespace, podName(index), {
    ...(usesNetworks(index) && { networks: attached.join(',') }),
    metadata: {
      labels: {
        app: 'worker',
        'app.kubernetes.io/name': 'worker',
        'app.kubernetes.io/instance': `worker-${namespace}`,
        'app.kubernetes.io/managed-by': 'Helm',
        'pod-template-hash': '7c9f6d5b8',
      },
      annotations: {
        'kubectl.kubernetes.io/restartedAt': '2026-11-24T08:00:00Z',
        'checksum/config': 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c',
        'prometheus.io/scrape': 'true',
        'prometheus.io/port': '9090',
        ...(usesNetworks(index) && {
          'k8s.v1.cni.cncf.io/network-status': networkStatus(namespace, attached),
        }),
      },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name: 'worker-7c9f6d5b8',
          uid: '6d3c1f0e-54c5-4a36-8d43-0d5bd0b4fb3c',
          controller: true,
        },
      ],
      ...(!writesManagedFields && { managedFields: MANAGED_FIELDS }),
    },
  });
}

/** As Multus leaves it on a pod that runs. */
function networkStatus(namespace: string, networks: readonly (string | undefined)[]): string {
  const own = {
    name: 'kindnet',
    interface: 'eth0',
    ips: ['10.244.1.7'],
    mac: '52:fe:4c:0b:a5:11',
    default: true,
    dns: {},
  };
  const status = networks.map((name, nth) => ({
    name: `${namespace}/${name}`,
    interface: `net${nth + 1}`,
    ips: [`10.56.0.${20 + nth}`],
    mac: '0a:58:0a:38:00:14',
    dns: {},
  }));
  return JSON.stringify([own, ...status], undefined, 4);
}

/** 0.9 kB, as the controller-manager and the kubelet leave them on a pod. */
const MANAGED_FIELDS = [
  managed(
    'kube-controller-manager',
    ['f:metadata', 'f:labels', 'f:annotations', 'f:ownerReferences', 'f:spec'],
    4,
  ),
  managed(
    'kubelet',
    ['f:status', 'f:conditions', 'f:containerStatuses', 'f:hostIP', 'f:phase', 'f:podIP'],
    4,
  ),
];

function managed(manager: string, fields: readonly string[], parts: number) {
  const part = Object.fromEntries(fields.map((field) => [field, {}]));
  const fieldsV1 = Object.fromEntries(numbered('f:part', parts).map((name) => [name, part]));
  const [operation, apiVersion, time] = ['Update', 'v1', '2026-11-24T08:00:00Z'];
  return { manager, operation, apiVersion, time, fieldsType: 'FieldsV1', fieldsV1 };
}

function numbered(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${String(index).padStart(3, '0')}`);
}

/** Calls `send` for every item, so many at a time. */
async function inFlight<T>(items: readonly T[], send: (item: T) => Promise<unknown>): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await send(item);
  };
  await Promise.all(Array.from({ length: REQUESTS_IN_FLIGHT }, worker));
}
