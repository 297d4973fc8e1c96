import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { ConnectOptions } from '../cluster/connection.ts';
import { connect } from '../cluster/connection.ts';
import type { KubeContext } from '../cluster/kubeconfig.ts';
import { credentialFiles } from '../cluster/kubeconfig-watch.ts';
import type { ContextMode, ContextView, Problem } from '../contract/contexts.ts';
import type { Check } from '../contract/diagnosis.ts';
import type { ContextSettings } from '../contract/settings.ts';
import type { Policy } from '../guard/decision.ts';
import { ContextKeeper } from './context-keeper.ts';
import { describeOff, diagnose } from './diagnosis.ts';
import type { KeeperEvent } from './events.ts';
import { accessTo } from './keeper.ts';
import { NetworkViews } from './network-views.ts';
import type { Session } from './session.ts';

/** What the user wants for a context. */
export interface Wish {
  readonly mode: ContextMode;
  readonly policy: Policy;
  /** Why it must not be connected to, whatever the mode. */
  readonly obstacle: Problem | undefined;
}

export interface KeptContextOptions extends ConnectOptions {
  readonly stateDirectory: string | undefined;
  /** Empty: all */
  readonly namespaces: readonly string[];
  readonly random: () => number;
  /** One context of this id may still be ending: begin only then. */
  readonly after: Promise<void>;
  /** Called on each change that a window shows. */
  readonly onChange: () => void;
  readonly onEvent: (context: KubeContext, event: KeeperEvent) => void;
  readonly log: (message: string) => void;
}

/** One context of the kubeconfig: kept as the user wishes, and what a window shows of it. */
export class KeptContext {
  readonly networks: NetworkViews;
  readonly #options: KeptContextOptions;
  #context: KubeContext;
  #wish: Wish;
  #keeper: ContextKeeper | undefined;
  /** What the keeper was started with. */
  #runningAs: string | undefined;
  #changing: Promise<void>;
  #isSuspended = false;
  #isEnded = false;
  #wasWatching = false;
  #staleSince: number | undefined;

  constructor(context: KubeContext, wish: Wish, options: KeptContextOptions) {
    this.#context = context;
    this.#wish = wish;
    this.#options = options;
    this.#changing = options.after;
    this.networks = new NetworkViews(context.key);
    this.#settle();
  }

  get context(): KubeContext {
    return this.#context;
  }

  get mode(): ContextMode {
    return this.#wish.mode;
  }

  /** Undefined while the cluster cannot be watched, or its networks were not all read yet. */
  get session(): Session | undefined {
    return this.#keeper?.session;
  }

