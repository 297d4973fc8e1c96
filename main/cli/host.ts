import packageJson from '../../package.json' with { type: 'json' };
import type { Clock } from '../cluster/clock.ts';
import { systemClock } from '../cluster/clock.ts';
import { printable } from './terminal.ts';

/** What a command needs of the process it runs in. */
export interface Host {
  readonly stdout: NodeJS.WriteStream;
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
  /** For example `netkeeper/0.1.0`. */
  readonly userAgent: string;
  /** One line on standard error. */
  readonly warn: (message: string) => void;
  /** Resolves on SIGINT or SIGTERM, when nobody reads standard output any more, or when `signal` aborts. */
  readonly stopRequested: (signal: AbortSignal) => Promise<void>;
}

export const VERSION: string = packageJson.version;

export function hostOf(process: NodeJS.Process): Host {
  const { stdout, stderr, env, platform } = process;
  for (const stream of [stdout, stderr]) stream.on('error', ignoreClosedPipe);
  return {
    stdout,
    env,
    platform,
    clock: systemClock,
    userAgent: `netkeeper/${VERSION}`,
    warn: (message) => void stderr.write(`netkeeper: ${printable(message)}\n`),
    stopRequested: (signal) => stopRequested(process, signal),
  };
}

/** Ctrl-C under npm arrives twice, from the terminal and from npm: only a signal later than this is a second one. */
const SAME_SIGNAL_MS = 1_000;
const EXIT_INTERRUPTED = 130;

/** As in `netkeeper usage | head -n 1`: nobody reads any more, and that is no failure. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

function stopRequested(process: NodeJS.Process, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    // Timers of the keeper do not keep the process alive; this one does, for as long as we are to run.
    const alive = setInterval(() => {}, 3_600_000);
    const stop = () => {
      clearInterval(alive);
      resolve();
    };
    let firstSignalAt: number | undefined;
    const onSignal = () => {
      firstSignalAt ??= Date.now();
      stop();
      // Somebody does not want to wait for a clean end.
      if (Date.now() - firstSignalAt > SAME_SIGNAL_MS) process.exit(EXIT_INTERRUPTED);
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') stop();
    });
  });
}
