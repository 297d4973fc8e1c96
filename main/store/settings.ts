import type { Settings } from '../contract/settings.ts';

/** The user's settings, in memory and on disk. */
export interface SettingsStore {
  get(): Settings;
  /** Replaces all settings, writes them at once and tells the listeners, unless nothing differs. Never throws. */
  set(next: Settings): void;
  /** Calls the listener after each change; the returned function ends that. */
  onChange(listener: (settings: Settings) => void): () => void;
}
