import type { Clock } from '../cluster/clock.ts';
import type { Update, WindowEvent } from '../contract/updates.ts';

export type UpdateParts = Omit<Update, 'sequence'>;

export interface UpdateFeedOptions {
  readonly clock: Clock;
  /** Gives what changed since the last call; empty if nothing did. */
  readonly collect: () => UpdateParts;
  readonly log: (message: string) => void;
}

interface Subscriber {
  readonly listener: (event: WindowEvent) => unknown;
  isBehind: boolean;
}

/** At most ten updates a second. */
const PAUSE_MS = 100;
/** How often one that is behind is offered an empty update. */
const BEHIND_PAUSE_MS = 1_000;

/** Gathers changes into numbered updates. Nothing is queued: who is behind misses updates and sees it by the number. */
export class UpdateFeed {
  readonly #options: UpdateFeedOptions;
  readonly #subscribers = new Set<Subscriber>();
  #sequence = 0;
  #sentAt = Number.NEGATIVE_INFINITY;
  #cancel: (() => void) | undefined;
  #cancelOffer: (() => void) | undefined;
  #isStopped = false;

  constructor(options: UpdateFeedOptions) {
    this.#options = options;
  }

  /** The number of the last update. */
  get sequence(): number {
    return this.#sequence;
  }

  subscribe(listener: (event: WindowEvent) => unknown): () => void {
    const subscriber = { listener, isBehind: false };
    this.#subscribers.add(subscriber);
    return () => this.#subscribers.delete(subscriber);
  }

  /** Something changed: an update follows soon. */
  mark(): void {
    if (this.#cancel !== undefined || this.#isStopped) return;
    const { clock } = this.#options;
    const dueInMs = Math.max(0, this.#sentAt + PAUSE_MS - clock.now());
    this.#cancel = clock.after(dueInMs, () => this.flush());
  }

  /** Sends what changed at once. */
  flush(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    const parts = this.#options.collect();
    if (Object.keys(parts).length > 0) this.#send(parts);
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel?.();
    this.#cancelOffer?.();
    this.#subscribers.clear();
  }

  #send(parts: UpdateParts): void {
    const { clock } = this.#options;
    this.#sentAt = clock.now();
    this.#sequence += 1;
    const sequence = this.#sequence;
    for (const subscriber of [...this.#subscribers]) {
      // What was missed cannot be made up for by what comes now: only the gap in the numbers is told.
      const update = subscriber.isBehind ? { sequence } : { ...parts, sequence };
      subscriber.isBehind = !this.#tell(subscriber, { event: 'update', update });
    }
    const isAnyBehind = [...this.#subscribers].some(({ isBehind }) => isBehind);
    this.#cancelOffer?.();
    this.#cancelOffer = isAnyBehind ? clock.after(BEHIND_PAUSE_MS, () => this.#send({})) : undefined;
  }

  /** Whether it was taken. A listener that throws has its own trouble, which is nobody else's. */
  #tell({ listener }: Subscriber, event: WindowEvent): boolean {
    try {
      return listener(event) !== false;
    } catch (error) {
      this.#options.log(`A listener failed: ${String(error)}`);
      return true;
    }
  }
}
