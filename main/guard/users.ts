import type { Owner, OwnerPool } from './owners.ts';
import { readOwner } from './owners.ts';
import type { NetworkAttachment, NetworkReference, NetworkSelection } from './selection.ts';
import { parseDefaultNetwork, parseNetworkSelection, parseNetworkStatus } from './selection.ts';

/** What can hold a network: a pod uses it, everything else refers to it through its pod template. */
export const WORKLOAD_KINDS = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Job',
  'CronJob',
  'VirtualMachine',
] as const;
export type WorkloadKind = (typeof WORKLOAD_KINDS)[number];
export type UserKind = 'Pod' | WorkloadKind;

/** `namespace/name` of a network. */
export type NetworkKey = string;

export function networkKey(namespace: string, name: string): NetworkKey {
  return `${namespace}/${name}`;
}

export interface Attachment {
  readonly network: NetworkKey;
  readonly interface?: string;
  /**
   * A bare name in the default-network annotation means Multus' own namespace to Multus and the pod's to
   * Kube-OVN. Both are protected, but neither may be called missing.
   */
  readonly ambiguous?: true;
  /** Multus says that it is attached; then it may also tell the interface and the addresses. */
  readonly isAttached?: true;
  /** Attached, but not asked for any more. */
  readonly isStatusOnly?: true;
  readonly ips?: readonly string[];
  readonly mac?: string;
}

/** A pod or workload that names at least one network, or tries to (then `problem` says what is wrong). */
export interface NetworkUser {
  readonly kind: UserKind;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly attachments: readonly Attachment[];
  /** Why an annotation counts for nothing, in words. */
  readonly problem?: string;
  /** What made the pod; absent for one that nothing made, and for workloads. */
  readonly owner?: Owner;
}

const NETWORKS = 'k8s.v1.cni.cncf.io/networks';
const DEFAULT_NETWORK = 'v1.multus-cni.io/default-network';
/** Multus 4 writes the first, older ones the second. */
const NETWORK_STATUS = ['k8s.v1.cni.cncf.io/network-status', 'k8s.v1.cni.cncf.io/networks-status'] as const;

type Json = Readonly<Record<string, unknown>>;

/**
 * The pod as a user of networks, or undefined if it names none. Takes a whole pod or its metadata alone;
 * whether it is alive is asked of the server (field selector on status.phase), not of the object. Pods that are read
 * with one pool share their owners.
 */
export function readPod(object: unknown, owners?: OwnerPool): NetworkUser | undefined {
  const identity = readIdentity(object);
  if (identity === undefined) return undefined;
  const metadata = readObject(readObject(object)?.metadata);
  const named = readAnnotations(metadata?.annotations, identity.namespace, { withStatus: true });
  const user = toUser('Pod', identity, named);
  if (user === undefined) return undefined;
  const owner = readOwner(metadata);
  return owner === undefined ? user : { ...user, owner: owners?.share(owner) ?? owner };
}

/**
 * The workload as a user of networks, or undefined if its template names none, if something else owns it
 * (then its owner is the user) or if it is a Job that has ended.
 */
export function readWorkload(kind: WorkloadKind, object: unknown): NetworkUser | undefined {
  const identity = readIdentity(object);
  if (identity === undefined) return undefined;
  if ((kind === 'ReplicaSet' || kind === 'Job') && isOwned(object)) return undefined;
  const spec = readObject(readObject(object)?.spec);
  if (kind === 'Job' && hasEnded(object)) return undefined;
  const template = readObject(
    kind === 'CronJob' ? readObject(readObject(spec?.jobTemplate)?.spec)?.template : spec?.template,
  );
  const annotations = readObject(template?.metadata)?.annotations;
  const named = readAnnotations(annotations, identity.namespace, { withStatus: false });
  const multus = kind === 'VirtualMachine' ? readVirtualMachineNetworks(template, identity.namespace) : [];
  return toUser(kind, identity, { ...named, attachments: [...named.attachments, ...multus] });
}

