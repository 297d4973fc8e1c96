import type { RawData, WebSocket } from 'ws';
import type { Clock } from '../cluster/clock.ts';
import type { WindowEvent } from '../contract/updates.ts';
import type { CommandFrame, HostFrame } from '../contract/wire.ts';
import { CLOSED_BY_POLICY, commandFrameSchema, MOST_COMMANDS_AT_ONCE } from '../contract/wire.ts';
import type { Service } from '../keeper/service.ts';
import { parseJson } from './requests.ts';

/** What windows need of the service. */
export type WindowService = Pick<Service, 'invoke' | 'subscribe'>;

/** A window with more than this on its way is behind. */
const MOST_BUFFERED_BYTES = 1_048_576;
/** A window that has not answered a ping by the next one is gone; nothing else tells of a half-open connection. */
const HEARTBEAT_MS = 15_000;

/** One window's socket, from its opening to its end: commands in, replies and events out. */
export class WindowSocket {
  readonly #socket: WebSocket;
  readonly #service: WindowService;
  readonly #clock: Clock;
  #commandsUnderWay = 0;
  #hasAnswered = true;
  #cancelHeartbeat: () => void = () => {};

  constructor(socket: WebSocket, service: WindowService, clock: Clock) {
    this.#socket = socket;
    this.#service = service;
    this.#clock = clock;
    const unsubscribe = service.subscribe((event) => this.#tell(event));
    socket.on('message', (data, isBinary) => this.#take(data, isBinary));
    socket.on('pong', () => {
      this.#hasAnswered = true;
    });
    socket.on('close', () => {
      unsubscribe();
      this.#cancelHeartbeat();
    });
    // `ws` closes the socket itself, with the code that fits (too long, not UTF-8, reset); `close` follows.
    socket.on('error', () => {});
    this.#waitForHeartbeat();
  }

  #take(data: RawData, isBinary: boolean): void {
    if (!this.#isOpen) return;
    const frame = commandFrameSchema.safeParse(isBinary ? undefined : parseJson(data.toString()));
    if (!frame.success) this.#refuse('This is no command.');
    else if (this.#commandsUnderWay === MOST_COMMANDS_AT_ONCE) this.#refuse('Too many commands at once.');
    else void this.#answer(frame.data);
  }

  async #answer({ id, name, args }: CommandFrame): Promise<void> {
    this.#commandsUnderWay += 1;
    const reply = await this.#service.invoke(name, args);
    // Under way until it is written: a window that asks and does not read cannot have us pile up answers.
    this.#send({ id, reply }, () => {
      this.#commandsUnderWay -= 1;
    });
  }

  /** Gives back false for an update that is left out, because the window is behind. */
  #tell(event: WindowEvent): boolean {
    if (event.event === 'update' && this.#socket.bufferedAmount > MOST_BUFFERED_BYTES) return false;
    this.#send({ event });
    return true;
  }

  #send(frame: HostFrame, written: () => void = () => {}): void {
    if (this.#isOpen) this.#socket.send(JSON.stringify(frame), written);
  }

  get #isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  #refuse(reason: string): void {
    this.#socket.close(CLOSED_BY_POLICY, reason);
  }

  #waitForHeartbeat(): void {
    this.#cancelHeartbeat = this.#clock.after(HEARTBEAT_MS, () => {
      if (!this.#hasAnswered) {
        this.#socket.terminate();
        return;
      }
      this.#hasAnswered = false;
      this.#socket.ping();
      this.#waitForHeartbeat();
    });
  }
}
