/**
 * For tests of the desktop app: Chromium, a home folder, and API servers whose contexts are in the user's kubeconfig.
 *
 *     const stage = useDesktopStage();
 *     const east = await stage.addCluster('east');      // in memory, with the network storage/ceph in use by a pod
 *     const desktop = await stage.start();              // again in the same home folder, if called once more
 *     await stage.watched(desktop, 'east');             // the tray says that the context is watched
 *
 * A test fails if its program did something that Electron refuses.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { type ApiServer, startApiServer } from '../../../main/demo/api-server/server.ts';
import { builtDesktop, builtWindow } from '../build.ts';
import { makeNamespace, makeNetwork, makePod } from '../objects.ts';
import {
  type Desktop,
  type DesktopOptions,
  startChromium,
  startDesktop,
  type TestChromium,
} from './desktop-process.ts';

export interface ContextParts {
  readonly name: string;
  readonly server: string;
  readonly user?: Readonly<Record<string, unknown>>;
}

export function useDesktopStage(): DesktopStage {
  const stage = new DesktopStage();
  beforeAll(() => stage.open());
  beforeEach(() => stage.begin());
  afterEach(() => stage.end());
  afterAll(() => stage.close());
  return stage;
}

export class DesktopStage {
  #chromium: TestChromium | undefined;
  #folder = '';
  #contexts: ContextParts[] = [];
  #servers: ApiServer[] = [];
  #desktops: Desktop[] = [];
  #probes: Desktop[] = [];

  async open(): Promise<void> {
    builtWindow();
    builtDesktop();
    this.#chromium = await startChromium();
  }

  async close(): Promise<void> {
    await this.#chromium?.close();
  }

  async begin(): Promise<void> {
    this.#folder = await mkdtemp(join(tmpdir(), 'netkeeper-desktop-'));
  }

  async end(): Promise<void> {
    await Promise.all([...this.#desktops, ...this.#probes].map((desktop) => desktop.kill()));
    await Promise.all(this.#servers.map((server) => server.close()));
    rmSync(this.#folder, { recursive: true, force: true });
    const refusals = this.#desktops.flatMap((desktop) => desktop.refusals);
    this.#desktops = [];
    this.#probes = [];
    this.#servers = [];
    this.#contexts = [];
    expect(refusals).toEqual([]);
  }

  get home(): string {
    return join(this.#folder, 'home');
  }

  /** Where settings and journal are. */
  get userData(): string {
    return join(this.home, '.config', 'netkeeper');
  }

  get kubeconfig(): string {
    return join(this.#folder, 'kubeconfig');
  }

  get chromium(): TestChromium {
    if (this.#chromium === undefined) throw new Error('The stage is not open.');
    return this.#chromium;
  }

  async addCluster(name: string): Promise<ApiServer> {
    const server = await startApiServer();
    this.#servers.push(server);
    server.create(makeNamespace('storage'));
    server.create(makeNetwork('storage', 'ceph'));
    server.create(makePod('storage', 'osd-1', { networks: 'ceph', phase: 'Running' }));
    this.addContext({ name, server: server.url });
    return server;
  }

  /** The first one is the current context. */
  addContext(context: ContextParts): void {
    this.#contexts.push(context);
  }

  async start(options: Partial<DesktopOptions> = {}): Promise<Desktop> {
    const contexts = this.#contexts;
    const kubeconfig = {
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': contexts[0]?.name,
      clusters: contexts.map(({ name, server }) => ({ name, cluster: { server } })),
      users: contexts.map(({ name, user = {} }) => ({ name, user })),
      contexts: contexts.map(({ name }) => ({ name, context: { cluster: name, user: name } })),
    };
    writeFileSync(this.kubeconfig, JSON.stringify(kubeconfig));
    const { chromium, home } = this;
    const desktop = await startDesktop({ chromium, home, kubeconfig: this.kubeconfig, ...options });
    this.#desktops.push(desktop);
    return desktop;
  }

  /** A program that is to be refused something: it ends with the test. */
  addProbe(desktop: Desktop): void {
    this.#probes.push(desktop);
  }

  async quitAll(): Promise<void> {
    await Promise.all(this.#desktops.map((desktop) => desktop.quit()));
  }

  async watched(desktop: Desktop, context: string): Promise<void> {
    const label = `${context}: watching`;
    await desktop.record({ what: 'tray' }, ({ menu }) => menu.some((item) => item.label === label));
  }
}
