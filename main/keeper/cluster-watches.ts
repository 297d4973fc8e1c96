import type { Connection } from '../cluster/api.ts';
import type { Clock } from '../cluster/clock.ts';
import type { ReflectorState, WatchEventType } from '../cluster/reflector.ts';
import { Reflector } from '../cluster/reflector.ts';
import { NETWORKS, PODS, WORKLOADS } from '../cluster/resources.ts';
import type { NetworkObject } from '../guard/manifest.ts';
import { readNetworkObject } from '../guard/manifest.ts';
import { OwnerPool } from '../guard/owners.ts';
import type { UsageIndex } from '../guard/usage.ts';
import type { NetworkKey, NetworkUser, UserKind } from '../guard/users.ts';
import { readIdentity, readPod, readWorkload } from '../guard/users.ts';
import type { Feeds } from './feeds.ts';

export interface ClusterWatchesOptions {
  readonly connection: Connection;
  /** undefined: all namespaces, in one watch */
  readonly namespaces: readonly (string | undefined)[];
  readonly clock: Clock;
  readonly random: () => number;
  /** Filled with who uses which network. */
  readonly usage: UsageIndex;
  /** Told how each watch is. */
  readonly feeds: Feeds;
  /** Asked before a watch goes on after a failure; one that rejects is a failure too. */
  readonly beforeRetry: () => Promise<void>;
  readonly listener: ClusterListener;
}

/** What is done about what the watches tell. */
export interface ClusterListener {
  /** All networks of one namespace or (undefined) of all. `feeds` counts them as listed when `done` is called. */
  networksListed(namespace: string | undefined, list: readonly NetworkObject[], done: () => void): void;
  networkChanged(network: NetworkObject): void;
  networkDeleted(network: NetworkObject, receivedAt: number): void;
  /** A watch of networks is open, or is not any more. */
  networksStateChanged(): void;
  usersChanged(touched: Iterable<NetworkKey>): void;
}

const NETWORKS_BACKOFF_CAP_MS = 5_000;
const USERS_BACKOFF_CAP_MS = 60_000;

/** The watches of one cluster: its networks, and all that can use one. */
export class ClusterWatches {
  readonly #options: ClusterWatchesOptions;
  readonly #owners = new OwnerPool();
  readonly #reflectors: Reflector<unknown>[] = [];

  constructor(options: ClusterWatchesOptions) {
    this.#options = options;
  }

  /** Lists and watches until `stop`; call once. */
  async run(): Promise<void> {
    for (const namespace of this.#options.namespaces) this.#addReflectors(namespace);
    await Promise.all(this.#reflectors.map((reflector) => reflector.run()));
  }

  stop(): void {
    for (const reflector of this.#reflectors) reflector.stop();
  }

  /** Tries at once all that waits for its next try. */
  retryNow(): void {
    for (const reflector of this.#reflectors) reflector.retryNow();
  }

  suspend(): void {
    for (const reflector of this.#reflectors) reflector.suspend();
  }

  /** Lists again what was suspended. */
  resume(): void {
    for (const reflector of this.#reflectors) reflector.resume();
  }

  #addReflectors(namespace: string | undefined): void {
    const { connection, clock, random, beforeRetry } = this.#options;
    const common = { connection, namespace, clock, random, beforeRetry };
    this.#reflectors.push(
      new Reflector({
        ...common,
        lane: 'control',
        resource: NETWORKS,
        backoffCapMs: NETWORKS_BACKOFF_CAP_MS,
        sink: this.#networkSink(namespace),
      }),
    );
    const readers: readonly (readonly [
      typeof PODS,
      UserKind,
      (object: unknown) => NetworkUser | undefined,
    ])[] = [
      [PODS, 'Pod', (object) => readPod(object, this.#owners)],
      ...WORKLOADS.map((resource) => {
        const { kind } = resource;
        return [resource, kind, (object: unknown) => readWorkload(kind, object)] as const;
      }),
    ];
    for (const [resource, kind, read] of readers) {
      const sink = this.#userSink(kind, namespace, read);
      const backoffCapMs = USERS_BACKOFF_CAP_MS;
      this.#reflectors.push(new Reflector({ ...common, lane: 'bulk', resource, backoffCapMs, sink }));
    }
  }

  #networkSink(namespace: string | undefined) {
    const { feeds, listener } = this.#options;
    const report = feeds.add('networks', feedName(NETWORKS.kind, namespace));
    return {
      reduce: readNetworkObject,
      replace: (list: readonly NetworkObject[]) => listener.networksListed(namespace, list, report.listed),
      apply: (type: WatchEventType, object: unknown, receivedAt: number) => {
        const network = readNetworkObject(object);
        if (network === undefined) return;
        if (type === 'DELETED') listener.networkDeleted(network, receivedAt);
        else listener.networkChanged(network);
      },
      state: (state: ReflectorState) => {
        report.state(state);
        listener.networksStateChanged();
        // The server is there again: the others need not sit out their longer pauses.
        if (state.phase === 'live') this.retryNow();
      },
    };
  }

  #userSink(
    kind: UserKind,
    namespace: string | undefined,
    reduce: (object: unknown) => NetworkUser | undefined,
  ) {
    const { feeds, usage, listener } = this.#options;
    const report = feeds.add(kind === 'Pod' ? 'pods' : 'workloads', feedName(kind, namespace));
    return {
      reduce,
      replace: (users: readonly NetworkUser[]) => {
        listener.usersChanged(usage.replace(kind, namespace, users));
        report.listed();
      },
      apply: (type: WatchEventType, object: unknown) => {
        const user = type === 'DELETED' ? undefined : reduce(object);
        if (user !== undefined) {
          listener.usersChanged(usage.set(user));
          return;
        }
        const identity = readIdentity(object);
        if (identity === undefined) return;
        listener.usersChanged(usage.remove(kind, identity.namespace, identity.name));
      },
      state: report.state,
    };
  }
}

function feedName(kind: string, namespace: string | undefined): string {
  return namespace === undefined ? kind : `${kind} in ${namespace}`;
}
