/**
 * A real control plane for tests: etcd and kube-apiserver (v1.20 or newer), without a controller-manager:
 * no garbage collection, no namespace deletion, no Deployment becoming pods.
 *
 *     const cluster = await startControlPlane({ users: ['viewer'] });   // throws without binaries, see assets.ts
 *     cluster.url, cluster.caFile, cluster.token('viewer')
 *     cluster.writeKubeconfig([{ name: 'real', user: 'viewer' }])       // gives the file's path
 *     await cluster.adminRequest('POST', '/api/v1/namespaces', namespaceObject)
 *     await cluster.grant('viewer', [{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }])
 *     await cluster.installNadCrd(), removeNadCrd()
 *     await cluster.finishNamespaceDeletion('web')
 *     await cluster.stopApiServer(), startApiServer()                   // SIGKILL; same port, same etcd
 *     await cluster.secondApiServer()                                   // { url, stop() } on the same etcd
 *     await cluster.startAnew()                                         // another cluster at the same address
 *     await cluster.compact()                                           // etcd forgets old versions
 *     cluster.readAuditLog()                                            // who asked the first API server for what
 *     await cluster.stop()                                              // nothing stays behind
 *
 * Nothing stays behind when the test run is killed either: see child.ts.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NAD_CRD } from '../../main/demo/nad-crd.ts';
import { findAssets, MISSING_ASSETS } from './assets.ts';
import { type Child, makeTemporaryFolder, type TemporaryFolder } from './child.ts';
import {
  ADMIN_TOKEN,
  auditLogFile,
  certificateFile,
  compactEtcd,
  type Etcd,
  etcdFolder,
  expectStatus,
  type Folders,
  startApiServer,
  startEtcd,
  until,
  writeAuditPolicy,
  writeCredentials,
} from './control-plane-processes.ts';
import { type Answer, send } from './http.ts';
import { NAMESPACES, networksIn, podsIn } from './objects.ts';
import { freePort } from './ports.ts';

export interface ControlPlaneOptions {
  /** Users with a bearer token besides `admin` (group system:masters). They may do nothing until `grant`. */
  readonly users?: readonly string[];
}

/** rbac.authorization.k8s.io/v1 PolicyRule. */
export interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

export interface KubeconfigContext {
  readonly name: string;
  /** `admin` or one of the options' users. */
  readonly user: string;
  /** Another server than the control plane's first one. */
  readonly url?: string;
}

/** The fields that tests look at of an audit.k8s.io/v1 Event. */
export interface AuditedRequest {
  readonly verb: string;
  readonly requestURI: string;
  readonly user: { readonly username: string };
  readonly userAgent?: string;
  readonly objectRef?: {
    readonly resource?: string;
    readonly subresource?: string;
    readonly apiGroup?: string;
    readonly namespace?: string;
    readonly name?: string;
  };
  readonly responseStatus?: { readonly code?: number };
}

export interface ApiServerProcess {
  readonly url: string;
  /** SIGKILL. */
  stop(): Promise<void>;
}

const CRDS_PATH = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const RBAC_PATH = '/apis/rbac.authorization.k8s.io/v1';
const REVIEWS_PATH = '/apis/authorization.k8s.io/v1/subjectaccessreviews';

/** Starts etcd and an API server and waits until it serves; about 5 s. Throws with the end of the log on failure. */
export async function startControlPlane(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
  const assets = findAssets();
  if (!assets) throw new Error(`The control plane ${MISSING_ASSETS}.`);
  const temporary = makeTemporaryFolder('control-plane-');
  const folders = { assets, work: temporary.path };
  const tokens = new Map((options.users ?? []).map((user) => [user, `token-of-${user}`]));
  tokens.set('admin', ADMIN_TOKEN);
  try {
    writeCredentials(folders, tokens);
    writeAuditPolicy(folders);
    const etcd = await startEtcd(folders);
    const cluster = new ControlPlane({ folders, temporary, tokens, etcd, port: await freePort() });
    await cluster.startApiServer().catch(async (error) => {
      await cluster.stop();
      throw error;
    });
    return cluster;
  } catch (error) {
    temporary.remove();
    throw error;
  }
}

interface Parts {
  readonly folders: Folders;
  readonly temporary: TemporaryFolder;
  readonly tokens: ReadonlyMap<string, string>;
  readonly etcd: Etcd;
  readonly port: number;
}

