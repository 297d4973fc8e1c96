/**
 * Plays a history (history-steps.ts) on an in-memory API server and a keeper, and throws where the keeper did what it
 * may not, or did not what it must (history-ledger.ts).
 *
 *     await playHistory(history, folder);          // the folder is the caller's to remove
 */
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Effect, Fault } from '../../main/demo/api-server/faults.ts';
import type { KubernetesObject } from '../../main/demo/api-server/objects.ts';
import type { ApiRequest } from '../../main/demo/api-server/request.ts';
import { type ApiServer, startApiServer } from '../../main/demo/api-server/server.ts';
import { FakeClock } from './fake-clock.ts';
import { type Content, contentOf, Ledger } from './history-ledger.ts';
import {
  type Breakage,
  type History,
  NAMESPACE_NAMES,
  type Step,
  type Target,
  type Trouble,
} from './history-steps.ts';
import { type KeeperUnderTest, startKeeper } from './keeper-harness.ts';
import { makeNamespace, makeNetwork, makePod, NETWORKS_ANNOTATION } from './objects.ts';

const NAD = 'NetworkAttachmentDefinition';
const OWNER = { apiVersion: 'v1', kind: 'Operator', name: 'operator', uid: 'operator-uid' };
/** Longer than a watch may be silent, and than a refused create waits. */
const HEALING_MS = 80_000;
/** At the end all must come right within this time. */
const LAST_CHANCE_MS = 240_000;

export async function playHistory({ mode, steps }: History, folder: string): Promise<void> {
  const server = await startApiServer();
  const stage = new HistoryStage(server, mkdtempSync(join(folder, 'disk-')));
  try {
    stage.startKeeper(mode);
    for (const step of steps) await stage.play(step);
    await stage.finish(mode);
  } finally {
    await stage.end();
  }
}

class HistoryStage {
  readonly #server: ApiServer;
  readonly #clock = new FakeClock();
  readonly #ledger: Ledger;
  readonly #folder: string;
  #lives = 0;
  #count = 0;
  #keeper: KeeperUnderTest | undefined;
  #toldEvents = 0;
  /** Something is broken, or may not have been noticed to work again. */
  #isTroubled = false;

