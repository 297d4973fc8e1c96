import { isDeepStrictEqual } from 'node:util';
import type { ContextMode } from '../contract/contexts.ts';
import type { ContextSettings, Settings } from '../contract/settings.ts';
import type { SettingsStore } from './settings.ts';

type Contexts = Settings['contexts'];

const UNTOUCHED: ContextSettings = { isProtected: false, isMuted: false };

/**
 * The user's settings with the modes that the command line gives for this run. The modes that are kept stay as they
 * are, until the user sets one in the window: that holds, now and later.
 *
 * @param modes by context id
 */
export function withRunModes(
  settings: SettingsStore,
  modes: ReadonlyMap<string, ContextMode>,
): SettingsStore {
  const forThisRun = new Map(modes);
  const listeners = new Set<(settings: Settings) => void>();
  const get = () => {
    const kept = settings.get();
    return { ...kept, contexts: withModes(kept.contexts, forThisRun) };
  };
  return {
    get,
    set(next) {
      for (const [id, mode] of forThisRun) if (next.contexts[id]?.mode !== mode) forThisRun.delete(id);
      settings.set({ ...next, contexts: withoutModes(next.contexts, forThisRun, settings.get().contexts) });
      for (const listener of listeners) listener(get());
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function withModes(contexts: Contexts, modes: ReadonlyMap<string, ContextMode>): Contexts {
  const changed = [...modes].map(([id, mode]) => [id, { ...(contexts[id] ?? UNTOUCHED), mode }]);
  return { ...contexts, ...Object.fromEntries(changed) };
}

/** The opposite: with the modes that are kept, and without contexts of which nothing is. */
function withoutModes(contexts: Contexts, modes: ReadonlyMap<string, ContextMode>, kept: Contexts): Contexts {
  const entries = Object.entries(contexts).map(([id, context]): [string, ContextSettings] => {
    if (!modes.has(id)) return [id, context];
    const { mode: _, ...others } = context;
    const keptMode = kept[id]?.mode;
    return [id, keptMode === undefined ? others : { ...others, mode: keptMode }];
  });
  return Object.fromEntries(
    entries.filter(([id, context]) => id in kept || !isDeepStrictEqual(context, UNTOUCHED)),
  );
}
