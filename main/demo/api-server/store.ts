/**
 * What etcd is to a cluster: the objects, one version counter for all of them, and a bounded history of changes
 * for watches. It knows no rules; those are in registry.ts.
 */
import { Entry } from './entry.ts';
import type { KubernetesObject } from './objects.ts';
import type { Kind, Resource } from './resources.ts';

export interface Change {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly version: number;
  /** The object after the change; of a DELETED one its last state, at the version of the deletion. */
  readonly entry: Entry;
  /** The object before the change. */
  readonly previous: Entry | undefined;
}

export type ChangeListener = (change: Change) => void;

/** The objects of one kind in one namespace. */
interface Bucket {
  readonly entries: Map<string, Entry>;
  /** By name; undefined since the last change. */
  sorted: readonly Entry[] | undefined;
}

interface Table {
  readonly buckets: Map<string, Bucket>;
  readonly history: Change[];
  /** Watches can start at this version and later. */
  oldestVersion: number;
  readonly listeners: Set<ChangeListener>;
}

export class Store {
  readonly #tables = new Map<Kind, Table>();
  readonly #historySize: number;
  #version = 1;
  #compactedAt = 0;

  /** `historySize`: how many changes of each kind are kept for watches. */
  constructor(historySize: number) {
    this.#historySize = historySize;
  }

  /** The version of the last change. */
  get version(): number {
    return this.#version;
  }

  get(kind: Kind, namespace: string, name: string): Entry | undefined {
    return this.#tables.get(kind)?.buckets.get(namespace)?.entries.get(name);
  }

  /** In the order of etcd's keys; all namespaces where none is given. The array is never changed later. */
  list(kind: Kind, namespace?: string): readonly Entry[] {
    const { buckets } = this.#table(kind);
    if (namespace !== undefined) return sortBucket(buckets.get(namespace));
    // The keys are namespace/name, so that `a-b/x` comes before `a/x`.
    const namespaces = [...buckets.keys()].sort((a, b) => (`${a}/` < `${b}/` ? -1 : 1));
    return namespaces.flatMap((each) => sortBucket(buckets.get(each)));
  }

  put(resource: Resource, object: KubernetesObject): Entry {
    const entry = new Entry(resource, object, ++this.#version);
    const bucket = this.#bucket(resource.kind, entry.namespace);
    const previous = bucket.entries.get(entry.name);
    bucket.entries.set(entry.name, entry);
    bucket.sorted = undefined;
    this.#record({ type: previous ? 'MODIFIED' : 'ADDED', version: entry.version, entry, previous });
    return entry;
  }

  remove(previous: Entry): void {
    const bucket = this.#bucket(previous.resource.kind, previous.namespace);
    bucket.entries.delete(previous.name);
    bucket.sorted = undefined;
    const entry = previous.at(++this.#version);
    this.#record({ type: 'DELETED', version: entry.version, entry, previous });
  }

  /** The changes after a version; with `changes` undefined the version is too old. */
  changesAfter(
    kind: Kind,
    version: number,
  ): { changes: readonly Change[] | undefined; oldestVersion: number } {
    const { history, oldestVersion } = this.#table(kind);
    if (version < oldestVersion) return { changes: undefined, oldestVersion };
    const last = history.findLastIndex((change) => change.version <= version);
    return { changes: history.slice(last + 1), oldestVersion };
  }

  /** Calls `listener` for each change, before the write returns. The returned function ends that. */
  listen(kind: Kind, listener: ChangeListener): () => void {
    const { listeners } = this.#table(kind);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** Forgets the history of every kind. The version moves on, so that every version given out before is too old. */
  compact(): void {
    this.#compactedAt = ++this.#version;
    for (const table of this.#tables.values()) {
      table.history.length = 0;
      table.oldestVersion = this.#compactedAt;
    }
  }

  #record(change: Change): void {
    const table = this.#table(change.entry.resource.kind);
    table.history.push(change);
    // Trimmed by halves, so that a change does not cost a move of the whole history.
    if (table.history.length >= 2 * this.#historySize) {
      const dropped = table.history.splice(0, table.history.length - this.#historySize);
      table.oldestVersion = dropped.at(-1)?.version ?? table.oldestVersion;
    }
    for (const listener of table.listeners) listener(change);
  }

  #table(kind: Kind): Table {
    const existing = this.#tables.get(kind);
    if (existing) return existing;
    const table = {
      buckets: new Map(),
      history: [],
      oldestVersion: this.#compactedAt,
      listeners: new Set<ChangeListener>(),
    };
    this.#tables.set(kind, table);
    return table;
  }

  #bucket(kind: Kind, namespace: string): Bucket {
    const { buckets } = this.#table(kind);
    const existing = buckets.get(namespace);
    if (existing) return existing;
    const bucket = { entries: new Map(), sorted: undefined };
    buckets.set(namespace, bucket);
    return bucket;
  }
}

function sortBucket(bucket: Bucket | undefined): readonly Entry[] {
  if (!bucket) return [];
  bucket.sorted ??= [...bucket.entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return bucket.sorted;
}
