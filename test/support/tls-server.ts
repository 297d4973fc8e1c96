/** A real HTTP server on 127.0.0.1 that remembers what it was asked, over plain HTTP or TLS, HTTP/1.1 or HTTP/2. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import {
  createSecureServer,
  type Http2SecureServer,
  type Http2ServerRequest,
  type ServerHttp2Session,
} from 'node:http2';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Certificate } from './certificates.ts';

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** `1.1` or `2.0`. */
  readonly httpVersion: string;
  readonly body: string;
  /** The common name of the client's certificate, where it sent one. */
  readonly clientName: string | undefined;
  readonly socket: Socket;
}

/** What node:http and node:http2 have in common. */
export interface Response {
  statusCode: number;
  setHeader(name: string, value: string): unknown;
  flushHeaders?(): void;
  write(chunk: string | Uint8Array): boolean;
  end(chunk?: string | Uint8Array): unknown;
  on(event: 'close', listener: () => void): unknown;
}

export interface TestServerOptions {
  /** Absent: plain HTTP. */
  readonly certificate?: Certificate;
  /** Which protocols are offered over TLS. */
  readonly protocol?: 'h2' | 'http/1.1';
  /** Asks for client certificates of this authority (PEM), without insisting. */
  readonly clientAuthority?: string;
  readonly answer: (request: SeenRequest, response: Response) => void;
}

export class TestServer {
  readonly requests: SeenRequest[] = [];
  /** How many connections were made. */
  connections = 0;
  readonly #server: Server | Http2SecureServer;
  readonly #sockets = new Set<Socket>();
  readonly #sessions = new Set<ServerHttp2Session>();

  static async start(options: TestServerOptions): Promise<TestServer> {
    const server = new TestServer(options);
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  private constructor(options: TestServerOptions) {
    const listener = (request: IncomingMessage | Http2ServerRequest, response: Response) => {
      void this.#take(request).then((seen) => options.answer(seen, response));
    };
    this.#server = createFor(options, listener);
    this.#server.on('session', (session: ServerHttp2Session) => {
      this.#sessions.add(session);
      session.once('close', () => this.#sessions.delete(session));
    });
    this.#server.on('connection', (socket: Socket) => {
      this.connections += 1;
      this.#sockets.add(socket);
      socket.on('error', () => {}).once('close', () => this.#sockets.delete(socket));
    });
  }

  /** Tells every HTTP/2 client to come back on another connection, as an API server does when it restarts. */
  goAway(): void {
    for (const session of this.#sessions) session.close();
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** Breaks every connection as a crash does. */
  resetConnections(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  /** Ends every connection in good order. */
  endConnections(): void {
    for (const socket of this.#sockets) socket.end();
  }

  async close(): Promise<void> {
    this.resetConnections();
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #take(request: IncomingMessage | Http2ServerRequest): Promise<SeenRequest> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const socket = request instanceof Object && 'stream' in request ? sessionSocket(request) : request.socket;
    const seen: SeenRequest = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      httpVersion: request.httpVersion,
      body: Buffer.concat(chunks).toString(),
      clientName: commonName(socket),
      socket,
    };
    this.requests.push(seen);
    return seen;
  }
}

/** Answers with a JSON body. */
export function answerJson(response: Response, statusCode: number, body: unknown): void {
  response.statusCode = statusCode;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(body));
}

/** Answers with a Status, as an API server refuses. */
export function refuse(response: Response, code: number, reason: string, message: string): void {
  answerJson(response, code, { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message });
}

function createFor(
  { certificate, protocol = 'h2', clientAuthority }: TestServerOptions,
  listener: (request: IncomingMessage | Http2ServerRequest, response: Response) => void,
): Server | Http2SecureServer {
  if (certificate === undefined) return createServer(listener);
  const tls = {
    cert: certificate.certificate,
    key: certificate.key,
    ...(clientAuthority === undefined
      ? {}
      : { ca: clientAuthority, requestCert: true, rejectUnauthorized: false }),
  };
  return protocol === 'h2'
    ? createSecureServer({ ...tls, allowHTTP1: true }, listener)
    : createTlsServer(tls, listener);
}

function sessionSocket(request: Http2ServerRequest): Socket {
  return request.stream.session?.socket as Socket;
}

function commonName(socket: Socket): string | undefined {
  // Asked this way, for an HTTP/2 session's socket is a proxy that `in` does not see through.
  const { getPeerCertificate } = socket as Partial<TLSSocket>;
  const subject = getPeerCertificate?.call(socket)?.subject;
  return typeof subject?.CN === 'string' ? subject.CN : undefined;
}
