/**
 * The rules of writing: what the API machinery does between a request and etcd (apiserver's pkg/registry/rest and
 * pkg/registry/generic), for HTTP requests and for tests alike. Throws StatusError.
 */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Entry } from './entry.ts';
import type { KubernetesObject, ManagedFieldsEntry, Metadata } from './objects.ts';
import { ALL_RESOURCES, apiVersionOf, RESOURCES, type Resource } from './resources.ts';
import {
  alreadyExists,
  badRequest,
  conflict,
  nameRequired,
  namespaceTerminating,
  notFound,
  StatusError,
  versionRequired,
} from './statuses.ts';
import type { Store } from './store.ts';

/** What a write changes: everything but the status, the status only, or both (which only tests can). */
export type Part = 'main' | 'status' | 'all';

export interface WriteOptions {
  readonly part: Part;
  /** For managedFields. */
  readonly manager: string;
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
    if (isTerminating(changed) && !hasFinalizers(changed) && !changed.metadata?.deletionGracePeriodSeconds) {
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

  /** `gracePeriodSeconds` counts for pods that a node runs; without it the pod's own period holds. */
  delete(resource: Resource, namespace: string, name: string, gracePeriodSeconds?: number): Deletion {
    const current = this.read(resource, namespace, name);
    const { object } = current;
    if (resource.kind === 'Namespace') return { entry: this.#terminateNamespace(current), isGone: false };
    if (resource.kind !== 'Pod') {
      if (!hasFinalizers(object)) return this.#remove(current);
      return { entry: isTerminating(object) ? current : this.#terminate(current, 0), isGone: false };
    }
    const period = gracePeriod(object, gracePeriodSeconds);
    const announced = object.metadata?.deletionGracePeriodSeconds;
    // A second deletion can only shorten the period.
    const isSooner = announced === undefined || (gracePeriodSeconds !== undefined && period < announced);
    const terminating = isSooner ? this.#terminate(current, period) : current;
    const isDue = terminating.object.metadata?.deletionGracePeriodSeconds === 0;
    return isDue && !hasFinalizers(object)
      ? this.#remove(terminating)
      : { entry: terminating, isGone: false };
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
    for (const entry of content()) this.delete(entry.resource, name, entry.name, 0);
    if (content().length > 0) return false;
    this.#store.remove(namespace);
    return true;
  }

  #checkNamespace(resource: Resource, namespace: string, name: string): void {
    const { object } = this.read(RESOURCES.Namespace, '', namespace);
    if (isTerminating(object)) throw namespaceTerminating(resource, name, namespace);
  }

  #terminateNamespace(current: Entry): Entry {
    if (isTerminating(current.object)) return current;
    const metadata = { ...current.object.metadata, deletionTimestamp: timestamp() };
    const status = { ...current.object.status, phase: 'Terminating' };
    return this.#store.put(current.resource, { ...current.object, metadata, status });
  }

  #terminate({ resource, object }: Entry, seconds: number): Entry {
    const { generation } = object.metadata ?? {};
    const metadata = {
      ...object.metadata,
      ...(generation && { generation: generation + 1 }),
      deletionTimestamp: timestamp(seconds),
      deletionGracePeriodSeconds: seconds,
    };
    return this.#store.put(resource, { ...object, metadata });
  }

  #remove(entry: Entry): Deletion {
    this.#store.remove(entry);
    return { entry, isGone: true };
  }
}

function newObject(
  resource: Resource,
  namespace: string,
  name: string,
  given: KubernetesObject,
  options: WriteOptions,
): KubernetesObject {
  const {
    deletionTimestamp: _timestamp,
    deletionGracePeriodSeconds: _period,
    ...kept
  } = given.metadata ?? {};
  const metadata: Metadata = {
    ...kept,
    name,
    ...(resource.namespaced && { namespace }),
    uid: randomUUID(),
    ...(hasGeneration(resource) && { generation: 1 }),
    creationTimestamp: timestamp(),
  };
  const { status, ...rest } = given;
  const keepsStatus = options.part === 'all' || !hasStatus(resource);
  const object = { ...rest, ...typeOf(resource), metadata, ...(keepsStatus && status && { status }) };
  return withManager(resource, { ...object, ...firstState(resource, object) }, options);
}

