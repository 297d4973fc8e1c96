/** The processes of a control plane, and the files they need. See control-plane.ts. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, startChild } from './child.ts';
import { type Answer, send } from './http.ts';
import { freePort } from './ports.ts';

export const ADMIN_TOKEN = 'token-of-admin';

const START_TIMEOUT_MS = 60_000;
const POLL_MS = 50;
const LOG_TAIL_LINES = 25;

/** Where the binaries are, and the folder for files and logs. */
export interface Folders {
  readonly assets: string;
  readonly work: string;
}

/** Serves as authority, server certificate and service account key in one. */
export function certificateFile({ work }: Folders): string {
  return join(work, 'server.crt');
}

/** Makes a self-signed certificate and the file of bearer tokens, by user. */
export function writeCredentials(folders: Folders, tokens: ReadonlyMap<string, string>): void {
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
      ...['-subj', '/CN=control-plane-for-tests', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'],
      ...['-keyout', keyFile(folders), '-out', certificateFile(folders)],
    ],
    { stdio: 'pipe' },
  );
  const lines = [...tokens].map(([user, token]) => {
    const groups = user === 'admin' ? 'system:masters' : 'testers';
    return `${token},${user},uid-of-${user},"${groups}"\n`;
  });
  writeFileSync(tokenFile(folders), lines.join(''), { mode: 0o600 });
}

/** Has every answered request of a user logged; the API server's own are not. */
export function writeAuditPolicy(folders: Folders): void {
  const policy = {
    apiVersion: 'audit.k8s.io/v1',
    kind: 'Policy',
    omitStages: ['RequestReceived', 'ResponseStarted'],
    rules: [{ level: 'None', users: ['system:apiserver'] }, { level: 'Metadata' }],
  };
  writeFileSync(auditPolicyFile(folders), JSON.stringify(policy));
}

/** One JSON object a line; a request is in it before it is answered. */
export function auditLogFile({ work }: Folders, port: number): string {
  return join(work, `audit-${port}.log`);
}

/** All that etcd holds. */
export function etcdFolder({ work }: Folders): string {
  return join(work, 'etcd');
}

export interface Etcd {
  readonly url: string;
  readonly child: Child;
}

export async function startEtcd(folders: Folders): Promise<Etcd> {
  const { assets, work } = folders;
  const [url, peerUrl] = [`http://127.0.0.1:${await freePort()}`, `http://127.0.0.1:${await freePort()}`];
  const log = join(work, 'etcd.log');
  const child = startChild(
    join(assets, 'etcd'),
    [
      ...[`--data-dir=${etcdFolder(folders)}`, '--unsafe-no-fsync', '--logger=zap', '--log-level=warn'],
      ...[`--listen-client-urls=${url}`, `--advertise-client-urls=${url}`, `--listen-peer-urls=${peerUrl}`],
    ],
    log,
  );
  const healthy = async () => (await send({ url }, 'GET', '/health')).status === 200;
  await untilServing('etcd', child, log, healthy);
  return { url, child };
}

/** Gives the process once it serves. Only flags that both v1.20 and current versions know. */
export async function startApiServer(folders: Folders, etcd: Etcd, port: number): Promise<Child> {
  const { assets, work } = folders;
  const certificates = join(work, `certificates-${port}`);
  mkdirSync(certificates, { recursive: true });
  const log = join(work, `kube-apiserver-${port}.log`);
  const [certificate, key] = [certificateFile(folders), keyFile(folders)];
  const child = startChild(
    join(assets, 'kube-apiserver'),
    [
      ...[`--etcd-servers=${etcd.url}`, '--bind-address=127.0.0.1', `--secure-port=${port}`],
      // Without these two, a machine without a default route cannot start it.
      ...['--advertise-address=127.0.0.1', '--endpoint-reconciler-type=none'],
      ...[`--tls-cert-file=${certificate}`, `--tls-private-key-file=${key}`, `--cert-dir=${certificates}`],
      ...[`--token-auth-file=${tokenFile(folders)}`, '--authorization-mode=RBAC'],
      ...['--service-account-issuer=https://localhost', `--service-account-key-file=${certificate}`],
      ...[`--service-account-signing-key-file=${key}`, '--service-cluster-ip-range=10.0.0.0/24'],
      ...['--disable-admission-plugins=ServiceAccount', '--allow-privileged=true'],
      ...[
        `--audit-policy-file=${auditPolicyFile(folders)}`,
        `--audit-log-path=${auditLogFile(folders, port)}`,
      ],
    ],
    log,
  );
  const admin = { url: `https://127.0.0.1:${port}`, caFile: certificate, token: ADMIN_TOKEN };
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

/** Through etcd's HTTP gateway, so that no etcdctl is needed. */
export async function compactEtcd({ url }: Etcd): Promise<void> {
  const range = await send({ url }, 'POST', '/v3/kv/range', { body: { key: 'AA==' } });
  const { revision } = JSON.parse(range.text).header;
  expectStatus(await send({ url }, 'POST', '/v3/kv/compaction', { body: { revision, physical: true } }), 200);
}

/** Asks again and again until the check holds. */
export async function until(what: string, check: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await check())) {
    if (Date.now() > deadline) throw new Error(`Waited ${START_TIMEOUT_MS / 1000} s in vain until ${what}.`);
    await sleep(POLL_MS);
  }
}

export function expectStatus(answer: Answer, status: number): void {
  if (answer.status !== status)
    throw new Error(`Expected status ${status}, got ${answer.status}: ${answer.text}`);
}

function keyFile({ work }: Folders): string {
  return join(work, 'server.key');
}

function auditPolicyFile({ work }: Folders): string {
  return join(work, 'audit-policy.json');
}

function tokenFile({ work }: Folders): string {
  return join(work, 'tokens.csv');
}
