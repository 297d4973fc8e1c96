/**
 * A ContextKeeper that watches an in-memory API server over real HTTP, with a clock that a test moves.
 *
 *     const keeper = startKeeper(server, { policy: { mode: 'ask' } });
 *     await keeper.tells('synced');                           // waits for the event; the clock stands still
 *     await keeper.tells('asked', { name: 'net' });           // the first not taken yet that matches
 *     await keeper.passes(60_000);                            // the clock moves, and everything settles on the way
 *     await keeper.tellsWithin(10_000, 'restored');           // both: up to so much time may pass
 *     keeper.told('letGo')                                    // all of that name so far
 *     await keeper.stop(); await keeper.kill();
 */

import type { ApiServer } from '../../main/demo/api-server/server.ts';
import type { Policy } from '../../main/guard/decision.ts';
import { DEFAULT_POLICY } from '../../main/guard/decision.ts';
import { ContextKeeper } from '../../main/keeper/context-keeper.ts';
import type { KeeperEvent } from '../../main/keeper/events.ts';
import { connectTo } from './contexts.ts';
import { CountedConnection, Traffic } from './counted-connection.ts';
import { FakeClock } from './fake-clock.ts';

export interface KeeperSetup {
  readonly policy?: Partial<Policy>;
  readonly clock?: FakeClock;
  readonly stateDirectory?: string;
  readonly namespaces?: readonly string[];
  readonly context?: string;
  readonly token?: string;
  /** Numbers from 0 to 1; 0.5 unless told. */
  readonly random?: () => number;
  /** Resolves when the kubeconfig is another one; never unless told. */
  readonly accessChanged?: (signal: AbortSignal) => Promise<void>;
}

type Name = KeeperEvent['event'];
type Named<N extends Name> = Extract<KeeperEvent, { event: N }>;

/** Nothing on loopback takes that long; what has not come by then never comes. */
const PATIENCE_MS = 8_000;
/** The clock moves in steps of at least this, so that what one step sets off has its effect before the next. */
const STEP_MS = 500;
const QUIET_TURNS = 3;
/** Requests that the server stalls never end: after so many turns without a movement we go on. */
const STALLED_TURNS = 30;

export class KeeperUnderTest {
  readonly clock: FakeClock;
  readonly events: KeeperEvent[] = [];
  readonly logged: string[] = [];
  readonly #keeper: ContextKeeper;
  readonly #traffic = new Traffic();
  #taken = new Set<KeeperEvent>();
  #wake = (): void => {};

  constructor(url: string, setup: KeeperSetup) {
    const { token, namespaces = [], context = 'test', random = () => 0.5 } = setup;
    this.clock = setup.clock ?? new FakeClock();
    const parts = { cluster: { server: url }, ...(token && { user: { token } }) };
    this.#keeper = new ContextKeeper({
      context,
      access: () => ({
        problem: undefined,
        connect: () => new CountedConnection(connectTo(parts, { clock: this.clock }), this.#traffic),
        identityFallback: url,
      }),
      accessChanged: setup.accessChanged ?? (() => new Promise(() => {})),
      namespaces,
      stateDirectory: setup.stateDirectory,
      policy: { ...DEFAULT_POLICY, ...setup.policy },
      clock: this.clock,
      random,
      emit: (event) => {
        if (this.#traffic.isCut) return;
        this.events.push(event);
        this.#wake();
      },
      log: (message) => this.logged.push(message),
    });
    this.#keeper.start();
  }

  get phase() {
    return this.#keeper.phase;
  }

  get problem() {
    return this.#keeper.problem;
  }

  told<N extends Name>(name: N, like: object = {}): Named<N>[] {
    return this.events.filter((event): event is Named<N> => isLike(event, { event: name, ...like }));
  }

  /** Waits for the event while the clock stands still, and takes it, so that the next call gets the next one. */
  async tells<N extends Name>(name: N, like: object = {}): Promise<Named<N>> {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const event = this.#take(name, like);
      if (event !== undefined) return event;
      const leftMs = deadline - performance.now();
      if (leftMs <= 0)
        throw new Error(`Nothing like ${name} ${JSON.stringify(like)} came.\n${this.#story()}`);
      await this.#nextEvent(leftMs);
    }
  }

  /** As `tells`, but up to `ms` of the clock may pass meanwhile. */
  async tellsWithin<N extends Name>(ms: number, name: N, like: object = {}): Promise<Named<N>> {
    for (let passed = 0; passed < ms; passed += STEP_MS) {
      const event = this.#take(name, like);
      if (event !== undefined) return event;
      await this.passes(STEP_MS);
    }
    return this.tells(name, like);
  }

  /** Moves the clock, and waits at each step until nothing is under way. */
  async passes(ms: number): Promise<void> {
    await this.settles();
    for (let left = ms; left > 0; ) {
      const stepMs = Math.min(left, Math.max(STEP_MS, this.clock.nextInMs ?? left));
      this.clock.advance(stepMs);
      left -= stepMs;
      await this.settles();
    }
  }

  /** Waits until nothing is under way between the keeper and the server. */
  async settles(): Promise<void> {
    const traffic = this.#traffic;
    let { movements } = traffic;
    for (let turns = 0; turns < (traffic.underWay === 0 ? QUIET_TURNS : STALLED_TURNS); turns += 1) {
      await turn();
      if (traffic.movements !== movements) turns = -1;
      ({ movements } = traffic);
    }
  }

  stop(): Promise<void> {
    return this.#keeper.stop();
  }

  /** As far as the server, the disk and the listener can tell, the process is gone at once. */
  kill(): Promise<void> {
    this.#traffic.isCut = true;
    return this.#keeper.stop();
  }

  #take<N extends Name>(name: N, like: object): Named<N> | undefined {
    const event = this.told(name, like).find((each) => !this.#taken.has(each));
    if (event !== undefined) this.#taken.add(event);
    return event;
  }

  #nextEvent(mostMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, mostMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #story(): string {
    return this.events.map((event) => JSON.stringify(event)).join('\n');
  }
}

export function startKeeper(server: Pick<ApiServer, 'url'>, setup: KeeperSetup = {}): KeeperUnderTest {
  return new KeeperUnderTest(server.url, setup);
}

/**
 * One turn of the event loop, with a breath in it. Timers alone would not do: on a busy machine several of them, one
 * set by the other, are run in one go; immediates come after the sockets were read.
 */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(() => setImmediate(resolve), 1));
}

function isLike(event: object, like: object): boolean {
  return Object.entries(like).every(([key, value]) => Reflect.get(event, key) === value);
}