export class ControlPlane {
  readonly url: string;
  /** The certificate authority of every API server of this control plane. */
  readonly caFile: string;
  readonly #parts: Parts;
  readonly #others = new Set<Child>();
  #etcd: Etcd;
  #server: Child | undefined;
  #kubeconfigs = 0;
  #roles = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#etcd = parts.etcd;
    this.url = `https://127.0.0.1:${parts.port}`;
    this.caFile = certificateFile(parts.folders);
  }

  token(user: string): string {
    const token = this.#parts.tokens.get(user);
    if (!token) throw new Error(`The control plane has no user "${user}".`);
    return token;
  }

  /** Writes a kubeconfig whose current context is the first one, and gives its path. */
  writeKubeconfig(contexts: readonly KubeconfigContext[]): string {
    const file = join(this.#parts.folders.work, `kubeconfig-${++this.#kubeconfigs}`);
    const kubeconfig = {
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': contexts[0]?.name ?? '',
      clusters: contexts.map(({ name, url = this.url }) => ({
        name,
        cluster: { server: url, 'certificate-authority': this.caFile },
      })),
      contexts: contexts.map(({ name, user }) => ({ name, context: { cluster: name, user } })),
      users: [...new Set(contexts.map(({ user }) => user))].map((user) => ({
        name: user,
        user: { token: this.token(user) },
      })),
    };
    writeFileSync(file, JSON.stringify(kubeconfig), { mode: 0o600 });
    return file;
  }

  adminRequest(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const admin = { url: this.url, caFile: this.caFile, token: ADMIN_TOKEN };
    return send(admin, method, path, { body, headers });
  }

  /** Allows `rules` to a user, cluster-wide or in one namespace, and waits until it holds. */
  async grant(user: string, rules: readonly PolicyRule[], namespace?: string): Promise<void> {
    const name = `${user}-${++this.#roles}`;
    const apiGroup = 'rbac.authorization.k8s.io';
    const scope = namespace ? `namespaces/${namespace}/rolebindings` : 'clusterrolebindings';
    await this.#create(`${RBAC_PATH}/clusterroles`, { metadata: { name }, rules });
    await this.#create(`${RBAC_PATH}/${scope}`, {
      metadata: { name },
      roleRef: { apiGroup, kind: 'ClusterRole', name },
      subjects: [{ apiGroup, kind: 'User', name: user }],
    });
    await until(`the role of ${user} holds`, () => this.#isAllowed(user, rules, namespace));
  }

  /** Creates the CRD and waits until networks can be listed (a new CRD's path is 404 for a second or two). */
  async installNadCrd(): Promise<void> {
    await this.#create(CRDS_PATH, NAD_CRD);
    await until('the networks can be listed', () => this.#answers(networksIn(), 200));
  }

  /** Deletes the CRD, every network with it, and waits until the path is 404. */
  async removeNadCrd(): Promise<void> {
    expectStatus(await this.adminRequest('DELETE', `${CRDS_PATH}/${NAD_CRD.metadata.name}`), 200);
    await until('the networks are gone', () => this.#answers(networksIn(), 404));
  }

  /** What the namespace controller does for a terminating namespace: its pods and networks go, then it. */
  async finishNamespaceDeletion(name: string): Promise<void> {
    for (const path of [networksIn(name), podsIn(name)]) {
      expectStatus(await this.adminRequest('DELETE', `${path}?gracePeriodSeconds=0`), 200);
    }
    const { body } = await this.adminRequest('GET', `${NAMESPACES}/${name}`);
    const finalized = { ...body, spec: { finalizers: [] } };
    expectStatus(await this.adminRequest('PUT', `${NAMESPACES}/${name}/finalize`, finalized), 200);
  }

  /** Kills the API server, as a crash would. */
  async stopApiServer(): Promise<void> {
    await this.#server?.kill();
    this.#server = undefined;
  }

  /** Starts it again, on the same port and the same etcd. */
  async startApiServer(): Promise<void> {
    const { folders, port } = this.#parts;
    this.#server ??= await startApiServer(folders, this.#etcd, port);
  }

  /** Puts another, empty cluster at the same address, with the same certificate and users. */
  async startAnew(): Promise<void> {
    const { folders } = this.#parts;
    await this.stopApiServer();
    await this.#etcd.child.kill();
    rmSync(etcdFolder(folders), { recursive: true });
    this.#etcd = await startEtcd(folders);
    await this.startApiServer();
  }

  /** Starts another API server on the same etcd. */
  async secondApiServer(): Promise<ApiServerProcess> {
    const { folders } = this.#parts;
    const port = await freePort();
    const child = await startApiServer(folders, this.#etcd, port);
    this.#others.add(child);
    return { url: `https://127.0.0.1:${port}`, stop: () => child.kill() };
  }

  /** Compacts etcd at its current revision, so that older continue tokens are 410. */
  compact(): Promise<void> {
    return compactEtcd(this.#etcd);
  }

  /** Requests to the first API server; a watch is in it when it has ended. */
  readAuditLog(): AuditedRequest[] {
    const { folders, port } = this.#parts;
    const lines = readFileSync(auditLogFile(folders, port), 'utf8').trimEnd().split('\n');
    return lines.map((line) => JSON.parse(line));
  }

  async stop(): Promise<void> {
    const { temporary } = this.#parts;
    const servers = this.#server ? [this.#server, ...this.#others] : [...this.#others];
    await Promise.all([...servers, this.#etcd.child].map((child) => child.kill()));
    temporary.remove();
  }

  async #create(path: string, body: unknown): Promise<void> {
    expectStatus(await this.adminRequest('POST', path, body), 201);
  }

  async #answers(path: string, status: number): Promise<boolean> {
    return (await this.adminRequest('GET', path)).status === status;
  }

  async #isAllowed(user: string, [rule]: readonly PolicyRule[], namespace?: string): Promise<boolean> {
    const resourceAttributes = {
      ...(namespace && { namespace }),
      ...{ group: rule?.apiGroups[0], resource: rule?.resources[0], verb: rule?.verbs[0] },
    };
    const answer = await this.adminRequest('POST', REVIEWS_PATH, { spec: { user, resourceAttributes } });
    return answer.body.status?.allowed === true;
  }
}
