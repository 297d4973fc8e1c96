/**
 * The rules of writing: what the API machinery does between a request and etcd (apiserver's pkg/registry/rest and
 * pkg/registry/generic), for HTTP requests and for tests alike. Throws StatusError.
 */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Entry } from './entry.ts';
import {
  changedObject,
  isObject,
  mergePatch,
  newObject,
  terminating,
  terminatingNamespace,
  type WriteOptions,
  withManager,
} from './object-changes.ts';
import type { KubernetesObject } from './objects.ts';
import { ALL_RESOURCES, RESOURCES, type Resource } from './resources.ts';
import {
  alreadyExists,
  badRequest,
  conflict,
  nameRequired,
  namespaceTerminating,
  notFound,
  StatusError,
  uidConflict,
  versionRequired,
} from './statuses.ts';
import type { Store } from './store.ts';

export interface DeleteOptions {
  /** Counts for pods that a node runs; without it the pod's own period holds. */
  readonly gracePeriodSeconds?: number | undefined;
  /** Delete it only if this is its uid (DeleteOptions.preconditions). */
  readonly uid?: string | undefined;
}

export interface Deletion {
  /** The object's last state. */
  readonly entry: Entry;
  /** False where it only has a deletionTimestamp yet. */
  readonly isGone: boolean;
}

const DEFAULT_GRACE_PERIOD_SECONDS = 30;

export class Registry {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Gives the entry, or throws 404. */
  read(resource: Resource, namespace: string, name: string): Entry {
    const entry = this.#store.get(resource.kind, namespace, name);
    if (!entry) throw notFound(resource, name);
    return entry;
  }

  create(resource: Resource, namespace: string, given: KubernetesObject, options: WriteOptions): Entry {
    const { metadata = {} } = given;
    if ((metadata.namespace ?? namespace) !== namespace) {
      throw badRequest(
        'the namespace of the provided object does not match the namespace sent on the request',
      );
    }
    const name = metadata.name || generateName(metadata.generateName);
    if (resource.namespaced) this.#checkNamespace(resource, namespace, metadata.name ?? '');
    if (!name) throw nameRequired(resource);
    if (metadata.resourceVersion) {
      throw new StatusError(500, undefined, 'resourceVersion should not be set on objects to be created');
    }
    const existing = this.#store.get(resource.kind, namespace, name);
    if (existing) throw alreadyExists(resource, name, isTerminating(existing.object));
    return this.#store.put(resource, newObject(resource, namespace, name, given, options));
  }

  update(
    resource: Resource,
    namespace: string,
    name: string,
    given: KubernetesObject,
    options: WriteOptions,
  ): Entry {
    const current = this.read(resource, namespace, name);
    const version = given.metadata?.resourceVersion;
    if (!version && resource.custom) throw versionRequired(resource, name);
    if (version && version !== String(current.version)) throw conflict(resource, name);
    const changed = changedObject(current, given, options);
    if (isDeepStrictEqual(changed, current.object)) return current;
    if (isDue(changed)) {
      this.#store.remove(current);
      return new Entry(resource, changed, current.version);
    }
    return this.#store.put(resource, withManager(resource, changed, options));
  }

  /** JSON merge patch (RFC 7386). */
  patch(resource: Resource, namespace: string, name: string, patch: unknown, options: WriteOptions): Entry {
    const { object } = this.read(resource, namespace, name);
    const patched = mergePatch(object, patch);
    if (!isObject(patched)) throw badRequest('the patch must be an object');
    return this.update(resource, namespace, name, patched, options);
  }

  delete(
    resource: Resource,
    namespace: string,
    name: string,
    { gracePeriodSeconds, uid }: DeleteOptions = {},
  ): Deletion {
    const current = this.read(resource, namespace, name);
    const own = current.object.metadata?.uid ?? '';
    if (uid !== undefined && uid !== own) throw uidConflict(resource, name, uid, own);
    if (resource.kind === 'Pod') return this.#deletePod(current, gracePeriodSeconds);
    if (!isHeld(current.object)) return this.#remove(current);
    if (isTerminating(current.object)) return { entry: current, isGone: false };
    const { object } = current;
    const marked = resource.kind === 'Namespace' ? terminatingNamespace(object) : terminating(object, 0);
    return { entry: this.#store.put(resource, marked), isGone: false };
  }

  /**
   * What the namespace controller does: deletes the content of a terminating namespace, then the namespace.
   * Gives false where finalizers hold some of it back.
   */
  finishNamespaceDeletion(name: string): boolean {
    const namespace = this.read(RESOURCES.Namespace, '', name);
    if (!isTerminating(namespace.object)) throw new Error(`The namespace ${name} is not being deleted.`);
    const content = () =>
      ALL_RESOURCES.filter((resource) => resource.namespaced).flatMap(({ kind }) =>
        this.#store.list(kind, name),
      );
    for (const entry of content()) this.delete(entry.resource, name, entry.name, { gracePeriodSeconds: 0 });
    if (content().length > 0) return false;
    this.#store.remove(namespace);
    return true;
  }

  #checkNamespace(resource: Resource, namespace: string, name: string): void {
    const { object } = this.read(RESOURCES.Namespace, '', namespace);
    if (isTerminating(object)) throw namespaceTerminating(resource, name, namespace);
  }

  /** A pod that goes at once is seen to be terminating first, as on the real server. */
  #deletePod(current: Entry, asked: number | undefined): Deletion {
    const period = gracePeriod(current.object, asked);
    const announced = current.object.metadata?.deletionGracePeriodSeconds;
    // A second deletion can only shorten the period.
    const isSooner = announced === undefined || (asked !== undefined && period < announced);
    const entry = isSooner ? this.#store.put(current.resource, terminating(current.object, period)) : current;
    return isDue(entry.object) ? this.#remove(entry) : { entry, isGone: false };
  }

  #remove(entry: Entry): Deletion {
    this.#store.remove(entry);
    return { entry, isGone: true };
  }
}

function gracePeriod({ spec, status }: KubernetesObject, asked: number | undefined): number {
  const isOver = status?.phase === 'Succeeded' || status?.phase === 'Failed';
  if (!spec?.nodeName || isOver) return 0;
  const own = spec.terminationGracePeriodSeconds;
  return asked ?? (typeof own === 'number' ? own : DEFAULT_GRACE_PERIOD_SECONDS);
}

function generateName(prefix: string | undefined): string {
  return prefix ? `${prefix}${randomUUID().slice(0, 5)}` : '';
}

/** Held back by finalizers; a namespace has its own in the spec. */
function isHeld({ kind, metadata }: KubernetesObject): boolean {
  return kind === 'Namespace' || (metadata?.finalizers?.length ?? 0) > 0;
}

function isTerminating({ metadata }: KubernetesObject): boolean {
  return metadata?.deletionTimestamp !== undefined;
}

/** Being deleted, with nothing left to wait for. */
function isDue(object: KubernetesObject): boolean {
  return isTerminating(object) && !isHeld(object) && !object.metadata?.deletionGracePeriodSeconds;
}
