/**
 * A real control plane for tests: etcd and kube-apiserver (v1.20 or newer), without a controller-manager:
 * no garbage collection, no namespace deletion, no Deployment becoming pods.
 *
 *     const cluster = await startControlPlane({ users: ['viewer'] });   // throws without binaries, see assets.ts
 *     cluster.url, cluster.caFile, cluster.token('viewer')
 *     cluster.writeKubeconfig([{ name: 'real', user: 'viewer' }])       // gives the file's path
 *     await cluster.adminRequest('POST', '/api/v1/namespaces', namespaceObject)
 *     await cluster.grant('viewer', [{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }])
 *     await cluster.installNadCrd()                                     // and removeNadCrd()
 *     await cluster.stopApiServer(), startApiServer()                   // SIGKILL; same port, same etcd
 *     await cluster.secondApiServer()                                   // { url, stop() } on the same etcd
 *     await cluster.compact()                                           // etcd forgets old versions
 *     await cluster.stop()                                              // nothing stays behind
 *
 * Nothing stays behind when the test run is killed either: see child.ts.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NAD_CRD } from '../../main/demo/nad-crd.ts';
import { findAssets, MISSING_ASSETS } from './assets.ts';
import { type Child, makeTemporaryFolder, startChild } from './child.ts';
import { type Answer, send, type Target } from './http.ts';
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

export interface ApiServerProcess {
  readonly url: string;
  stop(): Promise<void>;
}

export interface ControlPlane {
  readonly url: string;
  /** The certificate authority of every API server of this control plane. */
  readonly caFile: string;
  token(user: string): string;
  /** Writes a kubeconfig whose current context is the first one, and gives its path. */
  writeKubeconfig(contexts: readonly KubeconfigContext[]): string;
  adminRequest(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>;
  /** Allows `rules` to a user, cluster-wide or in one namespace, and waits until it holds. */
  grant(user: string, rules: readonly PolicyRule[], namespace?: string): Promise<void>;
  /** Creates the CRD and waits until networks can be listed (a new CRD's path is 404 for a second or two). */
  installNadCrd(): Promise<void>;
  /** Deletes the CRD, every network with it, and waits until the path is 404. */
  removeNadCrd(): Promise<void>;
  /** Kills the API server, as a crash would. */
  stopApiServer(): Promise<void>;
  /** Starts it again, on the same port and the same etcd. */
  startApiServer(): Promise<void>;
  secondApiServer(): Promise<ApiServerProcess>;
  /** Compacts etcd at its current revision, so that older continue tokens are 410. */
  compact(): Promise<void>;
  stop(): Promise<void>;
}

export const NADS_PATH = '/apis/k8s.cni.cncf.io/v1/network-attachment-definitions';
const CRDS_PATH = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const RBAC_PATH = '/apis/rbac.authorization.k8s.io/v1';
const START_TIMEOUT_MS = 60_000;
const POLL_MS = 50;
const LOG_TAIL_LINES = 25;

