/** The result of the benchmark, for people and as JSON. */
import type { Content } from './content.ts';
import { alignedTable, type Figures, figuresOf, milliseconds } from './figures.ts';
import type { Timing } from './rounds.ts';

export interface Memory {
  readonly rss: number;
  readonly heapUsed: number;
}

export interface Pair {
  readonly floor: Timing;
  readonly netkeeper: Timing;
}

export interface Result {
  readonly server: string;
  readonly content: Content;
  readonly syncMs: number;
  /** Bytes, after the first sync. */
  readonly memory: Memory;
  /** Of the whole machine, 1, 5 and 15 minutes (getloadavg(3)). */
  readonly load: readonly number[];
  readonly burstSize: number;
  readonly single: readonly Pair[];
  readonly burst: readonly Pair[];
}

const TARGET_RATIO = 2;

export function printTables(result: Result): void {
  const { server, content, syncMs, memory, load, burstSize, single, burst } = result;
  const count = (value: number) => value.toLocaleString('en');
  const kilobytes = (content.metadataBytes / 1000).toFixed(1);
  const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
  const text = `
${server}
${count(content.pods)} pods with ${kilobytes} kB of metadata, ${count(content.podsWithNetworks)} of them with two networks each; ${count(content.used.length)} networks in use
NetKeeper: synced in ${count(syncMs)} ms, then ${megabytes(memory.rss)} RSS, ${megabytes(memory.heapUsed)} heap
Load of the machine: ${load.map((each) => each.toFixed(2)).join(' ')}

${table('One network: DELETED seen to ADDED seen', single, ({ fromEvent }) => fromEvent)}

${table('One network: DELETE sent to ADDED seen', single, ({ fromRequest }) => fromRequest)}

${table(`${burstSize} networks at once: first DELETE sent to last ADDED seen`, burst, ({ fromRequest }) => fromRequest)}
`;
  process.stdout.write(text);
}

export function printJson(result: Result): void {
  const { single, burst, content, ...about } = result;
  const { used, unused: _unused, ...sizes } = content;
  const summary = {
    ...about,
    ...sizes,
    networks: used.length,
    singleFromEvent: compare(single, ({ fromEvent }) => fromEvent),
    singleFromRequest: compare(single, ({ fromRequest }) => fromRequest),
    burstFromRequest: compare(burst, ({ fromRequest }) => fromRequest),
  };
  process.stdout.write(`${JSON.stringify(summary, undefined, 2)}\n`);
}

type Measure = (timing: Timing) => number;

function compare(pairs: readonly Pair[], measure: Measure) {
  const floor = figuresOf(pairs.map((pair) => measure(pair.floor)));
  const netkeeper = figuresOf(pairs.map((pair) => measure(pair.netkeeper)));
  return { floor, netkeeper, ratioAtP50: netkeeper.p50 / floor.p50, ratioAtP99: netkeeper.p99 / floor.p99 };
}

function table(title: string, pairs: readonly Pair[], measure: Measure): string {
  const { floor, netkeeper, ratioAtP50, ratioAtP99 } = compare(pairs, measure);
  const row = (name: string, { n, p10, p50, p90, p99, max }: Figures) => [
    name,
    String(n),
    ...[p10, p50, p90, p99, max].map(milliseconds),
  ];
  const rows = [
    ['', 'n', 'p10', 'p50', 'p90', 'p99', 'max'],
    row('  floor', floor),
    row('  NetKeeper', netkeeper),
    ['  ratio', '', '', ratioAtP50.toFixed(2), '', ratioAtP99.toFixed(2)],
  ];
  const isMet = ratioAtP50 <= TARGET_RATIO;
  return `${title}\n${alignedTable(rows)}\n  target: at most ${TARGET_RATIO} at p50, ${isMet ? 'met' : 'missed'}`;
}
