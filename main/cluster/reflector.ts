import { ApiError } from './api.ts';
import { backoffMs } from './backoff.ts';
import type { Clock } from './clock.ts';
import { aborted, wait } from './clock.ts';
import type { Collection } from './list.ts';
import { acceptOf, listAll, selectorOf } from './list.ts';
import { readWatchEvent } from './list-answers.ts';
import { collectionPath } from './resources.ts';
import { WatchLines } from './watch-lines.ts';

export type WatchEventType = 'ADDED' | 'MODIFIED' | 'DELETED';

/** Where the objects go. None of these may throw. */
export interface ReflectorSink<Item> {
  /** What to keep of a listed object; undefined drops it. Called per page, so a page is never kept whole. */
  reduce(object: unknown): Item | undefined;
  /** A whole list: what is not in it is gone. */
  replace(items: readonly Item[]): void;
  /** One watch event, in the server's order. `receivedAt` is the clock's time at which its bytes came. */
  apply(type: WatchEventType, object: unknown, receivedAt: number): void;
  state(state: ReflectorState): void;
}

export type ReflectorState =
  /** Reading pages; `items` were read so far. */
  | { readonly phase: 'listing'; readonly items: number }
  /** The watch is open. */
  | { readonly phase: 'live' }
  /** Nothing is read until `resume`. */
  | { readonly phase: 'suspended' }
  /** Something failed; the next try comes by itself. */
  | { readonly phase: 'waiting'; readonly error: ApiError };

export interface ReflectorOptions<Item> extends Collection {
  readonly sink: ReflectorSink<Item>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly backoffCapMs: number;
  /**
   * Awaited before every list and watch but the first. What stood at this address may be another cluster now, also
   * after a watch that ended in good order, and then the old resourceVersion means nothing; throw to try again later.
   */
  readonly beforeRetry?: () => Promise<void>;
}

const BACKOFF_BASE_MS = 500;
/** Bookmarks come each minute (kube-apiserver, cacher.go); this long without a byte and the watch is dead. */
const SILENCE_MS = 75_000;
/** The server ends each watch after a random time, so that clients spread (client-go, reflector.go). */
const WATCH_MIN_S = 300;
const WATCH_SPREAD_S = 300;
/** A watch that ends this soon and said nothing counts as failed, or a sick proxy makes us spin. */
const SHORT_WATCH_MS = 1_000;
/** A watch that stays open this long shows that the server works, also where nothing happens. */
const LASTING_WATCH_MS = 10_000;
/** Errors of 5xx on a resourceVersion that the server does not have yet, as after a restore of etcd. */
const TOO_LARGE_VERSION = 'ResourceVersionTooLarge';

/** Keeps a sink equal to one collection of the API server: list, watch, and again from where it stopped. */
export class Reflector<Item> {
  readonly #options: ReflectorOptions<Item>;
  readonly #stop = new AbortController();
  #version: string | undefined;
  #failures = 0;
  /** The last failure was 410, and nothing has worked since. */
  #wasGone = false;
  #retryNow: (() => void) | undefined;
  #sleep = new AbortController();
  #wake = new AbortController();

  constructor(options: ReflectorOptions<Item>) {
    this.#options = options;
  }

