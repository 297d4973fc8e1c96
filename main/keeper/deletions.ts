import type { ApiError, Connection } from '../cluster/api.ts';
import type { Clock } from '../cluster/clock.ts';
import { isNamespaceEnding } from '../cluster/requests.ts';
import type { Decision, Policy, Situation } from '../guard/decision.ts';
import { decide } from '../guard/decision.ts';
import { ownerOf } from '../guard/managed-by.ts';
import type { NetworkObject } from '../guard/manifest.ts';
import type { UsageIndex } from '../guard/usage.ts';
import type { NetworkKey, NetworkUser } from '../guard/users.ts';
import type { Case, CaseState, HowOpened } from './deletion-case.ts';
import { newCase } from './deletion-case.ts';
import type { ContextEvent, FailReason } from './events.ts';
import type { FightRecord } from './fights.ts';
import type { KnownNetworks } from './known-networks.ts';
import { keyOf } from './known-networks.ts';
import type { UserSummary } from './messages.ts';
import * as tell from './messages.ts';
import { explainRefusedCreate } from './problems.ts';
import type { LetGo, RestoreOutcome } from './restore.ts';
import { explainReplaced, restoreNetwork, restoreOnce } from './restore.ts';
import { ResurrectionNotes } from './resurrection-notes.ts';
import type { StrayWatch } from './strays.ts';

export interface DeletionsOptions {
  readonly connection: Connection;
  readonly usage: UsageIndex;
  readonly known: KnownNetworks;
  readonly fights: FightRecord;
  readonly strays: StrayWatch;
  /** As the user has it now. */
  readonly policy: () => Policy;
  readonly clock: Clock;
  readonly random: () => number;
  /** Whether pods and workloads were all read and are being watched: only then does "nobody uses it" mean it. */
  readonly isUsageComplete: () => boolean;
  /** Rejects if the cluster is another one by now, or does not tell. */
  readonly requireSameCluster: () => Promise<void>;
  /** Called when a request was refused for its credentials. */
  readonly credentialsRefused: (error: ApiError) => void;
  readonly emit: (event: ContextEvent) => void;
  /** Called when the state of a network's case has changed, or its case was closed. */
  readonly touched: (key: NetworkKey) => void;
  readonly log: (message: string) => void;
}

/** A create that was refused is tried again this often while the network is used, without another word. */
const REFUSED_RETRY_MS = 60_000;

/** Decides on every deleted network of one cluster and carries it out. Decisions are in guard/decision.ts. */
export class Deletions {
  readonly #options: DeletionsOptions;
  readonly #cases = new Map<NetworkKey, Case>();
  readonly #stop = new AbortController();
  /** Uids of what we made, the last of each network. */
  readonly #made = new Map<NetworkKey, string>();
  readonly #notes: ResurrectionNotes;

  constructor(options: DeletionsOptions) {
    this.#options = options;
    this.#notes = new ResurrectionNotes({ ...options, stopped: this.#stop.signal });
  }

  has(key: NetworkKey): boolean {
    return this.#cases.has(key);
  }

  /** What is being done about a network that is gone; undefined where there is nothing to do. */
  stateOf(key: NetworkKey): CaseState | undefined {
    return this.#cases.get(key)?.state;
  }

