/**
 * For tests of the service: API servers, a kubeconfig in a folder of its own, and a service over them.
 *
 *     const stage = useServiceStage();
 *     const east = await stage.addCluster('east');          // an in-memory API server and its context
 *     stage.users.east = { token: 'x' };                    // fields of the kubeconfig's user; before `start`
 *     const service = await stage.start();                  // its clock is the system's unless told
 *     await service.reaches('east', { phase: 'watching' }); // waits for the context to look like that
 *     await service.shows('east', 'web', 'net', 'inUse');
 *     await service.records('restored', { name: 'net' });
 *     await service.does('setMode', {...});                 // the command's value; throws if it was refused
 */
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { Clock } from '../../main/cluster/clock.ts';
import { systemClock } from '../../main/cluster/clock.ts';
import { readKubeconfig } from '../../main/cluster/kubeconfig.ts';
import type { KubeconfigSource } from '../../main/cluster/kubeconfig-watch.ts';
import type { CommandArgs, CommandName, CommandResult, Reply } from '../../main/contract/commands.ts';
import type { ContextView } from '../../main/contract/contexts.ts';
import type { JournalEntry } from '../../main/contract/journal.ts';
import type { NetworkState, NetworkView } from '../../main/contract/networks.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../main/contract/settings.ts';
import type { Snapshot, Update, WindowEvent } from '../../main/contract/updates.ts';
import { windowEventSchema } from '../../main/contract/updates.ts';
import { type ApiServer, startApiServer } from '../../main/demo/api-server/server.ts';
import { createService, type Service, type ServiceOptions } from '../../main/keeper/service.ts';
import type { JournalStore, NewJournalEntry } from '../../main/store/journal.ts';
import type { SettingsStore } from '../../main/store/settings.ts';
import { makeNamespace, makeNetwork, makePod } from './objects.ts';

const PATIENCE_MS = 8_000;

export class MemorySettings implements SettingsStore {
  readonly #listeners = new Set<(settings: Settings) => void>();
  #settings: Settings;

  constructor(settings: Partial<Settings> = {}) {
    this.#settings = { ...DEFAULT_SETTINGS, ...settings };
  }

  get(): Settings {
    return this.#settings;
  }

