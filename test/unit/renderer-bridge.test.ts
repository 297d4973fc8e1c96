import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import type { WindowEvent } from '../../main/contract/updates.ts';
import { SESSION_PATH, SOCKET_PATH } from '../../main/contract/wire.ts';
import { connectDesktop } from '../../renderer/bridge/desktop.ts';
import { connectBrowser } from '../../renderer/bridge/web.ts';
import type { ConnectionState, WindowHost } from '../../renderer/bridge/window-host.ts';
import { makeSnapshot } from '../support/window-fixtures.ts';

/** A host that a test plays: who may come in, and what the newest socket says. */
class PlayedHost {
  status = 204;
  readonly tokens: unknown[] = [];
  readonly sockets: WebSocket[] = [];
  readonly #server: Server;
  readonly #webSockets = new WebSocketServer({ noServer: true });

  private constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
    this.#server.on('upgrade', (request, stream, head) => {
      if (request.url !== SOCKET_PATH) throw new Error(`A window asks for a socket at ${request.url}.`);
      stream.on('error', () => {});
      this.#webSockets.handleUpgrade(request, stream, head, (socket) => this.sockets.push(socket));
    });
  }

  static async start(): Promise<PlayedHost> {
    const host = new PlayedHost();
    host.#server.listen(0, '127.0.0.1');
    await once(host.#server, 'listening');
    return host;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get socket(): WebSocket {
    const socket = this.sockets.at(-1);
    if (socket === undefined) throw new Error('No window is connected.');
    return socket;
  }

  close(): void {
    for (const socket of this.sockets) socket.terminate();
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === SESSION_PATH && request.method === 'POST') {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      this.tokens.push(JSON.parse(Buffer.concat(chunks).toString()));
    }
    response.writeHead(this.status).end();
  }
}

let host: PlayedHost;
beforeEach(async () => {
  host = await PlayedHost.start();
});
afterEach(() => host.close());

function openWindow(token?: string) {
  const tokens = [token];
  let tokenChanged = () => {};
  const window = connectBrowser({
    origin: host.origin,
    takeToken: () => tokens.shift(),
    onNewToken: (listener) => {
      tokenChanged = listener;
    },
  });
  const enterToken = (next: string) => {
    tokens.splice(0, tokens.length, next);
    tokenChanged();
  };
  return { window, enterToken };
}

/** Waits until the connection is so; the timeout is the test's own. */
async function becomes(window: WindowHost, status: ConnectionState['status']): Promise<void> {
  const { connection } = window;
  if (connection.current().status === status) return;
  await new Promise<void>((resolve) => {
    const end = connection.subscribe(() => {
      if (connection.current().status !== status) return;
      end();
      resolve();
    });
  });
}

/** The next command of the window. */
async function nextCommand(): Promise<{ id: number; name: string; args: unknown }> {
  const [data] = await once(host.socket, 'message');
  return JSON.parse(String(data));
}

