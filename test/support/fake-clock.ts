/** A clock that stands still until a test moves it. Timers fire in the order of their time, each at its own time. */
import type { Clock } from '../../main/cluster/clock.ts';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** 2026-01-01T00:00:00Z, so that what a test prints can be read. */
const START_MS = Date.UTC(2026, 0, 1);

export class FakeClock implements Clock {
  readonly #timers = new Set<Timer>();
  #now = START_MS;

  now(): number {
    return this.#now;
  }

  after(delayMs: number, callback: () => void): () => void {
    const timer = { at: this.#now + delayMs, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** How long until the next timer; undefined where there is none. */
  get nextInMs(): number | undefined {
    const next = this.#next();
    return next && next.at - this.#now;
  }

  /** Moves on, and calls what is due on the way. What a callback starts on the network is not waited for. */
  advance(ms: number): void {
    const until = this.#now + ms;
    for (let due = this.#next(); due !== undefined && due.at <= until; due = this.#next()) {
      this.#timers.delete(due);
      this.#now = Math.max(this.#now, due.at);
      due.callback();
    }
    this.#now = until;
  }

  #next(): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) if (next === undefined || timer.at < next.at) next = timer;
    return next;
  }
}
