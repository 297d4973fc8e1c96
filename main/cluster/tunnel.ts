/** A TCP connection to a server through a proxy. */
import { isIPv6, Socket } from 'node:net';
import { buildConnector, Client } from 'undici';
import { ApiError } from './api.ts';
import { errorCode } from './failure.ts';
import { proxyCredentials, showProxy } from './proxy.ts';
import { connectThroughSocks, SocksError } from './socks.ts';

export interface TunnelTarget {
  /** A name or a bare address; a name is resolved by the proxy. */
  readonly host: string;
  readonly port: number;
}

/**
 * Dials `target` through `proxy`: CONNECT for http and https, RFC 1928 for socks5. Throws ApiError when the proxy
 * cannot be reached or refuses. `signal` ends it.
 */
export async function dialThroughProxy(
  proxy: URL,
  target: TunnelTarget,
  dial: buildConnector.BuildOptions,
  signal: AbortSignal,
): Promise<Socket> {
  try {
    return proxy.protocol.startsWith('socks')
      ? await connectThroughSocks(await dialSocksProxy(proxy, dial), target, proxyCredentials(proxy), signal)
      : await connectThroughHttp(proxy, target, dial, signal);
  } catch (error) {
    throw tunnelError(proxy, error);
  }
}

/** The value of Proxy-Authorization, where the proxy's URL has a user. */
export function proxyAuthorization(proxy: URL): string | undefined {
  const credentials = proxyCredentials(proxy);
  if (credentials === undefined) return undefined;
  return `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`;
}

function dialSocksProxy(proxy: URL, dial: buildConnector.BuildOptions): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const options = {
    hostname: bareHost(proxy),
    port: proxy.port === '' ? '1080' : proxy.port,
    protocol: 'http:',
  };
  buildConnector(dial)(options, (error, socket) => (error === null ? resolve(socket) : reject(error)));
  return promise;
}

async function connectThroughHttp(
  proxy: URL,
  target: TunnelTarget,
  dial: buildConnector.BuildOptions,
  signal: AbortSignal,
): Promise<Socket> {
  const authority = `${isIPv6(target.host) ? `[${target.host}]` : target.host}:${target.port}`;
  const authorization = proxyAuthorization(proxy);
  const client = new Client(proxy.origin, { allowH2: false, connect: { ...dial, allowH2: false } });
  try {
    const { statusCode, socket } = await client.connect({
      path: authority,
      headers: {
        host: authority,
        ...(authorization === undefined ? {} : { 'proxy-authorization': authorization }),
      },
      signal,
    });
    if (statusCode >= 200 && statusCode < 300 && socket instanceof Socket) return socket;
    socket.on('error', () => {}).destroy();
    throw new ApiError('unreachable', `the proxy ${showProxy(proxy)} ${refusal(statusCode)}`);
  } finally {
    // The tunnel's socket is no longer the client's: this only ends a client whose dialling failed.
    void client.destroy();
  }
}

function refusal(statusCode: number): string {
  if (statusCode === 407) return 'wants a user and password (407); put them into its URL';
  return `refused to connect to the server (${statusCode}); may it go there?`;
}

function tunnelError(proxy: URL, error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  const how =
    error instanceof SocksError
      ? error.message
      : `cannot be reached (${errorCode(error)}); check the proxy-url of the kubeconfig, or HTTPS_PROXY and NO_PROXY`;
  return new ApiError('unreachable', `the proxy ${showProxy(proxy)} ${how}`, { cause: error });
}

function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}
