/** What lets a context in: a token or password, a client certificate, or what a plugin gives. */
import { readFile } from 'node:fs/promises';
import { ApiError } from './api.ts';
import type { Clock } from './clock.ts';
import { type ExecCredential, PLUGIN_TIME_LIMIT_MS, runExecPlugin } from './exec-plugin.ts';
import type { KubeCluster, KubeUser, PemSource } from './kubeconfig-entries.ts';
import type { PemTexts } from './tls.ts';

/** Files are looked at again after this long, as client-go does for token files, and after a 401. */
const FILE_RECHECK_MS = 60_000;

/** Everything a request needs; the same object for as long as nothing has changed. */
export interface Credential {
  /** The Authorization header, where there is one. */
  readonly authorization: string | undefined;
  /** The same object for as long as the texts are the same. */
  readonly pem: PemTexts;
  /** What must never be shown. */
  readonly secrets: readonly string[];
}

export interface CredentialsOptions {
  readonly contextName: string;
  readonly cluster: KubeCluster;
  readonly user: KubeUser | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly clock: Clock;
  readonly pluginTimeLimitMs?: number | undefined;
}

export class Credentials {
  readonly #options: CredentialsOptions;
  readonly #closing = new AbortController();
  #current: Credential | undefined;
  #freshUntil = 0;
  #loading: Promise<Credential> | undefined;
  #fromPlugin: ExecCredential | undefined;

  constructor(options: CredentialsOptions) {
    this.#options = options;
  }

  /** The credential to use now. Reads files and runs the plugin only when what is known is no longer fresh. */
  async current(): Promise<Credential> {
    if (this.#current !== undefined && this.#options.clock.now() < this.#freshUntil) return this.#current;
    return this.#load();
  }

  /**
   * After the server refused `refused`: another credential, or undefined where there is no other. Many requests
   * refused at once share one renewal.
   */
  async renew(refused: Credential): Promise<Credential | undefined> {
    if (this.#current === refused) {
      this.#fromPlugin = undefined;
      this.recheck();
    }
    const renewed = await this.current();
    return renewed === refused && this.#options.user?.execPlugin === undefined ? undefined : renewed;
  }

  /** Looks at the files again before the next request. */
  recheck(): void {
    this.#freshUntil = 0;
  }

  /** Ends a running plugin. */
  close(): void {
    this.#closing.abort();
  }

  #load(): Promise<Credential> {
    this.#loading ??= this.#build().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  async #build(): Promise<Credential> {
    const { cluster, user, clock } = this.#options;
    const certificateAuthority = await readPem(cluster.certificateAuthority, 'certificate authority');
    const token = await this.#staticToken();
    const basic = token === undefined ? basicAuthorization(user) : undefined;
    const plugin =
      token === undefined && basic === undefined ? await this.#plugin(certificateAuthority) : undefined;
    const bearer = token ?? plugin?.token;
    const pem: PemTexts = {
      certificateAuthority,
      clientCertificate:
        plugin?.clientCertificate ?? (await readPem(user?.clientCertificate, 'client certificate')),
      clientKey: plugin?.clientKey ?? (await readPem(user?.clientKey, 'client key')),
    };
    const secrets = [bearer, user?.password, pem.clientKey, basic].filter((each) => each !== undefined);
    const authorization = bearer === undefined ? basic : `Bearer ${checkedToken(bearer)}`;
    this.#freshUntil = Math.min(
      readsFiles(cluster, user) ? clock.now() + FILE_RECHECK_MS : Number.POSITIVE_INFINITY,
      plugin?.expiresAt ?? Number.POSITIVE_INFINITY,
    );
    this.#current = this.#unchangedOr({ authorization, pem, secrets });
    return this.#current;
  }

  #unchangedOr(fresh: Credential): Credential {
    const known = this.#current;
    if (known === undefined) return fresh;
    const pem = samePem(known.pem, fresh.pem) ? known.pem : fresh.pem;
    if (pem === known.pem && fresh.authorization === known.authorization) return known;
    return { ...fresh, pem };
  }

  /** client-go: a token file wins over a token, and both over everything else. */
  async #staticToken(): Promise<string | undefined> {
    const { user } = this.#options;
    if (user === undefined) return undefined;
    if (user.tokenFile !== undefined) return (await readText(user.tokenFile, 'token file')).trim();
    return user.token ?? user.authProvider?.idToken;
  }

  async #plugin(certificateAuthority: string | undefined): Promise<ExecCredential | undefined> {
    const { contextName, cluster, user, env, clock, pluginTimeLimitMs } = this.#options;
    const plugin = user?.execPlugin;
    if (plugin === undefined) return undefined;
    if (this.#fromPlugin !== undefined && clock.now() < this.#fromPlugin.expiresAt) return this.#fromPlugin;
    this.#fromPlugin = await runExecPlugin({
      plugin,
      contextName,
      cluster,
      certificateAuthority,
      env,
      clock,
      timeLimitMs: pluginTimeLimitMs ?? PLUGIN_TIME_LIMIT_MS,
      signal: this.#closing.signal,
    });
    return this.#fromPlugin;
  }
}

function basicAuthorization(user: KubeUser | undefined): string | undefined {
  if (user?.username === undefined && user?.password === undefined) return undefined;
  const pair = `${user.username ?? ''}:${user.password ?? ''}`;
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}

function checkedToken(token: string): string {
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new ApiError('credentials', 'its token is empty or has characters that no token has; get a new one');
}

function readsFiles(cluster: KubeCluster, user: KubeUser | undefined): boolean {
  const sources = [cluster.certificateAuthority, user?.clientCertificate, user?.clientKey];
  return user?.tokenFile !== undefined || sources.some((source) => source?.from === 'file');
}

function samePem(one: PemTexts, other: PemTexts): boolean {
  return (
    one.certificateAuthority === other.certificateAuthority &&
    one.clientCertificate === other.clientCertificate &&
    one.clientKey === other.clientKey
  );
}

async function readPem(source: PemSource | undefined, what: string): Promise<string | undefined> {
  if (source === undefined) return undefined;
  if (source.from === 'file') return readText(source.file, what);
  return Buffer.from(source.base64, 'base64').toString();
}

async function readText(file: string, what: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new ApiError('credentials', `its ${what} ${file} cannot be read (${code})`);
  }
}
