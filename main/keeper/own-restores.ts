import type { NetworkKey } from '../guard/users.ts';

interface OwnRestore {
  readonly uid: string;
  readonly isCertain: boolean;
}

/** What we brought back during this stay at the cluster: of each network the last. */
export class OwnRestores {
  readonly #restores = new Map<NetworkKey, OwnRestore>();

  /**
   * Takes what a create of ours made. It is certain where the server's answer to the create gave the uid, and not where
   * the answer was lost and an equal network was found later: that one may be somebody else's.
   */
  add(key: NetworkKey, uid: string, isCertain: boolean): void {
    this.#restores.set(key, { uid, isCertain });
  }

  /** Whether it was told as brought back by us. */
  has(key: NetworkKey, uid: string): boolean {
    return this.#restores.get(key)?.uid === uid;
  }

  /** Whether it is ours beyond doubt, so that we may delete it again. */
  isCertain(key: NetworkKey, uid: string): boolean {
    return uid !== '' && this.has(key, uid) && this.#restores.get(key)?.isCertain === true;
  }
}
