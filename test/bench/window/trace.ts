/** What Chromium's own trace tells of a page's thread. */
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';

const eventSchema = z.object({
  name: z.string(),
  pid: z.number(),
  tid: z.number(),
  /** Of the thread's own clock, which stands still while another thread has the processor, in µs. */
  tdur: z.number().optional(),
  args: z.record(z.string(), z.unknown()).optional(),
});
type TraceEvent = z.infer<typeof eventSchema>;
const traceSchema = z.object({ traceEvents: z.array(eventSchema) });

const TASK = 'ThreadControllerImpl::RunTask';

/** For how long, in ms, the longest task of the page's thread computed while `act` ran. */
export async function longestComputing(
  browser: Browser,
  page: Page,
  act: () => Promise<unknown>,
): Promise<number> {
  await browser.startTracing(page, { categories: ['toplevel'] });
  await act();
  const trace = JSON.parse((await browser.stopTracing()).toString());
  return longestTask(traceSchema.parse(trace).traceEvents) / 1_000;
}

/** In µs. */
function longestTask(events: readonly TraceEvent[]): number {
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const mainThreads = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(threadOf),
  );
  return events
    .filter((event) => event.name === TASK && mainThreads.has(threadOf(event)))
    .reduce((longest, { tdur = 0 }) => Math.max(longest, tdur), 0);
}
