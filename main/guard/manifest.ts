/**
 * A NetworkAttachmentDefinition as the cluster shows it, the object that brings it back, and what differs
 * between two of them. Everything here takes parsed JSON, as hostile or broken as it may be, and never throws.
 */
export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
}

export interface ObjectMeta {
  readonly name: string;
  readonly namespace: string;
  /** "" if the server gave none. */
  readonly uid: string;
  readonly resourceVersion?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
  readonly ownerReferences?: readonly OwnerReference[];
  readonly managedFields?: readonly { readonly manager?: string }[];
  readonly deletionTimestamp?: string;
  readonly creationTimestamp?: string;
}

export interface NetworkObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly spec?: Readonly<Record<string, unknown>>;
}

/** What a create request carries: of the metadata only what a person wrote. */
export interface NetworkManifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Pick<ObjectMeta, 'name' | 'namespace' | 'labels' | 'annotations'>;
  readonly spec?: Readonly<Record<string, unknown>>;
}

const API_VERSION = 'k8s.cni.cncf.io/v1';
const KIND = 'NetworkAttachmentDefinition';

/** `differences` is for a message: nobody reads further than this. */
const MOST_DIFFERENCES = 10;
const LONGEST_PATH_CHARACTERS = 100;

/**
 * Reads a network from a server's answer. Gives undefined if it has no name or no namespace, since nothing can
 * refer to such an object. Parts of a wrong type are left out; `spec` and top-level keys that we do not know
 * are kept as they are. apiVersion and kind may be missing (items of some lists): they are what they must be.
 */
export function readNetworkObject(value: unknown): NetworkObject | undefined {
  if (!isRecord(value)) return undefined;
  const metadata = readMetadata(value.metadata);
  if (metadata === undefined) return undefined;
  const { apiVersion, kind, spec, ...others } = value;
  return {
    ...others,
    apiVersion: readText(apiVersion) || API_VERSION,
    kind: readText(kind) || KIND,
    metadata,
    ...(isRecord(spec) && { spec }),
  };
}

/**
 * The object to create so that `deleted` is there again: name, namespace, labels, annotations and spec as they
 * were. The rest of the metadata belongs to the life that ended: the server refuses a resourceVersion, a dead
 * owner would have the object collected again, and nobody is left to take old finalizers away. Top-level keys
 * besides `status` (which a server fills in itself) are content as much as `spec` is; a NAD has none today.
 */
export function restorableManifest(deleted: NetworkObject): NetworkManifest {
  const { metadata, ...content } = deleted;
  const { name, namespace, labels, annotations } = metadata;
  if ('status' in content) delete content.status;
  return {
    ...content,
    metadata: {
      name,
      namespace,
      ...(labels !== undefined && { labels }),
      ...(annotations !== undefined && { annotations }),
    },
  };
}

/**
 * Whether two networks are the same to a pod: equal specs, in whatever order their keys are. Labels and
 * annotations do not count, since others label and annotate what they did not write. No spec equals an empty
 * one: both mean "configured on the nodes".
 */
export function sameContent(a: Pick<NetworkObject, 'spec'>, b: Pick<NetworkObject, 'spec'>): boolean {
  return differences(a, b).length === 0;
}

/** Dotted paths at which the specs of two networks differ, such as `spec.config`, the shortest first; at most ten. */
export function differences(a: Pick<NetworkObject, 'spec'>, b: Pick<NetworkObject, 'spec'>): string[] {
  const found: string[] = [];
  // A queue and not recursion: nesting can be deeper than the stack.
  const pairs: Pair[] = [{ path: 'spec', left: a.spec ?? {}, right: b.spec ?? {} }];
  for (const pair of pairs) {
    if (pair.left === pair.right) continue;
    if (bothHaveKeys(pair)) {
      for (const inner of innerPairs(pair)) pairs.push(inner);
    } else {
      found.push(pair.path.slice(0, LONGEST_PATH_CHARACTERS));
      if (found.length === MOST_DIFFERENCES) break;
    }
  }
  return found;
}

interface Pair {
  readonly path: string;
  readonly left: unknown;
  readonly right: unknown;
}

function* innerPairs({ path, left, right }: { path: string; left: object; right: object }): Iterable<Pair> {
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
    yield { path: `${path}.${key}`, left: ownValue(left, key), right: ownValue(right, key) };
  }
}

/** Whether both are objects or both are arrays, so that the difference lies within them. */
function bothHaveKeys(pair: Pair): pair is { path: string; left: object; right: object } {
  const { left, right } = pair;
  return isObject(left) && isObject(right) && Array.isArray(left) === Array.isArray(right);
}

function readMetadata(value: unknown): ObjectMeta | undefined {
  if (!isRecord(value)) return undefined;
  const name = readText(value.name);
  const namespace = readText(value.namespace);
  if (name === '' || namespace === '') return undefined;
  const labels = readTexts(value.labels);
  const annotations = readTexts(value.annotations);
  const { finalizers, ownerReferences, managedFields } = value;
  return {
    name,
    namespace,
    uid: readText(value.uid),
    ...(typeof value.resourceVersion === 'string' && { resourceVersion: value.resourceVersion }),
    ...(labels !== undefined && { labels }),
    ...(annotations !== undefined && { annotations }),
    ...(Array.isArray(finalizers) && { finalizers: finalizers.filter((item) => typeof item === 'string') }),
    ...(Array.isArray(ownerReferences) && {
      ownerReferences: ownerReferences.filter(isRecord).map(readOwner),
    }),
    ...(Array.isArray(managedFields) && { managedFields: managedFields.filter(isRecord).map(readManager) }),
    ...(typeof value.deletionTimestamp === 'string' && { deletionTimestamp: value.deletionTimestamp }),
    ...(typeof value.creationTimestamp === 'string' && { creationTimestamp: value.creationTimestamp }),
  };
}

/** Odd parts become "": that a network has an owner matters even if the owner cannot be found. */
function readOwner(value: Readonly<Record<string, unknown>>): OwnerReference {
  return {
    apiVersion: readText(value.apiVersion),
    kind: readText(value.kind),
    name: readText(value.name),
    uid: readText(value.uid),
    ...(typeof value.controller === 'boolean' && { controller: value.controller }),
  };
}

function readManager(value: Readonly<Record<string, unknown>>): { manager?: string } {
  return typeof value.manager === 'string' ? { manager: value.manager } : {};
}

function readText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The entries whose value is a string; built so that a key such as `__proto__` is a key like any other. */
function readTexts(value: unknown): Readonly<Record<string, string>> | undefined {
  if (!isRecord(value)) return undefined;
  const entries = Object.entries(value).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(entries);
}

function ownValue(object: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(object, key)?.value;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return isObject(value) && !Array.isArray(value);
}
