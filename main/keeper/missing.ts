import type { Clock } from '../cluster/clock.ts';
import type { UsageIndex } from '../guard/usage.ts';
import type { NetworkKey, NetworkUser } from '../guard/users.ts';
import type { DeletionCases } from './deletion-cases.ts';
import type { Deletions } from './deletions.ts';
import type { ContextEvent } from './events.ts';
import type { KnownNetworks } from './known-networks.ts';
import { missing, splitKey, summarise } from './messages.ts';

export interface MissingOptions {
  readonly usage: UsageIndex;
  readonly known: KnownNetworks;
  readonly cases: DeletionCases;
  readonly deletions: Deletions;
  readonly clock: Clock;
  readonly graceMs: number;
  /** Whether we watch the networks of a namespace. */
  readonly covers: (namespace: string) => boolean;
  /** While we cannot see the networks, none can be called missing. */
  readonly areNetworksLive: () => boolean;
  readonly emit: (event: ContextEvent) => void;
  /** Called when what is told of a network has changed. */
  readonly touched: (key: NetworkKey) => void;
}

/**
 * Networks that are referred to and not there, without a deletion that we are dealing with: asked about where a
 * copy is known, told (once) where not.
 */
export class MissingNetworks {
  readonly #options: MissingOptions;
  readonly #pending = new Map<NetworkKey, () => void>();
  readonly #told = new Set<NetworkKey>();

  constructor(options: MissingOptions) {
    this.#options = options;
  }

  /** All that is referred to now, without waiting. */
  checkAll(): void {
    for (const key of this.#options.usage.networks()) this.#check(key);
  }

  /** A pod and its network often come in the same breath, over two watches: look a little later. */
  usersChanged(key: NetworkKey): void {
    if (!this.#pending.has(key) && this.#isMissing(key)) this.#checkLater(key);
  }

  /** Whether it was told to be missing and still is. */
  isTold(key: NetworkKey): boolean {
    return this.#told.has(key) && this.#isMissing(key);
  }

  appeared(key: NetworkKey): void {
    this.#told.delete(key);
  }

  stop(): void {
    for (const cancel of this.#pending.values()) cancel();
    this.#pending.clear();
  }

  #checkLater(key: NetworkKey): void {
    const { clock, graceMs, areNetworksLive } = this.#options;
    const cancel = clock.after(graceMs, () => {
      this.#pending.delete(key);
      if (areNetworksLive()) this.#check(key);
      else this.#checkLater(key);
    });
    this.#pending.set(key, cancel);
  }

  #check(key: NetworkKey): void {
    if (!this.#isMissing(key)) return;
    const { known, deletions, clock, usage, emit, touched } = this.#options;
    const before = known.get(key);
    if (before?.goneAt !== undefined) {
      // What went with its CRD was not let go: it is decided on when networks can be listed again.
      if (before.letGo !== true) return;
      deletions.open(before.copy, {
        toldAt: clock.now(),
        seenAt: before.goneAt,
        missed: true,
        wasLetGo: true,
      });
    } else if (!this.#told.has(key)) {
      this.#told.add(key);
      touched(key);
      emit(missing(key, summarise(usage, key)));
    }
  }

  #isMissing(key: NetworkKey): boolean {
    const { usage, known, cases, covers } = this.#options;
    if (known.isPresent(key) || known.get(key)?.released || cases.has(key)) return false;
    const { namespace, name } = splitKey(key);
    if (name === '' || !covers(namespace)) return false;
    return isMeant(key, usage.pods(key)) || isMeant(key, usage.templates(key));
  }
}

/** Whether some reference can mean nothing but this network. */
function isMeant(key: NetworkKey, users: Iterable<NetworkUser>): boolean {
  for (const { attachments } of users) {
    if (attachments.some(({ network, ambiguous }) => network === key && !ambiguous)) return true;
  }
  return false;
}
