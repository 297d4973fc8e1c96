import type { Connection } from '../cluster/api.ts';
import { ApiError } from '../cluster/api.ts';
import type { Clock } from '../cluster/clock.ts';
import { aborted } from '../cluster/clock.ts';
import { isStillCluster } from '../cluster/requests.ts';
import type { Decision, Policy } from '../guard/decision.ts';
import type { NetworkObject } from '../guard/manifest.ts';
import { UsageIndex } from '../guard/usage.ts';
import type { NetworkKey } from '../guard/users.ts';
import { ClusterWatches } from './cluster-watches.ts';
import { Copies } from './copies.ts';
import type { CaseState } from './deletion-case.ts';
import { DeletionCases } from './deletion-cases.ts';
import { Deletions } from './deletions.ts';
import type { ContextEvent } from './events.ts';
import { Feeds } from './feeds.ts';
import { FightRecord } from './fights.ts';
import { KnownNetworks, keyOf } from './known-networks.ts';
import { deleting, summarise } from './messages.ts';
import { MissingNetworks } from './missing.ts';
import { OwnRestores } from './own-restores.ts';
import { PersonActs } from './person-acts.ts';
import type { RestoreOutcome } from './restore.ts';
import { StrayWatch } from './strays.ts';
import type { UndoOutcome } from './undo.ts';

export interface SessionOptions {
  readonly connection: Connection;
  /** The cluster's identity when the session began; another one ends the session. */
  readonly cluster: string;
  /** What the identity is made from where kube-system may not be read. */
  readonly identityFallback: string;
  /** undefined: all namespaces, in one watch */
  readonly namespaces: readonly (string | undefined)[];
  /** undefined: nothing is kept on disk */
  readonly stateDirectory: string | undefined;
  /** As the user has it now. */
  readonly policy: () => Policy;
  readonly clock: Clock;
  readonly random: () => number;
  readonly emit: (event: ContextEvent) => void;
  /** Called when something changed that the phase is found from. */
  readonly onFeedsChanged: () => void;
  /** Called when what is known of a network, of its users or of what is done about it has changed. */
  readonly touched: (key: NetworkKey) => void;
  readonly log: (message: string) => void;
}

/** One stay at one cluster: its watches, what they tell, and the decisions on it. */
export class Session {
  readonly usage = new UsageIndex();
  readonly known = new KnownNetworks();
  readonly feeds: Feeds;
  readonly #options: SessionOptions;
  readonly #ownRestores = new OwnRestores();
  readonly #cases: DeletionCases;
  readonly #deletions: Deletions;
  readonly #personActs: PersonActs;
  readonly #missing: MissingNetworks;
  readonly #copies: Copies | undefined;
  readonly #watches: ClusterWatches;
  readonly #end = new AbortController();
  #identityCheck: Promise<void> | undefined;
  #isSynced = false;
  #startedAt = 0;

