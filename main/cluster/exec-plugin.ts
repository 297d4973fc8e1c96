/**
 * Credential plugins: a command of the user's that prints an ExecCredential.
 * https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { ApiError } from './api.ts';
import type { Clock } from './clock.ts';
import { errorCode } from './failure.ts';
import { type ExecPlugin, isFields, type KubeCluster } from './kubeconfig-entries.ts';
import { firstLine, oneLine, withoutSecrets } from './text.ts';

const TIME_LIMIT_MS = 30_000;
const STDOUT_LIMIT_CHARACTERS = 1024 * 1024;
const STDERR_LIMIT_CHARACTERS = 16 * 1024;
const SHOWN_CHARACTERS = 200;
const API_VERSIONS = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1'];

export interface ExecCredential {
  readonly token: string | undefined;
  readonly clientCertificate: string | undefined;
  readonly clientKey: string | undefined;
  /** Milliseconds since the epoch; Infinity where the plugin names no end. */
  readonly expiresAt: number;
}

export interface PluginRun {
  readonly plugin: ExecPlugin;
  readonly contextName: string;
  readonly cluster: KubeCluster;
  /** The cluster's CA as PEM, for KUBERNETES_EXEC_INFO. */
  readonly certificateAuthority: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

interface Output {
  readonly stdout: string;
  readonly stderr: string;
  /** `exit code 1`, or the signal that ended it; undefined after success. */
  readonly failure: string | undefined;
}

/**
 * Runs the plugin once and gives its credential. Throws ApiError 'credentials' that names the command and the
 * context, and never holds what the plugin printed on stdout, its arguments or its environment.
 */
export async function runExecPlugin(run: PluginRun): Promise<ExecCredential> {
  const { plugin } = run;
  if (!API_VERSIONS.includes(plugin.apiVersion)) {
    const found = plugin.apiVersion === '' ? 'no apiVersion' : `the apiVersion ${plugin.apiVersion}`;
    throw pluginError(run, `has ${found}; a version that speaks ${API_VERSIONS[0]} is needed`);
  }
  const output = await runCommand(run);
  if (output.failure !== undefined)
    throw pluginError(run, `ended with ${output.failure}${said(run, output)}`);
  return parseExecCredential(run, output.stdout);
}

async function runCommand(run: PluginRun): Promise<Output> {
  const child = startCommand(run);
  const { promise, resolve, reject } = Promise.withResolvers<Output>();
  const giveUp = (error: unknown) => {
    killGroup(child);
    reject(error);
  };
  const onAbort = () => giveUp(run.signal.reason);
  const cancelTimeLimit = run.clock.after(TIME_LIMIT_MS, () => {
    giveUp(pluginError(run, `did not end within ${TIME_LIMIT_MS / 1000} s and was ended`));
  });
  run.signal.addEventListener('abort', onAbort);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
    if (stdout.length > STDOUT_LIMIT_CHARACTERS) giveUp(pluginError(run, 'printed more than a credential'));
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    if (stderr.length < STDERR_LIMIT_CHARACTERS) stderr += chunk;
  });
  child.on('error', (error) => reject(startError(run, error)));
  child.on('close', (exitCode, signal) => {
    const failure = exitCode === 0 ? undefined : (signal ?? `exit code ${exitCode}`);
    resolve({ stdout, stderr, failure });
  });
  try {
    return await promise;
  } finally {
    cancelTimeLimit();
    run.signal.removeEventListener('abort', onAbort);
  }
}

