import { ApiError } from './api.ts';
import type { Clock } from './clock.ts';

/** When a request must end: its caller's signal, or a time limit. The signal's reason is the ApiError to throw. */
export class Deadline {
  readonly #clock: Clock;
  readonly #callerSignal: AbortSignal | undefined;
  readonly #controller = new AbortController();
  #cancelLimit = (): void => {};

  constructor(clock: Clock, callerSignal: AbortSignal | undefined) {
    this.#clock = clock;
    this.#callerSignal = callerSignal;
    if (callerSignal?.aborted) this.#onAbort();
    else callerSignal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** From now on at most `timeoutMs`. */
  limit(timeoutMs: number, server: string): void {
    this.#cancelLimit();
    const message = `the server at ${server} did not answer within ${timeoutMs / 1000} s`;
    this.#cancelLimit = this.#clock.after(timeoutMs, () => {
      this.#controller.abort(new ApiError('timeout', message));
    });
  }

  /** Takes the time limit away; the caller's signal still counts. */
  lift(): void {
    this.#cancelLimit();
  }

  /** Settles as `promise` does, or throws as soon as the deadline is reached. */
  async reach<T>(promise: Promise<T>): Promise<T> {
    const { signal } = this;
    signal.throwIfAborted();
    const { promise: aborted, reject } = Promise.withResolvers<never>();
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await Promise.race([promise, aborted]);
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  /** Lets go of the timer and of the caller's signal. */
  end(): void {
    this.#cancelLimit();
    this.#callerSignal?.removeEventListener('abort', this.#onAbort);
  }

  readonly #onAbort = (): void => {
    this.#controller.abort(new ApiError('aborted', 'ended by the caller'));
  };
}
