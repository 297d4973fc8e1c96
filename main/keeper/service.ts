import { isDeepStrictEqual } from 'node:util';
import type { KubeContext, KubeconfigFile } from '../cluster/kubeconfig.ts';
import type { Reply } from '../contract/commands.ts';
import type { ContextView } from '../contract/contexts.ts';
import type { JournalEntry } from '../contract/journal.ts';
import type { Notice, Snapshot, WindowEvent } from '../contract/updates.ts';
import { createCommandHandlers } from './command-handlers.ts';
import type { CommandHandlers } from './commands.ts';
import { runCommand } from './commands.ts';
import type { KeeperEvent } from './events.ts';
import { toJournalEntry } from './journal-entry.ts';
import { KeptContexts } from './kept-contexts.ts';
import type { ServiceOptions } from './service-options.ts';
import { withFirstMode, withoutPause } from './settings-changes.ts';
import type { UpdateParts } from './update-feed.ts';
import { UpdateFeed } from './update-feed.ts';

export type { ServiceOptions } from './service-options.ts';

/** What all hosts share: the contexts that are kept, what a window shows of them, and the commands it can give. */
export interface Service {
  /**
   * Carries out a command of the contract. Never rejects: an unknown name and arguments that do not fit give
   * the code `badRequest`.
   */
  invoke(name: string, args: unknown): Promise<Reply<unknown>>;
  /**
   * Calls the listener for every update from now on, at most ten a second; the returned function ends that. One that
   * gives back `false` could not take the update and is behind: it gets empty updates until it takes one. Their
   * sequence number shows the gap, and the window asks for a snapshot.
   */
  subscribe(listener: (event: WindowEvent) => unknown): () => void;
  /** Calls the listener for every journal entry as it happens; the returned function ends that. */
  onEntry(listener: (entry: JournalEntry) => void): () => void;
  /** Something that a person should see once in the window, such as a damaged file that was put aside. */
  addNotice(message: string): void;
  /** The computer goes to sleep: ends the watches. */
  suspend(): void;
  /** It is awake again: dials anew and lists again, all contexts within a second. */
  resume(): void;
  /** Reads the kubeconfig and begins; does not wait for any cluster. */
  start(): Promise<void>;
  /** Resolves when nothing is under way any more and all copies are on disk. */
  stop(): Promise<void>;
}

export function createService(options: ServiceOptions): Service {
  return new KeeperService(options);
}

/** How many of the newest journal entries a snapshot has; older ones are asked for. */
const SNAPSHOT_ENTRIES = 200;

class KeeperService implements Service {
  readonly #options: ServiceOptions;
  readonly #contexts: KeptContexts;
  readonly #feed: UpdateFeed;
  readonly #handlers: CommandHandlers;
  readonly #entryListeners = new Set<(entry: JournalEntry) => void>();
  readonly #endings: (() => void)[] = [];
  #notices: readonly Notice[] = [];
  #kubeconfigNotices: readonly Notice[] = [];
  #kubeconfigFiles: readonly KubeconfigFile[] = [];
  #noticeCount = 0;
  #reading: Promise<void> = Promise.resolve();
  #cancelPause: (() => void) | undefined;
  #isStopped = false;
  /** What was sent, and what is to be sent: an update holds only what differs. */
  #sentContexts: readonly ContextView[] = [];
  #unsentEntries: JournalEntry[] = [];
  #isSettingsUnsent = false;
  #isNoticesUnsent = false;
  #isFilesUnsent = false;

