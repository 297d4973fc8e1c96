import type { ApiError, Connection } from '../cluster/api.ts';
import type { Clock } from '../cluster/clock.ts';
import type { Decision, Policy, Situation } from '../guard/decision.ts';
import { decide } from '../guard/decision.ts';
import { ownerOf } from '../guard/managed-by.ts';
import type { NetworkObject } from '../guard/manifest.ts';
import type { UsageIndex } from '../guard/usage.ts';
import type { NetworkKey, NetworkUser } from '../guard/users.ts';
import type { Case, HowOpened } from './deletion-case.ts';
import { newCase } from './deletion-case.ts';
import type { DeletionCases } from './deletion-cases.ts';
import type { ContextEvent } from './events.ts';
import type { FightRecord } from './fights.ts';
import type { KnownNetworks } from './known-networks.ts';
import { keyOf } from './known-networks.ts';
import type { UserSummary } from './messages.ts';
import * as tell from './messages.ts';
import type { OwnRestores } from './own-restores.ts';
import type { RestoreOutcome } from './restore.ts';
import { explainReplaced, restoreNetwork } from './restore.ts';
import { ResurrectionNotes } from './resurrection-notes.ts';
import type { StrayWatch } from './strays.ts';
import { Waits } from './waits.ts';

export interface DeletionsOptions {
  readonly connection: Connection;
  readonly cases: DeletionCases;
  readonly usage: UsageIndex;
  readonly known: KnownNetworks;
  readonly fights: FightRecord;
  readonly strays: StrayWatch;
  readonly ownRestores: OwnRestores;
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
  readonly log: (message: string) => void;
}

/** Decides on every deleted network of one cluster and carries it out. Decisions are in guard/decision.ts. */
export class Deletions {
  readonly #options: DeletionsOptions;
  readonly #cases: DeletionCases;
  readonly #stop = new AbortController();
  readonly #notes: ResurrectionNotes;
  readonly #waits: Waits;

  constructor(options: DeletionsOptions) {
    this.#options = options;
    this.#cases = options.cases;
    this.#notes = new ResurrectionNotes({ ...options, stopped: this.#stop.signal });
    this.#waits = new Waits({ ...options, decide: (open) => this.decide(open) });
  }

