/** What lets a context in: a token or a password, a client certificate, or what a plugin gives. */
import { readFile } from 'node:fs/promises';
import { ApiError } from './api.ts';
import type { Clock } from './clock.ts';
import { type ExecCredential, runExecPlugin } from './exec-plugin.ts';
import { errorCode } from './failure.ts';
import type { KubeCluster, KubeUser, PemSource } from './kubeconfig-entries.ts';
import type { PemTexts } from './tls.ts';

/** Files are read again after this long, as client-go does with token files, and after a 401. */
const FILE_RECHECK_MS = 60_000;

/** Everything a request needs to be let in; the same object for as long as nothing has changed. */
export interface Credential {
  /** The Authorization header, where there is one. */
  readonly authorization: string | undefined;
  /** The same object for as long as the texts are the same. */
  readonly pem: PemTexts;
  /** What must never be shown. */
  readonly secrets: readonly string[];
  /** The plugin's answer that it was made from: another run makes another credential, even with the same token. */
  readonly fromPlugin: ExecCredential | undefined;
}

export interface CredentialsOptions {
  readonly contextName: string;
  readonly cluster: KubeCluster;
  readonly user: KubeUser | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly clock: Clock;
}

/** One context's credential: read or asked for when it is first needed, kept while it is fresh. */
export class Credentials {
  readonly #options: CredentialsOptions;
  readonly #closing = new AbortController();
  #known: Credential | undefined;
  #freshUntil = Number.NEGATIVE_INFINITY;
  #loading: Promise<Credential> | undefined;
  #fromPlugin: ExecCredential | undefined;

  constructor(options: CredentialsOptions) {
    this.#options = options;
  }

  /** The credential to use now, where it is known and nothing has to be read or asked for it. */
  get fresh(): Credential | undefined {
    return this.#options.clock.now() < this.#freshUntil ? this.#known : undefined;
  }

  /**
   * The credential to use now. Reads files and runs the plugin only when what is known is no longer fresh; requests
   * that come meanwhile wait for the same run. Throws ApiError 'credentials'.
   */
  async current(): Promise<Credential> {
    if (this.fresh !== undefined) return this.fresh;
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  /**
   * After the server refused `refused`: the credential to try once more, or undefined where there is no other.
   * Many requests that were refused at once share one renewal.
   */
  async renew(refused: Credential): Promise<Credential | undefined> {
    // What is under way may have begun before the refusal and end with the same.
    while (this.#loading !== undefined) await this.#loading;
    if (this.#known === refused) {
      this.#fromPlugin = undefined;
      this.recheck();
    }
    const renewed = await this.current();
    return renewed === refused ? undefined : renewed;
  }

  /** Reads the files again before the next request. */
  recheck(): void {
    this.#freshUntil = Number.NEGATIVE_INFINITY;
  }

  /** What to do when the server refuses them all the same. */
  get remedy(): string {
    const { user, contextName } = this.#options;
    if (user === undefined) return `the context "${contextName}" names no user; name one in the kubeconfig`;
    if (user.execPlugin !== undefined) {
      return `log in anew for the credential plugin "${user.execPlugin.command}" of the context "${contextName}"`;
    }
    if (user.authProvider?.name === 'oidc') {
      return `the id-token of the context "${contextName}" may have expired, and NetKeeper does not refresh it: run any kubectl command with this context, or use the exec plugin kubelogin`;
    }
    return `renew the credentials of the user "${user.name}" in the kubeconfig`;
  }

  /** Ends a plugin that is running; who waits for it gets `reason`. */
  close(reason: ApiError): void {
    this.#closing.abort(reason);
  }

  async #load(): Promise<Credential> {
    try {
      this.#known = this.#sameOrNew(await this.#read());
      return this.#known;
    } catch (error) {
      // A file that is being replaced: what is known goes on, as in client-go, until the server refuses it.
      if (this.#known === undefined || this.#options.user?.execPlugin !== undefined) throw error;
      this.#freshUntil = this.#options.clock.now() + FILE_RECHECK_MS;
      return this.#known;
    }
  }

  async #read(): Promise<Credential> {
    const { cluster, user, clock } = this.#options;
    const certificateAuthority = await this.#pem(cluster.certificateAuthority, 'certificate authority');
    const token = await this.#ownToken();
    const basic = token === undefined ? basicAuthorization(user) : undefined;
    // A token or password of the user's own makes client-go leave the plugin alone.
    const isPluginNeeded = token === undefined && basic === undefined;
    const plugin = isPluginNeeded ? await this.#askPlugin(certificateAuthority) : undefined;
    const bearer = token ?? plugin?.token;
    const clientCertificate =
      plugin?.clientCertificate ?? (await this.#pem(user?.clientCertificate, 'client certificate'));
    const clientKey = plugin?.clientKey ?? (await this.#pem(user?.clientKey, 'client key'));
    this.#freshUntil = Math.min(
      readsFiles(cluster, user) ? clock.now() + FILE_RECHECK_MS : Number.POSITIVE_INFINITY,
      plugin?.expiresAt ?? Number.POSITIVE_INFINITY,
    );
    return {
      fromPlugin: plugin,
      authorization: bearer === undefined ? basic : `Bearer ${this.#checkedToken(bearer)}`,
      pem: { certificateAuthority, clientCertificate, clientKey },
      secrets: [bearer, basic?.replace('Basic ', ''), user?.password, clientKey].filter(
        (each) => each !== undefined,
      ),
    };
  }

  #sameOrNew(fresh: Credential): Credential {
    const known = this.#known;
    if (known === undefined || !isSamePem(known.pem, fresh.pem)) return fresh;
    const isSame = known.authorization === fresh.authorization && known.fromPlugin === fresh.fromPlugin;
    return isSame ? known : { ...fresh, pem: known.pem };
  }

  /** client-go: a token file wins over a token. */
  async #ownToken(): Promise<string | undefined> {
    const { user } = this.#options;
    if (user?.tokenFile !== undefined) return (await this.#text(user.tokenFile, 'token file')).trim();
    return user?.token ?? user?.authProvider?.idToken;
  }

  async #askPlugin(certificateAuthority: string | undefined): Promise<ExecCredential | undefined> {
    const plugin = this.#options.user?.execPlugin;
    if (plugin === undefined) return undefined;
    if (this.#fromPlugin === undefined || this.#options.clock.now() >= this.#fromPlugin.expiresAt) {
      const signal = this.#closing.signal;
      this.#fromPlugin = await runExecPlugin({ ...this.#options, plugin, certificateAuthority, signal });
    }
    return this.#fromPlugin;
  }