  /** Takes what the kubeconfig and the user say now. Only another cluster, user or `off` touch the connection. */
  change(context: KubeContext, wish: Wish): void {
    const isOtherPolicy = !isDeepStrictEqual(wish.policy, this.#wish.policy);
    this.#context = context;
    this.#wish = wish;
    if (isOtherPolicy) this.#keeper?.setPolicy(wish.policy);
    this.#settle();
    this.#options.onChange();
  }

  retryNow(): void {
    this.#keeper?.retryNow();
  }

  /** Files that credentials are in have changed: refused ones are tried again. */
  credentialsChanged(files: readonly string[]): void {
    const isConcerned = credentialFiles(this.#context).some((file) => files.includes(file));
    if (isConcerned && this.#keeper?.problem?.code === 'credentials') this.#keeper.retryNow();
  }

  suspend(): void {
    this.#isSuspended = true;
    this.#keeper?.suspend();
  }

  resume(): void {
    this.#isSuspended = false;
    this.#keeper?.resume();
  }

  /** Ends it for good; resolves when nothing is under way any more. */
  async end(): Promise<void> {
    this.#isEnded = true;
    this.#settle();
    await this.#changing;
  }

  /** Looks at what its watch needs. Asks nothing of a cluster that is off. */
  async diagnose(signal?: AbortSignal): Promise<Check[]> {
    const { mode, obstacle } = this.#wish;
    if (mode === 'off') return describeOff(this.#context);
    const { namespaces, clock } = this.#options;
    const context = this.#context;
    return diagnose({
      context,
      connect: () => connect(context, this.#options),
      namespaces: namespaces.length === 0 ? [undefined] : namespaces,
      obstacle,
      watch: {
        session: this.session,
        problem: this.#keeper?.problem,
        itemsRead: this.#keeper?.itemsRead ?? 0,
        staleSince: this.#staleSince,
      },
      clock,
      signal,
    });
  }

  view(settings: ContextSettings | undefined): ContextView {
    const { key, name, file, server, isCurrent } = this.#context;
    const { label, colour, group, isProtected = false } = settings ?? {};
    return {
      id: key,
      name,
      file,
      server,
      mode: this.#wish.mode,
      ...this.#state(),
      isCurrent,
      isProtected,
      itemsRead: this.#keeper?.itemsRead ?? 0,
      ...this.networks.counts,
      ...(this.#staleSince !== undefined && { staleSince: this.#staleSince }),
      ...(label !== undefined && { label }),
      ...(colour !== undefined && { colour }),
      ...(group !== undefined && { group }),
    };
  }

  #state(): Pick<ContextView, 'phase' | 'problem'> {
    const { mode, obstacle } = this.#wish;
    if (mode === 'off') return { phase: 'off' };
    if (obstacle !== undefined) return { phase: 'failed', problem: obstacle };
    const { phase = 'off', problem } = this.#keeper ?? {};
    // One that is about to start is on its way.
    return { phase: phase === 'off' ? 'connecting' : phase, ...(problem !== undefined && { problem }) };
  }

  /** Which keeper there should be, told by what it connects with; undefined: none. */
  get #wanted(): string | undefined {
    const { mode, obstacle } = this.#wish;
    return this.#isEnded || mode === 'off' || obstacle !== undefined ? undefined : fingerprint(this.#context);
  }

  #settle(): void {
    this.#changing = this.#changing
      .then(() => this.#change())
      .catch((error: unknown) => this.#options.log(`${this.#context.name}: ${String(error)}`));
  }

  async #change(): Promise<void> {
    if (this.#wanted === this.#runningAs) return;
    const before = this.#keeper;
    this.#keeper = undefined;
    this.#runningAs = undefined;
    this.#wasWatching = false;
    this.#staleSince = undefined;
    this.networks.clear();
    this.#options.onChange();
    await before?.stop();
    // The user may have changed his mind meanwhile.
    const wanted = this.#wanted;
    if (wanted === undefined) return;
    this.#runningAs = wanted;
    this.#start();
  }

  #start(): void {
    const context = this.#context;
    const { onChange, onEvent, log } = this.#options;
    const isCurrent = () => this.#keeper === keeper;
    const keeper: ContextKeeper = new ContextKeeper({
      ...this.#options,
      context: context.name,
      access: () => accessTo(context, this.#options),
      // Another user or cluster in the kubeconfig makes another keeper.
      accessChanged: () => new Promise(() => {}),
      policy: this.#wish.policy,
      emit: (event) => {
        if (isCurrent()) this.#follow(keeper, event);
        onEvent(this.#context, event);
      },
      watcher: {
        stateChanged: onChange,
        networkTouched: (key) => {
          if (!isCurrent()) return;
          this.networks.touch(key);
          onChange();
        },
      },
      log: (message) => log(`${context.name}: ${message}`),
    });
    this.#keeper = keeper;
    if (this.#isSuspended) keeper.suspend();
    keeper.start();
  }

  #follow(keeper: ContextKeeper, event: KeeperEvent): void {
    if (event.event === 'synced' && keeper.session !== undefined) this.networks.touchAll(keeper.session);
    if (event.event !== 'phase') return;
    if (event.phase === 'watching') {
      this.#wasWatching = true;
      this.#staleSince = undefined;
    } else if (this.#wasWatching) {
      this.#staleSince ??= this.#options.clock.now();
    }
  }
}

/** A digest of all that a connection is made from. */
function fingerprint({ cluster, user, problem }: KubeContext): string {
  return createHash('sha256')
    .update(JSON.stringify([cluster ?? null, user ?? null, problem ?? null]))
    .digest('hex');
}
