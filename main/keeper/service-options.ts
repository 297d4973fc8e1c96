import type { Clock } from '../cluster/clock.ts';
import type { KubeconfigSource } from '../cluster/kubeconfig-watch.ts';
import type { JournalStore } from '../store/journal.ts';
import type { SettingsStore } from '../store/settings.ts';

export interface ServiceOptions {
  readonly settings: SettingsStore;
  readonly journal: JournalStore;
  readonly kubeconfig: KubeconfigSource;
  /** Where copies of networks are kept; undefined: nowhere. */
  readonly stateDirectory: string | undefined;
  /** Credential plugins of ~/.kube/config there run without being asked about. */
  readonly homeDirectory: string;
  readonly env: NodeJS.ProcessEnv;
  readonly clock: Clock;
  /** Gives numbers from 0 to 1. */
  readonly random: () => number;
  /** For example `netkeeper/0.1.0`. */
  readonly userAgent: string;
  readonly version: string;
  /** For people who look for a fault; never holds a secret. */
  readonly log: (message: string) => void;
}