describe('the bridge over a WebSocket', () => {
  test('exchanges the token once, and then needs none', async () => {
    const { window } = openWindow('secret');
    await becomes(window, 'open');
    expect(host.tokens).toEqual([{ token: 'secret' }]);
    host.socket.terminate();
    await becomes(window, 'waiting');
    await becomes(window, 'open');
    expect(host.tokens).toHaveLength(1);
    expect(host.sockets).toHaveLength(2);
  });

  test('gives each command the reply with its number, in whatever order they come', async () => {
    const { window } = openWindow();
    await becomes(window, 'open');
    const journal = window.bridge.invoke('journal', { limit: 1 });
    const first = await nextCommand();
    const snapshot = window.bridge.invoke('snapshot', {});
    const second = await nextCommand();
    expect([first, second]).toMatchObject([
      { name: 'journal', args: { limit: 1 } },
      { name: 'snapshot', args: {} },
    ]);
    host.socket.send(JSON.stringify({ id: second.id, reply: { ok: true, value: makeSnapshot() } }));
    host.socket.send(
      JSON.stringify({ id: first.id, reply: { ok: false, code: 'x', message: 'No', remedy: 'Wait.' } }),
    );
    expect(await snapshot).toEqual({ ok: true, value: makeSnapshot() });
    expect(await journal).toEqual({ ok: false, code: 'x', message: 'No', remedy: 'Wait.' });
  });

  test('turns a value that is not what the contract says into a failure', async () => {
    const { window } = openWindow();
    await becomes(window, 'open');
    const reply = window.bridge.invoke('snapshot', {});
    const { id } = await nextCommand();
    host.socket.send(JSON.stringify({ id, reply: { ok: true, value: { ...makeSnapshot(), more: 1 } } }));
    expect(await reply).toMatchObject({ ok: false, code: 'badAnswer' });
  });

  test('passes on events that are as the contract says, and no others', async () => {
    const { window } = openWindow();
    await becomes(window, 'open');
    const told: WindowEvent[] = [];
    const done = new Promise<void>((resolve) => {
      window.bridge.onEvent((event) => {
        told.push(event);
        if (event.event === 'show') resolve();
      });
    });
    for (const frame of [
      'no JSON',
      '{}',
      '{"event":{"event":"update","update":{"sequence":-1}}}',
      '{"event":{"event":"update","update":{"sequence":1}}}',
      '{"event":{"event":"show","entry":2}}',
    ]) {
      host.socket.send(frame);
    }
    await done;
    expect(told).toEqual([
      { event: 'update', update: { sequence: 1 } },
      { event: 'show', entry: 2 },
    ]);
  });

  test('fails commands that get no answer any more, and those that are given meanwhile', async () => {
    const { window } = openWindow();
    await becomes(window, 'open');
    const open = window.bridge.invoke('resume', {});
    await nextCommand();
    host.socket.terminate();
    expect(await open).toMatchObject({ ok: false, code: 'noAnswer' });
    await becomes(window, 'waiting');
    expect(await window.bridge.invoke('resume', {})).toMatchObject({ ok: false, code: 'noAnswer' });
  });

  test('says that its key is not good, and comes in with another', async () => {
    host.status = 401;
    const { window, enterToken } = openWindow('old');
    await becomes(window, 'refused');
    host.status = 204;
    enterToken('new');
    await becomes(window, 'open');
    expect(host.tokens).toEqual([{ token: 'old' }, { token: 'new' }]);
  });

  test('waits longer after each failure, and tries at once when told to', async () => {
    const { window } = openWindow();
    await becomes(window, 'open');
    host.close();
    const delays: number[] = [];
    const { connection } = window;
    onTestFinished(
      connection.subscribe(() => {
        const state = connection.current();
        if (state.status === 'waiting') delays.push(state.retryAtMs - Date.now());
      }),
    );
    for (let tries = 0; tries < 6; tries += 1) {
      await becomes(window, 'waiting');
      connection.retryNow();
    }
    await becomes(window, 'waiting');
    for (const [index, expected] of [500, 1_000, 2_000, 4_000, 8_000, 10_000].entries()) {
      expect(delays[index]).toBeGreaterThan(expected * 0.9);
      expect(delays[index]).toBeLessThanOrEqual(expected);
    }
  });
});

describe('the bridge of the desktop', () => {
  test('checks what comes over it', async () => {
    let tell: (event: WindowEvent) => void = () => {};
    const { bridge, connection } = connectDesktop({
      invoke: async () => ({ ok: true, value: 'not a snapshot' }) as never,
      onEvent: (listener) => {
        tell = listener;
        return () => {};
      },
    });
    expect(connection.current()).toEqual({ status: 'open' });
    expect(await bridge.invoke('snapshot', {})).toMatchObject({ ok: false, code: 'badAnswer' });
    const told: WindowEvent[] = [];
    bridge.onEvent((event) => told.push(event));
    tell({ event: 'nonsense' } as never);
    tell({ event: 'show', entry: 1 });
    expect(told).toEqual([{ event: 'show', entry: 1 }]);
  });

  test('turns a refusal of the main process into a failure', async () => {
    const { bridge } = connectDesktop({
      invoke: () => Promise.reject(new Error('refused')),
      onEvent: () => () => {},
    });
    expect(await bridge.invoke('snapshot', {})).toMatchObject({ ok: false, code: 'noAnswer' });
  });
});
