/** Windows in a browser of this machine: the built window and the contract, on 127.0.0.1 alone. */
import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Clock } from '../cluster/clock.ts';
import { MOST_INBOUND_BYTES, SOCKET_PATH } from '../contract/wire.ts';
import { CannotServeError } from './cannot-serve.ts';
import { answerRequests, isOurHost, isOurOrigin, pathOf } from './requests.ts';
import { Session } from './session.ts';
import { readWindowFiles } from './window-files.ts';
import type { WindowService } from './window-socket.ts';
import { WindowSocket } from './window-socket.ts';

const LOOPBACK = '127.0.0.1';

export interface WebServerOptions {
  readonly service: WindowService;
  /** The built window. */
  readonly folder: string;
  /** 0: any that is free */
  readonly port: number;
  readonly clock: Clock;
}

export interface WebServer {
  readonly port: number;
  /** With the token in its fragment: whoever has it may do what a window may. */
  readonly url: string;
  /** The same with a token that works once, within a minute: for the arguments of a browser. */
  makeOneTimeUrl(): string;
  /** Drops all windows. */
  close(): Promise<void>;
}

/** Serves until `close`. Throws CannotServeError where the window is not built, or the port cannot be had. */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const files = await readWindowFiles(options.folder);
  const server = createServer();
  const port = await listen(server, options.port);
  const session = new Session(port, options.clock);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MOST_INBOUND_BYTES });
  server.on('request', answerRequests(port, files, session));
  server.on('upgrade', (request, stream, head) => {
    const refusal = refuseUpgrade(request, port, session);
    if (refusal !== undefined) return endUpgrade(stream, refusal);
    sockets.handleUpgrade(request, stream, head, (socket) => {
      new WindowSocket(socket, options.service, options.clock);
    });
  });
  const addressOf = (token: string) => `http://${LOOPBACK}:${port}/#${token}`;
  return {
    port,
    url: addressOf(session.token),
    makeOneTimeUrl: () => addressOf(session.makeCode()),
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Listens, and gives the port. */
async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, LOOPBACK);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new CannotServeError(explainListenFailure(error, port), { cause: error });
  }
  // A server that listens on a port has such an address; others have a path, or none.
  return (server.address() as AddressInfo).port;
}

function explainListenFailure(error: unknown, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken by another program; choose another with --port, or leave it out for a free one.`;
    case 'EACCES':
      return `Port ${port} may not be listened on by this user; choose one above 1023.`;
    default:
      return `Port ${port} cannot be listened on (${String(code ?? error)}).`;
  }
}

/** Why this request gets no socket, as a status line; undefined: it gets one. */
function refuseUpgrade(request: IncomingMessage, port: number, session: Session): string | undefined {
  if (!isOurHost(request, port)) return '421 Misdirected Request';
  if (!isOurOrigin(request)) return '403 Forbidden';
  if (!session.isKnown(request.headers.cookie)) return '401 Unauthorized';
  if (pathOf(request) !== SOCKET_PATH) return '404 Not Found';
  return undefined;
}

function endUpgrade(stream: Duplex, statusLine: string): void {
  stream.on('error', () => {});
  stream.once('finish', () => stream.destroy());
  stream.end(`HTTP/1.1 ${statusLine}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
