import type { Bridge } from '../../main/contract/bridge.ts';
import type { Reply } from '../../main/contract/commands.ts';
import type { JournalEntry } from '../../main/contract/journal.ts';
import type { Update, WindowEvent } from '../../main/contract/updates.ts';
import type { WindowState } from './window-state.ts';
import { afterUpdate, fromSnapshot, withOlderEntries } from './window-state.ts';

export type Failure = Extract<Reply<unknown>, { ok: false }>;
export type ShowRequest = Extract<WindowEvent, { event: 'show' }>;

/** What the window has: nothing yet, an answer that was a failure, or the state. */
export type FeedState =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly failure: Failure }
  | { readonly status: 'ready'; readonly state: WindowState };

/** Keeps a window's copy of the state up to date: one snapshot, then updates by their number. */
export interface Feed {
  current(): FeedState;
  subscribe(listener: () => void): () => void;
  onShow(listener: (request: ShowRequest) => void): () => void;
  /** Asks for a snapshot: at first, after a gap, after a connection came back. One at a time. */
  refresh(): Promise<void>;
  addOlderEntries(entries: readonly JournalEntry[]): void;
  close(): void;
}

export function createFeed(bridge: Bridge): Feed {
  let current: FeedState = { status: 'loading' };
  let refreshing: Promise<void> | undefined;
  /** Updates that came while a snapshot was on its way. */
  let waiting: Update[] = [];
  const listeners = new Set<() => void>();
  const showListeners = new Set<(request: ShowRequest) => void>();

  const set = (next: FeedState) => {
    current = next;
    for (const listener of listeners) listener();
  };

  const apply = (update: Update) => {
    if (refreshing !== undefined) {
      waiting.push(update);
      return;
    }
    if (current.status !== 'ready') return;
    const state = afterUpdate(current.state, update);
    if (state === undefined) void refresh();
    else if (state !== current.state) set({ status: 'ready', state });
  };

  const load = async () => {
    const reply = await bridge.invoke('snapshot', {});
    refreshing = undefined;
    const updates = waiting;
    waiting = [];
    if (!reply.ok) {
      // What is shown already is still the last that was known to be so.
      if (current.status !== 'ready') set({ status: 'failed', failure: reply });
      return;
    }
    set({ status: 'ready', state: fromSnapshot(reply.value) });
    for (const update of updates) apply(update);
  };

  const refresh = () => {
    refreshing ??= load();
    return refreshing;
  };

  const stop = bridge.onEvent((event) => {
    if (event.event === 'update') apply(event.update);
    else for (const listener of showListeners) listener(event);
  });

  return {
    current: () => current,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onShow(listener) {
      showListeners.add(listener);
      return () => showListeners.delete(listener);
    },
    refresh,
    addOlderEntries(entries) {
      if (current.status === 'ready')
        set({ status: 'ready', state: withOlderEntries(current.state, entries) });
    },
    close: stop,
  };
}
