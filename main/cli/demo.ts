import { startDemo } from '../demo/demo.ts';
import { Readiness, tellStory } from '../demo/teller.ts';
import { DEFAULT_POLICY } from '../guard/decision.ts';
import type { DemoFlags, Output } from './arguments.ts';
import type { Host } from './host.ts';
import { colour } from './terminal.ts';
import { watchUntilStopped } from './watch.ts';

/** `netkeeper demo`: both demo clusters watched as two contexts while the story plays. Gives the exit code. */
export async function demo(flags: DemoFlags, host: Host): Promise<number> {
  const running = await startDemo();
  const end = new AbortController();
  const readiness = new Readiness(running.contexts.map(({ name }) => name));
  const narrate = narrator(flags.output, host);
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
      onEvent: (event) => readiness.hear(event),
    });
    const told = tellStory(running.clusters, {
      clock: host.clock,
      ready: readiness.ready,
      signal: end.signal,
      narrate,
      reminder: 'Both clusters are still watched; Ctrl-C ends it.',
    });
    const exitCode = await watching;
    end.abort();
    await told;
    return exitCode;
  } finally {
    await running.stop();
  }
}

/** With -o json nothing but events may be on standard output. */
export function narrator(output: Output, host: Host): (sentence: string) => void {
  if (output === 'json') return host.warn;
  const { stdout } = host;
  return (sentence) => void stdout.write(`\n${colour(stdout, 'quiet', `# ${sentence}`)}\n`);
}
