import type { UsageMap } from '../../../main/contract/networks.ts';
import type { NetworkRow } from '../../state/networks.ts';
import { networkKey } from '../../state/window-state.ts';
import { strings } from '../../strings.ts';

/** A workload, or a pod that nothing made. */
export type MapUser = UsageMap['users'][number];

/** Who uses which network; links point into the two lists. */
export interface MapData {
  readonly networks: readonly NetworkRow[];
  readonly users: readonly MapUser[];
  readonly links: readonly MapLink[];
}

export interface MapLink {
  readonly network: number;
  readonly user: number;
  /** Of living pods; 0 where only a template refers to the network. */
  readonly attachments: number;
}

/**
 * Puts the networks of one context together with those who use them. A network that is linked to and not among the
 * rows is not there as far as the window knows, and comes in as missing.
 */
export function joinMap(context: string, rows: readonly NetworkRow[], usage: UsageMap): MapData {
  const networks = [...rows];
  const indexes = new Map(rows.map(({ key }, index) => [key, index]));
  const links: MapLink[] = [];
  for (const { namespace, name, user, attachments } of usage.links) {
    if (user >= usage.users.length) continue;
    const key = networkKey({ context, namespace, name });
    let network = indexes.get(key);
    if (network === undefined) {
      const state = 'missing' as const;
      network = networks.length;
      indexes.set(key, network);
      networks.push({
        key,
        network: { context, namespace, name, state, pods: 0, workloads: 0 },
        shown: state,
      });
    }
    links.push({ network, user, attachments });
  }
  return { networks, users: usage.users, links };
}

/** The namespaces of networks and users, in order. */
export function namespacesOf({ networks, users }: MapData): readonly string[] {
  const names = new Set(networks.map(({ network }) => network.namespace));
  for (const { namespace } of users) names.add(namespace);
  return [...names].sort();
}

/**
 * What is of the namespace and holds every word, and what that is linked to; users that use nothing have no place in
 * it. Links stay where one of their ends is asked for, so a neighbour shows only what it has to do with it.
 */
export function narrowMap(
  data: MapData,
  narrowing: { words: string; namespace?: string | undefined },
): MapData {
  const words = narrowing.words.toLowerCase().split(/\s+/).filter(Boolean);
  const { namespace } = narrowing;
  const isAsked = (home: string, hay: string) =>
    (namespace === undefined || home === namespace) && words.every((word) => hay.includes(word));
  const networks = data.networks.map((row) => isAsked(row.network.namespace, networkWords(row)));
  const users = data.users.map((user) => isAsked(user.namespace, userWords(user)));
  const links = data.links.filter(({ network, user }) => networks[network] || users[user]);
  const linked = new Set(links.map(({ user }) => user));
  for (const { network } of links) networks[network] = true;
  return keepOnly(
    { ...data, links },
    networks,
    users.map((_, index) => linked.has(index)),
  );
}

function networkWords({ network, shown }: NetworkRow): string {
  const { namespace, name, summary = '', type = '', parent = '' } = network;
  return `${namespace}/${name} ${summary} ${type} ${parent} ${strings.states[shown]}`.toLowerCase();
}

function userWords({ kind, namespace, name }: MapUser): string {
  return `${namespace}/${name} ${kind}`.toLowerCase();
}

function keepOnly(data: MapData, networks: readonly boolean[], users: readonly boolean[]): MapData {
  const networkAt = newIndexes(networks);
  const userAt = newIndexes(users);
  return {
    networks: data.networks.filter((_, index) => networks[index]),
    users: data.users.filter((_, index) => users[index]),
    links: data.links.map(({ network, user, attachments }) => ({
      network: networkAt[network] ?? 0,
      user: userAt[user] ?? 0,
      attachments,
    })),
  };
}

function newIndexes(isKept: readonly boolean[]): readonly number[] {
  let next = 0;
  return isKept.map((kept) => (kept ? next++ : -1));
}
