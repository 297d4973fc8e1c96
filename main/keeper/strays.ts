import type { Clock } from '../cluster/clock.ts';
import type { NetworkKey } from '../guard/users.ts';
import type { KnownNetworks } from './known-networks.ts';

interface BroughtBack {
  readonly uid: string;
  readonly at: number;
}

/**
 * Networks that we brought back a short while ago. `helm uninstall` deletes pods and network as one act: the
 * network may go first while its pods still live for seconds, and then we brought back what nobody wants.
 */
export class StrayWatch {
  readonly #broughtBack = new Map<NetworkKey, BroughtBack>();
  readonly #clock: Clock;
  readonly #windowMs: number;
  readonly #known: KnownNetworks;

  constructor(clock: Clock, windowMs: number, known: KnownNetworks) {
    this.#clock = clock;
    this.#windowMs = windowMs;
    this.#known = known;
  }

  broughtBack(key: NetworkKey, uid: string): void {
    this.#broughtBack.set(key, { uid, at: this.#clock.now() });
  }

  /** The last user went. True once if what stands there is what we brought back within the window. */
  usersGone(key: NetworkKey): boolean {
    const ours = this.#broughtBack.get(key);
    if (ours === undefined) return false;
    this.#broughtBack.delete(key);
    if (this.#clock.now() - ours.at > this.#windowMs) return false;
    const known = this.#known.get(key);
    const isOurs = known?.copy.metadata.uid === ours.uid;
    // Until the watch shows our own create, what is known is the network that was deleted before.
    return known?.goneAt === undefined ? isOurs : !isOurs;
  }
}
