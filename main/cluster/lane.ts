/** One warm lane to an API server: a pool of connections that are kept, behind a proxy where there is one. */
import { buildConnector, Pool } from 'undici';
import type { Lane } from './api.ts';
import { showProxy } from './proxy.ts';
import type { TlsSettings } from './tls.ts';
import { dialThroughProxy, proxyAuthorization } from './tunnel.ts';

/** From the start of dialling until TLS stands. */
export const CONNECT_TIMEOUT_MS = 10_000;
const TCP_KEEP_ALIVE_MS = 30_000;
/** Go's servers end idle connections themselves after a minute or more; undici's own 4 s would make every create dial. */
const IDLE_KEEP_ALIVE_MS = 300_000;
const PING_INTERVAL_MS = 10_000;
/** undici would open a second connection at 100 requests in flight; the server's own limit still holds. */
const CONCURRENT_STREAMS = 1_000;
const STREAM_WINDOW_BYTES = 8 * 1024 * 1024;
const CONNECTION_WINDOW_BYTES = 32 * 1024 * 1024;

export interface LaneTarget {
  readonly server: URL;
  readonly tls: TlsSettings | undefined;
  readonly proxy: URL | undefined;
}

export interface LaneTransport {
  readonly pool: Pool;
  /** What goes before the path of a request. */
  readonly pathPrefix: string;
  /** Headers as a flat list of names and values. */
  readonly headers: readonly string[];
}

/** Makes a lane. Nothing is dialled before the first request. */
export function openLane(lane: Lane, target: LaneTarget): LaneTransport {
  const { server, proxy } = target;
  const basePath = server.pathname.replace(/\/+$/, '');
  if (server.protocol === 'http:' && proxy !== undefined && proxy.protocol.startsWith('http')) {
    return forwardingLane(lane, server, proxy, basePath);
  }
  const connect = connector(target);
  return {
    pool: new Pool(server.origin, { ...poolOptions(lane), connect }),
    pathPrefix: basePath,
    headers: [],
  };
}

/** Plain http is not tunnelled but sent to the proxy with the whole URL (RFC 9112 §3.2.2), as Go does. */
function forwardingLane(lane: Lane, server: URL, proxy: URL, basePath: string): LaneTransport {
  const authorization = proxyAuthorization(proxy);
  return {
    pool: new Pool(proxy.origin, { ...poolOptions(lane), allowH2: false, connect: dialOptions() }),
    pathPrefix: server.origin + basePath,
    headers: [
      'host',
      server.host,
      ...(authorization === undefined ? [] : ['proxy-authorization', authorization]),
    ],
  };
}

function poolOptions(_lane: Lane): Pool.Options {
  return {
    keepAliveTimeout: IDLE_KEEP_ALIVE_MS,
    // Time limits are the request's own; a watch may be silent for as long as its reader allows.
    headersTimeout: 0,
    bodyTimeout: 0,
    allowH2: true,
    initialWindowSize: STREAM_WINDOW_BYTES,
    h2Options: {
      pingInterval: PING_INTERVAL_MS,
      maxConcurrentStreams: CONCURRENT_STREAMS,
      connectionWindowSize: CONNECTION_WINDOW_BYTES,
    },
  };
}

function dialOptions(): buildConnector.BuildOptions {
  return { timeout: CONNECT_TIMEOUT_MS, keepAlive: true, keepAliveInitialDelay: TCP_KEEP_ALIVE_MS };
}

function connector({ tls, proxy }: LaneTarget): buildConnector.connector {
  const dial = buildConnector({ ...dialOptions(), ...tls, allowH2: true, preferH2: true });
  if (proxy === undefined) return dial;
  return (options, callback) => {
    const port = options.port === '' ? (options.protocol === 'https:' ? 443 : 80) : Number(options.port);
    dialThroughProxy(proxy, { host: options.hostname, port }, CONNECT_TIMEOUT_MS).then(
      (socket) => {
        if (options.protocol === 'https:') dial({ ...options, httpSocket: socket }, callback);
        else callback(null, socket);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(showProxy(proxy)), null),
    );
  };
}
