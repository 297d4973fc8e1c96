/**
 * A small in-memory Kubernetes API server, for demo clusters and tests: real HTTP/1.1 on 127.0.0.1. It is not a
 * Kubernetes: it knows the resources of resources.ts, has no controllers, no schemas and no discovery. What it
 * does it does as the real one, which test/support/conformance.ts checks against both.
 *
 *     const server = await startApiServer({ users: { 'a-token': { name: 'viewer', rules: [...] } } });
 *     server.url                                              // http://127.0.0.1:PORT
 *     server.create({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace } })   // at once, status kept
 *     server.get('Pod', 'web', 'pod-1'), server.list('Pod', 'web'), server.list('Pod')
 *     server.patch('Pod', 'web', 'pod-1', { status: { phase: 'Running' } })             // status too
 *     server.delete('Pod', 'web', 'pod-1', { gracePeriodSeconds: 0 })
 *     server.delete('Namespace', '', 'web'), server.finishNamespaceDeletion('web')
 *     server.removeNadCrd(), server.installNadCrd()
 *     server.writes                                           // what clients wrote over HTTP
 *     server.onRequest((request) => ...)                      // each request, as it arrives
 *     server.inject({ effect: { kind: 'drop' }, when: ({ verb, resource }) => ..., times: 2 })
 *     server.watches.count(), .end(), .drop(), .silence(), .cutInNextEvent(), .sendGarbage(), .sendError(status)
 *     server.compact()                                        // every version known to clients is too old: 410
 *     await server.pause(), await server.resume()             // connection refused, then back on the same port
 *     server.becomeAnotherCluster()                           // made anew: empty, another kube-system uid
 *     await server.close()
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Access, type User } from './access.ts';
import { Cluster } from './cluster.ts';
import { type Fault, Faults, type InjectedFault } from './faults.ts';
import { Handler, type RecordedWrite } from './handler.ts';
import type { WriteOptions } from './object-changes.ts';
import type { KubernetesObject } from './objects.ts';
import type { ApiRequest } from './request.ts';
import { ALL_RESOURCES, isKind, type Kind, RESOURCES } from './resources.ts';
import type { Watches } from './watches.ts';

export interface ApiServerOptions {
  /** By bearer token. Without users every request is allowed, with or without a token. */
  readonly users?: Readonly<Record<string, User>>;
  /** Whether the CRD of networks is installed at the start; true unless told. */
  readonly nadCrd?: boolean;
  /** Whether KubeVirt's VirtualMachines are served; false unless told. */
  readonly kubevirt?: boolean;
  /** How many changes of each kind are kept for watches; 10,000 unless told. */
  readonly historySize?: number;
  /** 60 s unless told, as the real server. */
  readonly bookmarkIntervalMs?: number;
}

