import type { Clock } from '../cluster/clock.ts';
import type { KubeconfigFindings } from '../cluster/kubeconfig.ts';
import type { JournalEntry } from '../contract/journal.ts';
import type { Settings } from '../contract/settings.ts';

/** What the service needs of a settings store. */
export interface SettingsPort {
  get(): Settings;
  set(next: Settings): void;
  /** Calls the listener after each change; the returned function ends that. */
  onChange(listener: (settings: Settings) => void): () => void;
}

/** What the service needs of a journal. All lists are newest first. */
export interface JournalPort {
  append(entry: Omit<JournalEntry, 'id'>): JournalEntry;
  newest(limit: number): readonly JournalEntry[];
  /** Entries older than the one with this id. */
  before(id: number, limit: number): readonly JournalEntry[];
  all(): readonly JournalEntry[];
}

/** Where contexts come from. */
export interface KubeconfigSource {
  read(): Promise<KubeconfigFindings>;
  /** Calls the listener when what `read` gives may have changed; the returned function ends that. */
  onChange(listener: () => void): () => void;
}

export interface ServiceOptions {
  readonly settings: SettingsPort;
  readonly journal: JournalPort;
  readonly kubeconfig: KubeconfigSource;
  /** Where copies of networks are kept; undefined: nowhere. */
  readonly stateDirectory: string | undefined;
  /** Credential plugins of ~/.kube/config there run without being asked for. */
  readonly homeDirectory: string;
  readonly env: NodeJS.ProcessEnv;
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  /** For example `netkeeper/0.1.0`. */
  readonly userAgent: string;
  readonly version: string;
  /** For people who look for a fault; never holds a secret. */
  readonly log: (message: string) => void;
}
