import type { ShownState } from '../../state/networks.ts';
import type { MapData } from './map-data.ts';
import type { Condition } from './map-graph.ts';

/** What is counted once, before anything is put together. */
export interface Facts {
  readonly conditions: readonly Condition[];
  /** What networks ride on, in the order of the networks. */
  readonly parents: readonly (string | undefined)[];
  /** By network: where its parent is among `parents`; undefined for a missing one, of which nobody knows. */
  readonly parentOf: readonly (number | undefined)[];
  /** Attachments by network, user and parent. */
  readonly ofNetwork: readonly number[];
  readonly ofUser: readonly number[];
  readonly ofParent: readonly number[];
}

export function gatherFacts({ networks, users, links }: MapData): Facts {
  const conditions = networks.map(({ shown }) => conditionOf(shown));
  const indexes = new Map<string | undefined, number>();
  const parentOf = networks.map(({ network }, index) => {
    if (conditions[index] === 'missing' && network.parent === undefined) return undefined;
    const known = indexes.get(network.parent) ?? indexes.size;
    indexes.set(network.parent, known);
    return known;
  });
  const ofNetwork = networks.map(() => 0);
  const ofUser = users.map(() => 0);
  const ofParent = [...indexes].map(() => 0);
  for (const { network, user, attachments } of links) {
    addTo(ofNetwork, network, attachments);
    addTo(ofUser, user, attachments);
    const parent = parentOf[network];
    if (parent !== undefined) addTo(ofParent, parent, attachments);
  }
  return { conditions, parents: [...indexes.keys()], parentOf, ofNetwork, ofUser, ofParent };
}

function addTo(sums: number[], index: number, value: number): void {
  sums[index] = (sums[index] ?? 0) + value;
}

export function conditionOf(shown: ShownState): Condition {
  switch (shown) {
    case 'missing':
      return 'missing';
    case 'asked':
    case 'held':
    case 'failed':
    case 'deleting':
    case 'restoring':
      return 'troubled';
    case 'inUse':
    case 'unused':
    case 'restored':
    case 'stray':
    case 'letGo':
      return 'well';
  }
}
