/** A page in Chromium with the instruments in it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { within } from '../limit.ts';
import { PROBE_NAME } from './fixture.ts';
import type { BenchHost, Pace } from './host.ts';
import { type ProcessMemory, pageProcessMemory } from './process-memory.ts';
import { longestComputing } from './trace.ts';

const INSTRUMENTS = join(import.meta.dirname, 'instruments.js');
const LOAD_LIMIT_MS = 30_000;
const PROBE_LIMIT_MS = 60_000;
/** Between two probes, by chance, so that they come at any time between two updates and two frames. */
const SHORTEST_PAUSE_MS = 110;
const LONGEST_PAUSE_MS = 210;
/** How finely a profile is taken. */
const SAMPLING_INTERVAL_US = 500;

/** In ms from the arrival of the snapshot. */
export interface Load {
  readonly paintedMs: number;
  readonly interactiveMs: number;
}

interface Rows {
  readonly paintedMs: number;
  readonly x: number;
  readonly y: number;
}

export interface Stalls {
  /** Durations in ms of those that the browser calls long: over 50 ms. */
  readonly longTasks: readonly number[];
  /** For how long the longest task computed, without the time in which others had the processor. */
  readonly longestComputingMs: number;
  readonly longestFrameMs: number;
  /** How much of the time the page's thread computed, from 0 to 1: hardly depends on what else the machine does. */
  readonly busyShare: number;
}

export interface Memory extends ProcessMemory {
  readonly heapBytes: number;
}

export interface PageOptions {
  /** Where profiles are written to; undefined: none are taken. */
  readonly profileFolder: string | undefined;
  /** Probes that will be timed. */
  readonly probes: number;
}

export class BenchPage {
  readonly page: Page;
  readonly #browser: Browser;
  readonly #session: CDPSession;
  readonly #options: PageOptions;
  /** Paths of the scripts and styles that were asked for, so far. */
  readonly requested: string[] = [];
  #probes = 0;

  private constructor(browser: Browser, page: Page, session: CDPSession, options: PageOptions) {
    this.#browser = browser;
    this.page = page;
    this.#session = session;
    this.#options = options;
    page.on('request', (request) => {
      if (['script', 'stylesheet'].includes(request.resourceType()))
        this.requested.push(new URL(request.url()).pathname);
    });
  }

  static async open(browser: Browser, options: PageOptions): Promise<BenchPage> {
    const page = await browser.newPage({ viewport: { width: 1_280, height: 800 } });
    await page.addInitScript({ path: INSTRUMENTS });
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    return new BenchPage(browser, page, session, options);
  }

  /** Goes to the address and times the way from the snapshot to a table that answers. */
  async load(url: string): Promise<Load> {
    await this.page.goto(url);
    const rows = await within(LOAD_LIMIT_MS, 'No table has come', this.page.evaluate<Rows>('bench.rows()'));
    const opened = this.page.evaluate<number>(`bench.details('${PROBE_NAME}')`);
    await this.page.mouse.click(rows.x, rows.y);
    const interactiveMs = await within(LOAD_LIMIT_MS, 'A click has not opened the details', opened);
    return { paintedMs: rows.paintedMs, interactiveMs };
  }

  /** What stalls the page while `act` runs; with a profile of it, where those are wanted. */
  async stallsDuring(name: string, act: () => Promise<unknown>): Promise<Stalls> {
    const { profileFolder } = this.#options;
    if (profileFolder !== undefined) {
      await this.#session.send('Profiler.enable');
      await this.#session.send('Profiler.setSamplingInterval', { interval: SAMPLING_INTERVAL_US });
      await this.#session.send('Profiler.start');
    }
    const before = await this.#threadTime();
    await this.page.evaluate('bench.begin()');
    const longestComputingMs = await longestComputing(this.#browser, this.page, act);
    const stalls = await this.page.evaluate<Pick<Stalls, 'longTasks' | 'longestFrameMs'>>('bench.end()');
    const after = await this.#threadTime();
    const busyShare = (after.busySeconds - before.busySeconds) / (after.atSeconds - before.atSeconds);
    if (profileFolder !== undefined) {
      const { profile } = await this.#session.send('Profiler.stop');
      writeFileSync(join(profileFolder, `${name}.cpuprofile`), JSON.stringify(profile));
    }
    return { ...stalls, longestComputingMs, busyShare };
  }

  /** What the page's thread has computed so far, and when that was read. */
  async #threadTime(): Promise<{ readonly busySeconds: number; readonly atSeconds: number }> {
    return { busySeconds: await this.#metric('ThreadTime'), atSeconds: performance.now() / 1_000 };
  }

  async #metric(wanted: string): Promise<number> {
    const { metrics } = await this.#session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
  }

  /** Throws if that does not reach the last row. */
  async scrollThroughAllRows(): Promise<void> {
    const last = await this.page.evaluate<number>('bench.scroll()');
    const count = await this.page.evaluate<number>('bench.rowCount()');
    if (last !== count) throw new Error(`Scrolled to row ${last} of ${count}.`);
  }

  /** Makes changes of the probe and gives for each the ms from there until it was painted. */
  async timeProbes(host: BenchHost, count: number): Promise<number[]> {
    if (this.#probes === 0) await this.page.evaluate(`bench.watchProbes(${this.#options.probes})`);
    const from = this.#probes;
    const sentAt: number[] = [];
    for (let index = 0; index < count; index += 1) {
      this.#probes += 1;
      sentAt.push(performance.timeOrigin + performance.now());
      host.probe(this.#probes);
      await sleep(SHORTEST_PAUSE_MS + Math.random() * (LONGEST_PAUSE_MS - SHORTEST_PAUSE_MS));
    }
    const shownAt = await within(PROBE_LIMIT_MS, 'A change was not shown', this.#shownProbes(from, count));
    return shownAt.map((time, index) => time - (sentAt[index] ?? Number.NaN));
  }

  /** When they were shown, in ms since the epoch; waits for the last one. */
  async #shownProbes(from: number, count: number): Promise<number[]> {
    for (;;) {
      const all = await this.page.evaluate<(number | null)[]>('bench.probes()');
      const shown = all.slice(from, from + count).filter((time) => time !== null);
      if (shown.length === count) return shown;
      await sleep(100);
    }
  }

  /** After a garbage collection. */
  async memory(): Promise<Memory> {
    await this.#session.send('HeapProfiler.collectGarbage');
    return { heapBytes: await this.#metric('JSHeapUsedSize'), ...(await pageProcessMemory(this.#browser)) };
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}

/** Runs `act` while the host makes changes at a pace. */
export async function whilePlaying<T>(host: BenchHost, pace: Pace, act: () => Promise<T>): Promise<T> {
  const end = new AbortController();
  const playing = host.play(pace, end.signal);
  try {
    return await act();
  } finally {
    end.abort();
    await playing;
  }
}
