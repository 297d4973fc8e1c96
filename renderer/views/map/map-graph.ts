import type { NetworkRow, ShownState } from '../../state/networks.ts';
import type { MapUser } from './map-data.ts';

/** What networks ride on, the networks, and who uses them: from left to right. */
export type Column = 0 | 1 | 2;

/** By what a group's members belong together. `rest`: the smaller ones; `more`: what an open group does not list. */
export type GroupBy =
  | { readonly by: 'namespace'; readonly namespace: string }
  | { readonly by: 'owner'; readonly namespace: string; readonly kind: string }
  | { readonly by: 'parent'; readonly parent: string | undefined }
  | { readonly by: 'rest' }
  | { readonly by: 'more' };

/** Networks that are not there, or of which somebody has to know, are never in one group with others. */
export type Condition = 'missing' | 'troubled' | 'well';

export type LineTone = 'plain' | 'amber' | 'red';

interface NodeParts {
  /** Stays the same while it shows the same thing. Holds only letters, digits and `_.-`. */
  readonly id: string;
  readonly column: Column;
  /** Of all that it stands for, each counted once. */
  readonly attachments: number;
  /** The open group that it is a member of. */
  readonly frame?: string;
}

export interface ParentNode extends NodeParts {
  readonly kind: 'parent';
  /** undefined: for the networks that stand on nothing that has a name */
  readonly parent: string | undefined;
  /** Types of the networks that ride on it. */
  readonly types: readonly string[];
  readonly networks: number;
}

export interface NetworkNode extends NodeParts {
  readonly kind: 'network';
  readonly row: NetworkRow;
}

export interface WorkloadNode extends NodeParts {
  readonly kind: 'workload';
  readonly user: MapUser;
}

export interface GroupNode extends NodeParts {
  readonly kind: 'group';
  readonly group: GroupBy;
  readonly condition: Condition;
  readonly isOpen: boolean;
  /** Members. */
  readonly size: number;
  /** Of workloads: their living pods. */
  readonly pods: number;
  /** Of networks: how many are shown as what, the most urgent first. */
  readonly states: readonly (readonly [ShownState, number])[];
}

export type MapNode = ParentNode | NetworkNode | WorkloadNode | GroupNode;

export interface MapEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly attachments: number;
  /** Links of templates alone, that have no pod yet. */
  readonly templates: number;
  readonly tone: LineTone;
  /** The network is not there. */
  readonly isGone: boolean;
}

/** What is drawn: nodes in the order of their columns, and within one as they were told. */
export interface MapGraph {
  readonly nodes: readonly MapNode[];
  readonly edges: readonly MapEdge[];
}

/** What a node is linked to, along the lines to its left and to its right, with the lines: all that stays lit. */
export function connectedTo(graph: MapGraph, id: string): ReadonlySet<string> {
  const lit = new Set([id]);
  const own = graph.nodes.filter((node) => node.id === id || node.frame === id).map((node) => node.id);
  for (const [from, to] of [
    ['from', 'to'],
    ['to', 'from'],
  ] as const) {
    let reached = new Set(own);
    while (reached.size > 0) {
      const next = new Set<string>();
      for (const edge of graph.edges) {
        if (!reached.has(edge[from])) continue;
        lit.add(edge.id);
        next.add(edge[to]);
      }
      for (const one of reached) lit.add(one);
      reached = next;
    }
  }
  for (const { id: member, frame } of graph.nodes) if (frame !== undefined && lit.has(member)) lit.add(frame);
  return lit;
}

/** The node that a workload is drawn as, where it is not one of a group's. */
export function nodeOfUser({ nodes }: MapGraph, user: MapUser): WorkloadNode | undefined {
  return nodes
    .filter((node) => node.kind === 'workload')
    .find(({ user: { kind, namespace, name } }) => {
      return kind === user.kind && namespace === user.namespace && name === user.name;
    });
}