/** Starts etcd and an API server and waits until it serves; about 8 s. Throws with the end of the log on failure. */
export async function startControlPlane(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
  const assets = findAssets();
  if (!assets) throw new Error(`The control plane ${MISSING_ASSETS}.`);
  const temporary = makeTemporaryFolder('control-plane-');
  const folder = temporary.path;
  const tokens = new Map(['admin', ...(options.users ?? [])].map((user) => [user, `token-of-${user}`]));
  const port = await freePort();
  const startServer = (serverPort: number) => startApiServer(assets, folder, etcd.url, serverPort);
  let etcd: Etcd;
  let server: Child | undefined;
  try {
    writeCredentials(folder, tokens);
    etcd = await startEtcd(assets, folder);
    server = await startServer(port).catch(async (error) => {
      await etcd.child.kill();
      throw error;
    });
  } catch (error) {
    temporary.remove();
    throw error;
  }

  const url = `https://127.0.0.1:${port}`;
  const caFile = join(folder, 'server.crt');
  const token = (user: string) => tokens.get(user) ?? fail(`The control plane has no user "${user}".`);
  const admin: Target = { url, caFile, token: token('admin') };
  const adminRequest: ControlPlane['adminRequest'] = (method, path, body, headers = {}) =>
    send(admin, method, path, { body, headers });
  const others = new Set<Child>();
  let kubeconfigs = 0;

  return {
    url,
    caFile,
    token,
    adminRequest,
    writeKubeconfig(contexts) {
      const file = join(folder, `kubeconfig-${++kubeconfigs}`);
      writeFileSync(file, JSON.stringify(kubeconfig(contexts, url, caFile, token)), { mode: 0o600 });
      return file;
    },
    grant: (user, rules, namespace) => grant(adminRequest, user, rules, namespace),
    async installNadCrd() {
      expectStatus(await adminRequest('POST', CRDS_PATH, NAD_CRD), 201);
      await until(
        'the networks can be listed',
        async () => (await adminRequest('GET', NADS_PATH)).status === 200,
      );
    },
    async removeNadCrd() {
      expectStatus(await adminRequest('DELETE', `${CRDS_PATH}/${NAD_CRD.metadata.name}`), 200);
      await until('the networks are gone', async () => (await adminRequest('GET', NADS_PATH)).status === 404);
    },
    async stopApiServer() {
      await server?.kill();
      server = undefined;
    },
    async startApiServer() {
      server ??= await startServer(port);
    },
    async secondApiServer() {
      const secondPort = await freePort();
      const second = await startServer(secondPort);
      others.add(second);
      return { url: `https://127.0.0.1:${secondPort}`, stop: () => second.kill() };
    },
    compact: () => compactEtcd(etcd.url),
    async stop() {
      await Promise.all([...others, ...(server ? [server] : []), etcd.child].map((child) => child.kill()));
      temporary.remove();
    },
  };
}

/** One self-signed certificate is authority, server certificate and service account key in one. */
function writeCredentials(folder: string, tokens: ReadonlyMap<string, string>): void {
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
      ...['-subj', '/CN=control-plane-for-tests', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'],
      ...['-keyout', join(folder, 'server.key'), '-out', join(folder, 'server.crt')],
    ],
    { stdio: 'pipe' },
  );
  const lines = [...tokens].map(([user, token]) => {
    const groups = user === 'admin' ? 'system:masters' : 'testers';
    return `${token},${user},uid-of-${user},"${groups}"\n`;
  });
  writeFileSync(join(folder, 'tokens.csv'), lines.join(''), { mode: 0o600 });
}

interface Etcd {
  readonly url: string;
  readonly child: Child;
}

async function startEtcd(assets: string, folder: string): Promise<Etcd> {
  const [url, peerUrl] = [`http://127.0.0.1:${await freePort()}`, `http://127.0.0.1:${await freePort()}`];
  const log = join(folder, 'etcd.log');
  const child = startChild(
    join(assets, 'etcd'),
    [
      ...[`--data-dir=${join(folder, 'etcd')}`, '--unsafe-no-fsync', '--logger=zap', '--log-level=warn'],
      ...[`--listen-client-urls=${url}`, `--advertise-client-urls=${url}`, `--listen-peer-urls=${peerUrl}`],
    ],
    log,
  );
  const healthy = async () => (await send({ url }, 'GET', '/health')).status === 200;
  await untilServing('etcd', child, log, healthy);
  return { url, child };
}

/** Only flags that both v1.20 and current versions know. */
async function startApiServer(assets: string, folder: string, etcdUrl: string, port: number): Promise<Child> {
  const certificates = join(folder, `certificates-${port}`);
  mkdirSync(certificates, { recursive: true });
  const log = join(folder, `kube-apiserver-${port}.log`);
  const [certificate, key] = [join(folder, 'server.crt'), join(folder, 'server.key')];
  const child = startChild(
    join(assets, 'kube-apiserver'),
    [
      ...[`--etcd-servers=${etcdUrl}`, '--bind-address=127.0.0.1', `--secure-port=${port}`],
      // Without these two, a machine without a default route cannot start it.
      ...['--advertise-address=127.0.0.1', '--endpoint-reconciler-type=none'],
      ...[`--tls-cert-file=${certificate}`, `--tls-private-key-file=${key}`, `--cert-dir=${certificates}`],
      ...[`--token-auth-file=${join(folder, 'tokens.csv')}`, '--authorization-mode=RBAC'],
      ...['--service-account-issuer=https://localhost', `--service-account-key-file=${certificate}`],
      ...[`--service-account-signing-key-file=${key}`, '--service-cluster-ip-range=10.0.0.0/24'],
      ...['--disable-admission-plugins=ServiceAccount', '--allow-privileged=true'],
    ],
    log,
  );
  const admin = { url: `https://127.0.0.1:${port}`, caFile: certificate, token: 'token-of-admin' };
  await untilServing('kube-apiserver', child, log, async () => {
    // It is ready a moment before it has made its own namespaces, which carry the cluster's identity.
    const paths = ['/readyz', '/api/v1/namespaces/kube-system', '/api/v1/namespaces/default'];
    const answers = await Promise.all(paths.map((path) => send(admin, 'GET', path)));
    return answers.every((answer) => answer.status === 200);
  });
  return child;
}

