import { createHash } from 'node:crypto';
import type { Clock } from '../cluster/clock.ts';
import type { ConnectOptions } from '../cluster/connection.ts';
import { connect } from '../cluster/connection.ts';
import type { KubeContext } from '../cluster/kubeconfig.ts';
import type { Policy } from '../guard/decision.ts';
import type { Access } from './context-keeper.ts';
import { ContextKeeper, isForPerson } from './context-keeper.ts';
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
  /** Resolves with the context once its kubeconfig or credentials have changed; never, if `signal` aborts before. */
  readonly contextChanged: (context: KubeContext, signal: AbortSignal) => Promise<KubeContext>;
  readonly onEvent: (event: KeeperEvent) => void;
  /** For people who look for a fault; never holds a secret. */
  readonly log: (message: string) => void;
}

/** All watched contexts. Each has a loop of its own: what goes wrong in one changes nothing for another. */
export class Keeper {
  readonly #contexts: readonly ContextKeeper[];

  constructor(options: KeeperOptions) {
    this.#contexts = options.contexts.map((context) => keepContext(context, options));
  }

  start(): void {
    for (const context of this.#contexts) context.start();
  }

  /** Resolves when nothing is under way any more and all copies are on disk. */
  async stop(): Promise<void> {
    await Promise.all(this.#contexts.map((context) => context.stop()));
  }

  /** No context is or will be watched unless a person does something. */
  get isHopeless(): boolean {
    return this.#contexts.every(({ phase, problem }) => phase === 'failed' && isForPerson(problem));
  }
}

function keepContext(initial: KubeContext, options: KeeperOptions): ContextKeeper {
  const { onEvent, log, contextChanged } = options;
  let context = initial;
  return new ContextKeeper({
    ...options,
    context: context.name,
    access: () => accessTo(context, options),
    accessChanged: async (signal) => {
      context = await contextChanged(context, signal);
    },
    emit: onEvent,
    log: (message) => log(`${initial.name}: ${message}`),
  });
}

/** The way to a context's server, as the kubeconfig has it. */
export function accessTo(context: KubeContext, options: ConnectOptions): Access {
  return {
    problem: context.problem,
    connect: () => connect(context, options),
    identityFallback: identityFallback(context),
  };
}

/** A server and its CA, for clusters whose kube-system namespace may not be read. */
function identityFallback({ server, cluster }: KubeContext): string {
  return createHash('sha256')
    .update(JSON.stringify([server, cluster?.certificateAuthority ?? null]))
    .digest('hex');
}
