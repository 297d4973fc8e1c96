import type { z } from 'zod';
import type { contextLookSchema } from '../contract/contexts.ts';
import type { ContextSettings, Settings, SettingsChange } from '../contract/settings.ts';

const UNTOUCHED: ContextSettings = { isProtected: false, isMuted: false };

/** The settings with something of one context changed. */
export function withContext(settings: Settings, id: string, change: Partial<ContextSettings>): Settings {
  const before = settings.contexts[id] ?? UNTOUCHED;
  return { ...settings, contexts: { ...settings.contexts, [id]: { ...before, ...change } } };
}

/** The settings with another look of one context; what `look` leaves out is as in the kubeconfig. */
export function withLook(settings: Settings, id: string, look: z.infer<typeof contextLookSchema>): Settings {
  const { label, colour, group, ...others } = settings.contexts[id] ?? UNTOUCHED;
  return { ...settings, contexts: { ...settings.contexts, [id]: { ...others, ...look } } };
}

/** The settings with the parts that the change names in place of their own. */
export function withChange(settings: Settings, { notifications, ...change }: SettingsChange): Settings {
  return {
    ...settings,
    ...withoutUndefined(change),
    notifications: { ...settings.notifications, ...withoutUndefined(notifications ?? {}) },
  };
}

/** The settings without a pause. */
export function withoutPause({ pausedUntil, ...others }: Settings): Settings {
  return others;
}

/**
 * On the first start, when no mode was ever chosen, kubectl's current context is kept and all others are off:
 * to touch every context would start a credential plugin for each.
 */
export function withFirstMode(settings: Settings, current: string | undefined): Settings {
  const wasAnyChosen = Object.values(settings.contexts).some(({ mode }) => mode !== undefined);
  if (wasAnyChosen || current === undefined) return settings;
  return withContext(settings, current, { mode: 'restore' });
}

type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

function withoutUndefined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as Defined<T>;
}
