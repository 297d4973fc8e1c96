import type { ShownState } from '../../state/networks.ts';
import type { Bunch } from './grouping.ts';
import type { MapData } from './map-data.ts';
import type { Facts } from './map-facts.ts';
import type { Column, Condition, GroupBy, MapNode } from './map-graph.ts';

/** Members of an open group that are listed at once. */
const MOST_MEMBERS = 100;

/** The nodes of a column, and the id of the node that each of its things is drawn as, by the thing's index. */
export interface ColumnNodes {
  readonly nodes: readonly MapNode[];
  readonly idOf: readonly string[];
}

export function placeNodes(
  column: Column,
  bunches: readonly Bunch[],
  open: ReadonlySet<string>,
  data: MapData,
  facts: Facts,
): ColumnNodes {
  const placed = new PlacedColumn(column, data, facts);
  for (const bunch of bunches) {
    const { group, condition, members } = bunch;
    if (group === undefined) {
      placed.addSingles(members);
      continue;
    }
    const id = groupId(column, condition, group);
    const isOpen = open.has(id);
    placed.addGroup(id, group, bunch, isOpen);
    if (!isOpen) continue;
    const listed = listedMembers(id, members.length, open);
    const more = members.slice(listed);
    placed.addSingles(members.slice(0, listed), id);
    if (more.length > 0)
      placed.addGroup(moreId(id, listed), { by: 'more' }, { condition, members: more }, false, id);
  }
  return placed;
}

class PlacedColumn implements ColumnNodes {
  readonly nodes: MapNode[] = [];
  readonly idOf: string[] = [];
  readonly #column: Column;
  readonly #data: MapData;
  readonly #facts: Facts;

  constructor(column: Column, data: MapData, facts: Facts) {
    this.#column = column;
    this.#data = data;
    this.#facts = facts;
  }

  addSingles(members: readonly number[], frame?: string): void {
    for (const index of members) {
      const node = SINGLES[this.#column](this.#data, this.#facts, index);
      if (node === undefined) continue;
      this.nodes.push(frame === undefined ? node : { ...node, frame });
      this.idOf[index] = node.id;
    }
  }

  /** An open one stands for nothing itself: its members do. */
  addGroup(id: string, group: GroupBy, { condition, members }: Bunch, isOpen: boolean, frame?: string): void {
    const sums = sumsOf(this.#column, members, this.#data, this.#facts);
    this.nodes.push({
      kind: 'group',
      id,
      column: this.#column,
      group,
      condition,
      isOpen,
      size: members.length,
      ...sums,
      ...(frame !== undefined && { frame }),
    });
    if (!isOpen) for (const index of members) this.idOf[index] = id;
  }
}

/** How many members of an open group are listed: one more batch for each time that more were asked for. */
function listedMembers(id: string, size: number, open: ReadonlySet<string>): number {
  let listed = MOST_MEMBERS;
  while (listed < size && open.has(moreId(id, listed))) listed += MOST_MEMBERS;
  return listed;
}

function moreId(id: string, listed: number): string {
  return `${id}.more-${listed}`;
}

function groupId(column: Column, condition: Condition, group: GroupBy): string {
  const parts = [column.toString(), condition, group.by];
  switch (group.by) {
    case 'namespace':
      return toId('g', ...parts, group.namespace);
    case 'owner':
      return toId('g', ...parts, group.namespace, group.kind);
    case 'parent':
      return toId('g', ...parts, ...(group.parent === undefined ? [] : [group.parent]));
    case 'rest':
    case 'more':
      return toId('g', ...parts);
  }
}

function sumsOf(column: Column, members: readonly number[], { networks, users }: MapData, facts: Facts) {
  const attachmentsOf = [facts.ofParent, facts.ofNetwork, facts.ofUser][column] ?? [];
  const sum = (values: readonly number[]) =>
    members.reduce((total, index) => total + (values[index] ?? 0), 0);
  const states = new Map<ShownState, number>();
  if (column === 1) {
    // Rows come with the most urgent first.
    for (const index of members) {
      const { shown } = networks[index] ?? { shown: 'missing' as const };
      states.set(shown, (states.get(shown) ?? 0) + 1);
    }
  }
  const pods = column === 2 ? members.reduce((total, index) => total + (users[index]?.pods ?? 0), 0) : 0;
  return { attachments: sum(attachmentsOf), pods, states: [...states] };
}

/** By column. */
const SINGLES = [parentNode, networkNode, workloadNode] as const;

function parentNode({ networks }: MapData, { parents, parentOf, ofParent }: Facts, index: number): MapNode {
  const riding = networks.filter((_, network) => parentOf[network] === index);
  const types = new Set(riding.flatMap(({ network: { type } }) => (type === undefined ? [] : [type])));
  const parent = parents[index];
  return {
    kind: 'parent',
    id: parent === undefined ? 'p' : toId('p', parent),
    column: 0,
    parent,
    types: [...types],
    networks: riding.length,
    attachments: ofParent[index] ?? 0,
  };
}

function networkNode({ networks }: MapData, { ofNetwork }: Facts, index: number): MapNode | undefined {
  const row = networks[index];
  if (row === undefined) return undefined;
  const { namespace, name } = row.network;
  const attachments = ofNetwork[index] ?? 0;
  return { kind: 'network', id: toId('n', namespace, name), column: 1, row, attachments };
}

function workloadNode({ users }: MapData, { ofUser }: Facts, index: number): MapNode | undefined {
  const user = users[index];
  if (user === undefined) return undefined;
  const id = toId('w', user.kind, user.namespace, user.name);
  return { kind: 'workload', id, column: 2, user, attachments: ofUser[index] ?? 0 };
}

/** Names are of any characters, and ids must do as attributes and in selectors. */
function toId(...parts: readonly string[]): string {
  const safe = (part: string) =>
    part.replace(/[^a-z0-9-]/gi, (character) => `_${character.charCodeAt(0).toString(16)}_`);
  return parts.map(safe).join('.');
}
