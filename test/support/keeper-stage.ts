/**
 * For tests of the loop: a fresh API server for each test, and everything ended after it.
 *
 *     const stage = useStage();
 *     stage.server                                  // the in-memory API server; it has the namespace `web`
 *     const keeper = await stage.keep({...});       // started, synced and settled
 *     stage.start({...})                            // only started
 *     stage.restart(keeper, {...})                  // another process with the same disk and clock
 *     stage.network(), stage.network('other')       // the network as the server has it
 */
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { KubernetesObject } from '../../main/demo/api-server/objects.ts';
import type { ApiServerOptions } from '../../main/demo/api-server/server.ts';
import { type ApiServer, startApiServer } from '../../main/demo/api-server/server.ts';
import { type KeeperSetup, type KeeperUnderTest, startKeeper } from './keeper-harness.ts';
import { makeNamespace, makeNetwork, makePod, type NetworkOptions, type PodOptions } from './objects.ts';

export const NAD = 'NetworkAttachmentDefinition';

export class Stage {
  readonly server: ApiServer;
  readonly stateDirectory: string;
  readonly #keepers: KeeperUnderTest[] = [];

  constructor(server: ApiServer, stateDirectory: string) {
    this.server = server;
    this.stateDirectory = stateDirectory;
    server.create(makeNamespace('web'));
  }

  start(setup: KeeperSetup = {}): KeeperUnderTest {
    const keeper = startKeeper(this.server, setup);
    this.#keepers.push(keeper);
    return keeper;
  }

  async keep(setup: KeeperSetup = {}): Promise<KeeperUnderTest> {
    const keeper = this.start(setup);
    await keeper.tells('synced');
    await keeper.settles();
    return keeper;
  }

  /** One with the same clock, and with the disk that all of this stage share. */
  restart({ clock }: KeeperUnderTest, setup: KeeperSetup = {}): KeeperUnderTest {
    return this.start({ ...setup, clock, stateDirectory: this.stateDirectory });
  }

  addNetwork(name = 'net', options: NetworkOptions = {}): KubernetesObject {
    return this.server.create(makeNetwork('web', name, options));
  }

  addPod(name = 'pod', options: PodOptions = { networks: 'net' }): KubernetesObject {
    return this.server.create(makePod('web', name, options));
  }

  network(name = 'net'): KubernetesObject | undefined {
    return this.server.get(NAD, 'web', name);
  }

  deleteNetwork(name = 'net'): void {
    this.server.delete(NAD, 'web', name);
  }

  /** `kubectl delete pod --force`: gone at once. */
  deletePod(name = 'pod'): void {
    this.server.delete('Pod', 'web', name, { gracePeriodSeconds: 0 });
  }

  /** The creates of networks that the server carried out, as `namespace/name`, in order. */
  created(): string[] {
    return this.server.writes.flatMap(({ body, code }) => {
      const { kind, metadata } = body as KubernetesObject;
      return kind === NAD && code === 201 ? [`${metadata?.namespace}/${metadata?.name}`] : [];
    });
  }

  async end(): Promise<void> {
    await Promise.all(this.#keepers.map((keeper) => keeper.stop()));
    await this.server.close();
    rmSync(this.stateDirectory, { recursive: true, force: true });
  }
}

/** The stage of the test that runs now. */
export function useStage(options: ApiServerOptions = {}): Stage {
  let current: Stage | undefined;
  beforeEach(async () => {
    const stateDirectory = await mkdtemp(join(tmpdir(), 'netkeeper-stage-'));
    current = new Stage(await startApiServer(options), stateDirectory);
  });
  afterEach(() => current?.end());
  return new Proxy({} as Stage, {
    get(_, property) {
      if (current === undefined) throw new Error('The stage is only there within a test.');
      const value = Reflect.get(current, property, current);
      return typeof value === 'function' ? value.bind(current) : value;
    },
  });
}
