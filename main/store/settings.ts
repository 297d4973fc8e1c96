import { isDeepStrictEqual } from 'node:util';
import { DEFAULT_SETTINGS, type Settings } from '../contract/settings.ts';
import { type StoreClass, StoredDocument, type StoreOptions } from './document.ts';
import { mendSettings } from './settings-mending.ts';

/** The user's settings, in memory and on disk. */
export interface SettingsStore {
  get(): Settings;
  /** Replaces all settings, writes them at once and tells the listeners, unless nothing differs. */
  set(next: Settings): void;
  /** Calls the listener after each change; the returned function ends that. */
  onChange(listener: (settings: Settings) => void): () => void;
}

/** Left-out settings that a notice names; more are counted. */
const MOST_NAMED = 5;

/**
 * Reads `settings.json` in the directory. A file that cannot be used is put aside and told as a notice; of one that
 * can be used in part (mistyped by hand, or with keys of a newer version), the good part is kept and the file as it
 * was put aside. Never throws: what cannot be written is told as a notice and holds until the program ends.
 */
export function createSettingsStore(StoreClass: StoreClass, options: StoreOptions): SettingsStore {
  const document = new StoredDocument(StoreClass, { name: 'settings', migrations: [] }, options);
  const listeners = new Set<(settings: Settings) => void>();
  let settings = readSettings(document);
  return {
    get: () => settings,
    set(next) {
      if (isDeepStrictEqual(next, settings)) return;
      settings = next;
      document.write(next);
      for (const listener of listeners) listener(next);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function readSettings(document: StoredDocument): Settings {
  const content = document.read();
  if (content === undefined) return DEFAULT_SETTINGS;
  const { settings, leftOut } = mendSettings(content);
  if (leftOut.length > 0) {
    document.putAside(
      `has settings that this NetKeeper cannot use (${nameSome(leftOut)})`,
      'those are back at their defaults and the others are kept',
    );
    document.write(settings);
  }
  return settings;
}

function nameSome(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  return [...names.slice(0, MOST_NAMED), ...(more > 0 ? [`${more} more`] : [])].join(', ');
}
