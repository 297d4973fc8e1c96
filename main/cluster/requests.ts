import { createHash } from 'node:crypto';
import type { NetworkManifest, NetworkObject } from '../guard/manifest.ts';
import { readNetworkObject } from '../guard/manifest.ts';
import type { NetworkUser } from '../guard/users.ts';
import { readPod } from '../guard/users.ts';
import type { Connection } from './api.ts';
import { ApiError } from './api.ts';
import { readPage } from './list-answers.ts';
import type { Resource } from './resources.ts';
import { collectionPath, NETWORKS, PODS } from './resources.ts';
import { oneLine } from './text.ts';

/** Who we are in managedFields, so that others see who made the object. */
export const FIELD_MANAGER = 'netkeeper';

const UID_PREFIX = 'uid-';
const MOST_VERSION_CHARACTERS = 64;

/**
 * The server's version, such as `v1.20.2`; undefined where it does not tell it to everybody: a server that answers
 * is reachable all the same. Throws ApiError if it is not.
 */
export async function readServerVersion(
  connection: Connection,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const answer = await connection.request({ lane: 'control', method: 'GET', path: '/version', signal });
    const version = field(answer, 'gitVersion');
    return typeof version === 'string' ? oneLine(version, MOST_VERSION_CHARACTERS) : undefined;
  } catch (error) {
    if (isHidden(error)) return undefined;
    throw error;
  }
}

/** Throws ApiError `notFound` where the CRD of networks is not installed, and others where it cannot be told. */
export async function requireNetworksServed(
  connection: Connection,
  namespace: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  const path = collectionPath(NETWORKS, namespace, { limit: '1' });
  await connection.request({ lane: 'control', method: 'GET', path, signal });
}

/** Whether the server knows the API group and version of the resource. One that does not tell is taken to say yes. */
export async function isServed(
  connection: Connection,
  { root }: Resource,
  signal: AbortSignal,
): Promise<boolean> {
  const request = connection.request({ lane: 'control', method: 'GET', path: root, signal });
  return request.then(
    () => true,
    (error: unknown) => !(error instanceof ApiError && error.code === 'notFound'),
  );
}

/**
 * The pod as a user of networks if it exists and is alive at this moment, else undefined.
 * A list narrowed to one name and to living phases: metadata alone does not tell the phase, and the server
 * answers such a list with a single consistent read of etcd (apiserver, registry/generic/registry/store.go).
 */
export async function readLivingPod(
  connection: Connection,
  namespace: string,
  name: string,
  signal: AbortSignal,
): Promise<NetworkUser | undefined> {
  const answer = await connection.request({
    lane: 'control',
    method: 'GET',
    path: collectionPath(PODS, namespace, { fieldSelector: `metadata.name=${name},${PODS.fieldSelector}` }),
    accept: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json',
    signal,
  });
  const pod = readPage(answer).items[0];
  return pod === undefined ? undefined : readPod(pod);
}

/** Creates the network and gives it as the server has it now. */
export async function createNetwork(
  connection: Connection,
  manifest: NetworkManifest,
  signal: AbortSignal,
): Promise<NetworkObject> {
  const answer = await connection.request({
    lane: 'control',
    method: 'POST',
    path: collectionPath(NETWORKS, manifest.metadata.namespace, { fieldManager: FIELD_MANAGER }),
    body: manifest,
    signal,
  });
  return requireNetwork(answer);
}

/**
 * Deletes the network if it still has that uid; one with finalizers is only marked, and goes later. Throws ApiError
 * `conflict` where another one stands under its name and `notFound` where none does.
 */
export async function deleteNetwork(
  connection: Connection,
  { namespace, name, uid }: { readonly namespace: string; readonly name: string; readonly uid: string },
  signal: AbortSignal,
): Promise<void> {
  await connection.request({
    lane: 'control',
    method: 'DELETE',
    path: `${collectionPath(NETWORKS, namespace)}/${encodeURIComponent(name)}`,
    body: { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid } },
    signal,
  });
}

