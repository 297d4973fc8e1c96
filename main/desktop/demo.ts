import { systemClock } from '../cluster/clock.ts';
import { startDemo } from '../demo/demo.ts';
import { Readiness, tellStory } from '../demo/teller.ts';
import { demoSources } from '../keeper/demo-sources.ts';
import type { KeeperEvent } from '../keeper/events.ts';
import type { DesktopHost, DesktopHostOptions } from './host.ts';
import { openHostOn } from './host.ts';

/** `--demo`: the demo clusters and their story in place of the user's contexts. Nothing is read, nothing is kept. */
export async function openDemoHost(options: DesktopHostOptions): Promise<DesktopHost> {
  const demo = await startDemo();
  const readiness = new Readiness(demo.contexts.map(({ name }) => name));
  const sources = {
    ...demoSources(demo.contexts),
    onEvent: (_: unknown, event: KeeperEvent) => {
      readiness.hear(event);
      if ('message' in event) tell(`${event.context}: ${event.message}`);
    },
  };
  const host = openHostOn(sources, process.env, options);
  const end = new AbortController();
  const told = tellStory(demo.clusters, {
    clock: systemClock,
    ready: readiness.ready,
    signal: end.signal,
    narrate: (sentence) => tell(`\n# ${sentence}`),
    reminder: 'Quit in the tray or in the menu ends it, and so does Ctrl-C.',
  });
  return {
    ...host,
    async close() {
      end.abort();
      await told;
      await host.close();
      await demo.stop();
    },
  };
}

/** For whoever started it in a terminal; all names in it are those of the demo. */
function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}
