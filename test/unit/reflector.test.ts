import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApiError, type Connection } from '../../main/cluster/api.ts';
import { backoffMs } from '../../main/cluster/backoff.ts';
import { listAll } from '../../main/cluster/list.ts';
import { Reflector, type ReflectorState } from '../../main/cluster/reflector.ts';
import { NETWORKS, PODS, type Resource } from '../../main/cluster/resources.ts';
import type { ApiRequest } from '../../main/demo/api-server/request.ts';
import { type ApiServer, startApiServer } from '../../main/demo/api-server/server.ts';
import { StatusError } from '../../main/demo/api-server/statuses.ts';
import { readIdentity } from '../../main/guard/users.ts';
import { connectTo } from '../support/contexts.ts';
import { CountedConnection, Traffic } from '../support/counted-connection.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { makeNamespace, makeNetwork, makePod } from '../support/objects.ts';

const NAD = 'NetworkAttachmentDefinition';
const CAP_MS = 5_000;
const isList = ({ verb }: ApiRequest) => verb === 'list';
const isWatch = ({ verb }: ApiRequest) => verb === 'watch';

/** A reflector whose sink is a set of names, and what it asked for. */
class Mirror {
  readonly clock = new FakeClock();
  readonly names = new Set<string>();
  readonly states: ReflectorState[] = [];
  readonly events: string[] = [];
  readonly requests: ApiRequest[] = [];
  lists = 0;
  random = 0.5;
  readonly #traffic = new Traffic();
  readonly #connection: Connection;
  readonly #reflector: Reflector<string>;
  readonly #running: Promise<void>;