  set(next: Settings): void {
    this.#settings = next;
    for (const listener of this.#listeners) listener(next);
  }

  onChange(listener: (settings: Settings) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

export class MemoryJournal implements JournalStore {
  readonly #entries: JournalEntry[] = [];

  append(entry: NewJournalEntry): JournalEntry {
    const recorded = { ...entry, id: this.#entries.length };
    this.#entries.push(recorded);
    return recorded;
  }

  newest(limit: number): readonly JournalEntry[] {
    return this.#entries.slice(-limit).reverse();
  }

  before(id: number, limit: number): readonly JournalEntry[] {
    return this.#entries
      .filter((entry) => entry.id < id)
      .slice(-limit)
      .reverse();
  }

  all(): readonly JournalEntry[] {
    return this.#entries;
  }

  flush(): void {}
}

/** What a window would have of the service: it follows the updates, and every message is kept. */
export class ServiceUnderTest {
  readonly service: Service;
  readonly updates: { readonly update: Update; readonly at: number }[] = [];
  readonly entries: JournalEntry[] = [];
  readonly replies: Reply<unknown>[] = [];
  readonly logged: string[];
  readonly contexts = new Map<string, ContextView>();
  readonly networks = new Map<string, NetworkView>();
  #waiting: (() => void)[] = [];

  constructor(service: Service, logged: string[]) {
    this.service = service;
    this.logged = logged;
    service.subscribe((event) => this.#follow(event));
    service.onEntry((entry) => {
      this.entries.push(entry);
      this.#wake();
    });
  }

  async does<Name extends CommandName>(name: Name, args: CommandArgs<Name>): Promise<CommandResult<Name>> {
    const reply = await this.asks(name, args);
    if (!reply.ok) throw new Error(`${name}: ${reply.code}: ${reply.message}`);
    return reply.value as CommandResult<Name>;
  }

  async asks(name: string, args: unknown): Promise<Reply<unknown>> {
    const reply = await this.service.invoke(name, args);
    this.replies.push(reply);
    return reply;
  }

  snapshot(): Promise<Snapshot> {
    return this.does('snapshot', {});
  }

  /** Waits until the context of that name looks like `like`. */
  reaches(name: string, like: Partial<ContextView>): Promise<ContextView> {
    return this.until(`${name} ${JSON.stringify(like)}`, () => {
      const context = [...this.contexts.values()].find((each) => each.name === name);
      return context !== undefined && isLike(context, like) ? context : undefined;
    });
  }

  /** Waits until a window shows the network in that state; undefined: not at all. */
  async shows(
    context: string,
    namespace: string,
    name: string,
    state: NetworkState | undefined,
  ): Promise<NetworkView | undefined> {
    const found = await this.until(`${context} ${namespace}/${name} ${state}`, () => {
      const network = [...this.networks.values()].find(
        (each) => each.context.endsWith(`#${context}`) && each.namespace === namespace && each.name === name,
      );
      return network?.state === state ? { network } : undefined;
    });
    return found.network;
  }

  /** Waits for an entry like that. */
  records(event: JournalEntry['event'], like: Partial<JournalEntry> = {}): Promise<JournalEntry> {
    return this.until(`entry ${event} ${JSON.stringify(like)}`, () =>
      this.entries.find((entry) => entry.event === event && isLike(entry, like)),
    );
  }

  async until<T>(what: string, look: () => T | undefined): Promise<T> {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      const leftMs = deadline - performance.now();
      if (leftMs <= 0) throw new Error(`Not seen: ${what}\n${this.#story()}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, leftMs);
        this.#waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  #follow(event: WindowEvent): void {
    const { update } = windowEventSchema.parse(event) as Extract<WindowEvent, { event: 'update' }>;
    this.updates.push({ update, at: performance.now() });
    if (update.contexts !== undefined) {
      this.contexts.clear();
      for (const context of update.contexts) this.contexts.set(context.id, context);
    }
    for (const gone of update.goneNetworks ?? []) this.networks.delete(keyOf(gone));
    for (const network of update.networks ?? []) this.networks.set(keyOf(network), network);
    this.#wake();
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }

  #story(): string {
    return [...this.contexts.values(), ...this.networks.values(), ...this.entries, ...this.logged]
      .map((each) => JSON.stringify(each))
      .join('\n');
  }
}

export interface StartOptions extends Partial<Pick<ServiceOptions, 'namespaces' | 'onEvent'>> {
  readonly settings?: SettingsStore;
  readonly journal?: JournalStore;
  /** The kubeconfig files as they are when it is told of changes, unless told. */
  readonly kubeconfig?: KubeconfigSource;
  readonly clock?: Clock;
  /** 0.5 unless told. */
  readonly random?: () => number;
}

export class ServiceStage {
  readonly folder: string;
  readonly clusters: Record<string, ApiServer> = {};
  /** Fields of the kubeconfig's cluster and user, by context name. */
  readonly servers: Record<string, Record<string, unknown>> = {};
  readonly users: Record<string, Record<string, unknown>> = {};
  current: string | undefined;
  readonly #ends: (() => Promise<void>)[] = [];
  readonly #listeners = new Set<(files: readonly string[]) => void>();

  constructor(folder: string) {
    this.folder = folder;
  }

  /** The user's own kubeconfig. */
  get kubeconfig(): string {
    return join(this.folder, '.kube', 'config');
  }

  id(name: string, file: string = this.kubeconfig): string {
    return `${file}#${name}`;
  }

  /** A cluster with the namespace `web`. The first one is the current context. */
  async addCluster(name: string): Promise<ApiServer> {
    const server = await startApiServer();
    this.#ends.push(() => server.close());
    server.create(makeNamespace('web'));
    this.clusters[name] = server;
    this.servers[name] = { server: server.url };
    this.current ??= name;
    return server;
  }

  /** A network that a pod uses. */
  addUsedNetwork(server: ApiServer, name = 'net'): void {
    server.create(makeNetwork('web', name));
    server.create(makePod('web', `pod-of-${name}`, { networks: name }));
  }

  /** Writes the kubeconfig as kubectl does (a new file in place of the old one) and tells of it. */
  async writeKubeconfig(file: string = this.kubeconfig, names = Object.keys(this.servers)): Promise<void> {
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: names.map((name) => ({ name, cluster: this.servers[name] })),
      users: names.map((name) => ({ name, user: this.users[name] ?? {} })),
      contexts: names.map((name) => ({ name, context: { cluster: name, user: name } })),
      ...(this.current !== undefined && { 'current-context': this.current }),
    };
    await mkdir(join(this.folder, '.kube'), { recursive: true });
    await writeFile(`${file}.new`, JSON.stringify(config));
    await rename(`${file}.new`, file);
    this.filesChanged([file]);
  }

  filesChanged(files: readonly string[]): void {
    for (const listener of this.#listeners) listener(files);
  }

  /** A service over the kubeconfig files; the user's own one is written from what was set up. */
  async start(options: StartOptions = {}, files?: readonly string[]): Promise<ServiceUnderTest> {
    if (files === undefined) await this.writeKubeconfig();
    const logged: string[] = [];
    const service = createService({
      ...options,
      settings: options.settings ?? new MemorySettings(),
      journal: options.journal ?? new MemoryJournal(),
      kubeconfig: options.kubeconfig ?? this.#source(files ?? [this.kubeconfig]),
      stateDirectory: join(this.folder, 'state'),
      homeDirectory: this.folder,
      env: { PATH: process.env.PATH },
      clock: options.clock ?? systemClock,
      random: options.random ?? (() => 0.5),
      userAgent: 'netkeeper/test',
      version: '0.0.0',
      log: (message) => logged.push(message),
    });
    this.#ends.unshift(() => service.stop());
    const underTest = new ServiceUnderTest(service, logged);
    await service.start();
    return underTest;
  }

  async end(): Promise<void> {
    for (const end of this.#ends) await end();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #source(files: readonly string[]): KubeconfigSource {
    return {
      read: () => readKubeconfig({ env: { KUBECONFIG: files.join(':') }, homeDirectory: this.folder }),
      onChange: (listener) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
      stop: () => {},
    };
  }
}

/** The stage of the test that runs now. */
export function useServiceStage(): ServiceStage {
  let current: ServiceStage | undefined;
  beforeEach(async () => {
    current = new ServiceStage(await mkdtemp(join(tmpdir(), 'netkeeper-service-')));
  });
  afterEach(() => current?.end());
  return new Proxy({} as ServiceStage, {
    get: (_, property) => {
      const value = current && Reflect.get(current, property, current);
      return typeof value === 'function' ? value.bind(current) : value;
    },
    set: (_, property, value) => current !== undefined && Reflect.set(current, property, value, current),
  });
}

function isLike(whole: object, like: object): boolean {
  return Object.entries(like).every(([key, value]) => Reflect.get(whole, key) === value);
}

function keyOf({ context, namespace, name }: { context: string; namespace: string; name: string }): string {
  return `${context} ${namespace}/${name}`;
}
