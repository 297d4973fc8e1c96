/** Faults that requests meet on their arrival. (What breaks a watch that is already open is in watches.ts.) */
import type { ApiRequest } from './request.ts';
import { type StatusDetails, StatusError } from './statuses.ts';

export type Effect =
  /** The connection is reset before anything is done. */
  | { readonly kind: 'drop' }
  /** What was asked for is done, and the connection is reset before the answer. */
  | { readonly kind: 'dropReply' }
  /** Nothing is done or answered; the connection stays. */
  | { readonly kind: 'stall' }
  | { readonly kind: 'delay'; readonly delayMs: number }
  /** Nothing is done; a Status is answered, in the server's usual words unless told. */
  | {
      readonly kind: 'answer';
      readonly code: number;
      readonly reason?: string;
      readonly message?: string;
      readonly details?: StatusDetails;
      /** Sent as Retry-After and in the Status. */
      readonly retryAfterSeconds?: number;
    }
  /** A watch opens, and nothing ever comes (half-open). */
  | { readonly kind: 'silence' }
  /** A watch opens with an ERROR event and ends; 410 is "too old resource version". */
  | { readonly kind: 'errorEvent'; readonly code: number };

export interface Fault {
  readonly effect: Effect;
  /** Which requests meet it; all of them where it is absent. */
  readonly when?: (request: ApiRequest) => boolean;
  /** How many requests meet it; no end where it is absent. */
  readonly times?: number;
}

export interface InjectedFault {
  /** How many requests have met it. */
  readonly hits: number;
  remove(): void;
}

export class Faults {
  readonly #injected = new Set<{ readonly fault: Fault; hits: number }>();

  inject(fault: Fault): InjectedFault {
    const injected = { fault, hits: 0 };
    this.#injected.add(injected);
    return {
      get hits() {
        return injected.hits;
      },
      remove: () => this.#injected.delete(injected),
    };
  }

  clear(): void {
    this.#injected.clear();
  }

  /** The effect of the oldest fault that the request meets. */
  meet(request: ApiRequest): Effect | undefined {
    for (const injected of this.#injected) {
      const { effect, when, times = Number.POSITIVE_INFINITY } = injected.fault;
      if (when && !when(request)) continue;
      injected.hits += 1;
      if (injected.hits >= times) this.#injected.delete(injected);
      return effect;
    }
    return undefined;
  }
}

const REASONS: Readonly<Record<number, readonly [reason: string, message: string]>> = {
  400: ['BadRequest', 'the server rejected our request for an unknown reason'],
  401: ['Unauthorized', 'Unauthorized'],
  403: ['Forbidden', 'forbidden'],
  404: ['NotFound', 'the server could not find the requested resource'],
  409: ['Conflict', 'the server reported a conflict'],
  410: ['Expired', 'too old resource version: 1 (2)'],
  422: ['Invalid', 'the server rejected our request due to an error in our request'],
  429: ['TooManyRequests', 'the server has received too many requests and has asked us to try again later'],
  500: ['InternalError', 'an error on the server has prevented the request from succeeding'],
  503: ['ServiceUnavailable', 'the server is currently unable to handle the request'],
  504: ['Timeout', 'the server was unable to return a response in the time allotted'],
};

/** The Status of an `answer` or `errorEvent`. */
export function faultStatus(effect: Extract<Effect, { kind: 'answer' | 'errorEvent' }>): StatusError {
  const [reason, message] = REASONS[effect.code] ?? ['InternalError', 'an error on the server'];
  if (effect.kind === 'errorEvent') return new StatusError(effect.code, reason, message);
  const { retryAfterSeconds } = effect;
  const details =
    effect.details || retryAfterSeconds !== undefined
      ? { ...effect.details, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) }
      : undefined;
  return new StatusError(effect.code, effect.reason ?? reason, effect.message ?? message, details);
}
