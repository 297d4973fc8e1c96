import type { Clock } from '../cluster/clock.ts';
import { LastKnownWriter, lastKnownPath, readLastKnown } from '../store/last-known.ts';
import type { KnownNetworks } from './known-networks.ts';

export interface CopiesOptions {
  readonly stateDirectory: string;
  /** The cluster's identity, never a context's name. */
  readonly cluster: string;
  /** undefined among them: all */
  readonly namespaces: readonly (string | undefined)[];
  readonly known: KnownNetworks;
  readonly clock: Clock;
  readonly provisionalMs: number;
  /** How long a copy of a network that was let go is kept. */
  readonly keepLetGoMs: number;
  readonly log: (message: string) => void;
}

/** Changes that come together are written together; a crash within this time loses what changed in it. */
const GATHER_MS = 100;
/** So that `seenAt` on disk is never much older than what we know. */
const REFRESH_MS = 600_000;

/** Keeps one cluster's last-known networks on disk, off the way to a restore. */
export class Copies {
  readonly #options: CopiesOptions;
  readonly #path: string;
  readonly #writer: LastKnownWriter;
  #cancelWrite: (() => void) | undefined;
  #cancelRefresh: (() => void) | undefined;
  #isFresh = false;
  /** While not fresh: when it last was. */
  #seenAt: number | undefined;

  constructor(options: CopiesOptions) {
    this.#options = options;
    const { stateDirectory, cluster, namespaces } = options;
    this.#path = lastKnownPath(
      stateDirectory,
      cluster,
      namespaces.filter((namespace) => namespace !== undefined),
    );
    this.#writer = new LastKnownWriter(this.#path, (error) =>
      options.log(`The copies of networks were not written to ${this.#path}: ${String(error)}`),
    );
  }

  /** Fills `known` from the disk. A folder that cannot be read is told and counts as empty. */
  async load(): Promise<void> {
    const { known, clock, log, provisionalMs } = this.#options;
    const now = clock.now();
    try {
      const content = await readLastKnown(this.#path, now, log);
      if (content !== undefined) known.load(content.copies, content.seenAt, now - provisionalMs);
    } catch (error) {
      log(`The copies of networks in ${this.#path} cannot be read: ${String(error)}`);
    }
  }

  /** Whether what is known is what the cluster has: the watch of networks is open. */
  setFresh(isFresh: boolean): void {
    if (this.#isFresh && !isFresh) this.#seenAt = this.#options.clock.now();
    this.#isFresh = isFresh;
  }

  /** Has the copies written at once: a list is where much becomes known, and a crash may come at any time. */
  listed(): void {
    this.#write();
  }

  /** Has the copies written soon. */
  changed(): void {
    this.#cancelWrite ??= this.#options.clock.after(GATHER_MS, () => this.#write());
  }

  /** Writes what is known now, if the cluster was ever read, and resolves when it is on disk. */
  async stop(): Promise<void> {
    if (this.#isFresh || this.#seenAt !== undefined) this.#write();
    this.#cancelWrite?.();
    this.#cancelRefresh?.();
    await this.#writer.flushed();
  }

  #write(): void {
    this.#cancelWrite?.();
    this.#cancelWrite = undefined;
    this.#cancelRefresh?.();
    this.#cancelRefresh = this.#options.clock.after(REFRESH_MS, () => this.#write());
    this.#writer.write(() => {
      const { known, clock, keepLetGoMs } = this.#options;
      const now = clock.now();
      known.forgetLetGo(now - keepLetGoMs);
      return { version: 1, seenAt: this.#isFresh ? now : (this.#seenAt ?? now), copies: known.copies() };
    });
  }
}
