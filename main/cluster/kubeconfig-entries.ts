/**
 * The entries of a kubeconfig file, checked. A file is written by people and by many tools, so nothing of it is
 * believed: an entry with a wrong type is reported by its place and name, and the others go on.
 * Fields: https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/
 */
import { isAbsolute, join, resolve } from 'node:path';
import { parseProxyUrl } from './proxy.ts';

/** PEM text, given in place (base64) or by a file's absolute path. Data wins over a file, as in client-go. */
export type PemSource =
  | { readonly from: 'data'; readonly base64: string }
  | { readonly from: 'file'; readonly file: string };

export interface KubeCluster {
  readonly name: string;
  /** An http or https URL without user information, query and trailing slash. */
  readonly server: string;
  readonly certificateAuthority: PemSource | undefined;
  readonly skipTlsVerify: boolean;
  readonly tlsServerName: string | undefined;
  readonly proxyUrl: string | undefined;
  readonly disableCompression: boolean;
  /** What an exec plugin may be told about the cluster: the extension `client.authentication.k8s.io/exec`. */
  readonly execPluginConfig: unknown;
}

export interface ExecPlugin {
  readonly apiVersion: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly installHint: string | undefined;
  readonly provideClusterInfo: boolean;
  readonly interactiveMode: string;
}

export interface Impersonation {
  readonly user: string | undefined;
  readonly uid: string | undefined;
  readonly groups: readonly string[];
  readonly extra: Readonly<Record<string, readonly string[]>>;
}

export interface KubeUser {
  readonly name: string;
  readonly clientCertificate: PemSource | undefined;
  readonly clientKey: PemSource | undefined;
  readonly token: string | undefined;
  readonly tokenFile: string | undefined;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly execPlugin: ExecPlugin | undefined;
  /** The name of a legacy `auth-provider`, and its id-token where it is `oidc`. */
  readonly authProvider: { readonly name: string; readonly idToken: string | undefined } | undefined;
  readonly impersonation: Impersonation | undefined;
}

export interface ContextEntry {
  readonly name: string;
  readonly clusterName: string;
  readonly userName: string | undefined;
  readonly namespace: string | undefined;
}

/** An entry that cannot be used. The message names the field, never its value: it may be a secret. */
export class EntryError extends Error {
  override readonly name = 'EntryError';
}

type Fields = Readonly<Record<string, unknown>>;

/** Reads `cluster` of the named entry; relative paths are resolved against `folder`. Throws EntryError. */
export function readCluster(name: string, value: unknown, folder: string): KubeCluster {
  const fields = asFields(value, 'cluster');
  return {
    name,
    server: readServer(fields),
    certificateAuthority: pemField(fields, 'certificate-authority', folder),
    skipTlsVerify: booleanField(fields, 'insecure-skip-tls-verify'),
    tlsServerName: stringField(fields, 'tls-server-name'),
    proxyUrl: readProxyUrl(fields),
    disableCompression: booleanField(fields, 'disable-compression'),
    execPluginConfig: readExecPluginConfig(fields),
  };
}

/** Reads `user` of the named entry; relative paths are resolved against `folder`. Throws EntryError. */
export function readUser(name: string, value: unknown, folder: string): KubeUser {
  // `user:` with nothing after it is how kubectl writes an anonymous user.
  const fields = value === null || value === undefined ? {} : asFields(value, 'user');
  const tokenFile = stringField(fields, 'tokenFile');
  const clientCertificate = pemField(fields, 'client-certificate', folder);
  const clientKey = pemField(fields, 'client-key', folder);
  if ((clientCertificate === undefined) !== (clientKey === undefined)) {
    throw new EntryError('has only one of client-certificate and client-key');
  }
  return {
    name,
    clientCertificate,
    clientKey,
    token: stringField(fields, 'token'),
    tokenFile: tokenFile === undefined ? undefined : resolve(folder, tokenFile),
    username: stringField(fields, 'username'),
    password: stringField(fields, 'password'),
    execPlugin: readExecPlugin(fields.exec, folder),
    authProvider: readAuthProvider(fields['auth-provider']),
    impersonation: readImpersonation(fields),
  };
}

