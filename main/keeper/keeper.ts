import { createHash } from 'node:crypto';
import type { Clock } from '../cluster/clock.ts';
import { connect } from '../cluster/connection.ts';
import type { KubeContext } from '../cluster/kubeconfig.ts';
import type { Policy } from '../guard/decision.ts';
import { ContextKeeper } from './context-keeper.ts';
import type { KeeperEvent } from './events.ts';

export interface KeeperOptions {
  readonly contexts: readonly KubeContext[];
  /** Empty: all */
  readonly namespaces: readonly string[];
  /** undefined: nothing is kept on disk */
  readonly stateDirectory: string | undefined;
  readonly policy: Policy;
  /** For example `netkeeper/0.1.0`. */
  readonly userAgent: string;
  readonly env: NodeJS.ProcessEnv;
  readonly clock: Clock;
  readonly random: () => number;
  readonly onEvent: (event: KeeperEvent) => void;
  /** For people who look for a fault; never holds a secret. */
  readonly log: (message: string) => void;
}

/** All watched contexts. Each has a loop of its own: what goes wrong in one changes nothing for another. */
export class Keeper {
  readonly #contexts: readonly ContextKeeper[];

  constructor(options: KeeperOptions) {
    const { clock, env, userAgent, onEvent, log } = options;
    this.#contexts = options.contexts.map(
      (context) =>
        new ContextKeeper({
          ...options,
          context: context.name,
          kubeconfigProblem: context.problem,
          connect: () => connect(context, { userAgent, env, clock }),
          identityFallback: identityFallback(context),
          emit: onEvent,
          log: (message) => log(`${context.name}: ${message}`),
        }),
    );
  }

  start(): void {
    for (const context of this.#contexts) context.start();
  }

  /** Resolves when nothing is under way any more and all copies are on disk. */
  async stop(): Promise<void> {
    await Promise.all(this.#contexts.map((context) => context.stop()));
  }

  /** No context will be watched any more without somebody's help. */
  get isHopeless(): boolean {
    return this.#contexts.every(
      ({ phase, problem }) =>
        phase === 'failed' && (problem?.code === 'credentials' || problem?.code === 'badKubeconfig'),
    );
  }
}

/** A server and its CA, for clusters whose kube-system namespace may not be read. */
function identityFallback({ server, cluster }: KubeContext): string {
  return createHash('sha256')
    .update(JSON.stringify([server, cluster?.certificateAuthority ?? null]))
    .digest('hex');
}
