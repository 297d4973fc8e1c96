/**
 * Which proxy leads to a server: the kubeconfig's `proxy-url`, else the environment by the rules of Go's
 * golang.org/x/net/http/httpproxy, so that what works for kubectl works here.
 */
import { BlockList, isIP } from 'node:net';
import { ApiError } from './api.ts';

const PROXY_PROTOCOLS: ReadonlySet<string> = new Set(['http:', 'https:', 'socks5:', 'socks5h:']);

/** The proxy for `server`, or undefined to dial it directly. Throws ApiError for a proxy that is not a usable URL. */
export function chooseProxy(
  server: URL,
  proxyUrl: string | undefined,
  env: NodeJS.ProcessEnv,
): URL | undefined {
  // client-go: the kubeconfig's proxy is used for every server, whatever NO_PROXY says.
  if (proxyUrl !== undefined) return parseProxyUrl(proxyUrl) ?? unusable('the proxy-url of its cluster');
  const names = server.protocol === 'https:' ? ['HTTPS_PROXY', 'https_proxy'] : ['HTTP_PROXY', 'http_proxy'];
  // Go does not know ALL_PROXY; curl and most other tools do.
  const name = [...names, 'ALL_PROXY', 'all_proxy'].find((each) => (env[each] ?? '') !== '');
  const text = name === undefined ? '' : (env[name] ?? '');
  if (text === '' || isExempt(server, env.NO_PROXY || env.no_proxy || '')) return undefined;
  // httpproxy's parseProxy: a host alone is that of an http proxy.
  const url = parseProxyUrl(text.includes('://') ? text : `http://${text}`);
  return url ?? unusable(`the environment variable ${name}`);
}

function unusable(source: string): never {
  const message = `${source} is not the URL of a proxy; it must start with http://, https:// or socks5://`;
  throw new ApiError('unreachable', message);
}

/** A proxy for people to read: never with its user and password. */
export function showProxy(proxy: URL): string {
  return `${proxy.protocol}//${proxy.host}`;
}

/** The user and password of a proxy's URL, decoded. */
export function proxyCredentials(
  proxy: URL,
): { readonly username: string; readonly password: string } | undefined {
  if (proxy.username === '' && proxy.password === '') return undefined;
  return { username: decoded(proxy.username), password: decoded(proxy.password) };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A lone percent sign: taken as it stands.
    return part;
  }
}

/** The URL of a proxy that can be used, or undefined. */
export function parseProxyUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && PROXY_PROTOCOLS.has(url.protocol) && url.hostname !== '' ? url : undefined;
}

/** httpproxy's useProxy, turned round: loopback never goes through a proxy, nor does what NO_PROXY lists. */
function isExempt(server: URL, noProxy: string): boolean {
  const host = bareHost(server.hostname);
  const port = server.port === '' ? (server.protocol === 'https:' ? '443' : '80') : server.port;
  if (isLoopback(host)) return true;
  return noProxy
    .split(',')
    .map((item) => item.trim().toLowerCase())
    .some((item) => item !== '' && (item === '*' || matches(item, host, port)));
}

/** Whether `host` is this machine: localhost or a loopback address, but no other name, whatever it resolves to. */
export function isLoopback(host: string): boolean {
  const bare = bareHost(host);
  return bare === 'localhost' || bare === '::1' || (isIP(bare) === 4 && bare.startsWith('127.'));
}

function matches(item: string, host: string, port: string): boolean {
  if (item.includes('/')) return matchesRange(item, host);
  const [itemHost, itemPort] = splitPort(item);
  if (itemPort !== '' && itemPort !== port) return false;
  const version = isIP(itemHost);
  if (version !== 0) return matchesRange(`${itemHost}/${version === 4 ? 32 : 128}`, host);
  const suffix = itemHost.startsWith('*.') ? itemHost.slice(1) : itemHost;
  if (suffix === '') return false;
  if (suffix.startsWith('.')) return host.endsWith(suffix);
  return host === suffix || host.endsWith(`.${suffix}`);
}

function matchesRange(item: string, host: string): boolean {
  const [address = '', prefix = ''] = item.split('/');
  const version = isIP(address);
  if (version === 0 || version !== isIP(host) || !/^\d{1,3}$/.test(prefix)) return false;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  if (Number(prefix) > (version === 4 ? 32 : 128)) return false;
  const range = new BlockList();
  range.addSubnet(address, Number(prefix), family);
  return range.check(host, family);
}

/** `host:port`, `[v6]:port`, `[v6]`, or a host or address alone. */
function splitPort(item: string): readonly [host: string, port: string] {
  const bracketed = /^\[(.+)\](?::(\d+))?$/.exec(item);
  if (bracketed !== null) return [bracketed[1] ?? '', bracketed[2] ?? ''];
  if (isIP(item) !== 0) return [item, ''];
  const named = /^(.*):(\d+)$/.exec(item);
  return named === null ? [item, ''] : [named[1] ?? '', named[2] ?? ''];
}

function bareHost(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '').toLowerCase();
}