/** The network as it is now, or undefined if it is not there. */
export async function readNetwork(
  connection: Connection,
  namespace: string,
  name: string,
  signal: AbortSignal,
): Promise<NetworkObject | undefined> {
  const path = `${collectionPath(NETWORKS, namespace)}/${encodeURIComponent(name)}`;
  const answer = await orUndefined(connection.request({ lane: 'control', method: 'GET', path, signal }));
  return answer === undefined ? undefined : requireNetwork(answer);
}

/** Whether the namespace is going or gone. A server that does not let us look is taken to say no. */
export async function isNamespaceEnding(
  connection: Connection,
  namespace: string,
  signal: AbortSignal,
): Promise<boolean> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}`;
  try {
    const answer = await orUndefined(connection.request({ lane: 'control', method: 'GET', path, signal }));
    return answer === undefined || field(field(answer, 'status'), 'phase') === 'Terminating';
  } catch (error) {
    if (error instanceof ApiError && error.code === 'forbidden') return false;
    throw error;
  }
}

/**
 * What makes this cluster this cluster: the uid of its kube-system namespace, or, for those who may not read
 * that, a digest of `fallback` (server address and CA). Never the context's name: that is only a label.
 */
export async function readClusterIdentity(
  connection: Connection,
  fallback: string,
  signal: AbortSignal,
): Promise<string> {
  const identity = await readSystemUid(connection, signal).catch((error: unknown) => {
    if (isHidden(error)) return undefined;
    throw error;
  });
  return identity ?? `server-${createHash('sha256').update(fallback).digest('hex').slice(0, 32)}`;
}

/**
 * Whether the cluster at the other end still has that identity. A server that is starting refuses everybody until
 * it has read its roles: what it hides then says nothing, and is thrown so that it is asked again.
 */
export async function isStillCluster(
  connection: Connection,
  identity: string,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const now = await readSystemUid(connection, signal);
    return now === identity || (now === undefined && !identity.startsWith(UID_PREFIX));
  } catch (error) {
    if (isHidden(error) && !identity.startsWith(UID_PREFIX)) return true;
    throw error;
  }
}

async function readSystemUid(connection: Connection, signal: AbortSignal): Promise<string | undefined> {
  const path = '/api/v1/namespaces/kube-system';
  const answer = await connection.request({ lane: 'control', method: 'GET', path, signal });
  const uid = field(field(answer, 'metadata'), 'uid');
  return typeof uid === 'string' && uid !== '' ? `${UID_PREFIX}${uid}` : undefined;
}

function isHidden(error: unknown): boolean {
  return error instanceof ApiError && (error.code === 'forbidden' || error.code === 'notFound');
}

/** Leaves a Kubernetes Event on a network that was brought back, for whoever looks with kubectl describe. */
export async function recordResurrection(
  connection: Connection,
  network: NetworkObject,
  note: string,
  at: Date,
  signal: AbortSignal,
): Promise<void> {
  const { name, namespace, uid } = network.metadata;
  await connection.request({
    lane: 'control',
    method: 'POST',
    path: `/apis/events.k8s.io/v1/namespaces/${encodeURIComponent(namespace)}/events?fieldManager=${FIELD_MANAGER}`,
    body: {
      apiVersion: 'events.k8s.io/v1',
      kind: 'Event',
      metadata: { generateName: 'netkeeper-', namespace },
      eventTime: `${at.toISOString().slice(0, -1)}000Z`,
      type: 'Normal',
      reason: 'Resurrected',
      action: 'Create',
      // The API's limit is 1 kB (events.k8s.io/v1 Event.note).
      note: note.slice(0, 1000),
      reportingController: 'netkeeper.dev/netkeeper',
      reportingInstance: 'netkeeper',
      regarding: { apiVersion: network.apiVersion, kind: network.kind, name, namespace, uid },
    },
    signal,
  });
}

function requireNetwork(answer: unknown): NetworkObject {
  const network = readNetworkObject(answer);
  if (network !== undefined) return network;
  throw new ApiError(
    'badAnswer',
    'The server answered with something that is not a NetworkAttachmentDefinition.',
  );
}

async function orUndefined(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiError && error.code === 'notFound') return undefined;
    throw error;
  }
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
