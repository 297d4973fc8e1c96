import type { NetworkObject } from '../guard/manifest.ts';
import { readNetworkObject } from '../guard/manifest.ts';
import type { NetworkKey } from '../guard/users.ts';
import { networkKey } from '../guard/users.ts';

/** A network as it was last seen, there or gone. */
export interface KnownNetwork {
  /** The last state without deletionTimestamp: what to give back. */
  readonly copy: NetworkObject;
  /** When it was found gone, or, from the disk, last known to be there; ms since the epoch. Undefined while it is there. */
  readonly goneAt?: number;
  /** Gone, and nothing needed it. */
  readonly letGo?: true;
  /**
   * Let go by a person: it stays away whatever refers to it. While it is there: a person has its restore undone, and
   * the end of this very network is to be let go.
   */
  readonly released?: true;
  /** There, but with a deletionTimestamp: it waits for its finalizers. */
  readonly isEnding?: true;
}

/** What a cluster's networks are and were. Holds all networks that are there, and copies of those that went. */
export class KnownNetworks {
  readonly #networks = new Map<NetworkKey, KnownNetwork>();
  /** spec.config of what stood under a name before another network did; never on disk. */
  readonly #replacedConfigs = new Map<NetworkKey, string>();
  #present = 0;

  /** All that are there, and all that are gone and of which a copy is kept. */
  keys(): Iterable<NetworkKey> {
    return this.#networks.keys();
  }

  get(key: NetworkKey): KnownNetwork | undefined {
    return this.#networks.get(key);
  }

  /** spec.config of the network that stood under this name before another one with another configuration did. */
  replacedConfig(key: NetworkKey): string | undefined {
    return this.#replacedConfigs.get(key);
  }

  isPresent(key: NetworkKey): boolean {
    const known = this.#networks.get(key);
    return known !== undefined && known.goneAt === undefined;
  }

  /** How many networks are there now. */
  get presentCount(): number {
    return this.#present;
  }

  *present(): Iterable<NetworkObject> {
    for (const { copy, goneAt } of this.#networks.values()) if (goneAt === undefined) yield copy;
  }

  /** Takes a network that the cluster has. */
  observe(network: NetworkObject): void {
    const key = keyOf(network);
    const before = this.#networks.get(key);
    if (!this.isPresent(key)) this.#present += 1;
    const isEnding = network.metadata.deletionTimestamp !== undefined;
    if (before !== undefined) this.#rememberReplaced(key, before.copy, network);
    const isSame = before?.copy.metadata.uid === network.metadata.uid;
    // What a person said of one that is gone ends with its coming back.
    const isReleased = isSame && before.goneAt === undefined && before.released;
    this.#networks.set(key, {
      copy: isEnding && isSame ? before.copy : network,
      ...(isEnding && { isEnding }),
      ...(isReleased && { released: true }),
    });
  }

  /** Takes a DELETED event and gives the copy to bring back. */
  remove(network: NetworkObject, at: number): NetworkObject {
    const key = keyOf(network);
    const before = this.#networks.get(key);
    const isEnding = network.metadata.deletionTimestamp !== undefined;
    const copy = isEnding && before?.copy.metadata.uid === network.metadata.uid ? before.copy : network;
    this.#setGone(key, copy, at);
    return copy;
  }

  /** Takes a whole list of one namespace or (undefined) of all. What was there and is not listed is gone now. */
  replace(namespace: string | undefined, list: readonly NetworkObject[], at: number): void {
    const listed = new Set(list.map(keyOf));
    for (const [key, { copy }] of this.#networks) {
      if (namespace !== undefined && copy.metadata.namespace !== namespace) continue;
      if (this.isPresent(key) && !listed.has(key)) this.#setGone(key, copy, at);
    }
    for (const network of list) this.observe(network);
  }

  /** Networks that are gone and were not let go. */
  *lost(): Iterable<NetworkKey> {
    for (const [key, { goneAt, letGo }] of this.#networks) if (goneAt !== undefined && !letGo) yield key;
  }

  markLetGo(key: NetworkKey): void {
    const known = this.#networks.get(key);
    if (known?.goneAt !== undefined) this.#networks.set(key, { ...known, letGo: true });
  }

  /** Lets a network that is gone stay away until it appears again. */
  release(key: NetworkKey): void {
    const known = this.#networks.get(key);
    if (known?.goneAt !== undefined) this.#networks.set(key, { ...known, letGo: true, released: true });
  }

  /**
   * A person has the restore of the network with this uid undone (or, with false, that came to nothing): its end will
   * be no loss. Another network under its name is not concerned, nor is one that is gone.
   */
  setUndone(key: NetworkKey, uid: string, isUndone: boolean): void {
    const known = this.#networks.get(key);
    if (known === undefined || known.goneAt !== undefined || known.copy.metadata.uid !== uid) return;
    const { released: _, ...others } = known;
    this.#networks.set(key, isUndone ? { ...others, released: true } : others);
  }

  /** Forgets copies that were let go before `before` (ms since the epoch), but never what a person decided. */
  forgetLetGo(before: number): void {
    for (const [key, { goneAt, letGo, released }] of this.#networks) {
      if (!letGo || released || goneAt === undefined || goneAt >= before) continue;
      this.#networks.delete(key);
      this.#replacedConfigs.delete(key);
    }
  }

  /** For the disk. */
  copies(): KnownNetwork[] {
    return [...this.#networks.values()];
  }

  /**
   * From the disk: copies that were last known to be there at `seenAt`, and count as gone until a list shows them.
   * A let-go after `provisionalSince` was not final yet and is decided again. What cannot be read is passed over.
   */
  load(copies: readonly unknown[], seenAt: number, provisionalSince: number): void {
    for (const value of copies) {
      const { copy, goneAt = seenAt, letGo, released } = readKnown(value) ?? {};
      if (copy === undefined) continue;
      const isFinal = letGo && (released || goneAt < provisionalSince);
      this.#networks.set(keyOf(copy), {
        copy,
        goneAt,
        ...(isFinal && { letGo: true }),
        ...(released && { released }),
      });
    }
  }

  #rememberReplaced(key: NetworkKey, before: NetworkObject, now: NetworkObject): void {
    if (before.metadata.uid === now.metadata.uid) return;
    const config = before.spec?.config;
    if (config === now.spec?.config) return;
    if (typeof config === 'string') this.#replacedConfigs.set(key, config);
    else this.#replacedConfigs.delete(key);
  }

  #setGone(key: NetworkKey, copy: NetworkObject, goneAt: number): void {
    const before = this.#networks.get(key);
    if (this.isPresent(key)) this.#present -= 1;
    // Not let go yet: it is still to be told.
    const isReleased = before?.released && before.copy.metadata.uid === copy.metadata.uid;
    this.#networks.set(key, { copy, goneAt, ...(isReleased && { released: true }) });
  }
}

export function keyOf(network: NetworkObject): NetworkKey {
  return networkKey(network.metadata.namespace, network.metadata.name);
}

function readKnown(value: unknown): KnownNetwork | undefined {
  const { copy, goneAt, letGo, released } = (value ?? {}) as Partial<Record<keyof KnownNetwork, unknown>>;
  const network = readNetworkObject(copy);
  if (network === undefined) return undefined;
  return {
    copy: network,
    ...(typeof goneAt === 'number' ? { goneAt } : {}),
    ...(letGo === true ? { letGo } : {}),
    ...(released === true ? { released } : {}),
  };
}
