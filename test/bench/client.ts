/** A bare HTTP/1.1 client on warm connections, as fast as Node has one: nothing but what a request needs. */
import { readFileSync } from 'node:fs';
import { type IncomingMessage, Agent as PlainAgent, request as plainRequest } from 'node:http';
import { request as secureRequest, Agent as TlsAgent } from 'node:https';
import type { KubernetesObject } from '../../main/demo/api-server/objects.ts';
import type { Target } from '../support/http.ts';

export interface WatchEvent {
  readonly type: string;
  readonly object: KubernetesObject;
  /** When its bytes came; milliseconds as performance.now() gives them. */
  readonly at: number;
}

export class Client {
  readonly #target: Target;
  readonly #agent: PlainAgent;
  readonly #send: typeof plainRequest;
  #isClosed = false;

  /** At most `connections` are kept open; a request beyond that waits for one of them. */
  constructor(target: Target, connections: number) {
    const isTls = target.url.startsWith('https:');
    const options = { keepAlive: true, maxSockets: connections, scheduling: 'lifo' } as const;
    this.#target = target;
    this.#send = isTls ? secureRequest : plainRequest;
    this.#agent = isTls
      ? new TlsAgent({ ...options, ...(target.caFile && { ca: readFileSync(target.caFile) }) })
      : new PlainAgent(options);
  }

  /** Gives the answer's text. Throws for every status but 2xx. */
  async request(method: string, path: string, body?: unknown): Promise<string> {
    const answer = await this.#open(method, path, body);
    let text = '';
    for await (const chunk of answer.setEncoding('utf8')) text += chunk;
    if (isGood(answer)) return text;
    throw new Error(`${method} ${path} was answered ${answer.statusCode}: ${text.slice(0, 500)}`);
  }

  /**
   * Calls `onEvent` for each event after `version`; resolves once the watch is open. A server ends watches that it
   * finds slow (apiserver, cacher.go): then it is opened again from where it ended.
   */
  async watch(path: string, version: string, onEvent: (event: WatchEvent) => void): Promise<void> {
    const answer = await this.#open('GET', `${path}?watch=true&resourceVersion=${version}`);
    if (!isGood(answer)) throw new Error(`The watch of ${path} was answered ${answer.statusCode}.`);
    let last = version;
    let rest = '';
    answer.setEncoding('utf8');
    answer.on('data', (chunk: string) => {
      const at = performance.now();
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const event = JSON.parse(line);
        last = event.object.metadata.resourceVersion;
        onEvent({ ...event, at });
      }
    });
    answer.on('close', () => {
      if (!this.#isClosed) void this.watch(path, last, onEvent);
    });
  }

  /** Breaks every connection. */
  close(): void {
    this.#isClosed = true;
    this.#agent.destroy();
  }

  #open(method: string, path: string, body?: unknown): Promise<IncomingMessage> {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const { url, token } = this.#target;
    const headers = {
      accept: 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
      ...(payload && {
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(payload)),
      }),
    };
    return new Promise((resolve, reject) => {
      const request = this.#send(new URL(path, url), { method, headers, agent: this.#agent }, resolve);
      request.on('error', reject);
      request.end(payload);
    });
  }
}

function isGood({ statusCode = 0 }: IncomingMessage): boolean {
  return statusCode >= 200 && statusCode < 300;
}