  /** Runs until `stop`. Never rejects. */
  async run(): Promise<void> {
    for (let isFirst = true; !this.#stop.signal.aborted; isFirst = false) {
      if (this.#sleep.signal.aborted) await this.#sleepUntilResumed();
      try {
        if (!isFirst) await this.#options.beforeRetry?.();
        this.#version ??= await this.#list();
        this.#version = await this.#watch(this.#version);
      } catch (error) {
        await this.#fail(error);
      }
    }
  }

  stop(): void {
    this.#stop.abort();
  }

  /** Ends the list or watch that is under way. */
  suspend(): void {
    if (this.#sleep.signal.aborted) return;
    this.#wake = new AbortController();
    this.#sleep.abort();
    this.#options.sink.state({ phase: 'suspended' });
  }

  /** Lists anew after `suspend`. */
  resume(): void {
    this.#wake.abort();
  }

  /** Ends a pause after a failure, for example because another lane reached the server again. */
  retryNow(): void {
    this.#retryNow?.();
  }

  async #sleepUntilResumed(): Promise<void> {
    await aborted(AbortSignal.any([this.#wake.signal, this.#stop.signal]));
    this.#sleep = new AbortController();
    this.#version = undefined;
    this.#failures = 0;
  }

  async #list(): Promise<string> {
    const { sink } = this.#options;
    sink.state({ phase: 'listing', items: 0 });
    const list = await listAll(
      this.#options,
      (object) => sink.reduce(object),
      AbortSignal.any([this.#stop.signal, this.#sleep.signal]),
      (items) => sink.state({ phase: 'listing', items }),
    );
    sink.replace(list.items);
    return list.version;
  }

  /** Reads one watch to its end and gives the version to go on from. */
  async #watch(from: string): Promise<string> {
    const { connection, lane, resource, namespace, sink, clock, random } = this.#options;
    const query = {
      watch: 'true',
      allowWatchBookmarks: 'true',
      resourceVersion: from,
      timeoutSeconds: String(WATCH_MIN_S + Math.floor(random() * WATCH_SPREAD_S)),
      ...selectorOf(resource),
    };
    const silence = new Silence(clock, SILENCE_MS);
    let openedAt = Number.POSITIVE_INFINITY;
    try {
      const stream = await connection.openStream({
        lane,
        method: 'GET',
        path: collectionPath(resource, namespace, query),
        accept: acceptOf(resource, 'PartialObjectMetadata'),
        signal: AbortSignal.any([this.#stop.signal, this.#sleep.signal, silence.signal]),
      });
      sink.state({ phase: 'live' });
      openedAt = clock.now();
      const lines = new WatchLines();
      for await (const chunk of stream) {
        silence.heard();
        const receivedAt = clock.now();
        for (const line of lines.push(chunk)) this.#take(line, receivedAt);
      }
      if (this.#version === from && clock.now() - openedAt < SHORT_WATCH_MS) {
        throw new ApiError('badAnswer', 'The server ended the watch at once.');
      }
      return this.#version ?? from;
    } catch (error) {
      throw silence.signal.aborted
        ? new ApiError('timeout', `The watch of ${resource.plural} was silent for ${SILENCE_MS / 1000} s.`)
        : error;
    } finally {
      silence.end();
      if (clock.now() - openedAt >= LASTING_WATCH_MS) this.#recovered();
    }
  }

  #take(line: string, receivedAt: number): void {
    if (line === '') return;
    const event = readWatchEvent(line);
    this.#recovered();
    this.#version = event.version;
    if (event.type !== 'BOOKMARK') this.#options.sink.apply(event.type, event.object, receivedAt);
  }

  #recovered(): void {
    this.#failures = 0;
    this.#wasGone = false;
  }

  async #fail(error: unknown): Promise<void> {
    if (this.#stop.signal.aborted || this.#sleep.signal.aborted) return;
    const { sink, clock, random, backoffCapMs } = this.#options;
    const problem =
      error instanceof ApiError ? error : new ApiError('badAnswer', String(error), { cause: error });
    const relist = isGone(problem);
    // A collection that is not served (404) may come back as another one, as after its CRD was deleted.
    if (relist || problem.code === 'notFound') this.#version = undefined;
    this.#failures += 1;
    // 410 is no failure of the server: list anew at once and without a word, but do not spin if that goes on.
    const isFirstGone = relist && !this.#wasGone;
    this.#wasGone = relist;
    if (isFirstGone) return;
    sink.state({ phase: 'waiting', error: problem });
    const pauseMs = Math.max(
      backoffMs(this.#failures, BACKOFF_BASE_MS, backoffCapMs, random),
      problem.retryAfterMs ?? 0,
    );
    const pause = new AbortController();
    this.#retryNow = () => pause.abort();
    await wait(clock, pauseMs, AbortSignal.any([this.#stop.signal, this.#sleep.signal, pause.signal]));
    this.#retryNow = undefined;
  }
}

/** A signal that aborts after a time without a sound. */
class Silence {
  readonly #abort = new AbortController();
  readonly #clock: Clock;
  readonly #limitMs: number;
  #heardAt: number;
  #cancel: () => void;

  constructor(clock: Clock, limitMs: number) {
    this.#clock = clock;
    this.#limitMs = limitMs;
    this.#heardAt = clock.now();
    this.#cancel = clock.after(limitMs, () => this.#check());
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Costs nothing per event: the timer is set again only when it fires. */
  heard(): void {
    this.#heardAt = this.#clock.now();
  }

  end(): void {
    this.#cancel();
  }

  #check(): void {
    const leftMs = this.#heardAt + this.#limitMs - this.#clock.now();
    if (leftMs <= 0) this.#abort.abort();
    else this.#cancel = this.#clock.after(leftMs, () => this.#check());
  }
}

function isGone(error: ApiError): boolean {
  return (
    error.code === 'gone' ||
    (error.status?.causes.some((cause) => cause.reason === TOO_LARGE_VERSION) ?? false)
  );
}