interface Identity {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

/** Namespace, name and uid of anything the API server sends; undefined if it is not an object of Kubernetes. */
export function readIdentity(object: unknown): Identity | undefined {
  const metadata = readObject(readObject(object)?.metadata);
  const { namespace, name, uid } = metadata ?? {};
  if (typeof namespace !== 'string' || typeof name !== 'string' || typeof uid !== 'string') return undefined;
  return { namespace, name, uid };
}

interface Named {
  readonly attachments: readonly Attachment[];
  readonly problem?: string;
}

function toUser(kind: UserKind, identity: Identity, named: Named): NetworkUser | undefined {
  if (named.attachments.length === 0 && named.problem === undefined) return undefined;
  return { kind, ...identity, ...named };
}

/** networks ∪ default-network ∪ network-status; a bad annotation adds nothing but its problem. */
function readAnnotations(value: unknown, namespace: string, options: { withStatus: boolean }): Named {
  const annotations = readObject(value);
  if (annotations === undefined) return { attachments: [] };
  const attachments: Attachment[] = [];
  const problems: string[] = [];
  const add = (annotation: string, selection: NetworkSelection, ambiguous: boolean) => {
    if (!selection.ok) problems.push(`${annotation}: ${selection.error}`);
    else for (const reference of selection.references) attachments.push(toAttachment(reference, ambiguous));
  };

  const networks = annotations[NETWORKS];
  if (typeof networks === 'string') add(NETWORKS, parseNetworkSelection(networks, namespace), false);
  const defaultNetwork = annotations[DEFAULT_NETWORK];
  if (typeof defaultNetwork === 'string') {
    const selection = parseDefaultNetwork(defaultNetwork, namespace);
    add(DEFAULT_NETWORK, selection, selection.ok && selection.references.length > 1);
  }
  if (options.withStatus) addAttached(attachments, annotations);
  return problems.length === 0 ? { attachments } : { attachments, problem: problems.join('; ') };
}

/** What is really attached counts too, also after the networks annotation was edited. */
function addAttached(attachments: Attachment[], annotations: Json): void {
  const status = NETWORK_STATUS.map((name) => annotations[name]).find((text) => typeof text === 'string');
  if (typeof status !== 'string') return;
  const parsed = parseNetworkStatus(status);
  if (!parsed.ok) return;
  const requests = new Map<string, number[]>();
  for (const [index, asked] of attachments.entries()) {
    const id = requestId(asked.network, asked.interface);
    const same = requests.get(id);
    if (same === undefined) requests.set(id, [index]);
    else same.push(index);
  }
  for (const attached of parsed.attachments) {
    const found = toAttached(attached);
    // The request that it fulfils: the one for this interface, else the first that leaves the interface open.
    const index =
      requests.get(requestId(found.network, found.interface))?.shift() ??
      requests.get(requestId(found.network, undefined))?.shift();
    const asked = index === undefined ? undefined : attachments[index];
    if (index === undefined || asked === undefined) attachments.push({ ...found, isStatusOnly: true });
    else attachments[index] = { ...asked, ...found };
  }
}

function requestId(network: NetworkKey, device: string | undefined): string {
  return `${network}@${device ?? ''}`;
}

function toAttached(attached: NetworkAttachment): Attachment {
  const { ips, mac } = attached;
  return {
    ...toAttachment(attached, false),
    isAttached: true,
    ...(ips.length > 0 && { ips }),
    ...(mac !== undefined && { mac }),
  };
}

function toAttachment(reference: NetworkReference, ambiguous: boolean): Attachment {
  return {
    network: networkKey(reference.namespace, reference.name),
    ...(reference.interface ? { interface: reference.interface } : {}),
    ...(ambiguous ? { ambiguous } : {}),
  };
}

/** KubeVirt: spec.template.spec.networks[].multus.networkName, `name` or `namespace/name`. */
function readVirtualMachineNetworks(template: Json | undefined, namespace: string): Attachment[] {
  const networks = readObject(template?.spec)?.networks;
  if (!Array.isArray(networks)) return [];
  return networks.flatMap((network) => {
    const networkName = readObject(readObject(network)?.multus)?.networkName;
    if (typeof networkName !== 'string' || networkName === '') return [];
    return [{ network: networkName.includes('/') ? networkName : networkKey(namespace, networkName) }];
  });
}

function isOwned(object: unknown): boolean {
  const owners = readObject(readObject(object)?.metadata)?.ownerReferences;
  return Array.isArray(owners) && owners.length > 0;
}

function hasEnded(object: unknown): boolean {
  const conditions = readObject(readObject(object)?.status)?.conditions;
  if (!Array.isArray(conditions)) return false;
  return conditions.some((condition) => {
    const { type, status } = readObject(condition) ?? {};
    return (type === 'Complete' || type === 'Failed') && status === 'True';
  });
}

function readObject(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}
