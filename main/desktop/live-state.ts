import type { Snapshot, Update, WindowEvent } from '../contract/updates.ts';
import type { Service } from '../keeper/service.ts';

/** What the tray, the menu and notifications need to know; networks are the window's business. */
export type DesktopState = Pick<Snapshot, 'contexts' | 'journal' | 'settings'>;

/** Journal entries kept for the tray's menu. */
const MOST_ENTRIES = 200;

/** The state after an update: parts that it does not have stay as they are. */
export function applyUpdate(state: DesktopState, { contexts, journal, settings }: Update): DesktopState {
  return {
    contexts: contexts ?? state.contexts,
    settings: settings ?? state.settings,
    journal:
      journal === undefined
        ? state.journal
        : [...journal.toReversed(), ...state.journal].slice(0, MOST_ENTRIES),
  };
}

/** Follows the service as a window does: a snapshot, then updates; after a gap in their numbers a new snapshot. */
export class LiveState {
  readonly #service: Service;
  readonly #onChange: (state: DesktopState) => void;
  #state: DesktopState | undefined;
  #sequence = 0;
  #isAsking = false;
  /** Updates that came while a snapshot was asked for. */
  #waiting: Update[] = [];

  constructor(service: Service, onChange: (state: DesktopState) => void) {
    this.#service = service;
    this.#onChange = onChange;
  }

  /** undefined until the first snapshot is there. */
  get current(): DesktopState | undefined {
    return this.#state;
  }

  /** Resolves when the first snapshot is there. */
  async start(): Promise<void> {
    this.#service.subscribe((event) => this.#take(event));
    await this.#askForSnapshot();
  }

  #take(event: WindowEvent): void {
    if (event.event !== 'update') return;
    if (this.#isAsking || this.#state === undefined) {
      this.#waiting.push(event.update);
      return;
    }
    if (event.update.sequence === this.#sequence + 1) this.#apply(this.#state, event.update);
    else if (event.update.sequence > this.#sequence) void this.#askForSnapshot();
  }

  #apply(state: DesktopState, update: Update): void {
    this.#sequence = update.sequence;
    this.#state = applyUpdate(state, update);
    this.#onChange(this.#state);
  }

  async #askForSnapshot(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    const reply = await this.#service.invoke('snapshot', {});
    this.#isAsking = false;
    const updates = this.#waiting;
    this.#waiting = [];
    if (!reply.ok) return;
    const { sequence, contexts, journal, settings } = reply.value as Snapshot;
    this.#sequence = sequence;
    this.#state = { contexts, journal, settings };
    this.#onChange(this.#state);
    for (const update of updates) this.#take({ event: 'update', update });
  }
}
