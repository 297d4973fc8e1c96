/** Menus as data: what they say and do is decided without Electron, and a test can read them. */
import type { ContextMode } from '../contract/contexts.ts';
import type { Settings } from '../contract/settings.ts';

export type MenuAction =
  /** `confirm` is the question to be answered with yes before: the context is protected. */
  | {
      readonly do: 'setMode';
      readonly context: string;
      readonly mode: ContextMode;
      readonly confirm?: string;
    }
  | { readonly do: 'showEntry'; readonly entry: number }
  /** `minutes` absent: until the user resumes. */
  | { readonly do: 'pause'; readonly minutes?: number }
  | { readonly do: 'resume' }
  | { readonly do: 'open' }
  | { readonly do: 'quit' };

export type MenuItemModel =
  | { readonly kind: 'action'; readonly label: string; readonly action: MenuAction }
  | {
      readonly kind: 'choice';
      readonly label: string;
      readonly isChosen: boolean;
      readonly action: MenuAction;
    }
  | { readonly kind: 'submenu'; readonly label: string; readonly items: readonly MenuItemModel[] }
  | { readonly kind: 'text'; readonly label: string }
  | { readonly kind: 'separator' };

export const SEPARATOR: MenuItemModel = { kind: 'separator' };

/** Whether nothing is restored at `now` (ms since the epoch) because the user wants it so. */
export function isPaused({ pausedUntil }: Settings, now: number): boolean {
  return pausedUntil === 'never' || (pausedUntil !== undefined && pausedUntil > now);
}

/** The ways to pause, or, while paused, the way back. */
export function pauseItems(settings: Settings, now: number): readonly MenuItemModel[] {
  if (isPaused(settings, now)) {
    const { pausedUntil } = settings;
    const until = typeof pausedUntil === 'number' ? ` (paused until ${shortTime(pausedUntil, now)})` : '';
    return [{ kind: 'action', label: `Resume${until}`, action: { do: 'resume' } }];
  }
  return [
    { kind: 'action', label: 'Pause for 15 min', action: { do: 'pause', minutes: 15 } },
    { kind: 'action', label: 'Pause for 1 h', action: { do: 'pause', minutes: 60 } },
    { kind: 'action', label: 'Pause until I resume', action: { do: 'pause' } },
  ];
}

/** `14:05`, or `23 Nov 14:05` where that was another day, in the time zone of this machine. */
export function shortTime(time: number, now: number): string {
  const [date, day] = [new Date(time), { day: 'numeric', month: 'short' } as const];
  const clock = date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  if (date.toDateString() === new Date(now).toDateString()) return clock;
  return `${date.toLocaleDateString('en-GB', day)} ${clock}`;
}
