/**
 * What tests do to a real cluster, as its admin. Every step is answered by the server before it resolves.
 *
 *     await createNamespace(cluster, 'web')
 *     await create(cluster, makeNetwork('web', 'net'))
 *     await deletePod(cluster, 'web', 'pod'), deleteNetwork(cluster, 'web', 'net')
 *     await findNetwork(cluster, 'web', 'net')                  // undefined if it is not there
 *     writesOfNetkeeper(cluster)                                // what it wrote, from the audit log
 *     await grantKeeping(cluster, 'keeper')                     // the rights that netkeeper asks for
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubernetesObject } from '../../main/demo/api-server/objects.ts';
import type { AuditedRequest, ControlPlane, PolicyRule } from './control-plane.ts';
import { expectStatus } from './control-plane-processes.ts';
import { type Netkeeper, temporaryFolder } from './netkeeper-process.ts';
import { makeNamespace, makeNetwork, makePod, NAMESPACES, networksIn, podsIn } from './objects.ts';

const APPS = '/apis/apps/v1/namespaces';
const COLLECTIONS: Readonly<Record<string, (namespace: string) => string>> = {
  ConfigMap: (namespace) => `${NAMESPACES}/${namespace}/configmaps`,
  Deployment: (namespace) => `${APPS}/${namespace}/deployments`,
  NetworkAttachmentDefinition: networksIn,
  Pod: podsIn,
};

/** All that is needed to watch everything that can use a network. */
export const VIEWER_RULES: readonly PolicyRule[] = [
  rule('k8s.cni.cncf.io', ['network-attachment-definitions'], ['get', 'list', 'watch']),
  rule('', ['pods'], ['list', 'watch']),
  rule('apps', ['deployments', 'statefulsets', 'daemonsets', 'replicasets'], ['list', 'watch']),
  rule('batch', ['jobs', 'cronjobs'], ['list', 'watch']),
];
/** What bringing networks back needs besides. */
export const CREATOR_RULES: readonly PolicyRule[] = [
  rule('k8s.cni.cncf.io', ['network-attachment-definitions'], ['create']),
  rule('events.k8s.io', ['events'], ['create']),
];
const NAMESPACE_RULES: readonly PolicyRule[] = [rule('', ['namespaces'], ['get'])];

function rule(apiGroup: string, resources: readonly string[], verbs: readonly string[]): PolicyRule {
  return { apiGroups: [apiGroup], resources, verbs };
}

/** Gives a user what `netkeeper watch` asks for, and no more. */
export async function grantKeeping(cluster: ControlPlane, user: string): Promise<void> {
  await cluster.grant(user, [...VIEWER_RULES, ...CREATOR_RULES, ...NAMESPACE_RULES]);
}

export async function createNamespace(cluster: ControlPlane, name: string): Promise<void> {
  expectStatus(await cluster.adminRequest('POST', NAMESPACES, makeNamespace(name)), 201);
}

/** Creates an object of one of the kinds above in its namespace, and gives it as the server has it. */
export async function create(cluster: ControlPlane, object: KubernetesObject): Promise<KubernetesObject> {
  const { kind = '', metadata } = object;
  const collection = COLLECTIONS[kind]?.(metadata?.namespace ?? '');
  if (collection === undefined) throw new Error(`Where do objects of kind "${kind}" live?`);
  const answer = await cluster.adminRequest('POST', collection, object);
  expectStatus(answer, 201);
  return answer.body;
}

/** A pod nobody schedules, so that it stays Pending. */
export function createPod(
  cluster: ControlPlane,
  namespace: string,
  name: string,
  networks: string,
): Promise<KubernetesObject> {
  return create(cluster, makePod(namespace, name, { networks }));
}

export async function deletePod(cluster: ControlPlane, namespace: string, name: string): Promise<void> {
  const path = `${podsIn(namespace)}/${name}?gracePeriodSeconds=0`;
  expectStatus(await cluster.adminRequest('DELETE', path), 200);
}

