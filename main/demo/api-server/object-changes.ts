/** What a write makes of an object: which fields are the client's to say, and which the server's. */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Entry } from './entry.ts';
import type { KubernetesObject, Metadata } from './objects.ts';
import { apiVersionOf, type Resource } from './resources.ts';

/** What a write changes: everything but the status, the status only, or both (which only tests can). */
export type Part = 'main' | 'status' | 'all';

export interface WriteOptions {
  readonly part: Part;
  /** For managedFields. */
  readonly manager: string;
}

/** The object that a create stores. */
export function newObject(
  resource: Resource,
  namespace: string,
  name: string,
  given: KubernetesObject,
  options: WriteOptions,
): KubernetesObject {
  const metadata: Metadata = {
    ...withoutServerFields(given.metadata),
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

/** The object that an update or patch stores: equal to the current one where nothing changes. */
export function changedObject(
  { resource, object }: Entry,
  given: KubernetesObject,
  { part }: WriteOptions,
): KubernetesObject {
  if (part === 'status') return { ...object, status: given.status ?? {} };
  const { status: givenStatus, ...rest } = given;
  const status = part === 'all' || !hasStatus(resource) ? givenStatus : object.status;
  const { metadata: current = {} } = object;
  const generation = (current.generation ?? 0) + (isDeepStrictEqual(given.spec, object.spec) ? 0 : 1);
  const metadata = {
    ...withoutServerFields(given.metadata),
    ...serverFields(current),
    ...(hasGeneration(resource) && { generation }),
    managedFields: current.managedFields ?? [],
  };
  return { ...rest, ...typeOf(resource), metadata, ...(status && { status }) };
}

/** The manager's entry is the last one, with the time of this write. */
export function withManager(
  resource: Resource,
  object: KubernetesObject,
  { manager }: WriteOptions,
): KubernetesObject {
  const fields = { fieldsType: 'FieldsV1', fieldsV1: {} };
  const apiVersion = apiVersionOf(resource);
  const entry = { manager, operation: 'Update', apiVersion, time: timestamp(), ...fields };
  const others = (object.metadata?.managedFields ?? []).filter((each) => each.manager !== manager);
  return { ...object, metadata: { ...object.metadata, managedFields: [...others, entry] } };
}

/** An object that is marked as being deleted, in so many seconds. */
export function terminating(object: KubernetesObject, seconds: number): KubernetesObject {
  const { generation } = object.metadata ?? {};
  const metadata = {
    ...object.metadata,
    ...(generation && { generation: generation + 1 }),
    deletionTimestamp: timestamp(seconds),
    deletionGracePeriodSeconds: seconds,
  };
  return { ...object, metadata };
}

export function terminatingNamespace(object: KubernetesObject): KubernetesObject {
  const metadata = { ...object.metadata, deletionTimestamp: timestamp() };
  return { ...object, metadata, status: { ...object.status, phase: 'Terminating' } };
}

/** JSON merge patch (RFC 7386). */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const result: Record<string, unknown> = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = mergePatch(result[key], value);
  }
  return result;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The fields that the server fills in. */
function firstState(resource: Resource, { spec, status }: KubernetesObject): KubernetesObject {
  if (resource.kind === 'Pod') return { status: { phase: 'Pending', ...status } };
  if (resource.kind !== 'Namespace') return {};
  return { spec: { finalizers: ['kubernetes'], ...spec }, status: { phase: 'Active', ...status } };
}

function withoutServerFields(metadata: Metadata = {}): Metadata {
  const {
    uid: _uid,
    resourceVersion: _resourceVersion,
    generation: _generation,
    creationTimestamp: _creationTimestamp,
    deletionTimestamp: _deletionTimestamp,
    deletionGracePeriodSeconds: _deletionGracePeriodSeconds,
    ...rest
  } = metadata;
  return rest;
}

function serverFields(metadata: Metadata): Metadata {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = metadata;
  const { deletionTimestamp, deletionGracePeriodSeconds } = metadata;
  return {
    ...(name && { name }),
    ...(namespace && { namespace }),
    ...(uid && { uid }),
    ...(resourceVersion && { resourceVersion }),
    ...(creationTimestamp && { creationTimestamp }),
    ...(deletionTimestamp && { deletionTimestamp }),
    ...(deletionGracePeriodSeconds !== undefined && { deletionGracePeriodSeconds }),
  };
}

function typeOf(resource: Resource): { kind: string; apiVersion: string } {
  return { kind: resource.kind, apiVersion: apiVersionOf(resource) };
}

function hasGeneration({ kind }: Resource): boolean {
  return kind !== 'Namespace' && kind !== 'Pod' && kind !== 'Event';
}

/** Has a status that only the status subresource changes. */
function hasStatus({ kind }: Resource): boolean {
  return kind !== 'NetworkAttachmentDefinition' && kind !== 'Event';
}

/** Now plus some seconds, in the form of metav1.Time. */
function timestamp(secondsFromNow = 0): string {
  return new Date(Date.now() + secondsFromNow * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
}