  /** A network is gone: seen live, or (missed) found gone; or it was let go long ago and is asked for now. */
  open(network: NetworkObject, how: Omit<HowOpened, 'isByPerson'>): void {
    const key = keyOf(network);
    const earlier = this.#close(key);
    const opened = this.#openCase(network, how, earlier);
    const sayDeleted = () => {
      if (!opened.wasLetGo) this.#options.emit(tell.deleted(network, how.missed, this.#users(opened)));
    };
    if (earlier?.state !== 'restoring' && earlier?.state !== 'queued') {
      this.#decideAndSay(opened, sayDeleted);
      return;
    }
    sayDeleted();
    // Two creates of one network must not overtake each other, and the first one counts in a fight.
    this.#enter(opened, 'queued');
    opened.work = earlier.work.then(() => {
      if (!this.#isCurrent(opened)) return;
      const there = this.#whatIsThere(key);
      if (there === undefined) this.#decide(opened);
      else this.#thereAgain(opened, there);
    });
  }

  /** The network is there, by whoever's hand. */
  appeared(network: NetworkObject): void {
    const open = this.#cases.get(keyOf(network));
    // While we create it ourselves, the server's answer to that is what counts.
    if (open === undefined || open.state === 'restoring' || open.state === 'queued') return;
    this.#thereAgain(open, network);
  }

  /** Users of the network came or went. */
  usersChanged(key: NetworkKey): void {
    const open = this.#cases.get(key);
    if (open !== undefined && this.#turnsOnUsers(open)) this.#decide(open);
    this.#checkStray(key);
  }

  /** Pods and workloads are known again: what had to wait for that is decided now. */
  usageCompleted(): void {
    for (const open of this.#cases.values()) if (open.state === 'undecided') this.#decide(open);
  }

  /** The user wants something else than before. What is held goes on only if more restores are allowed than were. */
  policyChanged(before: Policy): void {
    const isMoreAllowed = this.#options.policy().fightLimit > before.fightLimit;
    for (const open of [...this.#cases.values()]) {
      const { state } = open;
      const isOpen = state === 'asking' || state === 'undecided' || (state === 'held' && isMoreAllowed);
      const decision = this.#decision(open);
      if (isOpen || (state === 'refused' && decision.action !== 'restore')) this.#carryOut(open, decision);
    }
  }

  /** Tries at once what was refused. */
  retryNow(): void {
    for (const open of [...this.#cases.values()]) if (open.state === 'refused') this.#decide(open);
  }

  /** A person lets a network that is gone stay away. */
  release(network: NetworkObject): void {
    const key = keyOf(network);
    const missed = this.#close(key)?.missed ?? false;
    this.#options.known.release(key);
    this.#options.touched(key);
    this.#options.emit(tell.letGo(network, 'released', 'a person let it go', missed));
  }

  /** A person asks for a network that is gone: one try, whatever was decided before. Throws ApiError if nothing came of it. */
  async restoreAsked(network: NetworkObject, seenAt: number): Promise<RestoreOutcome> {
    const before = this.#close(keyOf(network));
    const open = this.#openCase(
      network,
      { toldAt: this.#options.clock.now(), seenAt, missed: before?.missed ?? false, isByPerson: true },
      before,
    );
    open.said = before?.said ?? '';
    this.#enter(open, 'restoring');
    const trying = open.work.then(() =>
      restoreOnce(network, { ...this.#options, stopped: this.#stop.signal }),
    );
    open.work = trying.then(
      (outcome) => this.#conclude(open, outcome),
      () => this.#goBack(open, before),
    );
    const outcome = await trying;
    await open.work;
    return outcome;
  }

  /** Ends all work; resolves when nothing of it is under way any more. */
  async stop(): Promise<void> {
    this.#stop.abort();
    const open = [...this.#cases.values()];
    for (const { key } of open) this.#close(key);
    await Promise.all(open.map(({ work }) => work));
  }

  #turnsOnUsers(open: Case): boolean {
    switch (open.state) {
      case 'queued':
      case 'restoring':
        return false;
      // It waits for its time to be tried again.
      case 'refused':
        return this.#users(open).count === 0;
      // A fight waits for a person.
      case 'held':
        return false;
      default:
        return true;
    }
  }

  #openCase(network: NetworkObject, how: HowOpened, earlier: Case | undefined): Case {
    const opened = newCase(network, how, earlier);
    this.#cases.set(opened.key, opened);
    this.#options.touched(opened.key);
    return opened;
  }

  #enter(open: Case, state: CaseState): void {
    open.state = state;
    this.#options.touched(open.key);
  }

  /** What a person asked for came to nothing: it is again as it was before. */
  #goBack(open: Case, before: Case | undefined): void {
    if (!this.#isCurrent(open)) return;
    switch (before?.state) {
      case undefined:
      case 'letGo':
        this.#close(open.key);
        break;
      case 'asking':
        open.askedFor = before.askedFor;
        this.#enter(open, before.state);
        break;
      case 'held':
        this.#enter(open, before.state);
        break;
      case 'refused':
        this.#waitToRetry(open);
        break;
      default:
        this.#enter(open, 'undecided');
        this.#decide(open);
    }
  }

  #isCurrent(open: Case): boolean {
    return this.#cases.get(open.key) === open;
  }

  #close(key: NetworkKey): Case | undefined {
    const open = this.#cases.get(key);
    if (this.#cases.delete(key)) this.#options.touched(key);
    // With a reason: the error that is made without one costs a stack trace.
    open?.abort.abort('closed');
    return open;
  }

  /** Decides on a new deletion. A restore's first request goes out before the words; it cannot end before them. */
  #decideAndSay(open: Case, sayDeleted: () => void): void {
    const decision = this.#decision(open);
    if (decision.action !== 'restore') sayDeleted();
    this.#carryOut(open, decision);
    if (decision.action === 'restore') sayDeleted();
  }

  #decide(open: Case): void {
    this.#carryOut(open, this.#decision(open));
  }

  #decision(open: Case): Decision {
    return decide(this.#situation(open), this.#options.policy());
  }

  #carryOut(open: Case, decision: Decision): void {
    switch (decision.action) {
      case 'restore':
        this.#startRestore(open);
        break;
      case 'ask':
        this.#ask(open, decision);
        break;
      case 'waitForOwner':
        this.#waitForOwner(open);
        break;
      case 'letGo':
        this.#letGo(open, decision);
        break;
      case 'hold':
        this.#hold(open, decision.why);
        break;
    }
  }

  #situation(open: Case): Situation {
    const { usage, fights, clock } = this.#options;
    const { key, network, missed, ownerHadItsTime, wasLetGo = false } = open;
    return {
      pods: this.#users(open).pods,
      podsRuledOut: open.ruledOut.size,
      templates: usage.templates(key).size,
      missed,
      copyAgeMs: clock.now() - open.seenAt,
      owner: ownerOf(network),
      ownerHadItsTime,
      wasLetGo,
      recentRestores: fights.count(key),
    };
  }

  #startRestore(open: Case): void {
    this.#enter(open, 'restoring');
    open.work = restoreNetwork(open.network, {
      ...this.#options,
      stopped: this.#stop.signal,
      closed: open.abort.signal,
      nextCandidate: () => this.#candidate(open),
      ruleOut: (pod) => open.ruledOut.add(pod.uid),
      isWanted: () => this.#isRestoring(),
    }).then(
      (outcome) => this.#conclude(open, outcome),
      (error: unknown) => this.#options.log(`${open.key}: ${String(error)}`),
    );
  }