/** The fields that the server fills in. */
function firstState(resource: Resource, { spec, status }: KubernetesObject): KubernetesObject {
  if (resource.kind === 'Pod') return { status: { phase: 'Pending', ...status } };
  if (resource.kind !== 'Namespace') return {};
  return { spec: { finalizers: ['kubernetes'], ...spec }, status: { phase: 'Active', ...status } };
}

/** The current object with what the write may change taken from the given one. */
function changedObject(current: Entry, given: KubernetesObject, { part }: WriteOptions): KubernetesObject {
  const { resource, object } = current;
  if (part === 'status') return { ...object, status: given.status ?? {} };
  const {
    status,
    metadata: _metadata,
    ...content
  } = part === 'all' || !hasStatus(resource) ? given : withStatusOf(given, object);
  const { uid, resourceVersion, creationTimestamp, deletionTimestamp, deletionGracePeriodSeconds } =
    object.metadata ?? {};
  const changed: KubernetesObject = { ...content, ...(status && { status }) };
  const generation =
    (object.metadata?.generation ?? 0) + (isDeepStrictEqual(changed.spec, object.spec) ? 0 : 1);
  const metadata: Metadata = {
    ...given.metadata,
    name: current.name,
    ...(resource.namespaced && { namespace: current.namespace }),
    ...(uid && { uid }),
    ...(resourceVersion && { resourceVersion }),
    ...(hasGeneration(resource) && { generation }),
    ...(creationTimestamp && { creationTimestamp }),
    ...(deletionTimestamp && { deletionTimestamp }),
    ...(deletionGracePeriodSeconds !== undefined && { deletionGracePeriodSeconds }),
    managedFields: object.metadata?.managedFields ?? [],
  };
  return { ...changed, ...typeOf(resource), metadata };
}

function typeOf(resource: Resource): { kind: string; apiVersion: string } {
  return { kind: resource.kind, apiVersion: apiVersionOf(resource) };
}

function withStatusOf(given: KubernetesObject, { status }: KubernetesObject): KubernetesObject {
  const { status: _status, ...rest } = given;
  return status ? { ...rest, status } : rest;
}

/** The manager's entry is the last one, with the time of this write. */
function withManager(
  resource: Resource,
  object: KubernetesObject,
  { manager }: WriteOptions,
): KubernetesObject {
  const entry = {
    ...{ manager, operation: 'Update', apiVersion: apiVersionOf(resource), time: timestamp() },
    ...{ fieldsType: 'FieldsV1', fieldsV1: {} },
  } satisfies ManagedFieldsEntry & Record<string, unknown>;
  const others = (object.metadata?.managedFields ?? []).filter((each) => each.manager !== manager);
  return { ...object, metadata: { ...object.metadata, managedFields: [...others, entry] } };
}

function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const result: Record<string, unknown> = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = mergePatch(result[key], value);
  }
  return result;
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

/** Now plus some seconds, in the form of metav1.Time. */
function timestamp(secondsFromNow = 0): string {
  return new Date(Date.now() + secondsFromNow * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
}

function hasGeneration({ kind }: Resource): boolean {
  return kind !== 'Namespace' && kind !== 'Pod' && kind !== 'Event';
}

/** Has a status that only the status subresource changes. */
function hasStatus({ kind }: Resource): boolean {
  return kind !== 'NetworkAttachmentDefinition' && kind !== 'Event';
}

function hasFinalizers({ metadata }: KubernetesObject): boolean {
  return (metadata?.finalizers?.length ?? 0) > 0;
}

function isTerminating({ metadata }: KubernetesObject): boolean {
  return metadata?.deletionTimestamp !== undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
