import { homedir, userInfo } from 'node:os';
import ElectronStore from 'electron-store';
import { systemClock } from '../cluster/clock.ts';
import { watchKubeconfig } from '../cluster/kubeconfig-watch.ts';
import type { Service } from '../keeper/service.ts';
import { createService } from '../keeper/service.ts';
import { createJournalStore } from '../store/journal.ts';
import type { SettingsStore } from '../store/settings.ts';
import { createSettingsStore } from '../store/settings.ts';
import { readLoginShellEnvironment } from './login-shell.ts';

export interface DesktopHost {
  readonly service: Service;
  readonly settings: SettingsStore;
  /** Ends the service; resolves when all is on disk. */
  close(): Promise<void>;
}

export interface DesktopHostOptions {
  /** For settings, journal and copies. */
  readonly directory: string;
  readonly version: string;
  readonly log: (message: string) => void;
}

/**
 * Builds the service and what it stands on. The login shell's environment comes first: a desktop starts programs
 * without PATH, KUBECONFIG and the proxy that a terminal has, and no client may exist before they are known.
 */
export async function openHost({ directory, version, log }: DesktopHostOptions): Promise<DesktopHost> {
  const { env, problem } = await readLoginShellEnvironment({
    env: process.env,
    platform: process.platform,
    userShell: userInfo().shell,
    execPath: process.execPath,
    clock: systemClock,
  });
  const notices = new NoticesBefore();
  if (problem !== undefined) notices.add(problem);
  const stored = { directory, clock: systemClock, notice: (message: string) => notices.add(message) };
  const settings = createSettingsStore(ElectronStore, stored);
  const journal = createJournalStore(ElectronStore, stored);
  const homeDirectory = homedir();
  const kubeconfig = watchKubeconfig({
    env,
    homeDirectory,
    extraFiles: () => settings.get().kubeconfigFiles,
    clock: systemClock,
  });
  const service = createService({
    settings,
    journal,
    kubeconfig,
    stateDirectory: directory,
    homeDirectory,
    env,
    clock: systemClock,
    random: Math.random,
    userAgent: `netkeeper/${version}`,
    version,
    log,
  });
  notices.passOn((message) => service.addNotice(message));
  return {
    service,
    settings,
    async close() {
      kubeconfig.stop();
      await service.stop();
      journal.flush();
    },
  };
}

/** Stores find damage while they open, before there is a service to tell. */
class NoticesBefore {
  readonly #waiting: string[] = [];
  #tell: (message: string) => void = (message) => void this.#waiting.push(message);

  add(message: string): void {
    this.#tell(message);
  }

  passOn(tell: (message: string) => void): void {
    this.#tell = tell;
    for (const message of this.#waiting) tell(message);
  }
}
