import type { Clock } from '../cluster/clock.ts';
import type { KubeContext } from '../cluster/kubeconfig.ts';
import type { KubeconfigSource } from '../cluster/kubeconfig-watch.ts';
import type { JournalStore } from '../store/journal.ts';
import type { SettingsStore } from '../store/settings.ts';
import type { KeeperEvent } from './events.ts';

export interface ServiceOptions {
  readonly settings: SettingsStore;
  readonly journal: JournalStore;
  readonly kubeconfig: KubeconfigSource;
  /** Where copies of networks are kept, and the host's settings and journal; undefined: nowhere. */
  readonly stateDirectory: string | undefined;
  /** The contexts are demo clusters inside the program. */
  readonly isDemo?: boolean;
  /** In every context these namespaces alone; all unless told. */
  readonly namespaces?: readonly string[];
  /** Credential plugins of ~/.kube/config there run without being asked about. */
  readonly homeDirectory: string;
  readonly env: NodeJS.ProcessEnv;
  readonly clock: Clock;
  /** Gives numbers from 0 to 1. */
  readonly random: () => number;
  /** For example `netkeeper/0.1.0`. */
  readonly userAgent: string;
  readonly version: string;
  /** Hears of everything that happens, also of what is not worth an entry in the journal. */
  readonly onEvent?: (context: KubeContext, event: KeeperEvent) => void;
  /** For people who look for a fault; never holds a secret. */
  readonly log: (message: string) => void;
}
