import type { ApiError, Connection } from '../cluster/api.ts';
import { isNamespaceEnding } from '../cluster/requests.ts';
import type { Decision, Policy } from '../guard/decision.ts';
import type { UsageIndex } from '../guard/usage.ts';
import type { Case } from './deletion-case.ts';
import type { DeletionCases } from './deletion-cases.ts';
import type { ContextEvent, FailReason } from './events.ts';
import type { FightRecord } from './fights.ts';
import type { KnownNetworks } from './known-networks.ts';
import type { UserSummary } from './messages.ts';
import * as tell from './messages.ts';
import { explainRefusedCreate } from './problems.ts';
import type { LetGo } from './restore.ts';

export interface WaitsOptions {
  readonly connection: Connection;
  readonly cases: DeletionCases;
  readonly usage: UsageIndex;
  readonly known: KnownNetworks;
  readonly fights: FightRecord;
  /** As the user has it now. */
  readonly policy: () => Policy;
  /** Whether pods and workloads were all read and are being watched: only then does "nobody uses it" mean it. */
  readonly isUsageComplete: () => boolean;
  /** Decides anew on a case whose time has come. */
  readonly decide: (open: Case) => void;
  readonly emit: (event: ContextEvent) => void;
  readonly log: (message: string) => void;
}

/** A create that was refused is tried again this often while the network is used, without another word. */
const REFUSED_RETRY_MS = 60_000;

/** What becomes of a deletion that is not undone now: who or what it waits for, and what is told of that, once. */
export class Waits {
  readonly #options: WaitsOptions;
  readonly #cases: DeletionCases;

  constructor(options: WaitsOptions) {
    this.#options = options;
    this.#cases = options.cases;
  }

  /** A person is to say whether it comes back; not asked where its namespace goes too. */
  ask(open: Case, decision: Extract<Decision, { action: 'ask' }>): void {
    // What was only paused is asked about anew once there is a better reason.
    const isPauseOver = open.askedFor === 'paused' && decision.reason !== 'paused';
    if (open.state === 'asking' && !isPauseOver) return;
    open.askedFor = decision.reason;
    this.#cases.enter(open, 'asking');
    const { connection, log } = this.#options;
    const { namespace } = open.network.metadata;
    const check = async () => {
      const isEnding = await isNamespaceEnding(connection, namespace, open.abort.signal).catch((error) => {
        log(`Could not look at namespace ${namespace}: ${String(error)}`);
        return false;
      });
      if (!this.#cases.isCurrent(open) || open.state !== 'asking') return;
      if (isEnding) {
        this.letGo(open, { reason: 'namespaceTerminating', why: 'its namespace is being deleted' });
      } else {
        this.#say(open, tell.asked(open.network, decision, open.missed, this.#users(open)));
      }
    };
    open.work = open.work.then(check);
  }

  /** Who owns it may make it again by itself: it has a while for that. */
  waitForOwner(open: Case): void {
    if (open.state === 'waitingForOwner') return;
    this.#cases.enter(open, 'waitingForOwner');
    this.#cases.later(open, this.#options.policy().ownerGraceMs, 'waitingForOwner', () => {
      open.ownerHadItsTime = true;
      this.#options.decide(open);
    });
  }

  /** It was brought back too often: only a person ends a fight. */
  hold(open: Case, why: string): void {
    this.#cases.enter(open, 'held');
    const managers = this.#options.fights.managers(open.key);
    this.#say(open, tell.held(open.network, why, managers, this.#users(open)));
  }

  /** It stays away; where nobody is known to use it, provisionally. */
  letGo(open: Case, { reason, why }: LetGo): void {
    const { isUsageComplete, known, policy } = this.#options;
    const isUnused = reason === 'unused' || reason === 'usersGone';
    if (isUnused && !isUsageComplete()) {
      this.#cases.enter(open, 'undecided');
      return;
    }
    if (open.state === 'letGo') return;
    this.#cases.enter(open, 'letGo');
    // One that was let go before and of which nothing was said since is no news.
    const isNews = !open.wasLetGo || open.said !== '';
    if (isNews) this.#say(open, tell.letGo(open.network, reason, why, open.missed));
    // The CRD's end was nobody's decision about this network: what is used is a missed deletion once it is back.
    if (reason !== 'crdGone') known.markLetGo(open.key);
    // The pods' watch may be behind: a pod that turns up within this time counts as having used the network.
    if (isUnused) this.#cases.later(open, policy().provisionalMs, 'letGo', () => this.#cases.close(open.key));
    else this.#cases.close(open.key);
  }

  /** The server did not take it: told once, and tried again. */
  refused(open: Case, { reason, status }: { reason: FailReason; status: ApiError }): void {
    const message = explainRefusedCreate(open.network.metadata, reason, status);
    this.#say(open, tell.failed(open.network, reason, message, this.#users(open)));
    this.waitToRetry(open);
  }

  /** Tries a create that was refused again after a while. */
  waitToRetry(open: Case): void {
    this.#cases.enter(open, 'refused');
    this.#cases.later(open, REFUSED_RETRY_MS, 'refused', () => this.#options.decide(open));
  }

  #say(open: Case, event: Extract<ContextEvent, { message: string }>): void {
    // A let-go that was reconsidered and came to nothing is no news, whatever its reason is now.
    const saying = event.event === 'letGo' ? event.event : event.message;
    if (open.said === saying) return;
    open.said = saying;
    this.#options.emit(event);
  }

  #users(open: Case): UserSummary {
    return tell.summarise(this.#options.usage, open.key, open.ruledOut);
  }
}
