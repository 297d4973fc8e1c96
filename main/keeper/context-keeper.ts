import type { Permission } from '../cluster/access.ts';
import { findMissing, permissionsToRestore, permissionsToWatch } from '../cluster/access.ts';
import type { Connection } from '../cluster/api.ts';
import { ApiError } from '../cluster/api.ts';
import { backoffMs } from '../cluster/backoff.ts';
import type { Clock } from '../cluster/clock.ts';
import { aborted, wait } from '../cluster/clock.ts';
import { readClusterIdentity, readServerVersion, requireNetworksServed } from '../cluster/requests.ts';
import type { Policy } from '../guard/decision.ts';
import type { NetworkKey } from '../guard/users.ts';
import type { ContextEvent, KeeperEvent, Phase, Problem } from './events.ts';
import { explainBadKubeconfig, explainError, explainMissingRights, explainReadOnly } from './problems.ts';
import { Session } from './session.ts';

export interface Access {
  /** Why the context cannot be used at all, if so. */
  readonly problem: string | undefined;
  readonly connect: () => Connection;
  /** Server and CA: what the cluster's identity is made from where kube-system may not be read. */
  readonly identityFallback: string;
}

export interface ContextKeeperOptions {
  /** The context's name, as it is shown. */
  readonly context: string;
  /** The way to the server, as the kubeconfig has it now. */
  readonly access: () => Access;
  /** Resolves when the kubeconfig or the credentials in it are other ones; never, if `signal` aborts before. */
  readonly accessChanged: (signal: AbortSignal) => Promise<void>;
  /** Empty: all */
  readonly namespaces: readonly string[];
  readonly stateDirectory: string | undefined;
  /** Until `setPolicy` gives another one. */
  readonly policy: Policy;
  readonly clock: Clock;
  readonly random: () => number;
  readonly emit: (event: KeeperEvent) => void;
  /** For who shows more than events. */
  readonly watcher?: ContextWatcher;
  readonly log: (message: string) => void;
}

/** Told of each change, however small. Must not throw. */
export interface ContextWatcher {
  /** Phase, problem, or how much was read. */
  stateChanged(): void;
  /** What is known of a network, of its users or of what is done about it. */
  networkTouched(key: NetworkKey): void;
}

const BACKOFF_BASE_MS = 500;
const BACKOFF_CAP_MS = 5_000;
/** Rights change when a person changes them, but a server that is starting refuses only for a moment. */
const FORBIDDEN_BACKOFF_CAP_MS = 30_000;

/** Keeps the networks of one context: connects, watches, decides, and says in which phase it is. */
export class ContextKeeper {
  readonly #options: ContextKeeperOptions;
  readonly #namespaces: readonly (string | undefined)[];
  readonly #stop = new AbortController();
  #policy: Policy;
  #retry = new AbortController();
  #isSuspended = false;
  #wake = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #connection: Connection | undefined;
  #session: Session | undefined;
  #phase: Phase = 'off';
  #problem: Problem | undefined;
  /** Told while watching: rights to restore are missing. */
  #readOnly: Problem | undefined;

  constructor(options: ContextKeeperOptions) {
    this.#options = options;
    this.#policy = options.policy;
    this.#namespaces = options.namespaces.length === 0 ? [undefined] : options.namespaces;
  }

  get context(): string {
    return this.#options.context;
  }

  get phase(): Phase {
    return this.#phase;
  }

  get problem(): Problem | undefined {
    return this.#problem;
  }

  /** What is known of the networks, once all was read; undefined while the cluster cannot be watched. */
  get session(): Session | undefined {
    return this.#session?.isSynced ? this.#session : undefined;
  }

  /** Objects read so far by lists that are under way. */
  get itemsRead(): number {
    return this.#session?.feeds.itemsRead ?? 0;
  }

  /** What the user wants from now on; what was decided otherwise and is still open is decided again. */
  setPolicy(policy: Policy): void {
    const before = this.#policy;
    this.#policy = policy;
    this.#session?.policyChanged(before);
  }

