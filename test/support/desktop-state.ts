/** Contexts and entries as the desktop gets them; tests name only what they are about. */
import type { ContextView } from '../../main/contract/contexts.ts';
import type { JournalEntry } from '../../main/contract/journal.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../main/contract/settings.ts';
import type { DesktopState } from '../../main/desktop/live-state.ts';

export function makeContext(name: string, parts: Partial<ContextView> = {}): ContextView {
  return {
    id: `/kube/config#${name}`,
    name,
    file: '/kube/config',
    server: 'https://127.0.0.1:6443',
    mode: 'restore',
    phase: 'watching',
    isCurrent: false,
    isProtected: false,
    itemsRead: 0,
    networks: 0,
    inUse: 0,
    missing: 0,
    attention: 0,
    ...parts,
  };
}

let entries = 0;

/** An entry about `namespace/name` on the context `prod-eu`. */
export function makeEntry(
  event: JournalEntry['event'],
  network: string,
  parts: Partial<JournalEntry> = {},
): JournalEntry {
  const [namespace = '', name = ''] = network.split('/');
  return {
    id: ++entries,
    time: '2026-01-01T00:00:00.000Z',
    context: '/kube/config#prod-eu',
    contextName: 'prod-eu',
    event,
    namespace,
    name,
    message: `${network}: ${event}`,
    ...(event === 'restored' && { by: 'self' }),
    ...parts,
  };
}

export function makeState(
  contexts: readonly ContextView[],
  journal: readonly JournalEntry[] = [],
  settings: Partial<Settings> = {},
): DesktopState {
  return { contexts: [...contexts], journal: [...journal], settings: { ...DEFAULT_SETTINGS, ...settings } };
}