function startCommand(run: PluginRun) {
  const { plugin, signal } = run;
  signal.throwIfAborted();
  try {
    return spawn(plugin.command, plugin.args, {
      env: pluginEnvironment(run),
      // No stdin: nobody is there to answer.
      stdio: ['ignore', 'pipe', 'pipe'],
      // A process group of its own, so that what the plugin starts can be ended with it.
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
  } catch (error) {
    throw startError(run, error);
  }
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill();
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}

function pluginEnvironment({ plugin, cluster, certificateAuthority, env }: PluginRun): NodeJS.ProcessEnv {
  const info = {
    kind: 'ExecCredential',
    apiVersion: plugin.apiVersion,
    spec: {
      interactive: false,
      ...(plugin.provideClusterInfo ? { cluster: clusterInfo(cluster, certificateAuthority) } : {}),
    },
  };
  const own = Object.fromEntries(plugin.env.map(({ name, value }) => [name, value]));
  return { ...env, ...own, KUBERNETES_EXEC_INFO: JSON.stringify(info) };
}

/** The Cluster object of client.authentication.k8s.io/v1. */
function clusterInfo(cluster: KubeCluster, certificateAuthority: string | undefined): unknown {
  return {
    server: cluster.server,
    'tls-server-name': cluster.tlsServerName,
    'insecure-skip-tls-verify': cluster.skipTlsVerify || undefined,
    'certificate-authority-data':
      certificateAuthority === undefined ? undefined : Buffer.from(certificateAuthority).toString('base64'),
    'proxy-url': cluster.proxyUrl,
    'disable-compression': cluster.disableCompression || undefined,
    config: cluster.execPluginConfig,
  };
}

function parseExecCredential(run: PluginRun, stdout: string): ExecCredential {
  let answer: unknown;
  try {
    answer = JSON.parse(stdout);
  } catch {
    throw pluginError(run, 'printed something that is not JSON; run it in a terminal to see what it prints');
  }
  if (!isFields(answer) || answer.kind !== 'ExecCredential') {
    throw pluginError(run, 'printed something that is not an ExecCredential');
  }
  if (answer.apiVersion !== run.plugin.apiVersion) {
    throw pluginError(
      run,
      `answered in another version than ${run.plugin.apiVersion}, which its kubeconfig names`,
    );
  }
  const status = isFields(answer.status) ? answer.status : {};
  const token = nonEmpty(status.token);
  const clientCertificate = nonEmpty(status.clientCertificateData);
  const clientKey = nonEmpty(status.clientKeyData);
  if ((clientCertificate === undefined) !== (clientKey === undefined)) {
    throw pluginError(run, 'gave only one of a client certificate and its key');
  }
  if (token === undefined && clientCertificate === undefined) {
    throw pluginError(run, 'gave neither a token nor a client certificate');
  }
  return { token, clientCertificate, clientKey, expiresAt: expiry(run, status.expirationTimestamp) };
}

function expiry(run: PluginRun, timestamp: unknown): number {
  if (timestamp === undefined || timestamp === null) return Number.POSITIVE_INFINITY;
  const expiresAt = typeof timestamp === 'string' ? Date.parse(timestamp) : Number.NaN;
  if (Number.isNaN(expiresAt)) throw pluginError(run, 'gave an expirationTimestamp that is not a time');
  return expiresAt;
}

function nonEmpty(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function startError(run: PluginRun, error: unknown): ApiError {
  const code = errorCode(error);
  if (code !== 'ENOENT') return pluginError(run, `could not be started (${code})`);
  const hint = oneLine(run.plugin.installHint ?? '', SHOWN_CHARACTERS);
  return pluginError(run, `is not installed, or not in PATH${hint === '' ? '; install it' : `: ${hint}`}`);
}

function said({ plugin }: PluginRun, { stderr }: Output): string {
  const values = plugin.args.flatMap((arg) => [arg, arg.slice(arg.indexOf('=') + 1)]);
  const secrets = [...values, ...plugin.env.map(({ value }) => value)];
  const line = firstLine(withoutSecrets(stderr, secrets), SHOWN_CHARACTERS);
  return line === '' ? '' : `: ${line}`;
}

function pluginError(run: PluginRun, what: string): ApiError {
  const message = `the credential plugin "${run.plugin.command}" of the context "${run.contextName}" ${what}`;
  return new ApiError('credentials', message);
}
