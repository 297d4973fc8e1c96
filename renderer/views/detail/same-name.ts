import type { NetworkName, NetworkState, NetworkView } from '../../../main/contract/networks.ts';

const IS_THERE: ReadonlySet<NetworkState> = new Set(['inUse', 'unused', 'deleting']);

/** Networks that are told of as perhaps meant. */
const MOST_TOLD = 5;

export function isThere({ state }: NetworkView): boolean {
  return IS_THERE.has(state);
}

/**
 * Networks of the same name that are there: in other namespaces of the context first, which a reference without a
 * namespace may mean, then in the same namespace of other contexts, then anywhere.
 */
export function findSameName(wanted: NetworkName, networks: Iterable<NetworkView>): readonly NetworkView[] {
  const found: NetworkView[] = [];
  for (const network of networks) {
    if (network.name === wanted.name && isThere(network)) found.push(network);
  }
  return found.sort((a, b) => distance(wanted, a) - distance(wanted, b)).slice(0, MOST_TOLD);
}

function distance(wanted: NetworkName, { context, namespace }: NetworkView): number {
  if (context === wanted.context) return 0;
  return namespace === wanted.namespace ? 1 : 2;
}
