/** Lets the story happen in the demo clusters, and something now and then after it. */
import type { Clock } from '../cluster/clock.ts';
import { wait } from '../cluster/clock.ts';
import type { DemoClusters } from './story.ts';
import { AFTER_THE_STORY, deleteNetwork, STORY } from './story.ts';

export interface Telling {
  readonly clock: Clock;
  /** Resolves when both clusters are watched: what is deleted before that nobody could bring back. */
  readonly ready: Promise<void>;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Hears, in a sentence, what is about to happen. */
  readonly narrate: (sentence: string) => void;
  /** What is worth saying again now and then, such as how to end the program. */
  readonly reminder: string;
}

/** Whoever turned a cluster off at once gets the story all the same. */
const LATEST_START_MS = 10_000;
const PAUSE_MS = 1_000;
/**
 * A window may be opened long after the story, and should show something happen soon. The networks take turns: each
 * one's turn comes again after three and a half minutes, so that it is never brought back three times in ten minutes,
 * after which it would be held.
 */
const BETWEEN_DELETIONS_MS = 21_000;

/** Plays the story, then deletes one network after the other, until the signal aborts. */
export async function tellStory(clusters: DemoClusters, telling: Telling): Promise<void> {
  const { clock, ready, signal, narrate, reminder } = telling;
  const started = Promise.race([ready, wait(clock, LATEST_START_MS, signal)]);
  for (const { afterMs, say, act } of STORY) {
    await Promise.all([wait(clock, afterMs, signal), started]);
    if (signal.aborted) return;
    narrate(say);
    act(clusters);
  }
  await wait(clock, PAUSE_MS, signal);
  if (signal.aborted) return;
  narrate(`That was the story. From here on somebody deletes a network now and then. ${reminder}`);
  await goOn(clusters, telling);
}

async function goOn(clusters: DemoClusters, { clock, signal, narrate, reminder }: Telling): Promise<void> {
  for (;;) {
    for (const { cluster, namespace, name } of AFTER_THE_STORY) {
      await wait(clock, BETWEEN_DELETIONS_MS, signal);
      if (signal.aborted) return;
      deleteNetwork(clusters[cluster], namespace, name);
    }
    narrate(reminder);
  }
}

/** Finds out from what is told of the contexts when each of them is watched. */
export class Readiness {
  readonly ready: Promise<void>;
  readonly #awaited: Set<string>;
  readonly #resolve: () => void;

  constructor(contexts: readonly string[]) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#awaited = new Set(contexts);
    this.ready = promise;
    this.#resolve = resolve;
  }

  hear({ event, context }: { readonly event: string; readonly context: string }): void {
    if (event === 'synced') this.#awaited.delete(context);
    if (this.#awaited.size === 0) this.#resolve();
  }
}