export async function deleteNetwork(cluster: ControlPlane, namespace: string, name: string): Promise<void> {
  expectStatus(await cluster.adminRequest('DELETE', `${networksIn(namespace)}/${name}`), 200);
}

export async function findNetwork(
  cluster: ControlPlane,
  namespace: string,
  name: string,
): Promise<KubernetesObject | undefined> {
  const answer = await cluster.adminRequest('GET', `${networksIn(namespace)}/${name}`);
  return answer.status === 404 ? undefined : answer.body;
}

/** Names of the networks in one namespace. */
export async function listNetworks(cluster: ControlPlane, namespace: string): Promise<string[]> {
  const { body } = await cluster.adminRequest('GET', networksIn(namespace));
  return (body.items ?? []).map(({ metadata }) => metadata?.name ?? '');
}

export interface ContextEntry {
  readonly name: string;
  readonly url: string;
  readonly caFile: string;
  readonly token: string;
  readonly proxyUrl?: string;
}

/** A kubeconfig of servers and tokens of any kind, also wrong ones. Its current context is the first one. */
export function writeKubeconfig(
  contexts: readonly ContextEntry[],
  file = join(temporaryFolder(), 'kubeconfig'),
): string {
  const kubeconfig = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': contexts[0]?.name,
    clusters: contexts.map(({ name, url, caFile, proxyUrl }) => ({
      name,
      cluster: { server: url, 'certificate-authority': caFile, ...(proxyUrl && { 'proxy-url': proxyUrl }) },
    })),
    users: contexts.map(({ name, token }) => ({ name, user: { token } })),
    contexts: contexts.map(({ name }) => ({ name, context: { cluster: name, user: name } })),
  };
  writeFileSync(file, JSON.stringify(kubeconfig), { mode: 0o600 });
  return file;
}

/** The control plane as a context; by default its admin's. */
export function contextEntry(cluster: ControlPlane, name: string, user = 'admin'): ContextEntry {
  return { name, url: cluster.url, caFile: cluster.caFile, token: cluster.token(user) };
}

/** What kinds of things netkeeper has written, through the first API server, as the server's audit log has it. */
export function writesOfNetkeeper(cluster: ControlPlane): Set<string> {
  const writes = requestsOfNetkeeper(cluster).filter(({ verb }) => !READING.has(verb));
  return new Set(
    writes.map(({ verb, objectRef }) => `${verb} ${objectRef?.resource}.${objectRef?.apiGroup ?? ''}`),
  );
}

/** All that it may ever write: networks, Events on them, and questions about its own rights. */
export const ALLOWED_WRITES: ReadonlySet<string> = new Set([
  'create network-attachment-definitions.k8s.cni.cncf.io',
  'create events.events.k8s.io',
  'create selfsubjectaccessreviews.authorization.k8s.io',
]);

/** What it has read, by resource or path. */
export function readsOfNetkeeper(cluster: ControlPlane): Set<string> {
  const reads = requestsOfNetkeeper(cluster).filter(({ verb }) => READING.has(verb));
  return new Set(reads.map(({ objectRef, requestURI }) => objectRef?.resource ?? requestURI));
}

const READING: ReadonlySet<string> = new Set(['get', 'list', 'watch']);

function requestsOfNetkeeper(cluster: ControlPlane): AuditedRequest[] {
  return cluster.readAuditLog().filter(({ userAgent }) => userAgent?.startsWith('netkeeper/'));
}

let settlings = 0;

/**
 * Resolves when `netkeeper` has dealt with all that was done to the cluster before: the server tells of
 * deletions in order, and here it answers to one more. For tests of what must not happen.
 */
export async function settle(cluster: ControlPlane, netkeeper: Netkeeper, context?: string): Promise<void> {
  const name = `settling-${++settlings}`;
  await create(cluster, makeNetwork('default', name));
  await createPod(cluster, 'default', name, name);
  await deleteNetwork(cluster, 'default', name);
  await netkeeper.line({ event: 'restored', namespace: 'default', name, ...(context && { context }) });
}
