import { spellOut } from '../../format.ts';
import { strings } from '../../strings.ts';
import type { GroupNode, MapNode } from './map-graph.ts';

const text = strings.map;

/** A name of a cluster after words of ours, or the one without the other. */
export interface Title {
  readonly words?: string;
  readonly name?: string;
}

export function titleOf(node: MapNode): Title {
  switch (node.kind) {
    case 'parent':
      return node.parent === undefined ? { words: text.noParent } : { name: node.parent };
    case 'network':
      return { name: `${node.row.network.namespace}/${node.row.network.name}` };
    case 'workload':
      return { name: `${node.user.namespace}/${node.user.name}` };
    case 'group':
      return groupTitle(node);
  }
}

function groupTitle({ group, size, column, condition }: GroupNode): Title {
  switch (group.by) {
    case 'namespace':
      return { words: text.groups.namespace(members(size, column, condition)), name: group.namespace };
    case 'owner':
      return { words: text.groups.namespace(text.ofKind(size, spellOut(group.kind))), name: group.namespace };
    case 'parent': {
      const what = members(size, column, condition);
      if (group.parent === undefined) return { words: text.groups.noParent(what) };
      return { words: text.groups.parent(what), name: group.parent };
    }
    case 'rest':
      return { words: text.others(size, text.things[column]) };
    case 'more':
      return { words: text.more(size) };
  }
}

function members(size: number, column: GroupNode['column'], condition: GroupNode['condition']): string {
  if (column === 2) return text.workloads(size);
  return condition === 'missing' ? text.missingNetworks(size) : text.networks(size);
}

/** What stands below the title, or beside it: always ours, but for kinds of owners that we do not know. */
export function detailOf(node: MapNode): string {
  switch (node.kind) {
    case 'parent':
      return join(
        node.parent === undefined ? undefined : text.parentKind(node.types),
        text.networks(node.networks),
      );
    case 'network':
      return join(strings.states[node.row.shown], text.attachments(node.attachments));
    case 'workload':
      return workloadDetail(node.user.kind, node.user.pods);
    case 'group':
      return groupDetail(node);
  }
}

function workloadDetail(kind: string, pods: number): string {
  const word = spellOut(text.kind(kind));
  return kind === 'Pod' ? word : join(word, text.pods(pods));
}

function groupDetail({ column, pods, states, condition, attachments }: GroupNode): string {
  if (column === 2) return join(text.pods(pods), text.attachments(attachments));
  if (column === 0 || condition === 'missing') return text.attachments(attachments);
  return states.map(([shown, count]) => text.stateCount(count, strings.states[shown])).join(', ');
}

function join(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(', ');
}

/** All that a node says, for whoever does not see it: the same words in the same order. */
export function labelOf(node: MapNode): string {
  const { words, name } = titleOf(node);
  const title = [words, name === undefined ? undefined : spellOut(name)].filter(Boolean).join(' ');
  return `${title}, ${detailOf(node)}`;
}
