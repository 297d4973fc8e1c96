import { systemClock, wait } from '../cluster/clock.ts';
import { type Demo, startDemo } from '../demo/demo.ts';
import { STORY } from '../demo/story.ts';
import { demoSources } from '../keeper/demo-sources.ts';
import type { DesktopHost, DesktopHostOptions } from './host.ts';
import { openHostOn } from './host.ts';

/** `--demo`: the demo clusters and their story in place of the user's contexts. Nothing is read, nothing is kept. */
export async function openDemoHost(options: DesktopHostOptions): Promise<DesktopHost> {
  const demo = await startDemo();
  const host = openHostOn(demoSources(demo.contexts), process.env, options);
  const end = new AbortController();
  const told = tellStory(demo, end.signal);
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

async function tellStory({ clusters }: Demo, signal: AbortSignal): Promise<void> {
  for (const { afterMs, act } of STORY) {
    await wait(systemClock, afterMs, signal);
    if (signal.aborted) return;
    act(clusters);
  }
}
