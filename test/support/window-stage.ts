/**
 * The built window in Chromium, on the loopback host with a service that a test plays.
 *
 *     const stage = await openStage()                       // once; `undefined` where there is no Chromium
 *     const { page, service, problems } = await stage.show(makeGoodDay(), { theme: 'dark' })
 *     service.update({ networks: [...] })                   // as the main process would tell it
 *     service.commands                                      // what the window asked for
 *     problems                                              // console errors, other hosts, policy violations
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { systemClock } from '../../main/cluster/clock.ts';
import type { Reply } from '../../main/contract/commands.ts';
import type { NetworkDetail, NetworkName } from '../../main/contract/networks.ts';
import { networkNameSchema } from '../../main/contract/networks.ts';
import type { Snapshot, Update, WindowEvent } from '../../main/contract/updates.ts';
import { startWebServer } from '../../main/web/server.ts';
import type { WindowService } from '../../main/web/window-socket.ts';
import { makeDetail } from './window-fixtures.ts';

const ROOT = join(import.meta.dirname, '..', '..');
export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
export const HAS_CHROMIUM = existsSync(CHROMIUM);

/** No helper of the browser's own may call home while a test looks for requests. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Answers from a snapshot, and keeps the commands that a window gave. */
export class ShownService implements WindowService {
  snapshot: Snapshot;
  readonly commands: { readonly name: string; readonly args: unknown }[] = [];
  /** Answers in place of the usual ones. */
  readonly answers = new Map<string, (args: unknown) => Reply<unknown> | Promise<Reply<unknown>>>();
  readonly #listeners = new Set<(event: WindowEvent) => unknown>();

  constructor(snapshot: Snapshot) {
    this.snapshot = snapshot;
  }

  async invoke(name: string, args: unknown): Promise<Reply<unknown>> {
    this.commands.push({ name, args });
    const answer = this.answers.get(name);
    if (answer !== undefined) return answer(args);
    return { ok: true, value: this.#usualAnswer(name, args) };
  }

  subscribe(listener: (event: WindowEvent) => unknown): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Changes the snapshot and tells of it. */
  update(parts: Omit<Update, 'sequence'>): void {
    const sequence = this.snapshot.sequence + 1;
    const { networks = [], goneNetworks: _gone, journal = [], ...rest } = parts;
    this.snapshot = {
      ...this.snapshot,
      ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
      sequence,
      networks: [
        ...this.snapshot.networks.filter((one) => !networks.some((next) => isSame(one, next))),
        ...networks,
      ],
      journal: [...journal.toReversed(), ...this.snapshot.journal],
    };
    this.tell({ event: 'update', update: { sequence, ...parts } });
  }

  tell(event: WindowEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  commandsNamed(name: string): unknown[] {
    return this.commands.filter((command) => command.name === name).map(({ args }) => args);
  }

  #usualAnswer(name: string, args: unknown): unknown {
    switch (name) {
      case 'snapshot':
        return this.snapshot;
      case 'networkDetail':
        return this.#detail(networkNameSchema.parse(args));
      case 'journal':
        return [];
      case 'exportJournal':
        return { fileName: 'netkeeper-journal.json', text: '[]' };
      default:
        return null;
    }
  }

  #detail(name: NetworkName): NetworkDetail {
    const network = this.snapshot.networks.find((one) => isSame(one, name));
    if (network === undefined) throw new Error('The window asks for a network that it was not told of.');
    return makeDetail(network, this.snapshot.journal);
  }
}

function isSame(one: NetworkName, other: NetworkName): boolean {
  return one.context === other.context && one.namespace === other.namespace && one.name === other.name;
}

export interface ShowOptions {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: 'light' | 'dark';
  readonly reducedMotion?: boolean;
}

export interface Shown {
  readonly page: Page;
  readonly service: ShownService;
  /** Console errors, uncaught errors, and requests to other hosts. */
  readonly problems: readonly string[];
  /** Ends the host, and starts another one at the same port. */
  restart(): Promise<void>;
  stopHost(): Promise<void>;
  close(): Promise<void>;
}

export class Stage {
  readonly #browser: Browser;
  readonly #folder: string;

  constructor(browser: Browser, folder: string) {
    this.#browser = browser;
    this.#folder = folder;
  }

  async show(snapshot: Snapshot, options: ShowOptions = {}): Promise<Shown> {
    const service = new ShownService(snapshot);
    const start = (port: number) =>
      startWebServer({ service, folder: this.#folder, port, clock: systemClock });
    let web = await start(0);
    const { port } = web;
    const { width = 1_280, height = 800, theme = 'light', reducedMotion = false } = options;
    const context = await this.#browser.newContext({
      viewport: { width, height },
      colorScheme: theme,
      reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
    });
    await context.grantPermissions(['clipboard-write'], { origin: `http://127.0.0.1:${port}` });
    const page = await context.newPage();
    const problems = watchForProblems(page, port);
    await page.goto(web.url);
    return {
      page,
      service,
      problems,
      stopHost: () => web.close(),
      restart: async () => {
        await web.close();
        web = await start(port);
      },
      close: async () => {
        await context.close();
        await web.close();
      },
    };
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}

function watchForProblems(page: Page, port: number): string[] {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (host !== `127.0.0.1:${port}` && protocol !== 'blob:') problems.push(`request to ${request.url()}`);
  });
  return problems;
}

/** Builds the window into a folder of its own, and starts Chromium. */
export async function openStage(folder: string): Promise<Stage> {
  await build({
    configFile: join(ROOT, 'renderer', 'vite.config.ts'),
    build: { outDir: folder, emptyOutDir: true },
    logLevel: 'warn',
  });
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
  return new Stage(browser, folder);
}
