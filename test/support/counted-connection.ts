/** A connection that knows what is under way on it, and that a test can cut for good as a SIGKILL does. */
import type { ApiRequest, Connection } from '../../main/cluster/api.ts';
import { ApiError } from '../../main/cluster/api.ts';

/** What is under way on several connections. */
export class Traffic {
  /** Requests without their whole answer, and watches without their headers. */
  underWay = 0;
  /** Changes with everything that starts, ends or arrives. */
  movements = 0;
  isCut = false;

  begin(): void {
    if (this.isCut) throw new ApiError('aborted', 'The test has cut the connection.');
    this.underWay += 1;
    this.movements += 1;
  }

  end(): void {
    this.underWay -= 1;
    this.movements += 1;
  }
}

export class CountedConnection implements Connection {
  readonly #inner: Connection;
  readonly #traffic: Traffic;

  constructor(inner: Connection, traffic: Traffic) {
    this.#inner = inner;
    this.#traffic = traffic;
  }

  async request(request: ApiRequest): Promise<unknown> {
    this.#traffic.begin();
    try {
      return await this.#inner.request(request);
    } finally {
      this.#traffic.end();
    }
  }

  async openStream(request: ApiRequest): Promise<AsyncIterable<Uint8Array>> {
    this.#traffic.begin();
    try {
      return this.#counted(await this.#inner.openStream(request));
    } finally {
      this.#traffic.end();
    }
  }

  reconnect(): void {
    this.#inner.reconnect();
  }

  close(): Promise<void> {
    return this.#inner.close();
  }

  async *#counted(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    for await (const chunk of chunks) {
      if (this.#traffic.isCut) throw new ApiError('aborted', 'The test has cut the connection.');
      this.#traffic.movements += 1;
      yield chunk;
    }
  }
}
