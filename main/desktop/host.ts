import { homedir, userInfo } from 'node:os';
import ElectronStore from 'electron-store';
import { systemClock } from '../cluster/clock.ts';
import { watchKubeconfig } from '../cluster/kubeconfig-watch.ts';
import type { Sources as KeeperSources } from '../keeper/demo-sources.ts';
import type { Service, ServiceOptions } from '../keeper/service.ts';
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

/** What a service stands on, and who else hears of what happens. */
type Sources = KeeperSources & Pick<ServiceOptions, 'onEvent'>;

/**
 * The service on the user's own contexts. The login shell's environment comes first: a desktop starts programs
 * without the PATH, KUBECONFIG and proxies that a terminal has, and no client may exist before they are known.
 */
export async function openHost(options: DesktopHostOptions): Promise<DesktopHost> {
  const { env, problem } = await readLoginShellEnvironment({
    env: process.env,
    platform: process.platform,
    userShell: userInfo().shell,
    execPath: process.execPath,
    clock: systemClock,
  });
  const notices = new NoticesBefore();
  if (problem !== undefined) notices.add(problem);
  const host = openHostOn(openSources(options.directory, env, notices), env, options);
  notices.passOn((message) => host.service.addNotice(message));
  return host;
}

/** The service on given sources. */
export function openHostOn(
  sources: Sources,
  env: NodeJS.ProcessEnv,
  { version, log }: DesktopHostOptions,
): DesktopHost {
  const service = createService({
    ...sources,
    homeDirectory: homedir(),
    env,
    clock: systemClock,
    random: Math.random,
    userAgent: `netkeeper/${version}`,
    version,
    log,
  });
  return {
    service,
    settings: sources.settings,
    async close() {
      sources.kubeconfig.stop();
      await service.stop();
      sources.journal.flush();
    },
  };
}

function openSources(directory: string, env: NodeJS.ProcessEnv, notices: NoticesBefore): Sources {
  const stored = { directory, clock: systemClock, notice: (message: string) => notices.add(message) };
  const settings = createSettingsStore(ElectronStore, stored);
  return {
    settings,
    journal: createJournalStore(ElectronStore, stored),
    kubeconfig: watchKubeconfig({
      env,
      homeDirectory: homedir(),
      extraFiles: () => settings.get().kubeconfigFiles,
      clock: systemClock,
    }),
    stateDirectory: directory,
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