  constructor(server: ApiServer, folder: string) {
    this.#server = server;
    this.#folder = folder;
    for (const name of NAMESPACE_NAMES) server.create(makeNamespace(name));
    this.#ledger = new Ledger(
      server,
      () => this.#clock.now(),
      () => this.#hearEvents(),
    );
  }

  async play(step: Step): Promise<void> {
    const deletionsDone = this.#ledger.beforeDeletion();
    this.#changeCluster(step);
    deletionsDone();
    this.#ledger.observe();
    await this.#changeKeeper(step);
    this.#check();
  }

  startKeeper(mode: 'restore' | 'ask', onDisk?: ReadonlyMap<string, Content>): void {
    this.#ledger.begin(mode, onDisk);
    this.#keeper = startKeeper(this.#server, {
      clock: this.#clock,
      stateDirectory: this.#stateDirectory,
      policy: { mode },
    });
    this.#toldEvents = 0;
  }

  /** All troubles end; then what must be there has its time to come. */
  async finish(mode: 'restore' | 'ask'): Promise<void> {
    await this.play({ does: 'start', mode });
    await this.play({ does: 'heal' });
    const until = this.#clock.now() + LAST_CHANCE_MS;
    while (this.#ledger.missing().length > 0 && this.#clock.now() < until) {
      await this.#keeper?.passes(1_000);
      this.#check();
    }
    const missing = this.#ledger.missing();
    if (missing.length > 0) throw new Error(missing.join('; '));
  }

  async end(): Promise<void> {
    await this.#keeper?.stop();
    await this.#server.close();
  }

  get #stateDirectory(): string {
    return join(this.#folder, String(this.#lives));
  }

  #check(): void {
    this.#hearEvents();
    this.#ledger.check();
    this.#ledger.observe();
  }

  #hearEvents(): void {
    const events = this.#keeper?.events ?? [];
    for (const event of events.slice(this.#toldEvents)) this.#ledger.told(event);
    this.#toldEvents = events.length;
  }

  #changeCluster(step: Step): void {
    const server = this.#server;
    switch (step.does) {
      case 'createNetwork': {
        if (!this.#isActive(step.key) || this.#ledger.network(step.key) !== undefined) return;
        server.create(this.#makeNetwork(step.key, step.as));
        return;
      }
      case 'editNetwork': {
        if (this.#ledger.network(step.key) === undefined) return;
        const { spec, metadata } = this.#makeNetwork(step.key, 'plain');
        const { labels, annotations } = metadata ?? {};
        server.patch(NAD, ...parts(step.key), { spec, metadata: { labels, annotations } });
        return;
      }
      case 'deleteNetwork':
        if (this.#ledger.network(step.key) !== undefined) server.delete(NAD, ...parts(step.key));
        return;
      case 'replaceNetwork': {
        if (!this.#isActive(step.key) || this.#ledger.network(step.key) === undefined) return;
        server.delete(NAD, ...parts(step.key));
        if (this.#ledger.network(step.key) === undefined) server.create(this.#makeNetwork(step.key, 'plain'));
        return;
      }
      case 'releaseNetwork':
        if (this.#ledger.network(step.key) === undefined) return;
        server.patch(NAD, ...parts(step.key), { metadata: { finalizers: null } });
        return;
      case 'createPod':
        if (!this.#isActive(podKey(step.pod)) || this.#pod(step.pod) !== undefined) return;
        server.create(makePod(...parts(podKey(step.pod)), { networks: step.keys.join(',') }));
        return;
      case 'editPod': {
        if (this.#pod(step.pod) === undefined) return;
        const annotations = { [NETWORKS_ANNOTATION]: step.keys.join(',') };
        server.patch('Pod', ...parts(podKey(step.pod)), { metadata: { annotations } });
        return;
      }
      case 'deletePod':
        if (this.#pod(step.pod) !== undefined) server.delete('Pod', ...parts(podKey(step.pod)));
        return;
      case 'finishPod':
        if (this.#pod(step.pod) === undefined) return;
        server.patch('Pod', ...parts(podKey(step.pod)), { status: { phase: 'Succeeded' } });
        return;
      case 'createTemplate':
        if (this.#isActive('a/app') && server.get('Deployment', 'a', 'app') === undefined) {
          server.create(makeTemplate(step.key));
        }
        return;
      case 'deleteTemplate':
        if (server.get('Deployment', 'a', 'app') !== undefined) server.delete('Deployment', 'a', 'app');
        return;
      case 'deleteNamespace':
        if (!this.#isActive(`${step.namespace}/`)) return;
        server.delete('Namespace', '', step.namespace);
        this.#ledger.namespaceWent(step.namespace);
        return;
      case 'finishNamespace': {
        const namespace = server.get('Namespace', '', step.namespace);
        if (namespace?.status?.phase === 'Terminating') server.finishNamespaceDeletion(step.namespace);
        return;
      }
      case 'createNamespace':
        if (server.get('Namespace', '', step.namespace) === undefined)
          server.create(makeNamespace(step.namespace));
        return;
      case 'compact':
        server.compact();
        return;
      case 'breakWatches':
        this.#breakWatches(step.how, step.of);
        return;
      case 'breakRequests':
        this.#isTroubled = true;
        if (step.how === 'dropReply') this.#ledger.life.lostAnswers += step.times;
        server.inject({ effect: effectOf(step.how), when: matches(step.of), times: step.times });
        return;
      case 'outage':
        this.#isTroubled = true;
        server.inject({ effect: { kind: 'drop' } });
        server.watches.drop();
        return;
      default:
    }
  }

  async #changeKeeper(step: Step): Promise<void> {
    switch (step.does) {
      case 'stop':
        await this.#keeper?.stop();
        this.#keeper = undefined;
        return;
      case 'kill':
        await this.#kill();
        return;
      case 'start':
        if (this.#keeper === undefined) this.startKeeper(step.mode);
        return;
      case 'pass':
        if (this.#keeper === undefined) this.#clock.advance(step.ms);
        else await this.#keeper.passes(step.ms);
        return;
      case 'heal':
        this.#server.clearFaults();
        if (this.#isTroubled) await this.#keeper?.passes(HEALING_MS);
        this.#isTroubled = false;
        await this.#settle();
        return;
      case 'settle':
        await this.#settle();
        return;
      default:
    }
  }

  async #settle(): Promise<void> {
    await this.#keeper?.settles();
    if (this.#keeper?.phase !== 'watching' || this.#isTroubled) return;
    this.#check();
    this.#ledger.synced();
  }

  /** The next life finds the disk as it was at this moment. */
  async #kill(): Promise<void> {
    const keeper = this.#keeper;
    if (keeper === undefined) return;
    this.#check();
    const before = this.#stateDirectory;
    this.#lives += 1;
    if (existsSync(before)) cpSync(before, this.#stateDirectory, { recursive: true });
    const { mode } = this.#ledger.life;
    await keeper.kill();
    // What it sent before it was killed arrives in the old life.
    await keeper.settles();
    this.#check();
    this.startKeeper(mode, readDisk(this.#stateDirectory));
  }

  #breakWatches(how: Breakage, of: Target): void {
    const { watches } = this.#server;
    // A silent watch is only found out in time.
    if (how === 'silence') this.#isTroubled = true;
    const act = {
      drop: watches.drop,
      end: watches.end,
      cut: watches.cutInNextEvent,
      garbage: watches.sendGarbage,
      silence: watches.silence,
    }[how];
    act.call(watches, matches(of));
  }

  #pod(pod: string): KubernetesObject | undefined {
    return this.#server.get('Pod', ...parts(podKey(pod)));
  }

  #isActive(key: string): boolean {
    return this.#server.get('Namespace', '', parts(key)[0])?.status?.phase === 'Active';
  }

  /** Each has a content that no other has. */
  #makeNetwork(key: string, as: 'plain' | 'held' | 'owned'): KubernetesObject {
    this.#count += 1;
    const [namespace, name] = parts(key);
    return makeNetwork(namespace, name, {
      config: `{"type":"bridge",  "vlan":${this.#count}}`,
      metadata: {
        labels: { edition: `${this.#count}` },
        annotations: { 'example.com/edition': `${this.#count}` },
        ...(as === 'held' && { finalizers: ['example.com/hold'] }),
        ...(as === 'owned' && { ownerReferences: [OWNER] }),
      },
    });
  }
}

function parts(key: string): [namespace: string, name: string] {
  const [namespace = '', name = ''] = key.split('/');
  return [namespace, name];
}

function podKey(pod: string): string {
  return `${pod === 'r' ? 'b' : 'a'}/${pod}`;
}

function makeTemplate(key: string): KubernetesObject {
  const template = { metadata: { annotations: { [NETWORKS_ANNOTATION]: key } } };
  return { kind: 'Deployment', metadata: { name: 'app', namespace: 'a' }, spec: { template } };
}

function matches(target: Target): (request: ApiRequest) => boolean {
  return ({ resource, verb }) => {
    switch (target) {
      case 'networks':
        return resource === 'network-attachment-definitions' && verb !== 'create';
      case 'pods':
        return resource === 'pods';
      case 'write':
        return resource === 'network-attachment-definitions' && verb === 'create';
      case 'all':
        return true;
    }
  };
}

function effectOf(trouble: Trouble): Fault['effect'] {
  switch (trouble) {
    case 'drop':
    case 'dropReply':
    case 'stall':
      return { kind: trouble };
    case '410':
      return { kind: 'answer', code: 410 };
    case '429':
      return { kind: 'answer', code: 429, retryAfterSeconds: 2 };
    default:
      return { kind: 'answer', code: Number(trouble) } satisfies Effect;
  }
}

/** The networks that the disk says were there. */
function readDisk(stateDirectory: string): Map<string, Content> {
  const folder = join(stateDirectory, 'last-known');
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  const copies = files.flatMap((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')).copies);
  const known = copies.filter(({ letGo }) => letGo !== true).map(({ copy }) => copy as KubernetesObject);
  return new Map(
    known.map((copy) => [`${copy.metadata?.namespace}/${copy.metadata?.name}`, contentOf(copy)]),
  );
}
