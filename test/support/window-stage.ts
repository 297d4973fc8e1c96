/**
 * The built window in Chromium, on the loopback host with a service that a test plays.
 *
 *     const stage = await openStage()                       // once
 *     const { page, service } = await stage.show(makeGoodDay(), { theme: 'dark' })     // ends with the test
 *     service.update({ networks: [...] })                   // as the main process would tell it
 *     service.commands                                      // what the window asked for
 */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { systemClock } from '../../main/cluster/clock.ts';
import type { Reply } from '../../main/contract/commands.ts';
import type { NetworkDetail, NetworkName } from '../../main/contract/networks.ts';
import { networkNameSchema } from '../../main/contract/networks.ts';
import type { Snapshot, Update, WindowEvent } from '../../main/contract/updates.ts';
import { startWebServer } from '../../main/web/server.ts';
import type { WindowService } from '../../main/web/window-socket.ts';
import { builtWindow } from './build.ts';
import { makeTemporaryFolder } from './child.ts';
import { launchChromium } from './chromium.ts';
import { makeDetail } from './window-fixtures.ts';

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
      case 'findUsers':
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
  /** Of the system. */
  readonly theme?: 'light' | 'dark';
  readonly reducedMotion?: boolean;
  /** A content security policy besides the host's own: both hold. */
  readonly policy?: string;
}

export interface Shown {
  readonly page: Page;
  readonly service: ShownService;
  /** Ends the host, and starts another one at the same port, with other secrets. */
  restartHost(): Promise<void>;
  stopHost(): Promise<void>;
}

/** Chromium, and the folder of the built window. */
export class Stage {
  readonly #browser: Browser;
  readonly #folder: string;

  constructor(browser: Browser, folder: string) {
    this.#browser = browser;
    this.#folder = folder;
  }

  /**
   * Opens a window on the snapshot, until the test ends. The test fails if the page logs an error or a warning (as it
   * does for each breach of the policy), or asks another host for anything.
   */
  async show(snapshot: Snapshot, options: ShowOptions = {}): Promise<Shown> {
    const service = new ShownService(snapshot);
    const { policy } = options;
    const folder = policy === undefined ? this.#folder : withPolicy(this.#folder, policy);
    const start = (port: number) => startWebServer({ service, folder, port, clock: systemClock });
    let web = await start(0);
    onTestFinished(() => web.close());
    const page = await this.#openPage(web.port, options);
    await page.goto(web.url);
    return {
      page,
      service,
      stopHost: () => web.close(),
      restartHost: async () => {
        await web.close();
        web = await start(web.port);
      },
    };
  }

  /** A page of its own that fails the test as `show` says. */
  async #openPage(port: number, options: ShowOptions): Promise<Page> {
    const { width = 1_280, height = 800, theme = 'light', reducedMotion = false } = options;
    const context = await this.#browser.newContext({
      viewport: { width, height },
      colorScheme: theme,
      reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    const problems = watchForProblems(page, port);
    onTestFinished(() => expect(problems).toEqual([]));
    return page;
  }

  close(): Promise<void> {
    return this.#browser.close();
  }
}

function watchForProblems(page: Page, port: number): string[] {
  const problems: string[] = [];
  page.on('console', (message) => {
    const isOfInterest = message.type() === 'error' || message.type() === 'warning';
    // Chromium logs requests that fail; a host that ends makes some fail.
    if (isOfInterest && !/ERR_CONNECTION|status of 401/.test(message.text())) problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (host !== `127.0.0.1:${port}` && protocol !== 'blob:') problems.push(`request to ${request.url()}`);
  });
  return problems;
}

/** A copy of the window whose page says the policy itself; gone when the test is over. */
function withPolicy(folder: string, policy: string): string {
  const { path, remove } = makeTemporaryFolder('netkeeper-window-');
  onTestFinished(remove);
  cpSync(folder, path, { recursive: true });
  const page = join(path, 'index.html');
  const meta = `<head><meta http-equiv="Content-Security-Policy" content="${policy}">`;
  writeFileSync(page, readFileSync(page, 'utf8').replace('<head>', meta));
  return path;
}

/** Builds the window if it is not, and starts Chromium. */
export async function openStage(): Promise<Stage> {
  const folder = builtWindow();
  return new Stage(await launchChromium(), folder);
}
