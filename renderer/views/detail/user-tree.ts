import type { NetworkUserView } from '../../../main/contract/networks.ts';

export type Attachment = NetworkUserView['attachments'][number];

/** A pod or a workload in the tree of users. */
export interface UserNode {
  /** Its identity among the users of one network. */
  readonly key: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** How it is attached; of a workload what its template asks for. */
  readonly attachments: readonly Attachment[];
  /** Of a workload; by name. */
  readonly pods: readonly UserNode[];
}

/** Users as a person counts them. */
export interface UserCounts {
  readonly workloads: number;
  /** Of the workloads those that have no pod now. */
  readonly idleWorkloads: number;
  readonly ownedPods: number;
  /** Pods that nothing made. */
  readonly singlePods: number;
}

/**
 * Pods gathered under what made them, which may be in the list itself as a workload that refers to the network: the
 * same node. Workloads with pods come first, then pods that nothing made, then workloads without pods; each by name.
 */
export function gatherUsers(users: readonly NetworkUserView[]): readonly UserNode[] {
  const workloads = new Map<string, Gathered>();
  const singlePods: UserNode[] = [];
  for (const user of users) {
    if (user.kind !== 'Pod') {
      gather(workloads, user.kind, user).attachments.push(...user.attachments);
    } else if (user.owner === undefined) {
      singlePods.push(podNode(user));
    } else {
      gather(workloads, user.owner.kind, { ...user.owner, namespace: user.namespace }).pods.push(
        podNode(user),
      );
    }
  }
  const nodes = [...workloads.values()];
  for (const { pods } of nodes) pods.sort(compareNodes);
  return [
    ...nodes.filter(({ pods }) => pods.length > 0).sort(compareNodes),
    ...singlePods.sort(compareNodes),
    ...nodes.filter(({ pods }) => pods.length === 0).sort(compareNodes),
  ];
}

export function isWorkload({ kind }: UserNode): boolean {
  return kind !== 'Pod';
}

export function countUsers(nodes: readonly UserNode[]): UserCounts {
  const workloads = nodes.filter(isWorkload);
  return {
    workloads: workloads.length,
    idleWorkloads: workloads.filter(({ pods }) => pods.length === 0).length,
    ownedPods: workloads.reduce((sum, { pods }) => sum + pods.length, 0),
    singlePods: nodes.length - workloads.length,
  };
}

/** The namespaces that users of a network are in, by name. */
export function namespacesOf(users: readonly NetworkUserView[]): readonly string[] {
  return [...new Set(users.map(({ namespace }) => namespace))].sort(inOrder.compare);
}

/** As it grows. */
interface Gathered extends UserNode {
  readonly attachments: Attachment[];
  readonly pods: UserNode[];
}

function gather(
  workloads: Map<string, Gathered>,
  kind: string,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): Gathered {
  const key = keyOf(kind, namespace, name);
  const known = workloads.get(key) ?? { key, kind, namespace, name, attachments: [], pods: [] };
  workloads.set(key, known);
  return known;
}

function podNode({ kind, namespace, name, attachments }: NetworkUserView): UserNode {
  return { key: keyOf(kind, namespace, name), kind, namespace, name, attachments, pods: [] };
}

/** No part can hold a NUL. */
function keyOf(kind: string, namespace: string, name: string): string {
  return `${kind}\0${namespace}\0${name}`;
}

/** `osd-2` before `osd-10`. */
const inOrder = new Intl.Collator('en', { numeric: true });

function compareNodes(a: UserNode, b: UserNode): number {
  return (
    inOrder.compare(a.namespace, b.namespace) ||
    inOrder.compare(a.name, b.name) ||
    inOrder.compare(a.kind, b.kind)
  );
}
