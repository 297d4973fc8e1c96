/** One context's connection: its credentials and its two warm lanes. */
import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { plainBody, readJson, readRefusal } from './answer.ts';
import { ApiError, type ApiRequest, type Connection, type Lane } from './api.ts';
import type { Clock } from './clock.ts';
import { type Credential, Credentials } from './credentials.ts';
import { Deadline } from './deadline.ts';
import { toApiError } from './failure.ts';
import { impersonationHeaders } from './impersonation.ts';
import type { KubeContext } from './kube-context.ts';
import type { KubeCluster } from './kubeconfig-entries.ts';
import { type LaneTransport, openLane } from './lane.ts';
import { chooseProxy, isLoopback } from './proxy.ts';
import { type PemTexts, tlsSettings } from './tls.ts';

const REQUEST_TIMEOUT_MS = 15_000;

export interface ConnectOptions {
  /** For example `netkeeper/0.1.0`. */
  readonly userAgent: string;
  readonly env: NodeJS.ProcessEnv;
  readonly clock: Clock;
}

/** Connects to a context's server. Nothing is dialled, read or run before the first request. */
export function connect(context: KubeContext, options: ConnectOptions): Connection {
  const { cluster, problem } = context;
  if (cluster === undefined || problem !== undefined) {
    return brokenConnection(
      new ApiError('credentials', problem ?? `the context "${context.name}" has no cluster`),
    );
  }
  return new ServerConnection(context, cluster, options);
}

function brokenConnection(error: ApiError): Connection {
  return {
    request: () => Promise.reject(error),
    openStream: () => Promise.reject(error),
    reconnect: () => {},
    close: () => Promise.resolve(),
  };
}

interface Lanes {
  readonly pem: PemTexts;
  readonly control: LaneTransport;
  readonly bulk: LaneTransport;
}

class ServerConnection implements Connection {
  readonly #cluster: KubeCluster;
  readonly #server: URL;
  readonly #options: ConnectOptions;
  readonly #credentials: Credentials;
  /** The headers of every request, as a flat list of names and values. */
  readonly #headers: readonly string[];
  #lanes: Lanes | undefined;
  #isClosed = false;

  constructor(context: KubeContext, cluster: KubeCluster, options: ConnectOptions) {
    this.#cluster = cluster;
    this.#server = new URL(cluster.server);
    this.#options = options;
    const { user } = context;
    this.#credentials = new Credentials({ ...options, contextName: context.name, cluster, user });
    const isPlain = cluster.disableCompression || isLoopback(this.#server.hostname);
    this.#headers = [
      'user-agent',
      options.userAgent,
      ...(isPlain ? [] : ['accept-encoding', 'gzip']),
      ...impersonationHeaders(user?.impersonation),
    ];
  }

  async request(request: ApiRequest): Promise<unknown> {
    const deadline = this.#deadline(request);
    try {
      const { response } = await this.#accepted(request, deadline);
      return await readJson(response, this.#name);
    } catch (error) {
      throw toApiError(error, this.#name);
    } finally {
      deadline.end();
    }
  }

  async openStream(request: ApiRequest): Promise<AsyncIterable<Uint8Array>> {
    const deadline = this.#deadline(request);
    try {
      const { response } = await this.#accepted(request, deadline);
      deadline.lift();
      return this.#chunks(plainBody(response), deadline);
    } catch (error) {
      deadline.end();
      throw toApiError(error, this.#name);
    }
  }

  reconnect(): void {
    this.#credentials.recheck();
    void this.#dropLanes();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#credentials.close();
    await this.#dropLanes();
  }

  get #name(): string {
    return `the server at ${this.#cluster.server}`;
  }

  #deadline({ timeoutMs, signal }: ApiRequest): Deadline {
    return new Deadline(this.#options.clock, timeoutMs ?? REQUEST_TIMEOUT_MS, signal, this.#name);
  }

  async #accepted(request: ApiRequest, deadline: Deadline): Promise<{ response: Dispatcher.ResponseData }> {
    if (this.#isClosed) throw new ApiError('aborted', `the connection to ${this.#name} is closed`);
    const credential = await this.#credentials.current();
    const response = await this.#send(request, credential, deadline);
    if (response.statusCode >= 200 && response.statusCode < 300) return { response };
    throw await readRefusal(response, this.#name, credential.secrets, this.#options.clock.now());
  }

  #send(request: ApiRequest, credential: Credential, deadline: Deadline): Promise<Dispatcher.ResponseData> {
    const lane = this.#lane(request.lane, credential.pem);
    const headers = [...this.#headers, ...lane.headers, 'accept', request.accept ?? 'application/json'];
    if (credential.authorization !== undefined) headers.push('authorization', credential.authorization);
    if (request.body !== undefined) headers.push('content-type', 'application/json');
    return lane.pool.request({
      path: lane.pathPrefix + request.path,
      method: request.method,
      headers,
      body: request.body === undefined ? null : JSON.stringify(request.body),
      signal: deadline.signal,
    });
  }

  #lane(lane: Lane, pem: PemTexts): LaneTransport {
    if (this.#lanes === undefined || this.#lanes.pem !== pem) {
      const old = this.#lanes;
      this.#lanes = this.#openLanes(pem);
      void old?.control.pool.close();
      void old?.bulk.pool.close();
    }
    return this.#lanes[lane];
  }

  #openLanes(pem: PemTexts): Lanes {
    const target = {
      server: this.#server,
      tls: this.#server.protocol === 'https:' ? tlsSettings(pem, this.#cluster) : undefined,
      proxy: chooseProxy(this.#server, this.#cluster.proxyUrl, this.#options.env),
    };
    return { pem, control: openLane('control', target), bulk: openLane('bulk', target) };
  }

  async #dropLanes(): Promise<void> {
    const lanes = this.#lanes;
    this.#lanes = undefined;
    await Promise.all([lanes?.control.pool.destroy(), lanes?.bulk.pool.destroy()]);
  }

  async *#chunks(body: Readable, deadline: Deadline): AsyncIterable<Uint8Array> {
    try {
      for await (const chunk of body as AsyncIterable<Uint8Array>) yield chunk;
    } catch (error) {
      throw toApiError(error, this.#name);
    } finally {
      deadline.end();
    }
  }
}
