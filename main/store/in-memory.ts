/** Settings and a journal that end with the program, for runs that keep nothing. */
import type { JournalEntry } from '../contract/journal.ts';
import { MOST_JOURNAL_ENTRIES } from '../contract/journal.ts';
import type { Settings } from '../contract/settings.ts';
import { DEFAULT_SETTINGS } from '../contract/settings.ts';
import type { JournalStore } from './journal.ts';
import type { SettingsStore } from './settings.ts';

export function settingsInMemory(): SettingsStore {
  let settings = DEFAULT_SETTINGS;
  const listeners = new Set<(settings: Settings) => void>();
  return {
    get: () => settings,
    set(next) {
      settings = next;
      for (const listener of listeners) listener(next);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function journalInMemory(): JournalStore {
  const entries: JournalEntry[] = [];
  let lastId = 0;
  const newestUntil = (end: number, limit: number) => entries.slice(Math.max(0, end - limit), end).reverse();
  return {
    append(entry) {
      lastId += 1;
      const appended = { id: lastId, ...entry };
      entries.push(appended);
      if (entries.length > MOST_JOURNAL_ENTRIES) entries.shift();
      return appended;
    },
    newest: (limit) => newestUntil(entries.length, limit),
    before: (id, limit) => newestUntil(entries.findLastIndex((entry) => entry.id < id) + 1, limit),
    all: () => entries.slice(),
    flush: () => {},
  };
}
