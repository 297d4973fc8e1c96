import { wait } from '../cluster/clock.ts';
import type { Demo } from '../demo/demo.ts';
import { startDemo } from '../demo/demo.ts';
import { STORY } from '../demo/story.ts';
import { DEFAULT_POLICY } from '../guard/decision.ts';
import type { DemoFlags } from './arguments.ts';
import type { Host } from './host.ts';
import { colour } from './terminal.ts';
import { watchUntilStopped } from './watch.ts';

/** `netkeeper demo`: both demo clusters watched as two contexts while the story plays. Gives the exit code. */
export async function demo(flags: DemoFlags, host: Host): Promise<number> {
  const running = await startDemo();
  const end = new AbortController();
  const narrate = narrator(flags, host);
  try {
    narrate('Two demo clusters run inside this program; no kubeconfig is read. Ctrl-C ends it.');
    const watching = watchUntilStopped(host, {
      contexts: running.contexts,
      namespaces: [],
      stateDirectory: undefined,
      policy: DEFAULT_POLICY,
      output: flags.output,
      verbose: false,
      clock: host.clock,
      contextChanged: () => new Promise(() => {}),
    });
    const told = tellStory(running, host, narrate, end.signal);
    const exitCode = await watching;
    end.abort();
    await told;
    return exitCode;
  } finally {
    await running.stop();
  }
}

/** Plays the story until its end, or until the signal aborts. */
export async function tellStory(
  { clusters }: Demo,
  host: Host,
  narrate: (sentence: string) => void,
  signal: AbortSignal,
): Promise<void> {
  for (const { afterMs, say, act } of STORY) {
    await wait(host.clock, afterMs, signal);
    if (signal.aborted) return;
    narrate(say);
    act(clusters);
  }
  await wait(host.clock, 1_000, signal);
  if (!signal.aborted) narrate('That was the story. Both clusters are still watched; Ctrl-C ends it.');
}

/** With -o json nothing but events may be on standard output. */
export function narrator({ output }: DemoFlags, host: Host): (sentence: string) => void {
  if (output === 'json') return host.warn;
  const { stdout } = host;
  return (sentence) => void stdout.write(`\n${colour(stdout, 'quiet', `# ${sentence}`)}\n`);
}
