import type { Connection } from '../cluster/api.ts';
import { ApiError } from '../cluster/api.ts';
import type { Clock } from '../cluster/clock.ts';
import { recordResurrection } from '../cluster/requests.ts';
import type { NetworkObject } from '../guard/manifest.ts';
import { keyOf } from './known-networks.ts';

export interface ResurrectionNotesOptions {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly stopped: AbortSignal;
  readonly log: (message: string) => void;
}

/**
 * Kubernetes Events on the networks that were brought back, for kubectl describe; never a reason to fail. One at a
 * time: of many networks that were deleted at once the last ones are still to come when the first are back.
 */
export class ResurrectionNotes {
  readonly #options: ResurrectionNotesOptions;
  #isAllowed = true;
  /** The Events under way and to come; never rejects. */
  #leaving: Promise<void> = Promise.resolve();

  constructor(options: ResurrectionNotesOptions) {
    this.#options = options;
  }

  leave(network: NetworkObject, note: string): void {
    const at = new Date(this.#options.clock.now());
    this.#leaving = this.#leaving.then(() => this.#leave(network, note, at));
  }

  async #leave(network: NetworkObject, note: string, at: Date): Promise<void> {
    const { connection, stopped, log } = this.#options;
    if (!this.#isAllowed || stopped.aborted) return;
    try {
      await recordResurrection(connection, network, note, at, stopped);
    } catch (error) {
      if (error instanceof ApiError && error.code === 'forbidden') this.#isAllowed = false;
      log(`No Kubernetes Event was left on ${keyOf(network)}: ${String(error)}`);
    }
  }
}