  #isRestoring(): boolean {
    const { mode, isPaused } = this.#options.policy();
    return mode === 'restore' && !isPaused;
  }

  #conclude(open: Case, outcome: RestoreOutcome): void {
    const isCurrent = this.#isCurrent(open);
    if (outcome.kind === 'restored') {
      if (isCurrent) this.#close(open.key);
      // Told even if it was deleted again meanwhile: it was brought back, and that counts in a fight.
      if (isCurrent || outcome.by === 'self') this.#restored(open, outcome.network, outcome.by);
      return;
    }
    if (!isCurrent || outcome.kind === 'aborted') return;
    const there = this.#whatIsThere(open.key);
    if (there !== undefined) {
      // Somebody else made it again while we asked.
      this.#thereAgain(open, there);
    } else if (outcome.kind === 'unused' || outcome.kind === 'unwanted') {
      this.#enter(open, 'undecided');
      this.#decide(open);
    } else if (outcome.kind === 'letGo') {
      this.#letGo(open, outcome);
    } else {
      this.#refused(open, outcome);
    }
  }

  #whatIsThere(key: NetworkKey): NetworkObject | undefined {
    const known = this.#options.known.get(key);
    return known?.goneAt === undefined ? known?.copy : undefined;
  }

  #thereAgain(open: Case, network: NetworkObject): void {
    const replaced = explainReplaced(open.network, network);
    if (open.state !== 'letGo' && replaced !== undefined) {
      this.#letGo(open, replaced);
      return;
    }
    this.#close(open.key);
    if (open.state !== 'letGo') this.#restored(open, network, 'other');
  }

  #restored(open: Case, network: NetworkObject, by: 'self' | 'other'): void {
    const { emit, clock, strays, fights } = this.#options;
    // The create for an earlier deletion came after this one, and was told.
    if (by === 'other' && this.#made.get(open.key) === network.metadata.uid) return;
    const tookMs = Math.max(0, clock.now() - open.toldAt);
    const event = tell.restored(network, { by, missed: open.missed, tookMs }, this.#users(open));
    emit(event);
    if (by === 'other') return;
    this.#made.set(open.key, network.metadata.uid);
    if (!open.isByPerson) strays.broughtBack(open.key, network.metadata.uid);
    fights.broughtBack(open.key, open.network);
    this.#notes.leave(network, event.message);
    this.#checkStray(open.key);
  }

  #refused(open: Case, { reason, status }: { reason: FailReason; status: ApiError }): void {
    const message = explainRefusedCreate(open.network.metadata, reason, status);
    this.#say(open, tell.failed(open.network, reason, message, this.#users(open)));
    this.#waitToRetry(open);
  }

  #waitToRetry(open: Case): void {
    this.#enter(open, 'refused');
    this.#later(open, REFUSED_RETRY_MS, 'refused');
  }

  #ask(open: Case, decision: Extract<Decision, { action: 'ask' }>): void {
    // What was only paused is asked about anew once there is a better reason.
    const isPauseOver = open.askedFor === 'paused' && decision.reason !== 'paused';
    if (open.state === 'asking' && !isPauseOver) return;
    open.askedFor = decision.reason;
    this.#enter(open, 'asking');
    const { connection, log } = this.#options;
    const { namespace } = open.network.metadata;
    const check = async () => {
      const isEnding = await isNamespaceEnding(connection, namespace, open.abort.signal).catch((error) => {
        log(`Could not look at namespace ${namespace}: ${String(error)}`);
        return false;
      });
      if (!this.#isCurrent(open) || open.state !== 'asking') return;
      if (isEnding) {
        this.#letGo(open, { reason: 'namespaceTerminating', why: 'its namespace is being deleted' });
      } else {
        this.#say(open, tell.asked(open.network, decision, open.missed, this.#users(open)));
      }
    };
    open.work = open.work.then(check);
  }

  #waitForOwner(open: Case): void {
    if (open.state === 'waitingForOwner') return;
    this.#enter(open, 'waitingForOwner');
    this.#later(open, this.#options.policy().ownerGraceMs, 'waitingForOwner', () => {
      open.ownerHadItsTime = true;
    });
  }

  #hold(open: Case, why: string): void {
    this.#enter(open, 'held');
    const managers = this.#options.fights.managers(open.key);
    this.#say(open, tell.held(open.network, why, managers, this.#users(open)));
  }

  #letGo(open: Case, { reason, why }: LetGo): void {
    const { isUsageComplete, known, policy } = this.#options;
    const isUnused = reason === 'unused' || reason === 'usersGone';
    if (isUnused && !isUsageComplete()) {
      this.#enter(open, 'undecided');
      return;
    }
    if (open.state === 'letGo') return;
    this.#enter(open, 'letGo');
    // One that was let go before and of which nothing was said since is no news.
    const isNews = !open.wasLetGo || open.said !== '';
    if (isNews) this.#say(open, tell.letGo(open.network, reason, why, open.missed));
    // The CRD's end was nobody's decision about this network: what is used is a missed deletion once it is back.
    if (reason !== 'crdGone') known.markLetGo(open.key);
    // The pods' watch may be behind: a pod that turns up within this time counts as having used the network.
    if (isUnused) this.#later(open, policy().provisionalMs, 'letGo', () => this.#close(open.key));
    else this.#close(open.key);
  }

  /** Decides again after `delayMs` if the case is still open and in that state. */
  #later(open: Case, delayMs: number, state: Case['state'], first: () => void = () => {}): void {
    const cancel = this.#options.clock.after(delayMs, () => {
      if (!this.#isCurrent(open) || open.state !== state) return;
      first();
      if (this.#isCurrent(open)) this.#decide(open);
    });
    open.abort.signal.addEventListener('abort', cancel, { once: true });
  }

  #say(open: Case, event: Extract<ContextEvent, { message: string }>): void {
    // A let-go that was reconsidered and came to nothing is no news, whatever its reason is now.
    const saying = event.event === 'letGo' ? event.event : event.message;
    if (open.said === saying) return;
    open.said = saying;
    this.#options.emit(event);
  }

  #checkStray(key: NetworkKey): void {
    const { strays, usage, emit } = this.#options;
    if (usage.pods(key).size > 0 || usage.templates(key).size > 0) return;
    if (strays.usersGone(key)) emit(tell.stray(key));
  }

  #candidate(open: Case): NetworkUser | undefined {
    for (const pod of this.#options.usage.pods(open.key)) if (!open.ruledOut.has(pod.uid)) return pod;
    return undefined;
  }

  #users(open: Case): UserSummary {
    return tell.summarise(this.#options.usage, open.key, open.ruledOut);
  }
}
