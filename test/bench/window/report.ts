/** What was measured, for people and as JSON. */
import { alignedTable, percentile } from '../figures.ts';
import type { Bundle } from './bundle.ts';
import type { Load, Memory, Stalls } from './page.ts';

/** Of one page: the window or the floor. */
export interface Measured {
  readonly loads: readonly Load[];
  readonly scroll: Stalls;
  /** Events to pixels in ms, while nothing else changes. */
  readonly quiet: readonly number[];
  /** The same while much changes. */
  readonly busy: readonly number[];
  readonly changes: Stalls;
  readonly journal: Stalls;
  readonly memory: Memory;
  /** More than one: it fell behind, and asked anew. */
  readonly snapshots: number;
}

export interface WindowResult {
  readonly window: Measured;
  readonly floor: Measured;
  readonly bundle: Bundle;
  /** Of the whole machine, 1, 5 and 15 minutes (getloadavg(3)). */
  readonly load: readonly number[];
}

type Unit = 'ms' | 'MB' | 'kB' | '%' | '';

/** One line: a figure of the window beside the floor's, and what it must stay below. */
interface Line {
  readonly figure: string;
  readonly window: number;
  readonly floor?: number;
  readonly limit?: number;
  readonly unit: Unit;
}

const INTERACTIVE_MS = 1_000;
const LONG_TASK_MS = 100;
const MEMORY_MB = 250;
const EVENT_TO_PIXEL_MS = 200;
const FIRST_VIEW_KB = 350;

export function linesOf({ window, floor, bundle }: WindowResult): readonly Line[] {
  const line = (figure: string, unit: Unit, measure: (of: Measured) => number, limit?: number): Line => ({
    figure,
    unit,
    window: measure(window),
    floor: measure(floor),
    ...(limit !== undefined && { limit }),
  });
  const stalls = (when: string, of: (measured: Measured) => Stalls) => [
    line(`longest task ${when}`, 'ms', (each) => max(of(each).longTasks), LONG_TASK_MS),
    line('  of that computing at most', 'ms', (each) => of(each).longestComputingMs),
    line('  tasks over 50 ms', '', (each) => of(each).longTasks.length),
    line('  longest frame', 'ms', (each) => of(each).longestFrameMs),
    line('  thread busy', '%', (each) => of(each).busyShare * 100),
  ];
  const latency = (when: string, of: (measured: Measured) => readonly number[]) => [
    line(`event to pixel ${when}, p50`, 'ms', (each) => percentile(of(each), 0.5)),
    line('  p95', 'ms', (each) => percentile(of(each), 0.95), EVENT_TO_PIXEL_MS),
    line('  max', 'ms', (each) => max(of(each))),
  ];
  return [
    line('snapshot to painted rows, p50', 'ms', ({ loads }) => percentile(loads.map(painted), 0.5)),
    line('snapshot to details opened by a click, p50', 'ms', ({ loads }) =>
      percentile(loads.map(interactive), 0.5),
    ),
    line('  slowest', 'ms', ({ loads }) => max(loads.map(interactive)), INTERACTIVE_MS),
    ...stalls('while scrolling through all rows', ({ scroll }) => scroll),
    ...stalls('at 1,000 changes a second', ({ changes }) => changes),
    ...stalls('and 100 journal entries a second', ({ journal }) => journal),
    ...latency('at rest', ({ quiet }) => quiet),
    ...latency('at 1,000 changes a second', ({ busy }) => busy),
    line('snapshots asked for', '', ({ snapshots }) => snapshots),
    line('JavaScript heap after all that', 'MB', ({ memory }) => memory.heapBytes / 1e6, MEMORY_MB),
    line('private memory of the process', 'MB', ({ memory }) => memory.privateBytes / 1e6, MEMORY_MB),
    line('  with its part of the shared', 'MB', ({ memory }) => memory.proportionalBytes / 1e6),
    { figure: 'first view, gzip', unit: 'kB', window: bundle.firstViewBytes / 1e3, limit: FIRST_VIEW_KB },
    ...bundle.onDemand.map(({ file, bytes }) => ({
      figure: `  on demand: ${file.replace(/^.*\//, '')}`,
      unit: 'kB' as const,
      window: bytes / 1e3,
    })),
  ];
}

export function isExceeded({ window, limit }: Line): boolean {
  return limit !== undefined && !(window < limit);
}

export function printTable(lines: readonly Line[], load: readonly number[]): void {
  const rows = lines.map((line) => [
    line.figure,
    format(line.window, line.unit),
    format(line.floor, line.unit),
    line.limit === undefined ? '' : `< ${format(line.limit, line.unit)}`,
    line.limit === undefined ? '' : isExceeded(line) ? 'missed' : 'met',
  ]);
  const head = ['5,000 networks, 50,000 attachments, 20 contexts', 'window', 'floor', 'limit', ''];
  console.log(alignedTable([head, ...rows]));
  console.log(`Load of the machine: ${load.map((each) => each.toFixed(2)).join(' ')}`);
}

function format(value: number | undefined, unit: Unit): string {
  if (value === undefined) return '';
  // Only tasks over 50 ms are told of.
  if (value === 0 && unit === 'ms') return 'none';
  const digits = unit === '' || value >= 10 ? 0 : 1;
  return `${value.toFixed(digits)} ${unit}`.trim();
}

function painted({ paintedMs }: Load): number {
  return paintedMs;
}

function interactive({ interactiveMs }: Load): number {
  return interactiveMs;
}

/** 0 where there are none: no task was long. */
function max(values: readonly number[]): number {
  return Math.max(0, ...values);
}
