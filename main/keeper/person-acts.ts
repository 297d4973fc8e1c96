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

export interface PersonActsOptions {
  readonly connection: Connection;
  readonly cases: DeletionCases;
  readonly deletions: Deletions;
  readonly known: KnownNetworks;
  readonly clock: Clock;
  /** Rejects if the cluster is another one by now, or does not tell. */
  readonly requireSameCluster: () => Promise<void>;
  readonly emit: (event: ContextEvent) => void;
  /** Called when what is known of a network has changed. */
  readonly touched: (key: NetworkKey) => void;
}

/** What a person asks for about one network: it goes over the rules. */
export class PersonActs {
  readonly #options: PersonActsOptions;
  readonly #stop = new AbortController();

  constructor(options: PersonActsOptions) {
    this.#options = options;
  }

  /** Lets a network that is gone stay away. */
  release(network: NetworkObject): void {
    const { cases, known, touched, emit } = this.#options;
    const key = keyOf(network);
    const missed = cases.close(key)?.missed ?? false;
    known.release(key);
    touched(key);
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

  /** Ends what is under way. */
  stop(): void {
    this.#stop.abort();
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
