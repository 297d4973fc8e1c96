import type { UsageMap } from '../../../main/contract/networks.ts';
import type { NetworkRow, ShownState } from '../../state/networks.ts';
import type { Grouping } from './grouping.ts';
import { groupMap } from './grouping.ts';
import type { MapData } from './map-data.ts';
import { joinMap, narrowMap } from './map-data.ts';
import { conditionOf, gatherFacts } from './map-facts.ts';
import type { LineTone, MapEdge, MapGraph } from './map-graph.ts';
import { placeNodes } from './place-nodes.ts';

export interface MapOptions {
  /** The context that rows and usage are of. */
  readonly context: string;
  readonly grouping: Grouping;
  /** Ids of the groups that are open. */
  readonly open: ReadonlySet<string>;
  /** To be held by what is shown, or by what that is linked to. */
  readonly words?: string;
  readonly namespace?: string | undefined;
}

/** The picture of one context: who uses which network, and what that rides on. Each attachment is counted once. */
export function buildMap(rows: readonly NetworkRow[], usage: UsageMap, options: MapOptions): MapGraph {
  const { context, words = '', namespace } = options;
  return graphOf(narrowMap(joinMap(context, rows, usage), { words, namespace }), options);
}

/** The picture of what is to be shown. */
export function graphOf(data: MapData, { grouping, open }: Pick<MapOptions, 'grouping' | 'open'>): MapGraph {
  const facts = gatherFacts(data);
  const bunches = groupMap(data, facts, grouping);
  const parents = placeNodes(0, bunches.parents, open, data, facts);
  const networks = placeNodes(1, bunches.networks, open, data, facts);
  const users = placeNodes(2, bunches.users, open, data, facts);
  const edges = new Edges();
  for (const [index, { shown }] of data.networks.entries()) {
    const parent = facts.parentOf[index];
    if (parent === undefined) continue;
    const attachments = facts.ofNetwork[index] ?? 0;
    edges.add(parents.idOf[parent], networks.idOf[index], { attachments, templates: 0, shown });
  }
  for (const { network, user, attachments } of data.links) {
    const shown = data.networks[network]?.shown ?? 'missing';
    const templates = attachments === 0 ? 1 : 0;
    edges.add(networks.idOf[network], users.idOf[user], { attachments, templates, shown });
  }
  return { nodes: [...parents.nodes, ...networks.nodes, ...users.nodes], edges: edges.all() };
}

interface Link {
  readonly attachments: number;
  readonly templates: number;
  /** Of the network. */
  readonly shown: ShownState;
}

/** Links between the same two nodes become one line. */
class Edges {
  readonly #edges = new Map<string, MapEdge>();

  add(from: string | undefined, to: string | undefined, link: Link): void {
    if (from === undefined || to === undefined) return;
    const id = `${from}~${to}`;
    const known = this.#edges.get(id);
    this.#edges.set(id, {
      id,
      from,
      to,
      attachments: (known?.attachments ?? 0) + link.attachments,
      templates: (known?.templates ?? 0) + link.templates,
      tone: strongest(known?.tone ?? 'plain', toneOf(link.shown)),
      isGone: (known?.isGone ?? true) && isGone(link.shown),
    });
  }

  all(): readonly MapEdge[] {
    return [...this.#edges.values()];
  }
}

const STRENGTHS: readonly LineTone[] = ['plain', 'amber', 'red'];

function strongest(one: LineTone, other: LineTone): LineTone {
  return STRENGTHS.indexOf(one) > STRENGTHS.indexOf(other) ? one : other;
}

/** A line to a network that is as it should be is plain, whatever its mark. */
function toneOf(shown: ShownState): LineTone {
  if (shown === 'missing' || shown === 'failed') return 'red';
  return conditionOf(shown) === 'well' ? 'plain' : 'amber';
}

function isGone(shown: ShownState): boolean {
  switch (shown) {
    case 'missing':
    case 'asked':
    case 'held':
    case 'failed':
    case 'restoring':
    case 'letGo':
      return true;
    case 'inUse':
    case 'unused':
    case 'restored':
    case 'stray':
    case 'deleting':
      return false;
  }
}
