import type { Column, MapGraph, MapNode } from './map-graph.ts';
import { orderColumns } from './order-columns.ts';
import type { PlacedEdge } from './place-lines.ts';
import { placeLines } from './place-lines.ts';
import { settle, stack } from './settle.ts';

export interface PlacedNode {
  readonly node: MapNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** All in px, from the top left corner of the picture. */
export interface Layout {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  /** Where the columns begin. */
  readonly columns: readonly [number, number, number];
  readonly width: number;
  readonly height: number;
}

export const COLUMN_WIDTHS_PX = [168, 224, 224] as const;
const COLUMNS: readonly Column[] = [0, 1, 2];
const NODE_PX = 36;
const GAP_PX = 8;
/** Between parts of the picture that no line connects. */
const PART_GAP_PX = 12;
const FRAME_HEAD_PX = 32;
const FRAME_PADDING_PX = 8;
const MEMBER_GAP_PX = 4;

/** A node, or an open group with its members, that takes one place in a column. */
export interface Block {
  readonly column: Column;
  readonly nodes: readonly MapNode[];
  readonly height: number;
  /** Blocks of the columns beside it, once for each line. */
  readonly left: Block[];
  readonly right: Block[];
  /** Changed while it is laid out: its place in its column, counted and as a part of the whole, and where it begins. */
  order: number;
  place: number;
  y: number;
}

/**
 * Places the columns side by side: within one, nodes stand so that few lines cross, and close to what they are linked
 * to. What is not connected stands one below the other, what is missing at the top.
 *
 * Done here because the columns are given, and what is left is small: dagre finds columns by itself and takes ten
 * times as long (400 ms of a processor for 100 nodes with 220 lines).
 */
export function layOut(graph: MapGraph, gapPx: number): Layout {
  const blocks = makeBlocks(graph);
  let top = 0;
  for (const part of connectedParts(blocks)) {
    placePart(part);
    const highest = Math.min(...part.map(({ y }) => y));
    for (const block of part) block.y += top - highest;
    top = Math.max(...part.map(({ y, height }) => y + height)) + PART_GAP_PX;
  }
  const [parents, networks, users] = COLUMN_WIDTHS_PX;
  const columns = [0, parents + gapPx, parents + gapPx + networks + gapPx] as const;
  const nodes = graph.nodes.length === 0 ? [] : placedInOrder(blocks, columns);
  return {
    nodes,
    edges: placeLines(graph.edges, nodes),
    columns,
    width: columns[2] + users,
    height: Math.max(0, top - PART_GAP_PX),
  };
}

function makeBlocks({ nodes, edges }: MapGraph): readonly Block[] {
  const members = Map.groupBy(nodes, ({ frame }) => frame);
  const blocks = (members.get(undefined) ?? []).map((node): Block => {
    const own = [node, ...(members.get(node.id) ?? [])];
    return {
      column: node.column,
      nodes: own,
      height: own.reduce((sum, one) => sum + heightInBlock(one), ownHeight(own)),
      left: [],
      right: [],
      order: 0,
      place: 0,
      y: 0,
    };
  });
  const blockOf = new Map(blocks.flatMap((block) => block.nodes.map(({ id }) => [id, block])));
  for (const { from, to } of edges) {
    const left = blockOf.get(from);
    const right = blockOf.get(to);
    if (left === undefined || right === undefined) continue;
    left.right.push(right);
    right.left.push(left);
  }
  return blocks;
}

function ownHeight([first]: readonly MapNode[]): number {
  return isOpenGroup(first) ? FRAME_HEAD_PX + FRAME_PADDING_PX - MEMBER_GAP_PX : 0;
}

function heightInBlock(node: MapNode): number {
  if (isOpenGroup(node)) return 0;
  return NODE_PX + (node.frame === undefined ? 0 : MEMBER_GAP_PX);
}

function isOpenGroup(node: MapNode | undefined): boolean {
  return node?.kind === 'group' && node.isOpen;
}

/** The parts of the picture: the worst first, then those in use, then in the order in which they were told. */
function connectedParts(blocks: readonly Block[]): readonly (readonly Block[])[] {
  const seen = new Set<Block>();
  const parts: Block[][] = [];
  for (const first of blocks) {
    if (seen.has(first)) continue;
    seen.add(first);
    const part = [first];
    // The loop sees what is added while it runs.
    for (const block of part) {
      for (const next of [...block.left, ...block.right]) {
        if (seen.has(next)) continue;
        seen.add(next);
        part.push(next);
      }
    }
    parts.push(part);
  }
  const ranks = new Map(parts.map((part) => [part, rankOf(part)]));
  return parts.sort((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0));
}

function rankOf(part: readonly Block[]): number {
  const nodes = part.flatMap((block) => block.nodes);
  const shown = nodes.flatMap((node) => {
    if (node.kind === 'network') return [node.row.shown];
    return node.kind === 'group' ? node.states.map(([state]) => state) : [];
  });
  if (shown.includes('missing')) return 0;
  if (shown.some((state) => state === 'failed' || state === 'held' || state === 'asked')) return 1;
  return part.some(({ column }) => column === 2) ? 2 : 3;
}

function placePart(part: readonly Block[]): void {
  const columns = orderColumns(COLUMNS.map((column) => part.filter((block) => block.column === column)));
  for (const column of columns) stack(column, GAP_PX);
  const [parents = [], networks = [], users = []] = columns;
  // The tallest column stands as it is, and the others find their places beside it.
  const tallest = columns.toSorted((a, b) => endOf(b) - endOf(a))[0];
  if (tallest === users) settle(networks, ({ right }) => right, GAP_PX);
  if (tallest === parents) settle(networks, ({ left }) => left, GAP_PX);
  if (tallest !== users) settle(users, ({ left }) => left, GAP_PX);
  if (tallest !== parents) settle(parents, ({ right }) => right, GAP_PX);
}

function endOf(column: readonly Block[]): number {
  const last = column.at(-1);
  return last === undefined ? 0 : last.y + last.height;
}

/** Column by column, from top to bottom: the order in which the keyboard goes through them. */
function placedInOrder(blocks: readonly Block[], columns: Layout['columns']): readonly PlacedNode[] {
  const inOrder = blocks.toSorted((a, b) => a.column - b.column || a.y - b.y);
  return inOrder.flatMap((block) => placeBlock(block, columns[block.column]));
}

function placeBlock({ column, nodes, height, y }: Block, x: number): readonly PlacedNode[] {
  const width = COLUMN_WIDTHS_PX[column];
  let next = y + FRAME_HEAD_PX;
  return nodes.map((node) => {
    if (node.frame === undefined) return { node, x, y, width, height };
    const at = next;
    next += NODE_PX + MEMBER_GAP_PX;
    return {
      node,
      x: x + FRAME_PADDING_PX,
      y: at,
      width: width - 2 * FRAME_PADDING_PX,
      height: NODE_PX,
    };
  });
}
