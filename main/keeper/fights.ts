import type { Clock } from '../cluster/clock.ts';
import { FIELD_MANAGER } from '../cluster/requests.ts';
import type { NetworkObject } from '../guard/manifest.ts';
import type { NetworkKey } from '../guard/users.ts';

interface Fight {
  readonly broughtBackAt: readonly number[];
  readonly managers: ReadonlySet<string>;
}

/** How often each network was brought back lately, and who else writes to it. */
export class FightRecord {
  readonly #fights = new Map<NetworkKey, Fight>();
  readonly #clock: Clock;
  readonly #windowMs: number;

  constructor(clock: Clock, windowMs: number) {
    this.#clock = clock;
    this.#windowMs = windowMs;
  }

  /** Takes the network as it was when it was deleted. */
  broughtBack(key: NetworkKey, deleted: NetworkObject): void {
    const before = this.#fights.get(key);
    const managers = (deleted.metadata.managedFields ?? []).flatMap(({ manager }) => manager ?? []);
    this.#fights.set(key, {
      broughtBackAt: [...this.#recent(before), this.#clock.now()],
      managers: new Set([...(before?.managers ?? []), ...managers.filter((name) => name !== FIELD_MANAGER)]),
    });
  }

  /** Restores by us within the window. */
  count(key: NetworkKey): number {
    return this.#recent(this.#fights.get(key)).length;
  }

  /** Field managers other than us that wrote the copies that were deleted. */
  managers(key: NetworkKey): string[] {
    return [...(this.#fights.get(key)?.managers ?? [])];
  }

  #recent(fight: Fight | undefined): number[] {
    const since = this.#clock.now() - this.#windowMs;
    return (fight?.broughtBackAt ?? []).filter((at) => at > since);
  }
}