  constructor(server: ApiServer, resource: Resource, beforeRetry?: () => Promise<void>) {
    server.onRequest((request) => this.requests.push(request));
    this.#connection = new CountedConnection(
      connectTo({ cluster: { server: server.url } }, { clock: this.clock }),
      this.#traffic,
    );
    this.#reflector = new Reflector({
      connection: this.#connection,
      lane: 'control',
      resource,
      namespace: undefined,
      clock: this.clock,
      random: () => this.random,
      backoffCapMs: CAP_MS,
      ...(beforeRetry && { beforeRetry }),
      sink: {
        reduce: (object) => readIdentity(object)?.name,
        replace: (items) => {
          this.lists += 1;
          this.names.clear();
          for (const name of items) this.names.add(name);
        },
        apply: (type, object) => {
          const name = readIdentity(object)?.name ?? '';
          this.events.push(`${type} ${name}`);
          if (type === 'DELETED') this.names.delete(name);
          else this.names.add(name);
        },
        state: (state) => this.states.push(state),
      },
    });
    this.#running = this.#reflector.run();
  }

  get state(): ReflectorState['phase'] | undefined {
    return this.states.at(-1)?.phase;
  }

  /** Grows with all that arrives. */
  get movements(): number {
    return this.#traffic.movements;
  }

  get errors(): string[] {
    return this.states.flatMap((state) => (state.phase === 'waiting' ? [state.error.code] : []));
  }

  of(filter: (request: ApiRequest) => boolean): ApiRequest[] {
    return this.requests.filter(filter);
  }

  async shows(...names: readonly string[]): Promise<void> {
    await expect.poll(() => [...this.names].sort()).toEqual([...names].sort());
  }

  async is(phase: ReflectorState['phase']): Promise<void> {
    await expect.poll(() => this.state).toBe(phase);
  }

  /** Moves the clock in steps, and lets each have its effect. */
  async passes(ms: number, stepMs = 500): Promise<void> {
    for (let left = ms; left > 0; left -= stepMs) {
      this.clock.advance(Math.min(left, stepMs));
      await this.settles();
    }
  }

  async settles(): Promise<void> {
    let movements = -1;
    for (let turns = 0; turns < 4; turns += 1) {
      await new Promise((resolve) => setTimeout(() => setImmediate(resolve), 1));
      if (this.#traffic.movements !== movements || this.#traffic.underWay > 0) turns = 0;
      ({ movements } = this.#traffic);
    }
  }

  retryNow(): void {
    this.#reflector.retryNow();
  }

  async stop(): Promise<void> {
    this.#reflector.stop();
    await this.#running;
    await this.#connection.close();
  }
}

describe('a reflector', () => {
  let server: ApiServer;
  const mirrors: Mirror[] = [];
  const mirror = (resource = NETWORKS, beforeRetry?: () => Promise<void>) => {
    const started = new Mirror(server, resource, beforeRetry);
    mirrors.push(started);
    return started;
  };
  const add = (name: string) => server.create(makeNetwork('web', name));
  const remove = (name: string) => server.delete(NAD, 'web', name);

  beforeEach(async () => {
    server = await startApiServer({ bookmarkIntervalMs: 3_600_000 });
    server.create(makeNamespace('web'));
  });
  afterEach(async () => {
    await Promise.all(mirrors.splice(0).map((each) => each.stop()));
    await server.close();
  });

  it('shows what is there, and what comes and goes', async () => {
    add('a');
    const shown = mirror();
    await shown.shows('a');
    await shown.is('live');
    add('b');
    remove('a');
    await shown.shows('b');
    expect(shown.events).toEqual(['ADDED b', 'DELETED a']);
    expect(shown.lists).toBe(1);
  });

  it('misses nothing between its list and its watch', async () => {
    let isFirst = true;
    server.onRequest((request) => {
      if (!isWatch(request) || !isFirst) return;
      isFirst = false;
      add('between');
    });
    const shown = mirror();
    await shown.shows('between');
  });

  it('reads pods in pages, as metadata, and those that are alive alone', async () => {
    for (let number = 0; number < 1_201; number += 1) server.create(makePod('web', `pod-${number}`));
    server.create(makePod('web', 'over', { phase: 'Succeeded' }));
    const shown = mirror(PODS);
    await expect.poll(() => shown.names.size).toBe(1_201);
    const pages = shown.of(isList);
    expect(pages).toHaveLength(3);
    expect(pages.every(({ query }) => query.get('limit') === '500')).toBe(true);
    expect(pages.every(({ query }) => !query.has('resourceVersion'))).toBe(true);
    expect(shown.states.flatMap((state) => (state.phase === 'listing' ? [state.items] : []))).toEqual([
      0, 500, 1000, 1201,
    ]);
    server.patch('Pod', 'web', 'pod-7', { status: { phase: 'Failed' } });
    await expect.poll(() => shown.names.has('pod-7')).toBe(false);
  });

  it('goes on from a bookmark, though the version before it is too old by then', async () => {
    await server.close();
    server = await startApiServer({ bookmarkIntervalMs: 10 });
    server.create(makeNamespace('web'));
    const shown = mirror();
    await shown.is('live');
    server.compact();
    const { resourceVersion } = server.create(makeNamespace('other')).metadata ?? {};
    const before = shown.movements;
    // With the second bookmark from now, one has come that was made after the change.
    await expect.poll(() => shown.movements).toBeGreaterThanOrEqual(before + 2);
    shown.clock.advance(2_000);
    server.watches.end();
    await expect.poll(() => shown.of(isWatch).length).toBe(2);
    await shown.is('live');
    expect(shown.of(isWatch)[1]?.query.get('resourceVersion')).toBe(resourceVersion);
    expect(shown.lists).toBe(1);
    expect(shown.errors).toEqual([]);
  });

  it('lists anew at once, and without a word, when its version is too old', async () => {
    add('a');
    const shown = mirror();
    await shown.shows('a');
    await shown.passes(1_000);
    server.watches.silence();
    remove('a');
    add('b');
    server.compact();
    server.watches.end();
    await shown.shows('b');
    await shown.is('live');
    expect(shown.lists).toBe(2);
    expect(shown.events).toEqual([]);
    expect(shown.errors).toEqual([]);
  });

  it('lists anew when a page is too old, and takes no half list for a whole one', async () => {
    for (let number = 0; number < 700; number += 1) add(`net-${number}`);
    const fault = server.inject({
      effect: { kind: 'answer', code: 410 },
      when: ({ verb, query }) => verb === 'list' && query.has('continue'),
      times: 1,
    });
    const shown = mirror();
    await expect.poll(() => shown.names.size).toBe(700);
    expect(fault.hits).toBe(1);
    expect(shown.lists).toBe(1);
  });

  it('does not spin where everything is too old', async () => {
    server.inject({ effect: { kind: 'answer', code: 410 } });
    const shown = mirror();
    await shown.settles();
    expect(shown.requests.length).toBeLessThanOrEqual(2);
    await shown.passes(60_000);
    expect(shown.requests.length).toBeLessThan(60);
    server.clearFaults();
    await shown.passes(10_000);
    expect(shown.state).toBe('live');
  });

  it('lists anew when the server does not have the version yet, as after a restore of etcd', async () => {
    const shown = mirror();
    await shown.is('live');
    add('a');
    await shown.shows('a');
    const cause = { reason: 'ResourceVersionTooLarge', message: 'Too large resource version', field: '' };
    const status = new StatusError(504, 'Timeout', 'Too large resource version: 9, current: 2', {
      causes: [cause],
    });
    server.watches.sendError(status);
    await expect.poll(() => shown.lists).toBe(2);
    await shown.is('live');
  });

  it.each([500, 429, 403])('goes on from where it was after an ERROR event with %i', async (code) => {
    const shown = mirror();
    await shown.is('live');
    server.watches.sendError(new StatusError(code, 'Whatever', 'no'));
    await shown.is('waiting');
    add('a');
    await shown.passes(1_000);
    await shown.shows('a');
    expect(shown.lists).toBe(1);
    expect(shown.events).toEqual(['ADDED a']);
  });

  it('tells of a collection that is not served, and shows it when it is', async () => {
    server.removeNadCrd();
    const shown = mirror();
    await shown.is('waiting');
    await shown.passes(20_000);
    expect(new Set(shown.errors)).toEqual(new Set(['notFound']));
    server.installNadCrd();
    add('a');
    await shown.passes(CAP_MS);
    await shown.shows('a');
  });

  it('lists anew when its collection was gone in between', async () => {
    add('a');
    const shown = mirror();
    await shown.shows('a');
    server.removeNadCrd();
    await shown.is('waiting');
    server.installNadCrd();
    add('b');
    await shown.passes(CAP_MS);
    await shown.shows('b');
    expect(shown.lists).toBe(2);
  });

  it('takes a watch for dead that has been silent for 75 s, and not before', async () => {
    const shown = mirror();
    await shown.is('live');
    server.watches.silence();
    add('a');
    await shown.passes(74_000);
    expect(shown.errors).toEqual([]);
    await shown.passes(4_000);
    expect(shown.errors).toEqual(['timeout']);
    await shown.shows('a');
    expect(shown.lists).toBe(1);
  });

  it('takes a watch for alive in which something comes', async () => {
    const shown = mirror();
    await shown.is('live');
    for (let round = 0; round < 5; round += 1) {
      await shown.passes(70_000, 35_000);
      add(`net-${round}`);
      await expect.poll(() => shown.names.size).toBe(round + 1);
    }
    expect(shown.of(isWatch)).toHaveLength(1);
  });

  it('waits as long as the server asks it to', async () => {
    server.inject({ effect: { kind: 'answer', code: 429, retryAfterSeconds: 30 }, times: 1 });
    const shown = mirror();
    await shown.is('waiting');
    await shown.passes(29_000);
    expect(shown.requests).toHaveLength(1);
    await shown.passes(2_000);
    await shown.is('live');
  });

  it('waits ever longer up to its cap, as far as chance says', async () => {
    server.inject({ effect: { kind: 'answer', code: 500 } });
    const shown = mirror();
    shown.random = 1;
    const waits: number[] = [];
    await shown.is('waiting');
    for (let round = 0; round < 7; round += 1) {
      await shown.settles();
      const pauseMs = shown.clock.nextInMs ?? 0;
      waits.push(pauseMs);
      shown.clock.advance(pauseMs);
      await expect.poll(() => shown.requests.length).toBe(round + 2);
    }
    expect(waits).toEqual([500, 1000, 2000, 4000, 5000, 5000, 5000]);
  });

  it('does not wait longer for it where a proxy cuts watches in which nothing happens', async () => {
    const shown = mirror();
    shown.random = 1;
    for (let round = 0; round < 6; round += 1) {
      await shown.is('live');
      await shown.passes(20_000);
      server.watches.drop();
      await shown.is('waiting');
      await shown.settles();
      expect(shown.clock.nextInMs).toBe(500);
      shown.clock.advance(500);
    }
  });

  it('does not spin where every watch is ended at once', async () => {
    const shown = mirror();
    server.onRequest((request) => {
      if (isWatch(request)) setImmediate(() => server.watches.end());
    });
    await shown.is('waiting');
    await shown.passes(30_000);
    expect(shown.of(isWatch).length).toBeLessThan(40);
    expect(new Set(shown.errors)).toEqual(new Set(['badAnswer']));
  });

  it('ends its pause when it is told that the server is there again', async () => {
    server.inject({ effect: { kind: 'answer', code: 500 }, times: 1 });
    const shown = mirror();
    await shown.is('waiting');
    await shown.settles();
    shown.retryNow();
    await shown.is('live');
  });

  it.each([
    ['is cut within an event', () => server.watches.cutInNextEvent()],
    ['is reset', () => server.watches.drop()],
    ['brings bytes that are no event', () => server.watches.sendGarbage()],
  ])('misses nothing and doubles nothing when its watch %s', async (_, breakIt) => {
    const shown = mirror();
    await shown.is('live');
    add('a');
    await shown.shows('a');
    breakIt();
    add('b');
    remove('a');
    await shown.passes(2_000);
    await shown.shows('b');
    expect(shown.events).toEqual(['ADDED a', 'ADDED b', 'DELETED a']);
    expect(shown.lists).toBe(1);
  });

  it('asks first whose address it is before each request but the first', async () => {
    let asked = 0;
    let answer = async () => {};
    const shown = mirror(NETWORKS, () => {
      asked += 1;
      return answer();
    });
    await shown.is('live');
    expect(asked).toBe(0);
    await shown.passes(2_000);
    server.watches.end();
    await expect.poll(() => asked).toBe(1);
    await shown.settles();
    answer = async () => {
      throw new ApiError('aborted', 'another cluster');
    };
    const before = shown.of(isWatch).length;
    server.watches.drop();
    await shown.passes(20_000);
    expect(shown.of(isWatch)).toHaveLength(before);
  });

  it.each(['list', 'watch'])('ends at once while the server does not answer its %s', async (verb) => {
    server.inject({ effect: { kind: 'stall' }, when: (request) => request.verb === verb });
    const shown = mirror();
    await expect.poll(() => shown.requests.some((request) => request.verb === verb)).toBe(true);
    await shown.stop();
  });

  it('spreads the ends of its watches over time', async () => {
    const shown = mirror();
    await shown.is('live');
    expect(shown.of(isWatch)[0]?.query.get('timeoutSeconds')).toBe('450');
  });
});

describe('a list', () => {
  it('that is stopped between two pages says so', async () => {
    const server = await startApiServer();
    server.create(makeNamespace('web'));
    for (let number = 0; number < 600; number += 1) server.create(makeNetwork('web', `net-${number}`));
    const connection = connectTo({ cluster: { server: server.url } });
    const stop = new AbortController();
    const collection = { connection, lane: 'bulk', resource: NETWORKS, namespace: 'web' } as const;
    const listed = listAll(
      collection,
      (object) => object,
      stop.signal,
      () => stop.abort(),
    );
    await expect(listed).rejects.toMatchObject({ code: 'aborted' });
    await connection.close();
    await server.close();
  });
});

describe('the pause before a try', () => {
  it('lies between nothing and a ceiling that doubles up to the cap', () => {
    for (const [failures, ceiling] of [
      [1, 500],
      [2, 1000],
      [4, 4000],
      [5, 5000],
      [5000, 5000],
    ] as const) {
      expect(backoffMs(failures, 500, 5000, () => 0)).toBe(0);
      expect(backoffMs(failures, 500, 5000, () => 0.5)).toBe(ceiling / 2);
      expect(backoffMs(failures, 500, 5000, () => 1)).toBe(ceiling);
    }
  });
});