/** Reads `context` of the named entry. Throws EntryError. */
export function readContext(name: string, value: unknown): ContextEntry {
  const fields = asFields(value, 'context');
  const clusterName = stringField(fields, 'cluster');
  if (clusterName === undefined) throw new EntryError('names no cluster');
  return {
    name,
    clusterName,
    userName: stringField(fields, 'user'),
    namespace: stringField(fields, 'namespace'),
  };
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readServer(fields: Fields): string {
  const server = stringField(fields, 'server');
  if (server === undefined) throw new EntryError('has no server');
  if (!URL.canParse(server)) throw new EntryError('has a server that is not a URL');
  const url = new URL(server);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new EntryError('has a server that is neither http:// nor https://');
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

function readProxyUrl(fields: Fields): string | undefined {
  const proxyUrl = stringField(fields, 'proxy-url');
  if (proxyUrl === undefined || parseProxyUrl(proxyUrl) !== undefined) return proxyUrl;
  throw new EntryError('has a proxy-url that does not start with http://, https:// or socks5://');
}

function readExecPluginConfig(fields: Fields): unknown {
  const extensions = Array.isArray(fields.extensions) ? fields.extensions : [];
  const found = extensions.filter(isFields).find((each) => each.name === 'client.authentication.k8s.io/exec');
  return found?.extension;
}

function readExecPlugin(value: unknown, folder: string): ExecPlugin | undefined {
  if (value === null || value === undefined) return undefined;
  const fields = asFields(value, 'exec');
  const command = stringField(fields, 'command');
  if (command === undefined) throw new EntryError('has an exec plugin without a command');
  return {
    apiVersion: stringField(fields, 'apiVersion') ?? '',
    command: resolveCommand(command, folder),
    args: stringsField(fields, 'args'),
    env: readPluginEnvironment(fields.env),
    installHint: stringField(fields, 'installHint'),
    provideClusterInfo: booleanField(fields, 'provideClusterInfo'),
    interactiveMode: stringField(fields, 'interactiveMode') ?? 'IfAvailable',
  };
}

/** A bare name is looked up in PATH; anything with a separator is a path below the file's folder (client-go). */
function resolveCommand(command: string, folder: string): string {
  const isBareName = !command.includes('/') && !(process.platform === 'win32' && command.includes('\\'));
  return isBareName || isAbsolute(command) ? command : join(folder, command);
}

function readPluginEnvironment(value: unknown): ExecPlugin['env'] {
  return asList(value, 'exec.env').map((item) => {
    const fields = asFields(item, 'exec.env');
    const name = stringField(fields, 'name');
    if (name === undefined) throw new EntryError('has an exec.env item without a name');
    return { name, value: stringField(fields, 'value') ?? '' };
  });
}

function readAuthProvider(value: unknown): KubeUser['authProvider'] {
  if (value === null || value === undefined) return undefined;
  const fields = asFields(value, 'auth-provider');
  const config = isFields(fields.config) ? fields.config : {};
  return { name: stringField(fields, 'name') ?? '', idToken: stringField(config, 'id-token') };
}

function readImpersonation(fields: Fields): Impersonation | undefined {
  const user = stringField(fields, 'as');
  const uid = stringField(fields, 'as-uid');
  const groups = stringsField(fields, 'as-groups');
  const extra = readExtra(fields['as-user-extra']);
  const isEmpty =
    user === undefined && uid === undefined && groups.length === 0 && Object.keys(extra).length === 0;
  return isEmpty ? undefined : { user, uid, groups, extra };
}

function readExtra(value: unknown): Record<string, readonly string[]> {
  if (value === null || value === undefined) return {};
  const fields = asFields(value, 'as-user-extra');
  return Object.fromEntries(Object.keys(fields).map((key) => [key, stringsField(fields, key)]));
}

function pemField(fields: Fields, key: string, folder: string): PemSource | undefined {
  const base64 = stringField(fields, `${key}-data`);
  if (base64 !== undefined) return { from: 'data', base64 };
  const file = stringField(fields, key);
  return file === undefined ? undefined : { from: 'file', file: resolve(folder, file) };
}

function stringField(fields: Fields, key: string): string | undefined {
  const value = fields[key];
  if (value === null || value === undefined || value === '') return undefined;
  if (typeof value !== 'string') throw new EntryError(`has a ${key} that is not a text`);
  return value;
}

function booleanField(fields: Fields, key: string): boolean {
  const value = fields[key] ?? false;
  if (typeof value !== 'boolean') throw new EntryError(`has a ${key} that is neither true nor false`);
  return value;
}

function stringsField(fields: Fields, key: string): readonly string[] {
  return asList(fields[key], key).map((item) => {
    if (typeof item !== 'string') throw new EntryError(`has a ${key} with an item that is not a text`);
    return item;
  });
}

function asList(value: unknown, what: string): readonly unknown[] {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) throw new EntryError(`has a ${what} that is not a list`);
  return value;
}

function asFields(value: unknown, what: string): Fields {
  if (!isFields(value)) throw new EntryError(`has a ${what} that is not a set of fields`);
  return value;
}
