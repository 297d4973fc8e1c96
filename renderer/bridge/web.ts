import type { Bridge } from '../../main/contract/bridge.ts';
import type { Reply } from '../../main/contract/commands.ts';
import type { WindowEvent } from '../../main/contract/updates.ts';
import type { CommandFrame } from '../../main/contract/wire.ts';
import { hostFrameSchema, SESSION_PATH, SOCKET_PATH } from '../../main/contract/wire.ts';
import { checkReply, failWithoutAnswer } from './checks.ts';
import type { ConnectionState, WindowHost } from './window-host.ts';

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 10_000;

export interface BrowserOptions {
  /** Of the page, for example `http://127.0.0.1:8473`. */
  readonly origin: string;
  /** The token of the page's address, once; undefined where there is none. */
  takeToken(): string | undefined;
  /** Calls the listener when the address may have got a new token. */
  onNewToken(listener: () => void): void;
}

/** The contract over a WebSocket, as main/contract/wire.ts has it; comes back by itself when the connection is lost. */
export function connectBrowser(options: BrowserOptions): WindowHost {
  const connection = new WebConnection(options);
  options.onNewToken(() => connection.retryNow());
  void connection.open();
  return { kind: 'browser', bridge: connection, connection };
}

class WebConnection implements Bridge {
  readonly #options: BrowserOptions;
  readonly #eventListeners = new Set<(event: WindowEvent) => void>();
  readonly #stateListeners = new Set<() => void>();
  /** Commands without an answer yet, by the number of their frame. */
  readonly #pending = new Map<number, (reply: Reply<unknown>) => void>();
  #socket: WebSocket | undefined;
  #state: ConnectionState = { status: 'connecting' };
  #lastId = 0;
  #failures = 0;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: BrowserOptions) {
    this.#options = options;
  }

  readonly current = () => this.#state;

  readonly subscribe = (listener: () => void) => {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  };

  readonly invoke: Bridge['invoke'] = async (name, args) => {
    const socket = this.#socket;
    if (socket?.readyState !== WebSocket.OPEN) return failWithoutAnswer();
    this.#lastId += 1;
    const frame: CommandFrame = { id: this.#lastId, name, args };
    const reply = new Promise<Reply<unknown>>((resolve) => this.#pending.set(frame.id, resolve));
    socket.send(JSON.stringify(frame));
    return checkReply(name, await reply);
  };

  readonly onEvent: Bridge['onEvent'] = (listener) => {
    this.#eventListeners.add(listener);
    return () => this.#eventListeners.delete(listener);
  };

  readonly retryNow = () => {
    if (this.#state.status === 'open' || this.#state.status === 'connecting') return;
    clearTimeout(this.#retryTimer);
    void this.open();
  };

  async open(): Promise<void> {
    this.#setState({ status: 'connecting' });
    switch (await this.#askForSession()) {
      case 'good':
        return this.#openSocket();
      case 'refused':
        return this.#setState({ status: 'refused' });
      case 'unreachable':
        return this.#retryLater();
    }
  }

  async #askForSession(): Promise<'good' | 'refused' | 'unreachable'> {
    const token = this.#options.takeToken();
    const address = new URL(SESSION_PATH, this.#options.origin);
    const post = { method: 'POST', headers: { 'Content-Type': 'application/json' } };
    try {
      const exchange = token === undefined ? {} : { ...post, body: JSON.stringify({ token }) };
      const { ok } = await fetch(address, exchange);
      return ok ? 'good' : 'refused';
    } catch {
      return 'unreachable';
    }
  }

  #openSocket(): void {
    const address = new URL(SOCKET_PATH, this.#options.origin.replace(/^http/, 'ws'));
    const socket = new WebSocket(address);
    this.#socket = socket;
    socket.addEventListener('open', () => {
      this.#failures = 0;
      this.#setState({ status: 'open' });
    });
    socket.addEventListener('message', ({ data }) => this.#take(data));
    // Also comes after a failure to open.
    socket.addEventListener('close', () => this.#end());
  }

  #take(data: unknown): void {
    const frame = hostFrameSchema.safeParse(parseJson(data));
    if (!frame.success) return;
    if ('event' in frame.data) {
      for (const listener of this.#eventListeners) listener(frame.data.event);
      return;
    }
    const { id, reply } = frame.data;
    this.#pending.get(id)?.(reply);
    this.#pending.delete(id);
  }

  #end(): void {
    this.#socket = undefined;
    for (const resolve of this.#pending.values()) resolve(failWithoutAnswer());
    this.#pending.clear();
    this.#retryLater();
  }

  #retryLater(): void {
    const delayMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#failures);
    this.#failures += 1;
    this.#retryTimer = setTimeout(() => void this.open(), delayMs);
    this.#setState({ status: 'waiting', retryAtMs: Date.now() + delayMs });
  }

  #setState(state: ConnectionState): void {
    this.#state = state;
    for (const listener of this.#stateListeners) listener();
  }
}

/** undefined where it is not JSON. */
function parseJson(data: unknown): unknown {
  if (typeof data !== 'string') return undefined;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
