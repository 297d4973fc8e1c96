import type { ContextMode, ContextView } from '../contract/contexts.ts';
import type { JournalEntry } from '../contract/journal.ts';
import { count } from '../guard/decision.ts';
import type { DesktopState } from './live-state.ts';
import type { MenuItemModel } from './menu-model.ts';
import { isPaused, pauseItems, SEPARATOR, shortTime } from './menu-model.ts';

/** What the tray's icon can say. Each is a file of its own, told apart by shape as well as colour. */
export type TrayIcon = 'well' | 'working' | 'attention' | 'failed' | 'paused';

export interface TrayModel {
  readonly icon: TrayIcon;
  readonly tooltip: string;
  readonly items: readonly MenuItemModel[];
}

const MOST_RESURRECTIONS = 5;
/** With more contexts than this, those that are off have a submenu of their own. */
const MOST_FLAT_CONTEXTS = 12;
/** What Windows shows of a tooltip. */
const MOST_TOOLTIP_LENGTH = 127;

const MODES: readonly { readonly mode: ContextMode; readonly label: string }[] = [
  { mode: 'restore', label: 'Restore at once' },
  { mode: 'ask', label: 'Ask me' },
  { mode: 'off', label: 'Off' },
];

/** All that the tray shows. `now` is in ms since the epoch. */
export function trayModel(state: DesktopState, now: number): TrayModel {
  return {
    icon: iconOf(state, now),
    tooltip: tooltipOf(state, now),
    items: [
      { kind: 'action', label: 'Open NetKeeper', action: { do: 'open' } },
      SEPARATOR,
      ...contextItems(state.contexts),
      SEPARATOR,
      ...resurrectionItems(state, now),
      SEPARATOR,
      ...pauseItems(state.settings, now),
      SEPARATOR,
      { kind: 'action', label: 'Quit', action: { do: 'quit' } },
    ],
  };
}

/** The worst thing wins, but for a pause: while that lasts nothing is restored, whatever else is true. */
function iconOf({ contexts, settings }: DesktopState, now: number): TrayIcon {
  const watched = contexts.filter(({ mode }) => mode !== 'off');
  if (isPaused(settings, now) || watched.length === 0) return 'paused';
  if (watched.some(hasFailed)) return 'failed';
  if (watched.some(needsAttention)) return 'attention';
  if (watched.some(({ phase }) => phase !== 'watching' && phase !== 'failed')) return 'working';
  return 'well';
}

/** A cluster without the CRD is quiet, not broken. */
function hasFailed({ phase, problem }: ContextView): boolean {
  return phase === 'failed' && problem?.code !== 'noNadCrd';
}

function needsAttention({ phase, attention, missing, problem }: ContextView): boolean {
  return attention > 0 || missing > 0 || (phase === 'watching' && problem !== undefined);
}

function tooltipOf({ contexts, settings }: DesktopState, now: number): string {
  const watched = contexts.filter(({ mode }) => mode !== 'off');
  const failed = watched.filter(hasFailed).length;
  const attention = sum(watched, ({ attention }) => attention);
  const missing = sum(watched, ({ missing }) => missing);
  const parts = [
    isPaused(settings, now) ? 'paused' : '',
    `${count(watched.length, 'context')} watched`,
    `${count(
      sum(watched, ({ networks }) => networks),
      'network',
    )}, ${sum(watched, ({ inUse }) => inUse).toLocaleString('en')} in use`,
    attention > 0 ? `${count(attention, 'network')} to decide on` : '',
    missing > 0 ? `${missing.toLocaleString('en')} missing` : '',
    failed > 0 ? `${count(failed, 'context')} failed` : '',
  ];
  return `NetKeeper: ${parts.filter((part) => part !== '').join(', ')}`.slice(0, MOST_TOOLTIP_LENGTH);
}

function sum(contexts: readonly ContextView[], number: (context: ContextView) => number): number {
  return contexts.reduce((total, context) => total + number(context), 0);
}

function contextItems(contexts: readonly ContextView[]): readonly MenuItemModel[] {
  if (contexts.length === 0) return [{ kind: 'text', label: 'No context in the kubeconfig' }];
  if (contexts.length <= MOST_FLAT_CONTEXTS) return contexts.map(contextItem);
  const off = contexts.filter(({ mode }) => mode === 'off');
  const on = contexts.filter(({ mode }) => mode !== 'off');
  return [
    ...on.map(contextItem),
    { kind: 'submenu', label: `${count(off.length, 'context')} off`, items: off.map(contextItem) },
  ];
}

function contextItem(context: ContextView): MenuItemModel {
  return {
    kind: 'submenu',
    label: `${nameOf(context)}: ${phaseOf(context)}`,
    items: MODES.map(({ mode, label }) => ({
      kind: 'choice',
      label,
      isChosen: context.mode === mode,
      action: { do: 'setMode', context: context.id, mode, ...confirmation(context, mode) },
    })),
  };
}

function confirmation(context: ContextView, mode: ContextMode): { confirm?: string } {
  if (!context.isProtected || context.mode === mode) return {};
  const [from, to] = [context.mode, mode].map(
    (wanted) => MODES.find((candidate) => candidate.mode === wanted)?.label ?? wanted,
  );
  return { confirm: `${nameOf(context)} is protected. Change its mode from “${from}” to “${to}”?` };
}

/** Without counts: a menu that changes ten times a second could not be used. */
function phaseOf({ phase, problem }: ContextView): string {
  if (phase === 'failed' && problem?.code === 'noNadCrd') return 'waiting for the CRD';
  return phase;
}

function resurrectionItems({ journal, contexts }: DesktopState, now: number): readonly MenuItemModel[] {
  const last = journal
    .filter(({ event, by }) => event === 'restored' && by === 'self')
    .slice(0, MOST_RESURRECTIONS);
  if (last.length === 0) return [{ kind: 'text', label: 'Nothing had to be brought back yet' }];
  return [
    { kind: 'text', label: 'Brought back' },
    ...last.map((entry) => ({
      kind: 'action' as const,
      label: `${entry.namespace}/${entry.name} on ${contextNameOf(entry, contexts)}, ${shortTime(Date.parse(entry.time), now)}`,
      action: { do: 'showEntry' as const, entry: entry.id },
    })),
  ];
}

function contextNameOf(entry: JournalEntry, contexts: readonly ContextView[]): string {
  const context = contexts.find(({ id }) => id === entry.context);
  return context === undefined ? entry.contextName : nameOf(context);
}

function nameOf({ label, name }: ContextView): string {
  return label ?? name;
}
