import type { Connection } from '../cluster/api.ts';
import type { Clock } from '../cluster/clock.ts';
import type { NetworkObject } from '../guard/manifest.ts';
import type { NetworkKey } from '../guard/users.ts';
import type { Case } from './deletion-case.ts';
import type { DeletionCases } from './deletion-cases.ts';
import type { Deletions } from './deletions.ts';
import type { ContextEvent } from './events.ts';
import type { KnownNetworks } from './known-networks.ts';
import { keyOf } from './known-networks.ts';
import * as tell from './messages.ts';
import type { RestoreOutcome } from './restore.ts';
import { restoreOnce } from './restore.ts';
import type { UndoOutcome } from './undo.ts';
import { deleteAgain, findOutLater } from './undo.ts';

export interface PersonActsOptions {
  readonly connection: Connection;
  readonly cases: DeletionCases;
  readonly deletions: Deletions;
  readonly known: KnownNetworks;
  readonly clock: Clock;
  readonly random: () => number;
  /** Rejects if the cluster is another one by now, or does not tell. */
  readonly requireSameCluster: () => Promise<void>;
  readonly emit: (event: ContextEvent) => void;
  /** Called when what is known of a network has changed. */
  readonly touched: (key: NetworkKey) => void;
  /** Called when what is known has changed in a way that belongs on disk. */
  readonly knownChanged: () => void;
}

/** What a person asks for about one network: it goes over the rules. */
export class PersonActs {
  readonly #options: PersonActsOptions;
  readonly #stop = new AbortController();
  readonly #undoing = new Map<NetworkKey, Promise<UndoOutcome>>();
  /** Uids of networks whose deletion may have been carried out, though no answer came. */
  readonly #inDoubt = new Set<string>();
  readonly #findingOut = new Set<Promise<void>>();

  constructor(options: PersonActsOptions) {
    this.#options = options;
  }

  /** Lets a network that is gone stay away. */
  release(network: NetworkObject): void {
    const { cases, known, touched, knownChanged, emit } = this.#options;
    const key = keyOf(network);
    const missed = cases.close(key)?.missed ?? false;
    known.release(key);
    touched(key);
    knownChanged();
    emit(tell.letGo(network, 'released', 'a person let it go', missed));
  }

  /** Brings a network that is gone back: one try, whatever was decided before. Throws ApiError if nothing came of it. */
  async restore(network: NetworkObject, seenAt: number): Promise<RestoreOutcome> {
    const { cases, clock, deletions } = this.#options;
    const before = cases.close(keyOf(network));
    const open = cases.open(
      network,
      { toldAt: clock.now(), seenAt, missed: before?.missed ?? false, isByPerson: true },
      before,
    );
    open.said = before?.said ?? '';
    cases.enter(open, 'restoring');
    const trying = open.work.then(() =>
      restoreOnce(network, { ...this.#options, stopped: this.#stop.signal }),
    );
    open.work = trying.then(
      (outcome) => deletions.conclude(open, outcome),
      () => this.#goBack(open, before),
    );
    const outcome = await trying;
    await open.work;
    return outcome;
  }

  /**
   * Deletes again a network that we brought back. From before the request on its end is let go, whoever hears of it
   * first; only once it is sure that it still stands it is kept as before. Throws ApiError.
   */
  undo(network: NetworkObject): Promise<UndoOutcome> {
    const key = keyOf(network);
    const undoing = this.#undoing.get(key) ?? this.#undo(network).finally(() => this.#undoing.delete(key));
    this.#undoing.set(key, undoing);
    return undoing;
  }

  /** Ends all work; resolves when nothing of it is under way any more. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.allSettled([...this.#undoing.values(), ...this.#findingOut]);
  }

  async #undo(network: NetworkObject): Promise<UndoOutcome> {
    const options = { ...this.#options, stopped: this.#stop.signal };
    await options.requireSameCluster();
    this.#setUndone(network, true);
    let isKept = false;
    try {
      const outcome = await deleteAgain(network, options);
      isKept = outcome.kind === 'deleted' || outcome.kind === 'unknown';
      if (outcome.kind === 'unknown') this.#findOut(network);
      if (outcome.kind === 'standing') this.#inDoubt.delete(network.metadata.uid);
      // An earlier request, whose answer was lost, was carried out after all.
      const wasOurs = outcome.kind === 'refused' && outcome.reason === 'gone' && this.#isInDoubt(network);
      return wasOurs ? { kind: 'deleted' } : outcome;
    } finally {
      if (!isKept && !this.#isInDoubt(network)) this.#setUndone(network, false);
    }
  }

  #isInDoubt({ metadata }: NetworkObject): boolean {
    return this.#inDoubt.has(metadata.uid);
  }

  /** Whether a deletion without an answer was carried out. */
  #findOut(network: NetworkObject): void {
    if (this.#isInDoubt(network)) return;
    this.#inDoubt.add(network.metadata.uid);
    const finding = findOutLater(network, { ...this.#options, stopped: this.#stop.signal }).then(
      (isStanding) => {
        this.#findingOut.delete(finding);
        if (!isStanding) return;
        this.#inDoubt.delete(network.metadata.uid);
        // Meanwhile the person may have asked again.
        if (!this.#undoing.has(keyOf(network))) this.#setUndone(network, false);
      },
    );
    this.#findingOut.add(finding);
  }

  #setUndone(network: NetworkObject, isUndone: boolean): void {
    this.#options.known.setUndone(keyOf(network), network.metadata.uid, isUndone);
    this.#options.knownChanged();
  }

  /** What a person asked for came to nothing: it is again as it was before. */
  #goBack(open: Case, before: Case | undefined): void {
    const { cases, deletions } = this.#options;
    if (!cases.isCurrent(open)) return;
    switch (before?.state) {
      case undefined:
      case 'letGo':
        cases.close(open.key);
        break;
      case 'asking':
        open.askedFor = before.askedFor;
        cases.enter(open, before.state);
        break;
      case 'held':
        cases.enter(open, before.state);
        break;
      case 'refused':
        deletions.waitToRetry(open);
        break;
      default:
        cases.enter(open, 'undecided');
        deletions.decide(open);
    }
  }
}