  #checkedToken(token: string): string {
    if (/^[\x21-\x7e]+$/.test(token)) return token;
    throw this.#failure('the token', 'is empty or has characters that no token has; get a new one');
  }

  async #pem(source: PemSource | undefined, what: string): Promise<string | undefined> {
    if (source === undefined) return undefined;
    if (source.from === 'file') return this.#text(source.file, what);
    return Buffer.from(source.base64, 'base64').toString();
  }

  async #text(file: string, what: string): Promise<string> {
    try {
      return await readFile(file, 'utf8');
    } catch (error) {
      throw this.#failure(
        `the ${what} ${file}`,
        `cannot be read (${errorCode(error)}); correct the kubeconfig`,
      );
    }
  }

  #failure(what: string, how: string): ApiError {
    return new ApiError('credentials', `${what} of the context "${this.#options.contextName}" ${how}`);
  }
}

/** What lets the user in, in words, without a value of it; undefined where nothing does. */
export function describeCredentials(user: KubeUser | undefined): string | undefined {
  const kinds = [ownKind(user), certificateKind(user?.clientCertificate)].filter(
    (kind) => kind !== undefined,
  );
  return kinds.length === 0 ? undefined : kinds.join(' and ');
}

/** In the order in which they are used: the first that is there makes the others stay unused. */
function ownKind(user: KubeUser | undefined): string | undefined {
  if (user?.tokenFile !== undefined) return `the token in the file ${user.tokenFile}`;
  if (user?.token !== undefined) return 'a token in the kubeconfig';
  if (user?.authProvider?.idToken !== undefined) return 'the id-token of the auth-provider oidc';
  if (basicAuthorization(user) !== undefined) return 'a user name and password in the kubeconfig';
  return user?.execPlugin && `the credential plugin "${user.execPlugin.command}"`;
}

function certificateKind(source: PemSource | undefined): string | undefined {
  if (source === undefined) return undefined;
  const place = source.from === 'file' ? `the file ${source.file}` : 'the kubeconfig';
  return `a client certificate in ${place}`;
}

function basicAuthorization(user: KubeUser | undefined): string | undefined {
  if (user === undefined || (user.username === undefined && user.password === undefined)) return undefined;
  return `Basic ${Buffer.from(`${user.username ?? ''}:${user.password ?? ''}`).toString('base64')}`;
}

function readsFiles(cluster: KubeCluster, user: KubeUser | undefined): boolean {
  const sources = [cluster.certificateAuthority, user?.clientCertificate, user?.clientKey];
  return user?.tokenFile !== undefined || sources.some((source) => source?.from === 'file');
}

function isSamePem(one: PemTexts, other: PemTexts): boolean {
  return (
    one.certificateAuthority === other.certificateAuthority &&
    one.clientCertificate === other.clientCertificate &&
    one.clientKey === other.clientKey
  );
}
