import type { JournalEvent } from '../../../main/contract/journal.ts';
import type { Story } from '../../state/stories.ts';
import type { TimeRange } from './narrow.ts';

export const PERIODS = ['24h', '7d', '30d'] as const;
/** How far back the plot goes: a bar is an hour, six hours or a day. */
export type Period = (typeof PERIODS)[number];

/** From the foot of a bar to its top. */
export const PLOT_KINDS = ['restored', 'asked', 'held', 'failed', 'other'] as const;
export type PlotKind = (typeof PLOT_KINDS)[number];
export type Counts = Readonly<Record<PlotKind, number>>;

export interface PlotRow {
  /** Ids of contexts: one, several that are summed, or none where all are in one row. */
  readonly contexts: readonly string[];
  /** One for each bar, the oldest first. */
  readonly bars: readonly Counts[];
}

export const MOST_ROWS = 6;
/** The plot goes back at first as far as it must to have this many. */
const WELL_FILLED = 50;
const HOUR_MS = 3_600_000;
const BARS: Readonly<Record<Period, number>> = { '24h': 24, '7d': 28, '30d': 30 };
/** Hours of the clock that a bar of seven days stands for. */
export const QUARTER_HOURS = 6;

/**
 * Where the bars of a period begin, the oldest first, and where the last one ends; the last one has `nowMs` in it.
 * By the clock of the place: where the clocks change, a bar is an hour longer or shorter.
 */
export function barEdges(period: Period, nowMs: number): readonly number[] {
  const count = BARS[period];
  const now = new Date(nowMs);
  const [year, month, day] = [now.getFullYear(), now.getMonth(), now.getDate()];
  const edge = (back: number): number => {
    switch (period) {
      case '24h':
        return startOfHour(now) - back * HOUR_MS;
      case '7d':
        return new Date(year, month, day, startOfQuarter(now) - back * QUARTER_HOURS).getTime();
      case '30d':
        return new Date(year, month, day - back).getTime();
    }
  };
  return Array.from({ length: count + 1 }, (_, index) => edge(count - 1 - index));
}

/** The bar that has a time in it: of 24 hours the hour from that time on. */
export function barAround(period: Period, atMs: number): TimeRange {
  const at = new Date(atMs);
  const [year, month, day] = [at.getFullYear(), at.getMonth(), at.getDate()];
  switch (period) {
    case '24h':
      return { startMs: atMs, endMs: atMs + HOUR_MS };
    case '7d': {
      const hour = startOfQuarter(at);
      return between(new Date(year, month, day, hour), new Date(year, month, day, hour + QUARTER_HOURS));
    }
    case '30d':
      return between(new Date(year, month, day), new Date(year, month, day + 1));
  }
}

/** Not by setMinutes(0): of the hour that comes twice in autumn that gives the first. */
function startOfHour(at: Date): number {
  return at.getTime() - at.getMinutes() * 60_000 - at.getSeconds() * 1_000 - at.getMilliseconds();
}

function startOfQuarter(at: Date): number {
  return at.getHours() - (at.getHours() % QUARTER_HOURS);
}

function between(start: Date, end: Date): TimeRange {
  return { startMs: start.getTime(), endMs: end.getTime() };
}

/** The shortest period that holds the newest fifty stories (the newest first), or all if there are fewer. */
export function fittingPeriod(stories: readonly Story[], nowMs: number): Period {
  const last = stories[Math.min(WELL_FILLED, stories.length) - 1];
  if (last === undefined) return '24h';
  const lastMs = Date.parse(last.entry.time);
  return PERIODS.find((period) => (barEdges(period, nowMs)[0] ?? 0) <= lastMs) ?? '30d';
}

/**
 * Counts stories by bar: in one row, or (with `order`, the ids of contexts) in one for each context that has any, at
 * most MOST_ROWS, the quieter ones summed in the last.
 */
export function plotRows(
  stories: readonly Story[],
  edges: readonly number[],
  order: readonly string[] | undefined,
): readonly PlotRow[] {
  const inPeriod = stories.filter(({ entry }) => barIndex(edges, Date.parse(entry.time)) >= 0);
  if (inPeriod.length === 0) return [];
  if (order === undefined) return [{ contexts: [], bars: countBars(inPeriod, edges) }];
  const byContext = Map.groupBy(inPeriod, ({ entry }) => entry.context);
  const busiest = [...byContext].sort(([, a], [, b]) => b.length - a.length);
  const named = byContext.size > MOST_ROWS ? busiest.slice(0, MOST_ROWS - 1) : busiest;
  const summed = busiest.slice(named.length);
  const place = (id: string) => (order.includes(id) ? order.indexOf(id) : order.length);
  const rows = named
    .sort(([a], [b]) => place(a) - place(b))
    .map(([id, ofContext]) => ({ contexts: [id], bars: countBars(ofContext, edges) }));
  if (summed.length === 0) return rows;
  const ofRest = summed.flatMap(([, ofContext]) => ofContext);
  return [...rows, { contexts: summed.map(([id]) => id), bars: countBars(ofRest, edges) }];
}

export function sumOf(counts: Counts): number {
  return PLOT_KINDS.reduce((sum, kind) => sum + counts[kind], 0);
}

function countBars(stories: readonly Story[], edges: readonly number[]): readonly Counts[] {
  const bars = edges.slice(1).map(() => ({ restored: 0, asked: 0, held: 0, failed: 0, other: 0 }));
  for (const { entry } of stories) {
    const bar = bars[barIndex(edges, Date.parse(entry.time))];
    if (bar !== undefined) bar[kindOf(entry.event)] += 1;
  }
  return bars;
}

function kindOf(event: JournalEvent): PlotKind {
  return PLOT_KINDS.find((kind) => kind === event) ?? 'other';
}

/** -1 for what is in none. */
function barIndex(edges: readonly number[], atMs: number): number {
  if (!(atMs < (edges.at(-1) ?? 0))) return -1;
  return edges.findLastIndex((edge) => edge <= atMs);
}

/** A place in the plot: the row from the top, the bar from the left. */
export interface BarPlace {
  readonly row: number;
  readonly bar: number;
}

/** Where a key leads to from a bar, past those that are empty; undefined where it leads nowhere. */
export function nextPlace(rows: readonly PlotRow[], from: BarPlace, key: string): BarPlace | undefined {
  const filled = rows.map(({ bars }) => bars.flatMap((counts, index) => (sumOf(counts) > 0 ? [index] : [])));
  const inRow = filled[from.row] ?? [];
  const at = (bar: number | undefined) => (bar === undefined ? undefined : { row: from.row, bar });
  switch (key) {
    case 'ArrowLeft':
      return at(inRow.findLast((bar) => bar < from.bar));
    case 'ArrowRight':
      return at(inRow.find((bar) => bar > from.bar));
    case 'Home':
      return at(inRow[0]);
    case 'End':
      return at(inRow.at(-1));
    case 'ArrowUp':
      return nearest(filled, from.row - 1, from.bar);
    case 'ArrowDown':
      return nearest(filled, from.row + 1, from.bar);
    default:
      return undefined;
  }
}

function nearest(filled: readonly (readonly number[])[], row: number, bar: number): BarPlace | undefined {
  const [closest] = (filled[row] ?? []).toSorted((a, b) => Math.abs(a - bar) - Math.abs(b - bar));
  return closest === undefined ? undefined : { row, bar: closest };
}
