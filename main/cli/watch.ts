import type { Clock } from '../cluster/clock.ts';
import type { KubeContext } from '../cluster/kubeconfig.ts';
import type { Policy } from '../guard/decision.ts';
import { DEFAULT_POLICY } from '../guard/decision.ts';
import type { KeeperEvent } from '../keeper/events.ts';
import { Keeper } from '../keeper/keeper.ts';
import type { Output, WatchFlags } from './arguments.ts';
import { chooseContexts } from './contexts.ts';
import { eventPrinter } from './event-printer.ts';
import type { Host } from './host.ts';
import { contextChanged } from './kubeconfig-changes.ts';
import { defaultStateDirectory } from './state-directory.ts';

/** `netkeeper watch`: the loop in the foreground until SIGINT or SIGTERM. Gives the exit code. */
export async function watch(flags: WatchFlags, host: Host): Promise<number> {
  const contexts = await chooseContexts(flags, host.env, host.warn);
  const stateDirectory = flags.keepState
    ? (flags.stateDirectory ?? defaultStateDirectory(host.env, host.platform))
    : undefined;
  return watchUntilStopped(host, {
    contexts,
    namespaces: flags.namespaces,
    stateDirectory,
    policy: { ...DEFAULT_POLICY, mode: flags.mode },
    output: flags.output,
    verbose: flags.verbose,
    clock: host.clock,
    contextChanged: (context, signal) =>
      contextChanged(context, { kubeconfig: flags.kubeconfig, env: host.env, clock: host.clock, signal }),
  });
}

export interface WatchOptions {
  readonly contexts: readonly KubeContext[];
  readonly namespaces: readonly string[];
  readonly stateDirectory: string | undefined;
  readonly policy: Policy;
  readonly output: Output;
  readonly verbose: boolean;
  readonly clock: Clock;
  readonly contextChanged: (context: KubeContext, signal: AbortSignal) => Promise<KubeContext>;
  /** Hears of what is printed. */
  readonly onEvent?: (event: KeeperEvent) => void;
}

/** Runs a keeper, prints what it tells, and ends it on a signal, or when no context could ever be watched. */
export async function watchUntilStopped(host: Host, options: WatchOptions): Promise<number> {
  const { contexts, output, verbose } = options;
  const print = eventPrinter(
    host,
    output,
    contexts.map(({ name }) => name),
  );
  const end = new AbortController();
  let everWatched = false;
  const keeper = new Keeper({
    ...options,
    userAgent: host.userAgent,
    env: host.env,
    random: Math.random,
    onEvent: (event) => {
      print(event);
      options.onEvent?.(event);
      if (event.event !== 'phase') return;
      everWatched ||= event.phase === 'watching';
      if (!everWatched && keeper.isHopeless) end.abort();
    },
    log: (message) => {
      if (verbose) host.warn(message);
    },
  });
  // Listens before anything is told: who reads the first line may send the signal right then.
  const stopped = host.stopRequested(end.signal);
  keeper.start();
  await stopped;
  await keeper.stop();
  return everWatched ? 0 : 1;
}
