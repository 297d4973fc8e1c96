/** One context's connection: its credentials, its two warm lanes, and what is done when one of them fails. */
import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { plainBody, readJson, readRefusal } from './answer.ts';
import { ApiError, type ApiRequest, type Connection, type Lane } from './api.ts';
import type { Clock } from './clock.ts';
import { type Credential, Credentials } from './credentials.ts';
import { Deadline } from './deadline.ts';
import { isClosedConnection, toApiError } from './failure.ts';
import { impersonationHeaders } from './impersonation.ts';
import type { KubeContext } from './kube-context.ts';
import type { KubeCluster, KubeUser } from './kubeconfig-entries.ts';
import type { LaneTransport } from './lane.ts';
import { Lanes } from './lanes.ts';
import { isLoopback } from './proxy.ts';

const REQUEST_TIMEOUT_MS = 15_000;

export interface ConnectOptions {
  /** For example `netkeeper/0.1.0`. */
  readonly userAgent: string;
  readonly env: NodeJS.ProcessEnv;
  readonly clock: Clock;
}

/**
 * Connects to a context's server. Nothing is dialled, read or run before the first request. For a context with a
 * problem every request throws ApiError 'credentials' with the problem's words.
 */
export function connect(context: KubeContext, options: ConnectOptions): Connection {
  const { cluster, problem } = context;
  if (cluster === undefined || problem !== undefined) {
    return new BrokenConnection(problem ?? `the context "${context.name}" has no cluster`);
  }
  return new ServerConnection(context, cluster, options);
}

class BrokenConnection implements Connection {
  readonly #problem: string;

  constructor(problem: string) {
    this.#problem = problem;
  }

  async request(): Promise<never> {
    throw new ApiError('credentials', this.#problem);
  }

  async openStream(): Promise<never> {
    throw new ApiError('credentials', this.#problem);
  }

  reconnect(): void {}

  async close(): Promise<void> {}
}

class ServerConnection implements Connection {
  readonly #server: string;
  readonly #clock: Clock;
  readonly #credentials: Credentials;
  readonly #lanes: Lanes;
  /** The headers of every request, as a flat list of names and values. */
  readonly #headers: readonly string[];

  constructor(context: KubeContext, cluster: KubeCluster, options: ConnectOptions) {
    const { user } = context;
    this.#server = cluster.server;
    this.#clock = options.clock;
    this.#credentials = new Credentials({ ...options, contextName: context.name, cluster, user });
    this.#lanes = new Lanes(cluster, options.env);
    this.#headers = commonHeaders(cluster, user, options.userAgent);
  }

  async request(request: ApiRequest): Promise<unknown> {
    const deadline = new Deadline(this.#clock, request.signal);
    try {
      return await readJson(await this.#answer(request, deadline), this.#server);
    } catch (error) {
      throw toApiError(error, this.#server);
    } finally {
      deadline.end();
    }
  }

  async openStream(request: ApiRequest): Promise<AsyncIterable<Uint8Array>> {
    const deadline = new Deadline(this.#clock, request.signal);
    try {
      const answer = await this.#answer(request, deadline);
      deadline.lift();
      return this.#chunks(plainBody(answer), deadline);
    } catch (error) {
      deadline.end();
      throw toApiError(error, this.#server);
    }
  }

  reconnect(): void {
    this.#credentials.recheck();
    void this.#lanes.drop(new ApiError('unreachable', `the connection to ${this.#server} is dialled anew`));
  }

  async close(): Promise<void> {
    const reason = new ApiError('aborted', `the connection to ${this.#server} is closed`);
    this.#credentials.close(reason);
    await this.#lanes.close(reason);
  }

  /** The 2xx answer; a 401 gets one more try with a renewed credential. */
  async #answer(request: ApiRequest, deadline: Deadline): Promise<Dispatcher.ResponseData> {
    // Mostly nothing is waited for: the request is then written before the caller goes on.
    const credential = this.#credentials.fresh ?? (await deadline.reach(this.#credentials.current()));
    const answer = await this.#send(request, credential, deadline);
    if (answer.statusCode !== 401) return this.#accepted(answer, credential);
    const refusal = await this.#refusal(answer, credential);
    // The plugin has a time limit of its own.
    deadline.lift();
    const renewed = await deadline.reach(this.#credentials.renew(credential));
    if (renewed === undefined) throw refusal;
    return this.#accepted(await this.#send(request, renewed, deadline), renewed);
  }

  async #accepted(answer: Dispatcher.ResponseData, credential: Credential): Promise<Dispatcher.ResponseData> {
    if (answer.statusCode >= 200 && answer.statusCode < 300) return answer;
    throw await this.#refusal(answer, credential);
  }

  #refusal(answer: Dispatcher.ResponseData, { secrets }: Credential): Promise<ApiError> {
    return readRefusal(answer, {
      server: this.#server,
      secrets,
      now: this.#clock.now(),
      credentialsRemedy: this.#credentials.remedy,
    });
  }

  /**
   * Sends, and a GET once more when a kept connection turns out to be closed. Never a write: undici itself repeats
   * what it had not written yet, and of anything else only the caller can tell whether twice is harmless.
   */
  async #send(
    request: ApiRequest,
    credential: Credential,
    deadline: Deadline,
  ): Promise<Dispatcher.ResponseData> {
    deadline.limit(request.timeoutMs ?? REQUEST_TIMEOUT_MS, this.#server);
    try {
      return await this.#sendOnce(request, credential, deadline.signal);
    } catch (error) {
      if (request.method !== 'GET' || deadline.signal.aborted || !isClosedConnection(error)) throw error;
      return this.#sendOnce(request, credential, deadline.signal);
    }
  }

  #sendOnce(
    request: ApiRequest,
    credential: Credential,
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData> {
    const lane = this.#lane(request.lane, credential);
    const headers = [...this.#headers, ...lane.headers, 'accept', request.accept ?? 'application/json'];
    if (credential.authorization !== undefined) headers.push('authorization', credential.authorization);
    if (request.body !== undefined) headers.push('content-type', 'application/json');
    return lane.pool.request({
      path: lane.pathPrefix + request.path,
      method: request.method,
      headers,
      body: request.body === undefined ? null : JSON.stringify(request.body),
      signal,
    });
  }

  #lane(lane: Lane, { pem }: Credential): LaneTransport {
    try {
      return this.#lanes.get(lane, pem);
    } catch (error) {
      // Perhaps the files are being replaced, and the key does not fit yet: until it does, the old ones go on.
      this.#credentials.recheck();
      const last = this.#lanes.last(lane);
      if (last === undefined) throw error;
      return last;
    }
  }

  async *#chunks(body: Readable, deadline: Deadline): AsyncIterable<Uint8Array> {
    try {
      for await (const chunk of body) yield chunk;
    } catch (error) {
      throw toApiError(error, this.#server);
    } finally {
      deadline.end();
    }
  }
}

function commonHeaders(
  cluster: KubeCluster,
  user: KubeUser | undefined,
  userAgent: string,
): readonly string[] {
  // On loopback compression costs more than it saves.
  const isPlain = cluster.disableCompression || isLoopback(new URL(cluster.server).hostname);
  return [
    'user-agent',
    userAgent,
    ...(isPlain ? [] : ['accept-encoding', 'gzip']),
    ...impersonationHeaders(user?.impersonation),
  ];
}
