import type { Block } from './lay-out.ts';

/** One below the other. */
export function stack(column: readonly Block[], gap: number): void {
  let y = 0;
  for (const block of column) {
    block.y = y;
    y += block.height + gap;
  }
}

/** How far below the beginning of the first that it is linked to a block stands at most. */
const FARTHEST_PX = 240;

/** A run of blocks that touch each other, and where it would like to begin. */
interface Run {
  readonly blocks: Block[];
  weight: number;
  wish: number;
}

/**
 * Moves each block beside the middle of its neighbours, as near as the order and the gaps allow: blocks that would
 * overlap form a run that stands where its members are best off together (pool adjacent violators).
 */
export function settle(
  column: readonly Block[],
  neighbours: (block: Block) => readonly Block[],
  gap: number,
): void {
  const runs: Run[] = [];
  let offset = 0;
  for (const block of column) {
    const beside = neighbours(block);
    // Without neighbours it stays where the ones around it leave it.
    const weight = beside.length === 0 ? 0.01 : beside.length;
    runs.push({ blocks: [block], weight, wish: wishOf(block, beside) - offset });
    offset += block.height + gap;
    joinBackwards(runs);
  }
  offset = 0;
  for (const { blocks, wish } of runs) {
    for (const block of blocks) {
      block.y = wish + offset;
      offset += block.height + gap;
    }
  }
}

function joinBackwards(runs: Run[]): void {
  for (;;) {
    const last = runs.at(-1);
    const before = runs.at(-2);
    if (last === undefined || before === undefined || before.wish <= last.wish) return;
    const weight = before.weight + last.weight;
    before.wish = (before.wish * before.weight + last.wish * last.weight) / weight;
    before.weight = weight;
    before.blocks.push(...last.blocks);
    runs.pop();
  }
}

/** The middle of those beside it; of a long row of them, a place from which the first can be seen. */
function wishOf(block: Block, beside: readonly Block[]): number {
  if (beside.length === 0) return block.y;
  const middles = beside.map(({ y, height }) => y + height / 2);
  const mean = middles.reduce((sum, middle) => sum + middle, 0) / middles.length;
  const first = Math.min(...beside.map(({ y }) => y));
  return Math.min(mean, first + FARTHEST_PX) - block.height / 2;
}
