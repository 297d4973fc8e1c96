/** One warm lane to an API server: a pool of connections that are kept, behind a proxy where there is one. */
import { isIP } from 'node:net';
import { buildConnector, Pool } from 'undici';
import type { ApiError } from './api.ts';
import type { TlsSettings } from './tls.ts';
import { dialThroughProxy, proxyAuthorization } from './tunnel.ts';

/** For TCP; for TLS again; and through a proxy for the proxy's answer. */
export const CONNECT_TIMEOUT_MS = 10_000;
const TCP_KEEP_ALIVE_MS = 30_000;
/** Go's servers end an idle connection themselves after 90 s and more; undici's 4 s would make every create dial. */
const IDLE_KEEP_ALIVE_MS = 300_000;
/** A connection that leaves one ping unanswered until the next is due is dropped: half-open ones last 20 s. */
const PING_INTERVAL_MS = 10_000;
/** At undici's own 100 a burst of creates would dial a second connection; the server's limit still holds. */
const CONCURRENT_STREAMS = 1_000;
/** HTTP/2's default of 64 KiB, and undici's of 256 KiB, give 1.3 and 5 MB/s at 50 ms round trip. */
const STREAM_WINDOW_BYTES = 8 * 1024 * 1024;
const CONNECTION_WINDOW_BYTES = 32 * 1024 * 1024;

export interface LaneTarget {
  readonly server: URL;
  /** Absent for plain http. */
  readonly tls: TlsSettings | undefined;
  readonly proxy: LaneProxy | undefined;
}

export interface LaneProxy {
  readonly url: URL;
  /** For an https proxy. */
  readonly tls: TlsSettings | undefined;
}

export interface LaneTransport {
  readonly pool: Pool;
  /** What goes before the path of a request. */
  readonly pathPrefix: string;
  /** Headers of every request, as a flat list of names and values. */
  readonly headers: readonly string[];
  /** Breaks every connection, the ones that are being dialled too; requests under way throw `reason`. */
  destroy(reason: ApiError): Promise<void>;
}

/**
 * Makes a lane. Nothing is dialled before the first request. Both lanes speak HTTP/2 where it is offered: over TLS
 * on loopback it costs 0.1 to 0.4 ms a request more than HTTP/1.1 and moves a large list as fast, but it alone notices
 * a dead connection within seconds, and 200 requests at once need no handshakes. And where deletions are rare it is the
 * faster one: the watch keeps it warm, while a server ends HTTP/1.1 connections that are idle.
 */
export function openLane(target: LaneTarget): LaneTransport {
  const { server, proxy } = target;
  const basePath = server.pathname.replace(/\/+$/, '');
  const closing = new AbortController();
  const dial = { ...DIAL_OPTIONS, signal: closing.signal };
  if (proxy !== undefined && server.protocol === 'http:' && proxy.url.protocol.startsWith('http')) {
    const pool = new Pool(proxy.url.origin, {
      ...POOL_OPTIONS,
      allowH2: false,
      connect: proxyConnector(proxy, dial),
    });
    return lane(pool, closing, server.origin + basePath, forwardingHeaders(server, proxy.url));
  }
  const connect = proxy === undefined ? serverConnector(target, dial) : tunnelConnector(proxy, target, dial);
  return lane(new Pool(server.origin, { ...POOL_OPTIONS, connect }), closing, basePath, []);
}

const POOL_OPTIONS: Pool.Options = {
  keepAliveTimeout: IDLE_KEEP_ALIVE_MS,
  // Time limits are the request's own; a watch may be silent for as long as its reader allows.
  headersTimeout: 0,
  bodyTimeout: 0,
  allowH2: true,
  // The form `h2Options.settings`, which replaces it, is not read in undici 8.13.
  initialWindowSize: STREAM_WINDOW_BYTES,
  h2Options: {
    pingInterval: PING_INTERVAL_MS,
    maxConcurrentStreams: CONCURRENT_STREAMS,
    connectionWindowSize: CONNECTION_WINDOW_BYTES,
  },
};

type DialOptions = typeof DIAL_OPTIONS & { readonly signal: AbortSignal };

const DIAL_OPTIONS = {
  timeout: CONNECT_TIMEOUT_MS,
  keepAlive: true,
  keepAliveInitialDelay: TCP_KEEP_ALIVE_MS,
};

function lane(
  pool: Pool,
  closing: AbortController,
  pathPrefix: string,
  headers: readonly string[],
): LaneTransport {
  return {
    pool,
    pathPrefix,
    headers,
    async destroy(reason) {
      const destroyed = pool.destroy(reason);
      // undici would let a connection that is being dialled go on until its time limit.
      closing.abort();
      await destroyed;
    },
  };
}

/** HTTP/2 first: a server that follows the client's order would otherwise choose HTTP/1.1. */
function serverConnector({ tls }: LaneTarget, dial: DialOptions): buildConnector.connector {
  return buildConnector({ ...dial, ...tls, allowH2: true, preferH2: true });
}

/** Plain http is not tunnelled but sent to the proxy with the whole URL (RFC 9112 §3.2.2), as Go does. */
function proxyConnector(proxy: LaneProxy, dial: DialOptions): buildConnector.connector {
  const connect = buildConnector({ ...dial, ...proxy.tls, allowH2: false });
  // undici would ask the proxy for a certificate in the name of the Host header.
  const servername = isIP(proxy.url.hostname) === 0 ? proxy.url.hostname : '';
  return (options, callback) => connect({ ...options, servername }, callback);
}

function forwardingHeaders(server: URL, proxy: URL): readonly string[] {
  const authorization = proxyAuthorization(proxy);
  return [
    'host',
    server.host,
    ...(authorization === undefined ? [] : ['proxy-authorization', authorization]),
  ];
}

function tunnelConnector(proxy: LaneProxy, target: LaneTarget, dial: DialOptions): buildConnector.connector {
  const connect = serverConnector(target, dial);
  return (options, callback) => {
    const isTls = options.protocol === 'https:';
    const port = options.port === '' ? (isTls ? 443 : 80) : Number(options.port);
    const signal = AbortSignal.any([dial.signal, AbortSignal.timeout(CONNECT_TIMEOUT_MS)]);
    dialThroughProxy(proxy.url, { host: options.hostname, port }, { ...dial, ...proxy.tls }, signal).then(
      (socket) => (isTls ? connect({ ...options, httpSocket: socket }, callback) : callback(null, socket)),
      (error: ApiError) => callback(error, null),
    );
  };
}