export interface ApiServer {
  readonly url: string;
  /** Oldest first. */
  readonly writes: readonly RecordedWrite[];
  readonly watches: Watches;
  /** These five go past faults, access and `writes`. They throw StatusError. */
  create(object: KubernetesObject): KubernetesObject;
  get(kind: Kind, namespace: string, name: string): KubernetesObject | undefined;
  list(kind: Kind, namespace?: string): KubernetesObject[];
  patch(
    kind: Kind,
    namespace: string,
    name: string,
    mergePatch: Readonly<Record<string, unknown>>,
  ): KubernetesObject;
  /** As DELETE does it: a pod on a node, or an object with finalizers, only gets a deletionTimestamp. */
  delete(kind: Kind, namespace: string, name: string, options?: { gracePeriodSeconds?: number }): void;
  /** Deletes the content of a terminating namespace and the namespace; false where finalizers hold some back. */
  finishNamespaceDeletion(name: string): boolean;
  installNadCrd(): void;
  /** Deletes every network; their path is 404 from then on. */
  removeNadCrd(): void;
  /** Changes what a bearer token may do; undefined revokes it. */
  setUser(token: string, user: User | undefined): void;
  inject(fault: Fault): InjectedFault;
  clearFaults(): void;
  /** Calls the listener for each request as it arrives. The returned function ends that. */
  onRequest(listener: (request: ApiRequest) => void): () => void;
  compact(): void;
  becomeAnotherCluster(): void;
  /** Closes the listener and every connection. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
const DEFAULT_HISTORY_SIZE = 10_000;
const DEFAULT_BOOKMARK_INTERVAL_MS = 60_000;
const DIRECT: WriteOptions = { part: 'all', manager: 'kubectl' };

/** Starts a server on a free port. */
export async function startApiServer(options: ApiServerOptions = {}): Promise<ApiServer> {
  const { historySize = DEFAULT_HISTORY_SIZE, bookmarkIntervalMs = DEFAULT_BOOKMARK_INTERVAL_MS } = options;
  const makeCluster = (served: Iterable<Kind>) => new Cluster({ historySize, served });
  const access = new Access(options.users ?? {});
  const faults = new Faults();
  const handler = new Handler(makeCluster(initiallyServed(options)), access, faults, bookmarkIntervalMs);
  const { watches, writes } = handler;

  const http = createServer((message, response) => handler.serve(message, response));
  // Idle connections stay, as with the real server; Node's own limit of 5 s would break warm connections.
  http.keepAliveTimeout = 0;
  const listen = async (port: number) => {
    http.listen(port, HOST);
    await once(http, 'listening');
    return portOf(http.address());
  };
  const stopListening = async () => {
    const closed = once(http, 'close');
    http.close();
    http.closeAllConnections();
    await closed;
  };
  const port = await listen(0);

  return {
    url: `http://${HOST}:${port}`,
    writes,
    watches,
    create(object) {
      const resource = RESOURCES[kindOf(object)];
      const namespace = resource.namespaced ? (object.metadata?.namespace ?? 'default') : '';
      return handler.cluster.registry.create(resource, namespace, object, DIRECT).object;
    },
    get: (kind, namespace, name) => handler.cluster.store.get(kind, namespace, name)?.object,
    list: (kind, namespace) => handler.cluster.store.list(kind, namespace).map(({ object }) => object),
    patch(kind, namespace, name, mergePatch) {
      return handler.cluster.registry.patch(RESOURCES[kind], namespace, name, mergePatch, DIRECT).object;
    },
    delete(kind, namespace, name, options = {}) {
      handler.cluster.registry.delete(RESOURCES[kind], namespace, name, options);
    },
    finishNamespaceDeletion: (name) => handler.cluster.registry.finishNamespaceDeletion(name),
    installNadCrd: () => handler.cluster.serve('NetworkAttachmentDefinition'),
    removeNadCrd() {
      handler.cluster.stopServing('NetworkAttachmentDefinition');
      watches.end(({ known }) => known?.kind === 'NetworkAttachmentDefinition');
    },
    setUser: (token, user) => access.setUser(token, user),
    inject: (fault) => faults.inject(fault),
    clearFaults: () => faults.clear(),
    onRequest(listener) {
      handler.listeners.add(listener);
      return () => handler.listeners.delete(listener);
    },
    compact: () => handler.cluster.compact(),
    becomeAnotherCluster() {
      handler.cluster = makeCluster(handler.cluster.served);
      watches.drop();
    },
    pause: stopListening,
    async resume() {
      await listen(port);
    },
    async close() {
      if (http.listening) await stopListening();
    },
  };
}

function initiallyServed({ nadCrd = true, kubevirt = false }: ApiServerOptions): Kind[] {
  return ALL_RESOURCES.map(({ kind }) => kind).filter((kind) => {
    if (kind === 'NetworkAttachmentDefinition') return nadCrd;
    return kind !== 'VirtualMachine' || kubevirt;
  });
}

function kindOf({ kind }: KubernetesObject): Kind {
  if (!isKind(kind)) throw new Error(`The API server has no kind ${String(kind)}.`);
  return kind;
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The API server has no port.');
  return address.port;
}