  constructor(options: ServiceOptions) {
    this.#options = options;
    const { clock, log, settings, journal, homeDirectory, namespaces = [], onEvent } = options;
    this.#feed = new UpdateFeed({ clock, log, collect: () => this.#collect() });
    this.#contexts = new KeptContexts({
      ...options,
      namespaces,
      onChange: () => this.#feed.mark(),
      onEvent: (context, event) => {
        this.#shielded(() => this.#record(context, event));
        this.#shielded(() => onEvent?.(context, event));
      },
    });
    this.#handlers = createCommandHandlers({
      contexts: this.#contexts,
      settings,
      journal,
      clock,
      homeDirectory,
      snapshot: () => this.#snapshot(),
      reload: () => this.#read(),
    });
  }

  async start(): Promise<void> {
    const { settings, kubeconfig } = this.#options;
    this.#endings.push(
      settings.onChange(() => this.#settingsChanged()),
      kubeconfig.onChange((files) => {
        for (const kept of this.#contexts.all()) kept.credentialsChanged(files);
        void this.#read();
      }),
    );
    this.#watchPause();
    await this.#read();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const end of this.#endings) end();
    this.#cancelPause?.();
    await this.#reading;
    await this.#contexts.end();
    this.#feed.stop();
    this.#entryListeners.clear();
  }

  invoke(name: string, args: unknown): Promise<Reply<unknown>> {
    return runCommand(this.#handlers, name, args, this.#options.log);
  }

  subscribe(listener: (event: WindowEvent) => unknown): () => void {
    return this.#feed.subscribe(listener);
  }

  onEntry(listener: (entry: JournalEntry) => void): () => void {
    this.#entryListeners.add(listener);
    return () => this.#entryListeners.delete(listener);
  }

  addNotice(message: string): void {
    this.#noticeCount += 1;
    this.#notices = [...this.#notices, { id: `notice-${this.#noticeCount}`, message }];
    this.#isNoticesUnsent = true;
    this.#feed.mark();
  }

  suspend(): void {
    this.#contexts.suspend();
  }

  resume(): void {
    // Timers have stood still.
    this.#settingsChanged();
    this.#contexts.resume();
  }

  /** Reads the kubeconfig and takes what it says; one reading at a time, so that the newest has the last word. */
  #read(): Promise<void> {
    const { kubeconfig, settings, log } = this.#options;
    const read = async () => {
      if (this.#isStopped) return;
      const { contexts, problems, lookedAt } = await kubeconfig.read();
      const current = contexts.find(({ isCurrent }) => isCurrent);
      settings.set(withFirstMode(settings.get(), current?.key));
      this.#kubeconfigNotices = problems.map(({ file, message }) => ({
        id: `kubeconfig-${file}-${message}`,
        message: `${file} ${message}`,
      }));
      this.#isNoticesUnsent = true;
      this.#isFilesUnsent ||= !isDeepStrictEqual(lookedAt, this.#kubeconfigFiles);
      this.#kubeconfigFiles = lookedAt;
      this.#contexts.replace(contexts, settings.get());
      this.#feed.mark();
    };
    this.#reading = this.#reading.then(read).catch((error) => log(`The kubeconfig: ${String(error)}`));
    return this.#reading;
  }

  #settingsChanged(): void {
    this.#watchPause();
    this.#contexts.settingsChanged(this.#options.settings.get());
    this.#isSettingsUnsent = true;
    this.#feed.mark();
  }

  /** Ends a pause when its time is over. */
  #watchPause(): void {
    const { settings, clock } = this.#options;
    this.#cancelPause?.();
    const { pausedUntil } = settings.get();
    if (typeof pausedUntil !== 'number') return;
    this.#cancelPause = clock.after(Math.max(0, pausedUntil - clock.now()), () =>
      settings.set(withoutPause(settings.get())),
    );
  }

  #record(context: KubeContext, event: KeeperEvent): void {
    const entry = toJournalEntry(context, event);
    if (entry === undefined) return;
    const recorded = this.#options.journal.append(entry);
    this.#unsentEntries.push(recorded);
    this.#feed.mark();
    for (const listener of [...this.#entryListeners]) this.#shielded(() => listener(recorded));
  }

  /** The trouble of a listener or of the journal is not the keeper's, nor another listener's. */
  #shielded(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#options.log(`Telling what happened failed: ${String(error)}`);
    }
  }

  #snapshot(): Snapshot {
    // So that all that the snapshot shows has a number.
    this.#feed.flush();
    const { settings, journal, version, stateDirectory, isDemo = false } = this.#options;
    return {
      version,
      sequence: this.#feed.sequence,
      contexts: [...this.#sentContexts],
      networks: this.#contexts.networks(),
      journal: [...journal.newest(SNAPSHOT_ENTRIES)],
      settings: settings.get(),
      notices: this.#allNotices(),
      kubeconfigFiles: this.#allFiles(),
      ...(stateDirectory !== undefined && { dataFolder: stateDirectory }),
      isDemo,
    };
  }

  #collect(): UpdateParts {
    const { settings } = this.#options;
    const { changed, gone } = this.#contexts.networkChanges();
    const contexts = this.#contexts.views(settings.get());
    const areContextsNew = !isDeepStrictEqual(contexts, this.#sentContexts);
    this.#sentContexts = contexts;
    const entries = this.#unsentEntries;
    this.#unsentEntries = [];
    const parts = {
      ...(areContextsNew && { contexts }),
      ...(changed.length > 0 && { networks: [...changed] }),
      ...(gone.length > 0 && { goneNetworks: [...gone] }),
      ...(entries.length > 0 && { journal: entries }),
      ...(this.#isSettingsUnsent && { settings: settings.get() }),
      ...(this.#isNoticesUnsent && { notices: this.#allNotices() }),
      ...(this.#isFilesUnsent && { kubeconfigFiles: this.#allFiles() }),
    };
    this.#isSettingsUnsent = false;
    this.#isNoticesUnsent = false;
    this.#isFilesUnsent = false;
    return parts;
  }

  #allFiles() {
    return this.#kubeconfigFiles.map((file) => ({ ...file, problems: [...file.problems] }));
  }

  #allNotices(): Notice[] {
    return [...this.#kubeconfigNotices, ...this.#notices];
  }
}
