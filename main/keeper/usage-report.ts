import type { Connection } from '../cluster/api.ts';
import { ApiError } from '../cluster/api.ts';
import { listAll } from '../cluster/list.ts';
import { NETWORKS, PODS, WORKLOADS } from '../cluster/resources.ts';
import type { NetworkDescription } from '../guard/cni.ts';
import { describeNetwork } from '../guard/cni.ts';
import type { NetworkObject } from '../guard/manifest.ts';
import { readNetworkObject } from '../guard/manifest.ts';
import { UsageIndex } from '../guard/usage.ts';
import type { NetworkKey, NetworkUser } from '../guard/users.ts';
import { readPod, readWorkload } from '../guard/users.ts';
import { keyOf } from './known-networks.ts';
import { splitKey } from './messages.ts';

export interface NetworkReport {
  readonly namespace: string;
  readonly name: string;
  readonly state: 'inUse' | 'unused' | 'missing';
  /** undefined for a missing one */
  readonly description: NetworkDescription | undefined;
  readonly pods: readonly NetworkUser[];
  readonly workloads: readonly NetworkUser[];
}

export interface UsageReport {
  /** By namespace and name. */
  readonly networks: readonly NetworkReport[];
  /** Pods and workloads with an annotation that Multus would refuse. */
  readonly misnamed: readonly NetworkUser[];
}

/**
 * Reads once which networks there are and who uses them. A kind of workload that is not served or may not be
 * read is passed over. Throws ApiError; `notFound` means that the CRD is not installed.
 */
export async function readUsage(
  connection: Connection,
  namespaces: readonly (string | undefined)[],
  signal: AbortSignal,
): Promise<UsageReport> {
  const usage = new UsageIndex();
  const networks = new Map<NetworkKey, NetworkObject>();
  for (const namespace of namespaces) {
    const at = { connection, lane: 'bulk', namespace } as const;
    for (const network of (await listAll({ ...at, resource: NETWORKS }, readNetworkObject, signal)).items) {
      networks.set(keyOf(network), network);
    }
    const pods = await listAll({ ...at, resource: PODS }, readPod, signal);
    usage.replace('Pod', namespace, pods.items);
    for (const resource of WORKLOADS) {
      const read = (object: unknown) => readWorkload(resource.kind, object);
      const list = await listAll({ ...at, resource }, read, signal).catch(orNothing);
      usage.replace(resource.kind, namespace, list.items);
    }
  }
  return toReport(usage, networks, namespaces);
}

function orNothing(error: unknown): { items: readonly NetworkUser[] } {
  if (error instanceof ApiError && (error.code === 'notFound' || error.code === 'forbidden'))
    return { items: [] };
  throw error;
}

function toReport(
  usage: UsageIndex,
  networks: ReadonlyMap<NetworkKey, NetworkObject>,
  namespaces: readonly (string | undefined)[],
): UsageReport {
  const covers = (namespace: string) => namespaces.includes(undefined) || namespaces.includes(namespace);
  const keys = new Set(networks.keys());
  for (const key of usage.networks())
    if (covers(splitKey(key).namespace) && isMeant(usage, key)) keys.add(key);
  const reports = [...keys].map((key): NetworkReport => {
    const network = networks.get(key);
    const pods = [...usage.pods(key)];
    const workloads = [...usage.templates(key)];
    const isUsed = pods.length + workloads.length > 0;
    const { config } = network?.spec ?? {};
    return {
      ...splitKey(key),
      state: network === undefined ? 'missing' : isUsed ? 'inUse' : 'unused',
      description: network && describeNetwork(config, network.metadata.annotations ?? {}),
      pods,
      workloads,
    };
  });
  const kinds = ['Pod', ...WORKLOADS.map(({ kind }) => kind)] as const;
  const misnamed = kinds.flatMap((kind) =>
    [...usage.users(kind)].filter(({ problem }) => problem !== undefined),
  );
  return { networks: reports.sort(byName), misnamed };
}

/** A reference that can mean one of two networks makes neither of them missing. */
function isMeant(usage: UsageIndex, key: NetworkKey): boolean {
  return [...usage.pods(key), ...usage.templates(key)].some(({ attachments }) =>
    attachments.some(({ network, ambiguous }) => network === key && !ambiguous),
  );
}

function byName(a: NetworkReport, b: NetworkReport): number {
  return a.namespace.localeCompare(b.namespace, 'en') || a.name.localeCompare(b.name, 'en');
}
