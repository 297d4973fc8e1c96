/** One deletion, or many at once, timed by somebody who only looks on: a watch of its own beside the contenders'. */
import { networksIn } from '../support/objects.ts';
import { Client, type WatchEvent } from './client.ts';
import type { NetworkName } from './content.ts';
import { within } from './limit.ts';
import type { Server } from './server.ts';

/** Milliseconds. */
export interface Timing {
  /** From just before the first DELETE is sent until the last network was seen again. */
  readonly fromRequest: number;
  /** From the first network seen deleted until the last one was seen again. */
  readonly fromEvent: number;
}

interface Awaited {
  deletedAt: number | undefined;
  readonly back: (times: { deletedAt: number; addedAt: number }) => void;
}

/** So many DELETEs are under way at once. */
const CONNECTIONS = 50;
const TIMEOUT_MS = 20_000;

export class Observer {
  readonly #client: Client;
  readonly #watcher: Client;
  readonly #awaited = new Map<string, Awaited>();

  constructor({ target }: Server) {
    this.#client = new Client(target, CONNECTIONS);
    this.#watcher = new Client(target, 1);
  }

  /** Resolves once the watch is open; call once. */
  async start(): Promise<void> {
    const { metadata } = JSON.parse(await this.#client.request('GET', `${networksIn()}?limit=1`));
    await this.#watcher.watch(networksIn(), metadata.resourceVersion, (event) => this.#see(event));
  }

  close(): void {
    this.#client.close();
    this.#watcher.close();
  }

  /** Deletes the networks at once and waits until all of them are back. */
  async deleteAndWait(networks: readonly NetworkName[]): Promise<Timing> {
    const back = networks.map((network) => this.#isBack(network));
    const startedAt = performance.now();
    const deleted = networks.map(({ namespace, name }) =>
      this.#client.request('DELETE', `${networksIn(namespace)}/${name}`),
    );
    const times = await within(TIMEOUT_MS, 'A network is not back', Promise.all(back));
    await Promise.all(deleted);
    const end = Math.max(...times.map(({ addedAt }) => addedAt));
    return {
      fromRequest: end - startedAt,
      fromEvent: end - Math.min(...times.map(({ deletedAt }) => deletedAt)),
    };
  }

  #isBack({ namespace, name }: NetworkName): Promise<{ deletedAt: number; addedAt: number }> {
    return new Promise((back) => {
      this.#awaited.set(`${namespace}/${name}`, { deletedAt: undefined, back });
    });
  }

  #see({ type, object, at }: WatchEvent): void {
    const key = `${object.metadata?.namespace}/${object.metadata?.name}`;
    const awaited = this.#awaited.get(key);
    if (awaited === undefined) return;
    if (type === 'DELETED') awaited.deletedAt = at;
    if (type !== 'ADDED' || awaited.deletedAt === undefined) return;
    this.#awaited.delete(key);
    awaited.back({ deletedAt: awaited.deletedAt, addedAt: at });
  }
}
