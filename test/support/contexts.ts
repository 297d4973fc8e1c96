/** Contexts for tests, read from kubeconfig text as the program reads them. */

import type { Connection } from '../../main/cluster/api.ts';
import { type Clock, systemClock } from '../../main/cluster/clock.ts';
import { connect } from '../../main/cluster/connection.ts';
import { type KubeContext, mergeKubeconfigs } from '../../main/cluster/kubeconfig.ts';

export interface ContextParts {
  /** Fields of the kubeconfig's `cluster`. */
  readonly cluster: Readonly<Record<string, unknown>>;
  /** Fields of the kubeconfig's `user`; absent: the context names no user. */
  readonly user?: Readonly<Record<string, unknown>>;
  /** The kubeconfig's folder, for relative paths. */
  readonly folder?: string;
}

/** One context named `test`. */
export function contextOf({ cluster, user, folder = '/nowhere' }: ContextParts): KubeContext {
  const text = JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'cluster', cluster }],
    users: user === undefined ? [] : [{ name: 'user', user }],
    contexts: [
      { name: 'test', context: { cluster: 'cluster', ...(user === undefined ? {} : { user: 'user' }) } },
    ],
    'current-context': 'test',
  });
  const [context] = mergeKubeconfigs([{ file: `${folder}/config`, text }]).contexts;
  if (context === undefined) throw new Error('the kubeconfig has no context');
  return context;
}

/** A connection of the context, with an environment of its own: no proxy of this machine's gets in between. */
export function connectTo(
  parts: ContextParts,
  options: { readonly env?: NodeJS.ProcessEnv; readonly clock?: Clock } = {},
): Connection {
  return connect(contextOf(parts), {
    userAgent: 'netkeeper/test',
    env: { PATH: process.env.PATH, ...options.env },
    clock: options.clock ?? systemClock,
  });
}

/** PEM as a kubeconfig's `-data` fields hold it. */
export function pemData(pem: string): string {
  return Buffer.from(pem).toString('base64');
}

/** A clock whose time a test sets; its timers are real ones. */
export class SettableClock implements Clock {
  #ahead = 0;

  now(): number {
    return Date.now() + this.#ahead;
  }

  after(delayMs: number, callback: () => void): () => void {
    return systemClock.after(delayMs, callback);
  }

  advance(ms: number): void {
    this.#ahead += ms;
  }
}
