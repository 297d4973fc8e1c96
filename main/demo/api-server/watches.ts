/** Watches: the change of a store as a stream of JSON lines, and the ways in which such a stream breaks. */
import type { ServerResponse } from 'node:http';
import { bookmarkJson, type Entry, type Form } from './entry.ts';
import type { ApiRequest } from './request.ts';
import { numberFrom } from './request.ts';
import type { Resource } from './resources.ts';
import { type Predicate, parseSelectors } from './selectors.ts';
import { type StatusError, tooOldVersion } from './statuses.ts';
import type { Change, Store } from './store.ts';

/** Which watches: all where there is no predicate. */
export type WatchFilter = (request: ApiRequest) => boolean;

const DEFAULT_TIMEOUT_SECONDS = 1800;
/** The last bookmark comes this long before the timeout (apiserver, storage/cacher). */
const LAST_BOOKMARK_BEFORE_MS = 2000;

export interface WatchOptions {
  readonly resource: Resource;
  /** Undefined for all namespaces. */
  readonly namespace: string | undefined;
  readonly form: Form;
  readonly bookmarkIntervalMs: number;
  /** Sends nothing, not even what is asked for. */
  readonly isSilent: boolean;
}

export class Watches {
  readonly #open = new Set<Watch>();

  /** Throws what cannot be watched; otherwise the response is under way. */
  open(store: Store, request: ApiRequest, response: ServerResponse, options: WatchOptions): void {
    const watch = new Watch(store, request, response, options);
    this.#open.add(watch);
    response.on('close', () => {
      watch.stop();
      this.#open.delete(watch);
    });
    watch.start();
  }

  count(filter?: WatchFilter): number {
    return this.#select(filter).length;
  }

  /** Ends the streams in good order, as the server does on a timeout. */
  end(filter?: WatchFilter): void {
    for (const watch of this.#select(filter)) watch.end();
  }

  /** Resets the connections. */
  drop(filter?: WatchFilter): void {
    for (const watch of this.#select(filter)) watch.drop();
  }

  /** Half-open: the connections stay, and nothing comes any more. */
  silence(filter?: WatchFilter): void {
    for (const watch of this.#select(filter)) watch.silence();
  }

  /** Sends half of the next event, then resets the connection. */
  cutInNextEvent(filter?: WatchFilter): void {
    for (const watch of this.#select(filter)) watch.cutInNextEvent();
  }

  /** Sends bytes that are neither JSON nor UTF-8, and a line end. */
  sendGarbage(filter?: WatchFilter): void {
    for (const watch of this.#select(filter)) watch.sendGarbage();
  }

  /** Sends an ERROR event, and ends the streams. */
  sendError(error: StatusError, filter?: WatchFilter): void {
    for (const watch of this.#select(filter)) watch.sendError(error);
  }

  #select(filter?: WatchFilter): Watch[] {
    return [...this.#open].filter((watch) => !watch.hasEnded && (!filter || filter(watch.request)));
  }
}

class Watch {
  readonly request: ApiRequest;
  readonly #response: ServerResponse;
  readonly #store: Store;
  readonly #options: WatchOptions;
  readonly #selects: Predicate | undefined;
  /** Undefined and 0: whatever is now, then what comes. */
  readonly #startVersion: number;
  readonly #timeoutMs: number;
  readonly #ends: (() => void)[] = [];
  #isSilent: boolean;
  #isCutNext = false;

  constructor(store: Store, request: ApiRequest, response: ServerResponse, options: WatchOptions) {
    this.request = request;
    this.#response = response;
    this.#store = store;
    this.#options = options;
    this.#isSilent = options.isSilent;
    this.#selects = parseSelectors(request.query, options.resource);
    this.#startVersion = numberFrom(request.query, 'resourceVersion') ?? 0;
    this.#timeoutMs = 1000 * (numberFrom(request.query, 'timeoutSeconds') || DEFAULT_TIMEOUT_SECONDS);
  }

  start(): void {
    this.#response.writeHead(200, { 'content-type': 'application/json' });
    this.#response.flushHeaders();
    this.#after(this.#timeoutMs, () => this.end());
    this.#scheduleBookmarks();
    const { kind } = this.#options.resource;
    if (this.#startVersion === 0) {
      for (const entry of this.#store.list(kind, this.#options.namespace)) {
        if (this.#matches(entry)) this.#sendEvent('ADDED', entry);
      }
    } else {
      const { changes, oldestVersion } = this.#store.changesAfter(kind, this.#startVersion);
      if (!changes) {
        this.sendError(tooOldVersion(this.#startVersion, oldestVersion));
        return;
      }
      for (const change of changes) this.#sendChange(change);
    }
    this.#ends.push(this.#store.listen(kind, (change) => this.#sendChange(change)));
  }

  /** All is sent; the connection may not be closed yet. */
  get hasEnded(): boolean {
    return this.#response.writableEnded;
  }

  stop(): void {
    for (const end of this.#ends.splice(0)) end();
  }

  end(): void {
    this.stop();
    this.#response.end();
  }

  drop(): void {
    this.stop();
    this.#response.socket?.resetAndDestroy();
  }

  silence(): void {
    this.#isSilent = true;
  }

  cutInNextEvent(): void {
    this.#isCutNext = true;
  }

  sendGarbage(): void {
    this.#response.write(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x00, 0x7d, 0x5d, 0x0a]));
  }

  sendError({ status }: StatusError): void {
    this.#send('ERROR', JSON.stringify(status));
    this.end();
  }

  /** An object that leaves the selection is DELETED in its last state that was selected; one that enters is ADDED. */
  #sendChange({ type, version, entry, previous }: Change): void {
    if (version <= this.#startVersion) return;
    const wasSelected = previous !== undefined && this.#matches(previous);
    const isSelected = type !== 'DELETED' && this.#matches(entry);
    if (isSelected) this.#sendEvent(wasSelected ? 'MODIFIED' : 'ADDED', entry);
    else if (wasSelected) this.#sendEvent('DELETED', type === 'DELETED' ? entry : previous.at(version));
  }

  #matches(entry: Entry): boolean {
    const { namespace } = this.#options;
    if (namespace !== undefined && entry.namespace !== namespace) return false;
    return !this.#selects || this.#selects(entry.object);
  }

  #sendEvent(type: string, entry: Entry): void {
    this.#send(type, entry.json(this.#options.form));
  }

  #send(type: string, objectJson: string): void {
    if (this.#isSilent) return;
    const line = `{"type":"${type}","object":${objectJson}}\n`;
    if (!this.#isCutNext) {
      this.#response.write(line);
      return;
    }
    this.stop();
    this.#response.write(line.slice(0, line.length / 2), () => this.drop());
  }

  #scheduleBookmarks(): void {
    if (!['1', 'true'].includes(this.request.query.get('allowWatchBookmarks') ?? '')) return;
    const { resource, form, bookmarkIntervalMs } = this.#options;
    const send = () => this.#send('BOOKMARK', bookmarkJson(resource, form, this.#store.version));
    const timer = setInterval(send, bookmarkIntervalMs);
    this.#ends.push(() => clearInterval(timer));
    this.#after(Math.max(this.#timeoutMs - LAST_BOOKMARK_BEFORE_MS, 0), send);
  }

  #after(delayMs: number, action: () => void): void {
    const timer = setTimeout(action, delayMs);
    this.#ends.push(() => clearTimeout(timer));
  }
}