async function untilServing(
  name: string,
  child: Child,
  log: string,
  check: () => Promise<boolean>,
): Promise<void> {
  try {
    await until(`${name} serves`, async () => {
      if (child.hasEnded()) throw new Error(`${name} has ended at its start.`);
      return check().catch(() => false);
    });
  } catch (error) {
    await child.kill();
    const tail = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-LOG_TAIL_LINES).join('\n');
    throw new Error(`${String(error)} The end of its log:\n${tail}`);
  }
}

/** etcd's HTTP gateway, so that no etcdctl is needed. */
async function compactEtcd(url: string): Promise<void> {
  const range = await send({ url }, 'POST', '/v3/kv/range', { body: { key: 'AA==' } });
  const { revision } = JSON.parse(range.text).header;
  expectStatus(await send({ url }, 'POST', '/v3/kv/compaction', { body: { revision, physical: true } }), 200);
}

let roles = 0;

async function grant(
  adminRequest: ControlPlane['adminRequest'],
  user: string,
  rules: readonly PolicyRule[],
  namespace: string | undefined,
): Promise<void> {
  const name = `${user}-${++roles}`;
  const binding = {
    metadata: { name },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: user }],
  };
  const scope = namespace ? `namespaces/${namespace}/rolebindings` : 'clusterrolebindings';
  expectStatus(await adminRequest('POST', `${RBAC_PATH}/clusterroles`, { metadata: { name }, rules }), 201);
  expectStatus(await adminRequest('POST', `${RBAC_PATH}/${scope}`, binding), 201);
  await until(`the role of ${user} holds`, () => allows(adminRequest, user, rules, namespace));
}

async function allows(
  adminRequest: ControlPlane['adminRequest'],
  user: string,
  rules: readonly PolicyRule[],
  namespace: string | undefined,
): Promise<boolean> {
  const [rule] = rules;
  if (!rule) return true;
  const resourceAttributes = {
    ...(namespace && { namespace }),
    ...{ group: rule.apiGroups[0], resource: rule.resources[0], verb: rule.verbs[0] },
  };
  const review = { spec: { user, resourceAttributes } };
  const answer = await adminRequest('POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews', review);
  return answer.body.status?.allowed === true;
}

function kubeconfig(
  contexts: readonly KubeconfigContext[],
  defaultUrl: string,
  caFile: string,
  token: (user: string) => string,
): unknown {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': contexts[0]?.name ?? '',
    clusters: contexts.map(({ name, url = defaultUrl }) => ({
      name,
      cluster: { server: url, 'certificate-authority': caFile },
    })),
    contexts: contexts.map(({ name, user }) => ({ name, context: { cluster: name, user } })),
    users: [...new Set(contexts.map(({ user }) => user))].map((user) => ({
      name: user,
      user: { token: token(user) },
    })),
  };
}

async function until(what: string, check: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await check())) {
    if (Date.now() > deadline) throw new Error(`Waited ${START_TIMEOUT_MS / 1000} s in vain until ${what}.`);
    await sleep(POLL_MS);
  }
}

function expectStatus(answer: Answer, status: number): void {
  if (answer.status !== status)
    throw new Error(`Expected status ${status}, got ${answer.status}: ${answer.text}`);
}

function fail(message: string): never {
  throw new Error(message);
}
