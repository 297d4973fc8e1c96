/** One HTTP request: who asks, which fault it meets, what it gets. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { negotiate } from './accept.ts';
import { type Access, forbidden, type User } from './access.ts';
import type { Cluster } from './cluster.ts';
import { type Effect, type Faults, faultStatus } from './faults.ts';
import { type ApiRequest, readRequest } from './request.ts';
import { answer, checkRequest, type Reply } from './routes.ts';
import { PageNotFound, StatusError } from './statuses.ts';
import { Watches } from './watches.ts';

/** A write that a client asked for over HTTP and that reached the rules, whatever became of it. */
export interface RecordedWrite {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly userAgent: string;
  /** Parsed, or the text where it is not JSON. */
  readonly body: unknown;
  /** The status code of the answer, which the client may not have seen. */
  readonly code: number;
}

const WRITE_VERBS: readonly string[] = ['create', 'update', 'patch', 'delete'];

export class Handler {
  readonly watches = new Watches();
  readonly writes: RecordedWrite[] = [];
  readonly listeners = new Set<(request: ApiRequest) => void>();
  cluster: Cluster;
  readonly #access: Access;
  readonly #faults: Faults;
  readonly #bookmarkIntervalMs: number;

  constructor(cluster: Cluster, access: Access, faults: Faults, bookmarkIntervalMs: number) {
    this.cluster = cluster;
    this.#access = access;
    this.#faults = faults;
    this.#bookmarkIntervalMs = bookmarkIntervalMs;
  }

  /** Never rejects. */
  async serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const request = readRequest(message);
      const body = await readBody(message);
      for (const listener of this.listeners) listener(request);
      const user = this.#access.authenticate(message.headers.authorization);
      const effect = this.#faults.meet(request);
      if (effect?.kind === 'delay') await sleep(effect.delayMs, undefined, { ref: false });
      if (effect && !isMetLater(effect)) return suffer(effect, user, request, response);
      if (request.verb === 'watch') this.#watch(request, user, effect, message, response);
      else this.#answer(request, user, effect, message, body, response);
    } catch (error) {
      sendFailure(error, response);
    }
  }

  #watch(
    request: ApiRequest,
    user: User,
    effect: Effect | undefined,
    { headers }: IncomingMessage,
    response: ServerResponse,
  ): void {
    const resource = checkRequest(this.cluster, user, request);
    this.watches.open(this.cluster.store, request, response, {
      resource,
      namespace: resource.namespaced && request.namespace ? request.namespace : undefined,
      form: negotiate(headers.accept, 'watch'),
      bookmarkIntervalMs: this.#bookmarkIntervalMs,
      isSilent: effect?.kind === 'silence',
    });
  }

  #answer(
    request: ApiRequest,
    user: User,
    effect: Effect | undefined,
    { headers, url = '' }: IncomingMessage,
    body: string,
    response: ServerResponse,
  ): void {
    const record = (code: number) => {
      if (!WRITE_VERBS.includes(request.verb)) return;
      const { method, userAgent } = request;
      this.writes.push({ method, path: url, userAgent, body: parsed(body), code });
    };
    try {
      const { accept, 'content-type': contentType = '' } = headers;
      const reply = answer(this.cluster, { request, user, accept, contentType, body });
      record(reply.code);
      if (effect?.kind === 'dropReply') response.socket?.resetAndDestroy();
      else send(reply, response);
    } catch (error) {
      record(error instanceof StatusError ? error.code : 404);
      throw error;
    }
  }
}

/** Effects that let the request go on for now. */
function isMetLater({ kind }: Effect): boolean {
  return kind === 'delay' || kind === 'silence' || kind === 'dropReply';
}

function suffer(effect: Effect, user: User, request: ApiRequest, response: ServerResponse): void {
  switch (effect.kind) {
    case 'drop':
      response.socket?.resetAndDestroy();
      return;
    case 'answer':
      if (effect.code === 403 && effect.message === undefined) throw forbidden(user, request);
      throw faultStatus(effect);
    case 'errorEvent': {
      const event = { type: 'ERROR', object: faultStatus(effect).status };
      send({ code: 200, contentType: 'application/json', chunks: [`${JSON.stringify(event)}\n`] }, response);
      return;
    }
    default:
  }
}

/** A short answer goes out with its length, a long one in chunks. */
function send({ code, contentType, chunks }: Reply, response: ServerResponse): void {
  response.statusCode = code;
  response.setHeader('content-type', contentType);
  for (const chunk of chunks.slice(0, -1)) response.write(chunk);
  response.end(chunks.at(-1));
}

function sendFailure(error: unknown, response: ServerResponse): void {
  if (response.headersSent || response.destroyed) response.destroy();
  else send(failureReply(error, response), response);
}

function failureReply(error: unknown, response: ServerResponse): Reply {
  if (error instanceof PageNotFound) {
    return { code: 404, contentType: 'text/plain; charset=utf-8', chunks: ['404 page not found\n'] };
  }
  const failure = error instanceof StatusError ? error : new StatusError(500, 'InternalError', String(error));
  const retryAfter = failure.status.details?.retryAfterSeconds;
  if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter);
  return {
    code: failure.code,
    contentType: 'application/json',
    chunks: [`${JSON.stringify(failure.status)}\n`],
  };
}

async function readBody(message: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of message.setEncoding('utf8')) body += chunk;
  return body;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
