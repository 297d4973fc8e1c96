import type { Block } from './lay-out.ts';

const SWEEPS = 12;

/**
 * Orders the blocks of each column so that few lines cross: each block goes to the mean place of those that it is
 * linked to, column after column and back, and the best of what came out is taken (Sugiyama's method).
 */
export function orderColumns(columns: readonly (readonly Block[])[]): readonly (readonly Block[])[] {
  let current = columns.map((column) => column);
  current.forEach(number);
  let best = current;
  let fewest = countCrossings(current);
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep += 1) {
    const isForward = sweep % 2 === 0;
    const neighbours = ({ left, right }: Block) => (isForward ? left : right);
    const next = [...current];
    for (const index of isForward ? [1, 2] : [1, 0]) {
      next[index] = byMeanPlace(next[index] ?? [], neighbours);
      number(next[index] ?? []);
    }
    const crossings = countCrossings(next);
    current = next;
    if (crossings >= fewest) continue;
    fewest = crossings;
    best = next;
  }
  best.forEach(number);
  return best;
}

function number(column: readonly Block[]): void {
  for (const [order, block] of column.entries()) {
    block.order = order;
    block.place = (order + 0.5) / column.length;
  }
}

function byMeanPlace(
  column: readonly Block[],
  neighbours: (block: Block) => readonly Block[],
): readonly Block[] {
  const places = new Map(column.map((block) => [block, meanPlace(neighbours(block)) ?? block.place]));
  return column.toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0) || a.order - b.order);
}

function meanPlace(blocks: readonly Block[]): number | undefined {
  if (blocks.length === 0) return undefined;
  return blocks.reduce((sum, { place }) => sum + place, 0) / blocks.length;
}

function countCrossings([parents = [], networks = [], users = []]: readonly (readonly Block[])[]): number {
  return crossingsBetween(parents, networks.length) + crossingsBetween(networks, users.length);
}

/** Two lines cross where one begins above the other and ends below it. Counts in a tree of sums (Fenwick). */
function crossingsBetween(column: readonly Block[], size: number): number {
  const tree = new Float64Array(size + 1);
  let seen = 0;
  let crossings = 0;
  for (const { right } of column) {
    const ends = right.map(({ order }) => order);
    for (const end of ends) {
      let notBelow = 0;
      for (let at = end + 1; at > 0; at -= at & -at) notBelow += tree[at] ?? 0;
      crossings += seen - notBelow;
    }
    for (const end of ends) {
      for (let at = end + 1; at <= size; at += at & -at) tree[at] = (tree[at] ?? 0) + 1;
    }
    seen += ends.length;
  }
  return crossings;
}