  /** A network is gone: seen live, or (missed) found gone; or it was let go long ago and is asked for now. */
  open(network: NetworkObject, how: Omit<HowOpened, 'isByPerson'>): void {
    const key = keyOf(network);
    const earlier = this.#cases.close(key);
    if (this.#options.known.get(key)?.released) {
      this.#letGoUndone(network, how.missed);
      return;
    }
    const opened = this.#cases.open(network, how, earlier);
    const sayDeleted = () => {
      if (!opened.wasLetGo) this.#options.emit(tell.deleted(network, how.missed, this.#users(opened)));
    };
    if (earlier?.state !== 'restoring' && earlier?.state !== 'queued') {
      this.#decideAndSay(opened, sayDeleted);
      return;
    }
    sayDeleted();
    // Two creates of one network must not overtake each other, and the first one counts in a fight.
    this.#cases.enter(opened, 'queued');
    opened.work = earlier.work.then(() => {
      if (!this.#cases.isCurrent(opened)) return;
      const there = this.#whatIsThere(key);
      if (there === undefined) this.decide(opened);
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
    if (open !== undefined && this.#turnsOnUsers(open)) this.decide(open);
    this.#checkStray(key);
  }

  /** Pods and workloads are known again: what had to wait for that is decided now. */
  usageCompleted(): void {
    for (const open of this.#cases.all()) if (open.state === 'undecided') this.decide(open);
  }

  /** The user wants something else than before. What is held goes on only if more restores are allowed than were. */
  policyChanged(before: Policy): void {
    const isMoreAllowed = this.#options.policy().fightLimit > before.fightLimit;
    for (const open of this.#cases.all()) {
      const { state } = open;
      const isOpen = state === 'asking' || state === 'undecided' || (state === 'held' && isMoreAllowed);
      const decision = this.#decision(open);
      if (isOpen || (state === 'refused' && decision.action !== 'restore')) this.#carryOut(open, decision);
    }
  }

  /** Tries at once what was refused. */
  retryNow(): void {
    for (const open of this.#cases.all()) if (open.state === 'refused') this.decide(open);
  }

  /** What would be done if a network that is there were deleted now. */
  forecast(network: NetworkObject): Decision {
    const now = this.#options.clock.now();
    return this.#decision(newCase(network, { toldAt: now, seenAt: now, missed: false }, undefined));
  }

  /** Decides on an open case, and carries it out. */
  decide(open: Case): void {
    this.#carryOut(open, this.#decision(open));
  }

  /** Takes what became of a try to bring a network back. */
  conclude(open: Case, outcome: RestoreOutcome): void {
    const isCurrent = this.#cases.isCurrent(open);
    if (outcome.kind === 'restored') {
      if (isCurrent) this.#cases.close(open.key);
      // Told even if it was deleted again meanwhile: it was brought back, and that counts in a fight.
      if (isCurrent || outcome.by === 'self') this.#restored(open, outcome.network, outcome);
      return;
    }
    if (!isCurrent || outcome.kind === 'aborted') return;
    const there = this.#whatIsThere(open.key);
    if (there !== undefined) {
      // Somebody else made it again while we asked.
      this.#thereAgain(open, there);
    } else if (outcome.kind === 'unused' || outcome.kind === 'unwanted') {
      this.#cases.enter(open, 'undecided');
      this.decide(open);
    } else if (outcome.kind === 'letGo') {
      this.#waits.letGo(open, outcome);
    } else {
      this.#waits.refused(open, outcome);
    }
  }

  /** Tries a create that was refused again after a while. */
  waitToRetry(open: Case): void {
    this.#waits.waitToRetry(open);
  }

  /** Ends all work; resolves when nothing of it is under way any more. */
  async stop(): Promise<void> {
    this.#stop.abort();
    const open = this.#cases.all();
    for (const { key } of open) this.#cases.close(key);
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

  /** A person had its restore undone. */
  #letGoUndone(network: NetworkObject, missed: boolean): void {
    const { usage, known, emit } = this.#options;
    const key = keyOf(network);
    known.release(key);
    emit(tell.deleted(network, missed, tell.summarise(usage, key)));
    emit(tell.letGo(network, 'released', 'a person undid its restore', missed));
  }

  /** Decides on a new deletion. A restore's first request goes out before the words; it cannot end before them. */
  #decideAndSay(open: Case, sayDeleted: () => void): void {
    const decision = this.#decision(open);
    if (decision.action !== 'restore') sayDeleted();
    this.#carryOut(open, decision);
    if (decision.action === 'restore') sayDeleted();
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
        this.#waits.ask(open, decision);
        break;
      case 'waitForOwner':
        this.#waits.waitForOwner(open);
        break;
      case 'letGo':
        this.#waits.letGo(open, decision);
        break;
      case 'hold':
        this.#waits.hold(open, decision.why);
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
    this.#cases.enter(open, 'restoring');
    open.work = restoreNetwork(open.network, {
      ...this.#options,
      stopped: this.#stop.signal,
      closed: open.abort.signal,
      nextCandidate: () => this.#candidate(open),
      ruleOut: (pod) => open.ruledOut.add(pod.uid),
      isWanted: () => this.#isRestoring(),
    }).then(
      (outcome) => this.conclude(open, outcome),
      (error: unknown) => this.#options.log(`${open.key}: ${String(error)}`),
    );
  }

  #isRestoring(): boolean {
    const { mode, isPaused } = this.#options.policy();
    return mode === 'restore' && !isPaused;
  }

  #whatIsThere(key: NetworkKey): NetworkObject | undefined {
    const known = this.#options.known.get(key);
    return known?.goneAt === undefined ? known?.copy : undefined;
  }

  #thereAgain(open: Case, network: NetworkObject): void {
    const replaced = explainReplaced(open.network, network);
    if (open.state !== 'letGo' && replaced !== undefined) {
      this.#waits.letGo(open, replaced);
      return;
    }
    this.#cases.close(open.key);
    if (open.state !== 'letGo') this.#restored(open, network, { by: 'other' });
  }

  #restored(
    open: Case,
    network: NetworkObject,
    { by, isCertain = false }: { readonly by: 'self' | 'other'; readonly isCertain?: boolean },
  ): void {
    const { emit, clock, strays, fights, ownRestores } = this.#options;
    const { uid } = network.metadata;
    // The create for an earlier deletion came after this one, and was told.
    if (by === 'other' && ownRestores.has(open.key, uid)) return;
    const tookMs = Math.max(0, clock.now() - open.toldAt);
    const event = tell.restored(network, { by, missed: open.missed, tookMs }, this.#users(open));
    emit(event);
    if (by === 'other') return;
    ownRestores.add(open.key, uid, isCertain);
    if (!open.isByPerson) strays.broughtBack(open.key, uid);
    fights.broughtBack(open.key, open.network);
    this.#notes.leave(network, event.message);
    this.#checkStray(open.key);
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
