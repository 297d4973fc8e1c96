/**
 * Credential plugins: a command of the user's that prints an ExecCredential.
 * https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { ApiError } from './api.ts';
import type { Clock } from './clock.ts';
import { type ExecPlugin, isFields, type KubeCluster } from './kubeconfig-entries.ts';
import { firstLine, withoutSecrets } from './text.ts';

export const PLUGIN_TIME_LIMIT_MS = 30_000;
const STDOUT_LIMIT_CHARACTERS = 1024 * 1024;
const STDERR_LIMIT_CHARACTERS = 16 * 1024;
const SHOWN_STDERR_CHARACTERS = 200;
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
  readonly timeLimitMs: number;
  readonly signal: AbortSignal;
}

interface Output {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
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
  if (output.exitCode !== 0)
    throw pluginError(run, `ended with exit code ${output.exitCode}${said(run, output)}`);
  return parseExecCredential(run, output.stdout);
}

function runCommand(run: PluginRun): Promise<Output> {
  return new Promise((resolve, reject) => {
    if (run.signal.aborted) {
      reject(new ApiError('aborted', 'the connection was closed'));
      return;
    }
    // Its own process group, so that what the plugin starts ends with it. No stdin: nobody is there to answer.
    const child = spawn(run.plugin.command, run.plugin.args, {
      env: pluginEnvironment(run),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    let stdout = '';
    let stderr = '';
    const end = (error: ApiError) => {
      settle();
      killGroup(child);
      reject(error);
    };
    const cancelTimeLimit = run.clock.after(run.timeLimitMs, () => {
      end(pluginError(run, `did not end within ${run.timeLimitMs / 1000} s and was killed`));
    });
    const onAbort = () => end(new ApiError('aborted', 'the connection was closed'));
    const settle = () => {
      cancelTimeLimit();
      run.signal.removeEventListener('abort', onAbort);
    };
    run.signal.addEventListener('abort', onAbort, { once: true });
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
      if (stdout.length > STDOUT_LIMIT_CHARACTERS) end(pluginError(run, 'printed more than a credential'));
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      if (stderr.length < STDERR_LIMIT_CHARACTERS) stderr += chunk;
    });
    child.on('error', (error) => {
      settle();
      reject(startError(run, error));
    });
    child.on('close', (exitCode) => {
      settle();
      resolve({ stdout, stderr, exitCode });
    });
  });
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

function startError(run: PluginRun, error: Error): ApiError {
  const code = 'code' in error ? String(error.code) : 'unknown error';
  if (code !== 'ENOENT') return pluginError(run, `could not be started (${code})`);
  const hint = firstLine(run.plugin.installHint ?? '', SHOWN_STDERR_CHARACTERS);
  return pluginError(run, `is not installed, or not in PATH${hint === '' ? '; install it' : `: ${hint}`}`);
}

function said({ plugin }: PluginRun, { stderr }: Output): string {
  const values = plugin.args.flatMap((arg) => [arg, arg.slice(arg.indexOf('=') + 1)]);
  const secrets = [...values, ...plugin.env.map(({ value }) => value)];
  const line = firstLine(withoutSecrets(stderr, secrets), SHOWN_STDERR_CHARACTERS);
  return line === '' ? '' : `: ${line}`;
}

function pluginError(run: PluginRun, what: string): ApiError {
  const message = `the credential plugin "${run.plugin.command}" of the context "${run.contextName}" ${what}`;
  return new ApiError('credentials', message);
}
