/**
 * What the built window costs with 5,000 networks, 50,000 attachments and 20 contexts, in Debian's Chromium, beside a
 * floor in the same run: a page without any library that draws the same rows from the same messages.
 *
 *     npm run bench:window -- [--loads N] [--probes N] [--seconds N] [--json] [--strict]
 *                             [--profile FOLDER] [--window FOLDER]
 *
 * `--strict` exits with 1 where a limit is exceeded. `--profile` writes CPU profiles of the window, for DevTools or
 * the like, and `--window` takes another build of it, for example one that is not minified.
 */
import { mkdirSync } from 'node:fs';
import { loadavg } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { systemClock } from '../../main/cluster/clock.ts';
import { startWebServer } from '../../main/web/server.ts';
import { buildWindowIfNeeded, WINDOW_PAGE } from '../../scripts/build-if-needed.ts';
import { CHROMIUM, launchChromium } from '../support/chromium.ts';
import { type Bundle, weighBundle } from './window/bundle.ts';
import { makeFixture } from './window/fixture.ts';
import { BenchHost } from './window/host.ts';
import { BenchPage, type Load, whilePlaying } from './window/page.ts';
import { isExceeded, linesOf, type Measured, printTable } from './window/report.ts';

const { values: flags } = parseArgs({
  options: {
    loads: { type: 'string', default: '7' },
    probes: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '20' },
    json: { type: 'boolean', default: false },
    strict: { type: 'boolean', default: false },
    profile: { type: 'string' },
    window: { type: 'string' },
  },
});

const FLOOR_FOLDER = join(import.meta.dirname, 'window', 'floor');
const CHANGES = { changesPerSecond: 1_000, entriesPerSecond: 0 };
const CHANGES_AND_ENTRIES = { changesPerSecond: 1_000, entriesPerSecond: 100 };
/** For what a page does after it was loaded. */
const SETTLE_MS = 1_000;

const fixture = makeFixture();
const loads = wholeNumber('loads');
const probes = wholeNumber('probes');

await main();

async function main(): Promise<void> {
  if (flags.window === undefined) buildWindowIfNeeded();
  if (flags.profile !== undefined) mkdirSync(flags.profile, { recursive: true });
  const folder = flags.window === undefined ? dirname(WINDOW_PAGE) : resolve(flags.window);
  const { bundle, windowLoads, floorLoads } = await measureLoads(folder);
  const window = await measurePage('window', folder, windowLoads);
  const floor = await measurePage('floor', FLOOR_FOLDER, floorLoads);
  const load = loadavg();
  say(`In ${CHROMIUM}`);
  const lines = linesOf({ window, floor, bundle, load });
  if (flags.json) console.log(JSON.stringify({ lines, load }, undefined, 2));
  else printTable(lines, load);
  if (flags.strict && lines.some(isExceeded)) process.exitCode = 1;
}

interface Loads {
  readonly windowLoads: readonly Load[];
  readonly floorLoads: readonly Load[];
  readonly bundle: Bundle;
}

/** Loads both in turns, so that what else the machine does hits both. */
async function measureLoads(folder: string): Promise<Loads> {
  say(`Loading the window and the floor ${loads} times each`);
  await using browser = await launchChromium();
  const windowLoads: Load[] = [];
  const floorLoads: Load[] = [];
  let requested: readonly string[] = [];
  for (let index = 0; index < loads; index += 1) {
    const window = await loadOnce(browser, folder);
    windowLoads.push(window.load);
    requested = window.requested;
    floorLoads.push((await loadOnce(browser, FLOOR_FOLDER)).load);
  }
  return { windowLoads, floorLoads, bundle: weighBundle(folder, requested) };
}

async function loadOnce(browser: Awaited<ReturnType<typeof launchChromium>>, folder: string) {
  const host = new BenchHost(fixture);
  const web = await startWebServer({ service: host, folder, port: 0, clock: systemClock });
  const page = await BenchPage.open(browser, { profileFolder: undefined, probes: 0 });
  const load = await page.load(web.url);
  await page.close();
  await web.close();
  host.stop();
  return { load, requested: page.requested };
}

/** All that is measured of one page, in a browser of its own, so that the memory is its own too. */
async function measurePage(
  name: 'window' | 'floor',
  folder: string,
  loadsOfPage: readonly Load[],
): Promise<Measured> {
  const host = new BenchHost(fixture);
  const web = await startWebServer({ service: host, folder, port: 0, clock: systemClock });
  await using browser = await launchChromium();
  const profileFolder = name === 'window' ? flags.profile : undefined;
  const page = await BenchPage.open(browser, { profileFolder, probes: 2 * probes });
  await page.load(web.url);
  await page.page.keyboard.press('Escape');
  await sleep(SETTLE_MS);
  say(`Scrolling the ${name}`);
  const scroll = await page.stallsDuring('scroll', () => page.scrollThroughAllRows());
  say(`Timing ${probes} changes in the ${name}`);
  const quiet = await page.timeProbes(host, probes);
  say(`The same at 1,000 changes a second`);
  let busy: readonly number[] = [];
  const changes = await page.stallsDuring('changes', () =>
    whilePlaying(host, CHANGES, async () => {
      busy = await page.timeProbes(host, probes);
    }),
  );
  say(`${flags.seconds} s of 1,000 changes and 100 journal entries a second`);
  const journal = await page.stallsDuring('journal', () =>
    whilePlaying(host, CHANGES_AND_ENTRIES, () => sleep(wholeNumber('seconds') * 1_000)),
  );
  await sleep(SETTLE_MS);
  const memory = await page.memory();
  await web.close();
  host.stop();
  return { loads: loadsOfPage, scroll, quiet, busy, changes, journal, memory, snapshots: host.snapshots };
}

function wholeNumber(flag: 'loads' | 'probes' | 'seconds'): number {
  const value = Number(flags[flag]);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new Error(`--${flag} takes a whole number above 0.`);
}

function say(message: string): void {
  process.stderr.write(`${message}\n`);
}
