import { ApiError } from './api.ts';
import type { Clock } from './clock.ts';

/** When a request must end: its caller's signal or its time limit. The signal's reason is the ApiError to throw. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #callerSignal: AbortSignal | undefined;
  #cancelTimer: () => void;

  constructor(clock: Clock, timeoutMs: number, callerSignal: AbortSignal | undefined, server: string) {
    this.#callerSignal = callerSignal;
    this.#cancelTimer = clock.after(timeoutMs, () => {
      this.#controller.abort(
        new ApiError('timeout', `${server} did not answer within ${timeoutMs / 1000} s`),
      );
    });
    if (callerSignal?.aborted) this.#onAbort();
    else callerSignal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Takes away the time limit; the caller's signal still counts. */
  lift(): void {
    this.#cancelTimer();
  }

  /** Lets go of the caller's signal and of the timer. */
  end(): void {
    this.#cancelTimer();
    this.#callerSignal?.removeEventListener('abort', this.#onAbort);
  }

  readonly #onAbort = (): void => {
    this.#controller.abort(new ApiError('aborted', 'ended by the caller'));
  };
}