  constructor(options: SessionOptions) {
    this.#options = options;
    const { usage, known } = this;
    const { clock, namespaces, stateDirectory } = options;
    const policy = options.policy();
    this.feeds = new Feeds(
      () => this.#feedsChanged(),
      () => clock.now(),
    );
    const cases = new DeletionCases(options);
    const requireSameCluster = () => this.#checkIdentity();
    this.#cases = cases;
    this.#deletions = new Deletions({
      ...options,
      cases,
      usage,
      known,
      fights: new FightRecord(clock, policy.fightWindowMs),
      strays: new StrayWatch(clock, policy.strayWindowMs, known),
      ownRestores: this.#ownRestores,
      isUsageComplete: () => this.feeds.isUsageComplete,
      requireSameCluster,
      credentialsRefused: (error) => this.feeds.credentialsRefused(error),
    });
    this.#personActs = new PersonActs({
      ...options,
      cases,
      deletions: this.#deletions,
      known,
      requireSameCluster,
      knownChanged: () => this.#copies?.changed(),
    });
    const covers = (namespace: string) => namespaces.includes(undefined) || namespaces.includes(namespace);
    const { missingGraceMs } = policy;
    this.#missing = new MissingNetworks({
      ...options,
      usage,
      known,
      cases,
      deletions: this.#deletions,
      graceMs: missingGraceMs,
      covers,
      areNetworksLive: () => this.feeds.areNetworksLive,
    });
    if (stateDirectory !== undefined) {
      const { provisionalMs, oldCopyMs } = policy;
      this.#copies = new Copies({ ...options, stateDirectory, known, provisionalMs, keepLetGoMs: oldCopyMs });
    }
    this.#watches = new ClusterWatches({
      ...options,
      usage,
      feeds: this.feeds,
      beforeRetry: requireSameCluster,
      listener: {
        networksListed: (namespace, list, done) => this.#networksListed(namespace, list, done),
        networkChanged: (network) => this.#changed(network),
        networkDeleted: (network, receivedAt) => this.#deleted(network, receivedAt),
        networksStateChanged: () => this.#copies?.setFresh(this.feeds.areNetworksLive),
        usersChanged: (touched) => this.#usersChanged(touched),
      },
    });
  }

  get isSynced(): boolean {
    return this.#isSynced;
  }

  /** Every network that is there, that is gone and known, or that is missing. */
  *networks(): Iterable<NetworkKey> {
    yield* this.known.keys();
    for (const key of this.usage.networks()) if (this.isMissing(key)) yield key;
  }

  /** What is being done about a network that is gone. */
  caseOf(key: NetworkKey): CaseState | undefined {
    return this.#cases.get(key)?.state;
  }

  /** Whether the network was told to be missing and still is. */
  isMissing(key: NetworkKey): boolean {
    return this.#missing.isTold(key);
  }

  /** What would be done if the network were deleted now; undefined for one that is not there. */
  forecast(key: NetworkKey): Decision | undefined {
    const known = this.known.get(key);
    return known === undefined || known.goneAt !== undefined
      ? undefined
      : this.#deletions.forecast(known.copy);
  }

  /** Whether what stands there was brought back by us during this stay, and is not being deleted already. */
  canUndo(key: NetworkKey): boolean {
    const { copy, goneAt, isEnding } = this.known.get(key) ?? {};
    if (copy === undefined || goneAt !== undefined || isEnding) return false;
    return this.#ownRestores.isCertain(key, copy.metadata.uid);
  }

  policyChanged(before: Policy): void {
    this.#deletions.policyChanged(before);
  }

  /** Tries at once all that waits for its next try. */
  retryNow(): void {
    this.#watches.retryNow();
    this.#deletions.retryNow();
  }

  suspend(): void {
    this.#watches.suspend();
  }

  /** Lists again what was suspended. */
  resume(): void {
    this.#watches.resume();
  }

  /**
   * Brings a network back because a person asks for it now. Undefined if it is not gone or no copy of it is known.
   * Throws ApiError if the server cannot be asked.
   */
  async restoreAsked(key: NetworkKey): Promise<RestoreOutcome | undefined> {
    const known = this.known.get(key);
    if (known?.goneAt === undefined) return undefined;
    return this.#personActs.restore(known.copy, known.goneAt);
  }

  /** A person lets a network stay away. False if it is not gone or no copy of it is known. */
  release(key: NetworkKey): boolean {
    const known = this.known.get(key);
    if (known?.goneAt === undefined) return false;
    this.#personActs.release(known.copy);
    return true;
  }

  /**
   * Deletes again what we brought back, because a person asks for it. Undefined if what stands there is something else.
   * Throws ApiError if the server cannot be asked.
   */
  async undoRestore(key: NetworkKey): Promise<UndoOutcome | undefined> {
    const known = this.known.get(key);
    return known !== undefined && this.canUndo(key) ? this.#personActs.undo(known.copy) : undefined;
  }

  /** Watches until `signal` aborts or another cluster stands at this address; resolves when all has ended. */
  async run(signal: AbortSignal): Promise<void> {
    this.#startedAt = this.#options.clock.now();
    await this.#copies?.load();
    const running = this.#watches.run();
    await aborted(AbortSignal.any([signal, this.#end.signal]));
    // Nothing may wait for an answer about the cluster's identity any more.
    this.#end.abort();
    this.#watches.stop();
    this.#missing.stop();
    await Promise.all([running, this.#personActs.stop(), this.#deletions.stop()]);
    await this.#copies?.stop();
  }

  #networksListed(namespace: string | undefined, list: readonly NetworkObject[], done: () => void): void {
    this.known.replace(namespace, list, this.#options.clock.now());
    for (const key of this.known.keys()) this.#options.touched(key);
    for (const network of list) this.#appeared(network);
    this.#copies?.setFresh(true);
    done();
    if (this.#isSynced) this.#openLost();
    this.#copies?.listed();
  }

  #usersChanged(touched: Iterable<NetworkKey>): void {
    for (const key of touched) {
      this.#deletions.usersChanged(key);
      this.#options.touched(key);
      if (this.#isSynced) this.#missing.usersChanged(key);
    }
  }

  #deleted(network: NetworkObject, receivedAt: number): void {
    const copy = this.known.remove(network, receivedAt);
    this.#deletions.open(copy, { toldAt: receivedAt, seenAt: receivedAt, missed: false });
    this.#noted(copy);
  }

  #changed(network: NetworkObject): void {
    const key = keyOf(network);
    const isEnding = network.metadata.deletionTimestamp !== undefined;
    const isNews = this.known.get(key)?.isEnding !== true;
    this.known.observe(network);
    this.#appeared(network);
    this.#noted(network);
    if (!isEnding || !isNews) return;
    const users = summarise(this.usage, key);
    if (users.count > 0) this.#options.emit(deleting(network, users));
  }

  #noted(network: NetworkObject): void {
    this.#options.touched(keyOf(network));
    this.#copies?.changed();
  }

  #appeared(network: NetworkObject): void {
    this.#deletions.appeared(network);
    this.#missing.appeared(keyOf(network));
  }

  /** What is gone and nobody dealt with was deleted while we looked away. */
  #openLost(): void {
    const { clock, namespaces } = this.#options;
    for (const key of [...this.known.lost()]) {
      const known = this.known.get(key);
      if (known?.goneAt === undefined || this.#cases.has(key)) continue;
      if (!namespaces.includes(undefined) && !namespaces.includes(known.copy.metadata.namespace)) continue;
      this.#deletions.open(known.copy, { toldAt: clock.now(), seenAt: known.goneAt, missed: true });
    }
  }

  #feedsChanged(): void {
    if (!this.#isSynced && this.feeds.areAllRead) this.#synced();
    if (this.feeds.isUsageComplete) this.#deletions.usageCompleted();
    this.#options.onFeedsChanged();
  }

  #synced(): void {
    this.#isSynced = true;
    let pods = 0;
    let attachments = 0;
    for (const user of this.usage.users('Pod')) {
      pods += 1;
      attachments += user.attachments.length;
    }
    const tookMs = this.#options.clock.now() - this.#startedAt;
    this.#options.emit({ event: 'synced', networks: this.known.presentCount, pods, attachments, tookMs });
    this.#openLost();
    this.#missing.checkAll();
  }

  /** Asked after each failure, once for all who wait for it. Rejects if it cannot be told or is another one. */
  #checkIdentity(): Promise<void> {
    this.#identityCheck ??= this.#requireSameCluster().finally(() => {
      this.#identityCheck = undefined;
    });
    return this.#identityCheck;
  }

  async #requireSameCluster(): Promise<void> {
    const { connection, cluster } = this.#options;
    if (await isStillCluster(connection, cluster, this.#end.signal)) return;
    this.#end.abort();
    throw new ApiError('aborted', 'Another cluster stands at this address.');
  }
}
