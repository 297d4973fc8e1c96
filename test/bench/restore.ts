/**
 * How fast a network that was deleted while pods use it is back: NetKeeper beside a floor, in the same run.
 *
 *     npm run bench -- [--real] [--pods N] [--rounds N] [--bursts N] [--json]
 *
 * Rounds of the two alternate, so that what else the machine does hits both. Both are timed alike, by a watch that
 * belongs to neither of them. The floor does one round trip (POST), NetKeeper two (a live read of a pod, POST).
 */

import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { NetKeeper, startFloor } from './contenders.ts';
import { type Content, fill, type NetworkName } from './content.ts';
import { type Memory, printJson, printTables, type Result } from './report.ts';
import { Observer, type Timing } from './rounds.ts';
import { startInMemoryServer, startRealServer } from './server.ts';

const { values: flags } = parseArgs({
  options: {
    real: { type: 'boolean', default: false },
    pods: { type: 'string', default: '20000' },
    rounds: { type: 'string', default: '200' },
    bursts: { type: 'string', default: '7' },
    json: { type: 'boolean', default: false },
  },
});

const BURST_SIZE = 200;
const WARM_UP_ROUNDS = 50;
const WARM_UP_BURSTS = 2;
/** A network that is deleted more often than this within ten minutes is left alone by NetKeeper: a fight. */
const DELETIONS_PER_NETWORK = 3;
/** What a contender does after a round (NetKeeper: an Event on the network, a copy on disk) must not cost the next. */
const PAUSE_MS = 15;
const PAUSE_AFTER_BURST_MS = 1_000;

const rounds = wholeNumber('rounds');
const bursts = wholeNumber('bursts');

await main();

async function main(): Promise<void> {
  say(flags.real ? 'Starting etcd and kube-apiserver' : 'Starting the in-memory API server');
  const server = await (flags.real ? startRealServer() : startInMemoryServer());
  try {
    const deletions = WARM_UP_ROUNDS + rounds + BURST_SIZE * (WARM_UP_BURSTS + bursts);
    const networks = Math.max(BURST_SIZE, Math.ceil(deletions / DELETIONS_PER_NETWORK));
    say(`Creating ${flags.pods} pods and ${networks} networks for each`);
    const content = await fill(server, { pods: wholeNumber('pods'), networks });
    const floor = await startFloor(server);
    const netkeeper = new NetKeeper(server);
    const synced = await netkeeper.synced();
    const memory: Memory = await netkeeper.memory();
    const observer = new Observer(server);
    await observer.start();
    const result = await measure(netkeeper, observer, content);
    observer.close();
    await netkeeper.stop();
    await floor.stop();
    const about = { server: server.name, content, syncMs: Number(synced.tookMs), memory, load: loadavg() };
    const print = flags.json ? printJson : printTables;
    print({ ...about, burstSize: BURST_SIZE, ...result });
  } finally {
    await server.stop();
  }
}

type Timings = Pick<Result, 'single' | 'burst'>;

async function measure(netkeeper: NetKeeper, observer: Observer, content: Content): Promise<Timings> {
  const used = inTurns(content.used);
  const unused = inTurns(content.unused);
  const pair = async (size: number, pauseMs: number) => {
    const floor = await floorRound(netkeeper, observer, unused(size));
    await sleep(pauseMs);
    const own = await netkeeperRound(netkeeper, observer, used(size));
    await sleep(pauseMs);
    return { floor, netkeeper: own };
  };
  const single = await repeat('single deletions', WARM_UP_ROUNDS, rounds, () => pair(1, PAUSE_MS));
  const burst = await repeat(`${BURST_SIZE} at once`, WARM_UP_BURSTS, bursts, () =>
    pair(BURST_SIZE, PAUSE_AFTER_BURST_MS),
  );
  return { single, burst };
}

async function repeat(
  what: string,
  warmUp: number,
  count: number,
  round: () => Promise<Pair>,
): Promise<Pair[]> {
  say(`Measuring ${what}: ${count} rounds each, after ${warmUp} to warm up`);
  const pairs: Pair[] = [];
  for (let index = 0; index < warmUp + count; index++) pairs.push(await round());
  return pairs.slice(warmUp);
}

type Pair = { readonly floor: Timing; readonly netkeeper: Timing };

/** NetKeeper stands still meanwhile; then it sees networks come and go that no pod uses. */
async function floorRound(
  netkeeper: NetKeeper,
  observer: Observer,
  networks: readonly NetworkName[],
): Promise<Timing> {
  const letGo = netkeeper.count('letGo') + networks.length;
  netkeeper.freeze();
  const timing = await observer.deleteAndWait(networks);
  netkeeper.thaw();
  await netkeeper.caughtUp('letGo', letGo);
  return timing;
}

async function netkeeperRound(
  netkeeper: NetKeeper,
  observer: Observer,
  networks: readonly NetworkName[],
): Promise<Timing> {
  const restored = netkeeper.count('restored') + networks.length;
  const timing = await observer.deleteAndWait(networks);
  await netkeeper.caughtUp('restored', restored);
  return timing;
}

/** Hands out the networks one after another and again from the first, so that each is deleted equally often. */
function inTurns(networks: readonly NetworkName[]): (count: number) => NetworkName[] {
  let given = 0;
  return (count) =>
    Array.from({ length: count }, () => networks[given++ % networks.length]).filter(
      (each) => each !== undefined,
    );
}

function wholeNumber(flag: 'pods' | 'rounds' | 'bursts'): number {
  const value = Number(flags[flag]);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new Error(`--${flag} takes a whole number above 0.`);
}

function say(message: string): void {
  process.stderr.write(`${message}\n`);
}
