import type { Clock } from '../cluster/clock.ts';
import type { NetworkObject } from '../guard/manifest.ts';
import type { NetworkKey } from '../guard/users.ts';
import type { Case, CaseState, HowOpened } from './deletion-case.ts';
import { newCase } from './deletion-case.ts';

export interface DeletionCasesOptions {
  readonly clock: Clock;
  /** Called when the state of a network's case has changed, or its case was closed. */
  readonly touched: (key: NetworkKey) => void;
}

/** The open cases of one cluster, at most one of each network. What becomes of them is decided elsewhere. */
export class DeletionCases {
  readonly #options: DeletionCasesOptions;
  readonly #cases = new Map<NetworkKey, Case>();

  constructor(options: DeletionCasesOptions) {
    this.#options = options;
  }

  get(key: NetworkKey): Case | undefined {
    return this.#cases.get(key);
  }

  has(key: NetworkKey): boolean {
    return this.#cases.has(key);
  }

  /** As they are now: the list stays as it is when cases are closed. */
  all(): Case[] {
    return [...this.#cases.values()];
  }

  isCurrent(open: Case): boolean {
    return this.#cases.get(open.key) === open;
  }

  /** Opens a case in place of the network's earlier one, which was closed. */
  open(network: NetworkObject, how: HowOpened, earlier: Case | undefined): Case {
    const opened = newCase(network, how, earlier);
    this.#cases.set(opened.key, opened);
    this.#options.touched(opened.key);
    return opened;
  }

  enter(open: Case, state: CaseState): void {
    open.state = state;
    this.#options.touched(open.key);
  }

  close(key: NetworkKey): Case | undefined {
    const open = this.#cases.get(key);
    if (this.#cases.delete(key)) this.#options.touched(key);
    // With a reason: the error that is made without one costs a stack trace.
    open?.abort.abort('closed');
    return open;
  }

  /** Calls `act` after `delayMs` if the case is still open and in that state. */
  later(open: Case, delayMs: number, state: CaseState, act: () => void): void {
    const cancel = this.#options.clock.after(delayMs, () => {
      if (this.isCurrent(open) && open.state === state) act();
    });
    open.abort.signal.addEventListener('abort', cancel, { once: true });
  }
}
