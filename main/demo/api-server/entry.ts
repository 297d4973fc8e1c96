/** An object in the store with its JSON, written once however many clients read it. */
import type { KubernetesObject, Metadata } from './objects.ts';
import { apiVersionOf, type Resource } from './resources.ts';

/** What the client asked for: the whole object, or PartialObjectMetadata. */
export type Form = 'whole' | 'partial';

/** The order of fields in Go's ObjectMeta: what is cut out of the bytes by clients depends on it. */
const METADATA_FIELDS = [
  ...['name', 'generateName', 'namespace', 'uid', 'resourceVersion', 'generation', 'creationTimestamp'],
  ...['deletionTimestamp', 'deletionGracePeriodSeconds', 'labels', 'annotations', 'ownerReferences'],
  ...['finalizers', 'managedFields'],
];

export class Entry {
  readonly resource: Resource;
  readonly namespace: string;
  readonly name: string;
  /** The number in metadata.resourceVersion. */
  readonly version: number;
  readonly object: KubernetesObject;
  #json: string | undefined;
  #partialJson: string | undefined;

  constructor(resource: Resource, object: KubernetesObject, version: number) {
    this.resource = resource;
    this.namespace = object.metadata?.namespace ?? '';
    this.name = object.metadata?.name ?? '';
    this.version = version;
    this.object = { ...object, metadata: { ...object.metadata, resourceVersion: String(version) } };
  }

  json(form: Form): string {
    if (form === 'partial') {
      this.#partialJson ??= partialJson(this.object.metadata);
      return this.#partialJson;
    }
    this.#json ??= wholeJson(this.resource, this.object);
    return this.#json;
  }

  /** The JSON in a list, where built-in resources leave out kind and apiVersion. */
  itemJson(form: Form): string {
    const json = this.json(form);
    return form === 'partial' || this.resource.custom
      ? json
      : `{${json.slice(typeJson(this.resource).length)}`;
  }

  /** The same object under another version, as it is in a DELETED event. */
  at(version: number): Entry {
    return new Entry(this.resource, this.object, version);
  }
}

/** The object of a bookmark: only a version. */
export function bookmarkJson(resource: Resource, form: Form, version: number): string {
  const metadata = { resourceVersion: String(version), ...(!resource.custom && { creationTimestamp: null }) };
  if (form === 'partial') return partialJson({ ...metadata, creationTimestamp: null });
  return wholeJson(resource, { metadata });
}

function wholeJson(resource: Resource, object: KubernetesObject): string {
  const { kind: _kind, apiVersion: _apiVersion, metadata, ...rest } = object;
  if (resource.custom) {
    return JSON.stringify(sortKeys({ ...object, apiVersion: apiVersionOf(resource), kind: resource.kind }));
  }
  return typeJson(resource) + JSON.stringify({ metadata: inOrder(metadata), ...rest }).slice(1);
}

function typeJson(resource: Resource): string {
  return `{"kind":"${resource.kind}","apiVersion":"${apiVersionOf(resource)}",`;
}

function partialJson(metadata: Metadata | undefined): string {
  const type = { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1' };
  return JSON.stringify({ ...type, metadata: inOrder(metadata) });
}

function inOrder(metadata: Metadata = {}): Record<string, unknown> {
  const fields: Readonly<Record<string, unknown>> = { ...metadata };
  return Object.fromEntries(METADATA_FIELDS.map((field) => [field, fields[field]]));
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([key, field]) => [key, sortKeys(field)]));
}
