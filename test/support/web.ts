/**
 * The loopback host with a service that a test plays, and clients that send it whatever the test likes.
 *
 *     const { web, service } = await startWeb()             // ends with the test
 *     await ask(web.port, 'GET', '/', { headers })          // { status, headers, text }
 *     const window = await openWindow(web, cookie)          // a WebSocket, open
 *     window.send({ id: 1, name: 'snapshot', args: {} })
 *     await window.frame()                                  // the next frame
 *     await window.closed                                   // the close code
 */
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:http';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { Clock } from '../../main/cluster/clock.ts';
import { systemClock } from '../../main/cluster/clock.ts';
import type { Reply } from '../../main/contract/commands.ts';
import type { WindowEvent } from '../../main/contract/updates.ts';
import { SESSION_PATH, SOCKET_PATH } from '../../main/contract/wire.ts';
import type { WebServer } from '../../main/web/server.ts';
import { startWebServer } from '../../main/web/server.ts';
import type { WindowService } from '../../main/web/window-socket.ts';
import { makeTemporaryFolder } from './child.ts';

type Headers = Readonly<Record<string, string>>;

/** Answers a command with what it was asked, and tells its subscribers what the test tells it. */
export class PlayedService implements WindowService {
  readonly subscribers = new Set<(event: WindowEvent) => unknown>();
  answer: (name: string, args: unknown) => Promise<Reply<unknown>> = async (name, args) => ({
    ok: true,
    value: { name, args },
  });

  invoke(name: string, args: unknown): Promise<Reply<unknown>> {
    return this.answer(name, args);
  }

  subscribe(listener: (event: WindowEvent) => unknown): () => void {
    this.subscribers.add(listener);
    return () => this.subscribers.delete(listener);
  }

  /** Gives for each subscriber whether it took the event. */
  tell(event: WindowEvent): boolean[] {
    return [...this.subscribers].map((listener) => listener(event) !== false);
  }
}

/** A folder with a small window in it; gone when the test is over. */
export function makeWindowFolder(): string {
  const { path, remove } = makeTemporaryFolder('netkeeper-window-');
  onTestFinished(remove);
  const folder = join(path, 'window');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>A window</title>');
  writeFileSync(join(folder, 'assets', 'index.js'), 'export {};');
  writeFileSync(join(folder, 'assets', 'index.css'), 'body { margin: 0; }');
  writeFileSync(join(path, 'outside.txt'), 'not for the browser');
  return folder;
}

export async function startWeb(
  options: { readonly clock?: Clock; readonly port?: number } = {},
): Promise<{ web: WebServer; service: PlayedService }> {
  const service = new PlayedService();
  const { clock = systemClock, port = 0 } = options;
  const web = await startWebServer({ service, folder: makeWindowFolder(), port, clock });
  onTestFinished(() => web.close());
  return { web, service };
}

export interface WebAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** One request on a connection of its own; the path is sent as it is. */
export async function ask(
  port: number,
  method: string,
  path: string,
  { headers = {}, body }: { readonly headers?: Headers; readonly body?: string } = {},
): Promise<WebAnswer> {
  const sent = request({ host: '127.0.0.1', port, method, path, headers, agent: false }).end(body);
  const [response] = await once(sent, 'response');
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += chunk;
  return { status: response.statusCode, headers: response.headers, text };
}

/** Posts a token as our own page does, unless `headers` say otherwise. */
export function postToken(port: number, token: string, headers: Headers = {}): Promise<WebAnswer> {
  return ask(port, 'POST', SESSION_PATH, {
    headers: { origin: `http://127.0.0.1:${port}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ token }),
  });
}

export function tokenOf(url: string): string {
  return new URL(url).hash.slice(1);
}

/** The cookie as a browser sends it back. */
export async function takeCookie({ port, url }: WebServer): Promise<string> {
  const { status, headers } = await postToken(port, tokenOf(url));
  const [cookie] = headers['set-cookie'] ?? [];
  if (status !== 204 || cookie === undefined) throw new Error(`No cookie: ${status}.`);
  return cookie.split(';')[0] ?? '';
}

/** A window's end of a socket. */
export class TestWindow {
  readonly socket: WebSocket;
  /** The close code. */
  readonly closed: Promise<number>;
  readonly #frames: unknown[] = [];
  #arrived: () => void = () => {};

  constructor(socket: WebSocket) {
    this.socket = socket;
    this.closed = new Promise((resolve) => socket.on('close', resolve));
    // After it has opened, an error is told by the close code.
    socket.on('error', () => {});
    socket.on('message', (data) => {
      this.#frames.push(JSON.parse(data.toString()));
      this.#arrived();
    });
  }

  send(frame: unknown): void {
    this.socket.send(JSON.stringify(frame));
  }

  /** The next frame that nobody has taken yet. */
  async frame(): Promise<unknown> {
    while (this.#frames.length === 0) {
      await new Promise<void>((resolve) => {
        this.#arrived = resolve;
      });
    }
    return this.#frames.shift();
  }
}

/** Opens a socket as our own page does, unless `headers` say otherwise. Rejects with the status if it is refused. */
export async function openWindow(
  { port }: WebServer,
  cookie: string,
  { headers = {}, path = SOCKET_PATH }: { readonly headers?: Headers; readonly path?: string } = {},
): Promise<TestWindow> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, {
    headers: { origin: `http://127.0.0.1:${port}`, cookie, ...headers },
  });
  const window = new TestWindow(socket);
  await once(socket, 'open');
  onTestFinished(() => socket.terminate());
  return window;
}
