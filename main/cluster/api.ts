/**
 * What the rest of the program knows of an API server: one connection per context with two warm lanes.
 * `control` carries the network watch, live reads and creates; `bulk` carries pods and workloads, so that
 * a long pod list never delays a network event.
 */
export type Lane = 'control' | 'bulk';

export interface ApiRequest {
  readonly lane: Lane;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Path and query below the server's own URL, for example `/api/v1/pods?limit=500`. */
  readonly path: string;
  /** The Accept header; `application/json` unless told. */
  readonly accept?: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** Until the whole answer is there (for `openStream`: until its headers are); 15 s unless told. */
  readonly timeoutMs?: number;
}

export interface Connection {
  /** Asks once and gives the parsed JSON answer of a 2xx status. Throws ApiError for everything else. */
  request(request: ApiRequest): Promise<unknown>;
  /**
   * Opens a long answer (a watch) and gives its body in chunks, as they arrive, from the moment the headers
   * of a 2xx status are there. Ends when the server ends it, throws ApiError when it breaks; `signal` ends it.
   */
  openStream(request: ApiRequest): Promise<AsyncIterable<Uint8Array>>;
  /** Drops every open connection, so that the next request dials anew (after a suspend). */
  reconnect(): void;
  close(): Promise<void>;
}

/** What kind of failure it was, for code; the message is for people. */
export type ApiErrorCode =
  /** No answer: refused, no route, name not found, TLS broken, connection reset. */
  | 'unreachable'
  | 'timeout'
  /** Ended by the caller's signal. */
  | 'aborted'
  /** 401 after one refresh, or a credential plugin, token file or certificate that cannot be used. */
  | 'credentials'
  | 'forbidden'
  | 'notFound'
  /** 409 */
  | 'conflict'
  /** 410: the resourceVersion is too old. */
  | 'gone'
  /** 400, 422 and every other 4xx. */
  | 'refused'
  | 'throttled'
  /** 5xx */
  | 'server'
  /** 2xx, but not JSON or not what was asked for. */
  | 'badAnswer';

/** The parts of a Kubernetes Status object (meta/v1) that decisions are made from. */
export interface ApiStatus {
  readonly code: number;
  readonly reason: string;
  readonly message: string;
  readonly causes: readonly { readonly reason: string; readonly message: string }[];
  /** What the status is about, for example `{kind: 'namespaces', name: 'web'}`. */
  readonly details: { readonly kind: string; readonly name: string };
}

/** A request that did not end well. Its message never holds a token, key or certificate. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ApiErrorCode;
  /** The server's own words, where it spoke. */
  readonly status: ApiStatus | undefined;
  /** The HTTP status, where the server answered with one. */
  readonly httpStatus: number | undefined;
  /** From Retry-After, or the status' retryAfterSeconds. */
  readonly retryAfterMs: number | undefined;

  constructor(
    code: ApiErrorCode,
    message: string,
    options: { status?: ApiStatus; httpStatus?: number; retryAfterMs?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.status = options.status;
    this.httpStatus = options.httpStatus;
    this.retryAfterMs = options.retryAfterMs;
  }
}
