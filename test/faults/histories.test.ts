import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { makeTemporaryFolder } from '../support/child.ts';
import { playHistory } from '../support/histories.ts';
import { anyHistory, type History } from '../support/history-steps.ts';

const HISTORIES = 1000;
/** A history mostly waits for its sockets: others play meanwhile. */
const AT_ONCE = 16;
const MOST_FAILURES = 5;
/** Another seed plays other histories. */
const SEED = Number(process.env.NETKEEPER_HISTORY_SEED ?? 1);

it(`keeps what it promises in ${HISTORIES} random histories`, { timeout: 300_000 }, async () => {
  const histories = fc.sample(anyHistory, { seed: SEED, numRuns: HISTORIES });
  const folder = makeTemporaryFolder('netkeeper-histories-');
  const failures: string[] = [];
  const left = histories.entries();
  const play = async () => {
    for (const [number, history] of left) {
      if (failures.length >= MOST_FAILURES) return;
      const problem = await problemOf(history, folder.path);
      if (problem === undefined) continue;
      const { steps, mode } = await shortened(history, folder.path);
      const told = steps.map((step) => JSON.stringify(step)).join('\n');
      failures.push(`history ${number} of seed ${SEED}, in mode ${mode}: ${problem}\n${told}`);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, play));
  } finally {
    folder.remove();
  }
  expect(failures.join('\n\n')).toBe('');
});

/** Without the steps that the failure does not need. */
async function shortened(history: History, folder: string): Promise<History> {
  let { steps } = history;
  for (let index = steps.length - 1; index >= 0; index -= 1) {
    const fewer = steps.toSpliced(index, 1);
    if ((await problemOf({ ...history, steps: fewer }, folder)) !== undefined) steps = fewer;
  }
  return { ...history, steps };
}

async function problemOf(history: History, folder: string): Promise<string | undefined> {
  try {
    await playHistory(history, folder);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
