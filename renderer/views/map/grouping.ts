import type { MapData } from './map-data.ts';
import type { Facts } from './map-facts.ts';
import type { Condition, GroupBy } from './map-graph.ts';

export const GROUPINGS = ['auto', 'none', 'namespace', 'owner'] as const;
/** `auto`: as fine as there is room for. */
export type Grouping = (typeof GROUPINGS)[number];

/** More are grouped, unless a person wants otherwise. */
const MOST_WORKLOADS = 60;
const MOST_NETWORKS = 80;
const MOST_PARENTS = 60;
/** Networks that are not as they should be stand for themselves, unless they are more. */
const MOST_WRONG = 12;
/** Nodes that a column has where its things are grouped by themselves; the rest is one more group. */
const MOST_WORKLOAD_GROUPS = 50;
const MOST_NETWORK_GROUPS = 32;
const MOST_PARENT_GROUPS = 30;
/** Nodes that a column has whatever a person chooses: no more can be told apart, or drawn in good time. */
const MOST_OF_ANY = 300;

/** Things that are drawn as one node: a single thing, or a group. */
export interface Bunch {
  /** Without one: a single thing. */
  readonly group?: GroupBy;
  readonly condition: Condition;
  /** Indexes of its members, in their order. */
  readonly members: readonly number[];
}

/** How networks, users and what networks ride on are put together. Each thing is in exactly one bunch. */
export interface Bunches {
  readonly networks: readonly Bunch[];
  readonly users: readonly Bunch[];
  readonly parents: readonly Bunch[];
}

/** The worst first. */
const CONDITIONS: readonly Condition[] = ['missing', 'troubled', 'well'];

type KeyOf = (index: number) => GroupBy | undefined;

const alone: KeyOf = () => undefined;

export function groupMap(data: MapData, facts: Facts, grouping: Grouping): Bunches {
  const isCoarse = grouping !== 'none' && facts.parents.length > MOST_PARENTS;
  return {
    networks: groupNetworks(data, facts, grouping),
    users: groupUsers(data, grouping),
    parents: bunch(indexesOf(facts.parents), alone, isCoarse ? MOST_PARENT_GROUPS : MOST_OF_ANY),
  };
}

function groupUsers({ users }: MapData, grouping: Grouping): readonly Bunch[] {
  const all = indexesOf(users);
  const byNamespace: KeyOf = (index) => ({ by: 'namespace', namespace: users[index]?.namespace ?? '' });
  const byOwner: KeyOf = (index) => {
    const { kind = '', namespace = '' } = users[index] ?? {};
    return { by: 'owner', kind, namespace };
  };
  switch (grouping) {
    case 'none':
      return bunch(all, alone, MOST_OF_ANY);
    case 'namespace':
      return bunch(all, byNamespace, MOST_OF_ANY);
    case 'owner':
      return bunch(all, byOwner, MOST_OF_ANY);
    case 'auto': {
      if (users.length <= MOST_WORKLOADS) return bunch(all, alone, MOST_WORKLOADS);
      const fine = bunch(all, byOwner, MOST_OF_ANY);
      return fine.length <= MOST_WORKLOAD_GROUPS ? fine : bunch(all, byNamespace, MOST_WORKLOAD_GROUPS);
    }
  }
}

/** Those of one condition at a time, so that no group hides one that is missing among others. */
function groupNetworks(data: MapData, facts: Facts, grouping: Grouping): readonly Bunch[] {
  return CONDITIONS.flatMap((condition) => {
    const of = indexesOf(data.networks).filter((index) => facts.conditions[index] === condition);
    return groupAlike(data, of, condition, grouping);
  });
}

function groupAlike(
  { networks }: MapData,
  of: readonly number[],
  condition: Condition,
  grouping: Grouping,
): readonly Bunch[] {
  const byNamespace: KeyOf = (index) => {
    return { by: 'namespace', namespace: networks[index]?.network.namespace ?? '' };
  };
  const byParent: KeyOf = (index) => ({ by: 'parent', parent: networks[index]?.network.parent });
  if (grouping === 'none') return bunch(of, alone, MOST_OF_ANY, condition);
  if (grouping === 'namespace') return bunch(of, byNamespace, MOST_OF_ANY, condition);
  if (condition !== 'well') {
    if (of.length <= MOST_WRONG) return bunch(of, alone, MOST_WRONG, condition);
    return bunch(of, byNamespace, MOST_WRONG, condition);
  }
  if (networks.length <= MOST_NETWORKS) return bunch(of, alone, MOST_NETWORKS, condition);
  const fine = bunch(of, byParent, MOST_OF_ANY, condition);
  if (fine.length <= MOST_NETWORK_GROUPS) return fine;
  return bunch(of, byNamespace, MOST_NETWORK_GROUPS, condition);
}

/** Puts together what has the same key; the largest of them, and the rest as one where they are more than `most`. */
function bunch(
  indexes: readonly number[],
  keyOf: KeyOf,
  most: number,
  condition: Condition = 'well',
): readonly Bunch[] {
  const groups = new Map<string, { group: GroupBy | undefined; members: number[] }>();
  for (const index of indexes) {
    const group = keyOf(index);
    const key = group === undefined ? String(index) : JSON.stringify(group);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { group, members: [index] });
    else known.members.push(index);
  }
  const all = [...groups.values()];
  if (all.length <= most) return all.map((one) => toBunch(one, condition));
  const largest = new Set(all.toSorted((a, b) => b.members.length - a.members.length).slice(0, most - 1));
  const rest = all.filter((one) => !largest.has(one)).flatMap(({ members }) => members);
  return [
    ...all.filter((one) => largest.has(one)).map((one) => toBunch(one, condition)),
    { group: { by: 'rest' }, condition, members: rest },
  ];
}

/** A group of one is that one. */
function toBunch(
  { group, members }: { group: GroupBy | undefined; members: readonly number[] },
  condition: Condition,
): Bunch {
  if (group === undefined || members.length === 1) return { condition, members };
  return { group, condition, members };
}

function indexesOf(things: readonly unknown[]): readonly number[] {
  return [...things.keys()];
}