  /** Tries at once whatever waits for its next try, refused credentials too. */
  retryNow(): void {
    this.#retry.abort();
    this.#session?.retryNow();
    if (this.#session !== undefined) return;
    this.#setPhase('connecting');
    this.#connection?.reconnect();
  }

  /** The computer goes to sleep: nothing is asked of the server until `resume`. */
  suspend(): void {
    if (this.#isSuspended) return;
    this.#isSuspended = true;
    this.#wake = new AbortController();
    this.#session?.suspend();
  }

  /** Dials anew, and lists again what was read before. */
  resume(): void {
    this.#isSuspended = false;
    this.#wake.abort();
    if (!isForPerson(this.#problem)) this.#retry.abort();
    // What was open when the computer fell asleep may be dead without knowing it.
    this.#connection?.reconnect();
    this.#session?.resume();
  }

  /** Begins; call once. */
  start(): void {
    this.#running = this.#run();
  }

  /** Ends everything and resolves when nothing is under way and the copies are on disk. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    for (let failures = 1; !signal.aborted; failures += 1) {
      if (this.#isSuspended) await aborted(AbortSignal.any([this.#wake.signal, signal]));
      const problem = await this.#stay(this.#options.access());
      if (this.#session?.isSynced) failures = 1;
      this.#session = undefined;
      if (problem !== undefined) this.#setPhase('failed', problem);
      await this.#pause(problem, failures);
    }
    this.#phase = 'off';
  }

  async #pause(problem: Problem | undefined, failures: number): Promise<void> {
    await this.#waitToRetry(problem, failures);
    if (this.#retry.signal.aborted) this.#retry = new AbortController();
  }

  async #waitToRetry(problem: Problem | undefined, failures: number): Promise<void> {
    const { clock, random, accessChanged } = this.#options;
    const signal = AbortSignal.any([this.#stop.signal, this.#retry.signal]);
    if (isForPerson(problem)) {
      await Promise.race([accessChanged(signal), aborted(signal)]);
      return;
    }
    const capMs = problem?.code === 'forbidden' ? FORBIDDEN_BACKOFF_CAP_MS : BACKOFF_CAP_MS;
    await wait(clock, backoffMs(failures, BACKOFF_BASE_MS, capMs, random), signal);
  }

  /** One stay at one cluster, over one connection. Gives the problem that ended it, if one did. */
  async #stay({ problem, connect, identityFallback }: Access): Promise<Problem | undefined> {
    if (problem !== undefined) return explainBadKubeconfig(problem);
    if (this.#phase === 'off') this.#setPhase('connecting');
    const connection = connect();
    this.#connection = connection;
    try {
      const cluster = await this.#arrive(connection, identityFallback);
      if (typeof cluster !== 'string') return cluster;
      return await this.#watch(connection, cluster, identityFallback);
    } catch (error) {
      // Whatever it is, it must not end the other contexts: said as this context's problem, and tried again.
      return explainError(
        error instanceof ApiError ? error : new ApiError('badAnswer', String(error), { cause: error }),
      );
    } finally {
      this.#connection = undefined;
      await connection.close();
    }
  }

  /** Reachable? May we? Is the CRD there? Which cluster? Gives the cluster's identity or the problem. */
  async #arrive(connection: Connection, identityFallback: string): Promise<string | Problem> {
    const { signal } = this.#stop;
    await readServerVersion(connection, signal);
    const [missing, readOnly] = await Promise.all([
      findMissing(connection, permissionsToWatch(this.#namespaces), signal),
      findMissing(connection, permissionsToRestore(this.#namespaces), signal),
    ]);
    if (missing.length > 0) return explainMissingRights(missing);
    await requireNetworksServed(connection, this.#namespaces[0], signal);
    this.#readOnly = this.#explainReadOnly(readOnly);
    // Last: a server that is starting refuses everything until it has read its roles, and then hides this too.
    return readClusterIdentity(connection, identityFallback, signal);
  }

  #explainReadOnly(missing: readonly Permission[]): Problem | undefined {
    return missing.length === 0 ? undefined : explainReadOnly(missing);
  }

  async #watch(
    connection: Connection,
    cluster: string,
    identityFallback: string,
  ): Promise<Problem | undefined> {
    const end = new AbortController();
    const session = new Session({
      ...this.#options,
      policy: () => this.#policy,
      touched: (key) => this.#options.watcher?.networkTouched(key),
      connection,
      cluster,
      identityFallback,
      namespaces: this.#namespaces,
      emit: (event) => this.#emit(event),
      onFeedsChanged: () => {
        this.#showPhase(session);
        this.#options.watcher?.stateChanged();
        if (session.feeds.error?.code === 'credentials') end.abort();
      },
    });
    this.#session = session;
    this.#setPhase('syncing');
    if (this.#isSuspended) return undefined;
    await session.run(AbortSignal.any([this.#stop.signal, end.signal]));
    const { error } = session.feeds;
    return error?.code === 'credentials' ? explainError(error) : undefined;
  }

  #showPhase(session: Session): void {
    const { error } = session.feeds;
    if (error !== undefined) {
      const problem = explainError(error);
      const isDown = problem.code === 'unreachable' && session.isSynced;
      this.#setPhase(isDown ? 'reconnecting' : 'failed', problem);
    } else if (session.isSynced) {
      this.#setPhase(session.feeds.areSuspended ? 'reconnecting' : 'watching', this.#readOnly);
    } else {
      this.#setPhase('syncing');
    }
  }

  /** Tells of a change of phase or problem, once. */
  #setPhase(phase: Phase, problem?: Problem): void {
    if (this.#stop.signal.aborted) return;
    const isNews = phase !== this.#phase || problem?.code !== this.#problem?.code;
    this.#phase = phase;
    this.#problem = problem;
    this.#options.watcher?.stateChanged();
    // Only who has seen the failure asks for another try.
    if (isNews && phase === 'failed' && this.#retry.signal.aborted) this.#retry = new AbortController();
    if (isNews) this.#emit({ event: 'phase', phase, ...(problem && { problem }) });
  }

  #emit(event: ContextEvent): void {
    const { clock, context, emit } = this.#options;
    emit({ time: new Date(clock.now()).toISOString(), context, ...event });
    if (event.event === 'restored' && event.by === 'self') this.#mayCreate();
  }

  /** A create that worked says more than a review of rights from when we came. */
  #mayCreate(): void {
    const wasReadOnly = this.#readOnly !== undefined;
    this.#readOnly = undefined;
    if (wasReadOnly && this.#phase === 'watching') this.#setPhase('watching');
  }
}

/** Another try with credentials that were refused could lock the account: a person has to act first. */
export function isForPerson(problem: Problem | undefined): boolean {
  return problem?.code === 'credentials' || problem?.code === 'badKubeconfig';
}
