/**
 * The built desktop app on the double, as a test uses it. Skipped, with the reason printed, where there is no
 * Chromium.
 *
 *     describeDesktop('the desktop app', () => {
 *       const desktop = await startDesktop({ home, kubeconfig });      // resolves when Electron would be ready
 *       const page = await desktop.page();                            // the window, as Playwright has it
 *       await desktop.record({ what: 'notification' });               // the next one, or one since the last `record`
 *       await desktop.give({ do: 'choose', menu: 'tray', path: ['Quit'] });
 *       await desktop.quit(), await desktop.kill();
 *     });
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import type { CommandArgs, CommandName, CommandResult, Reply } from '../../../main/contract/commands.ts';
import { DESKTOP_APP } from '../../../scripts/build-if-needed.ts';
import { makeTemporaryFolder } from '../child.ts';
import { CHROMIUM, hasChromium } from '../chromium.ts';
import type { DesktopCommand, FromDouble, FromTest, MenuRecord, TimedRecord } from './messages.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const REGISTER = join(import.meta.dirname, 'register.ts');
const PATIENCE_MS = 20_000;

/** A `describe` for tests whose windows are real pages. */
export function describeDesktop(name: string, body: () => void): void {
  if (hasChromium) {
    describe(name, body);
    return;
  }
  const reason = `needs Chromium at ${CHROMIUM}; install it, or name another by CHROMIUM`;
  console.warn(`Skipped: "${name}" ${reason}.`);
  describe.skip(`${name} (${reason})`, body);
}

/** `expect.poll` with the patience that a busy machine needs. */
export function eventually<Value>(look: () => Value) {
  return expect.poll(look, { timeout: PATIENCE_MS });
}

/** A Chromium with no way out of this machine, for all windows of one test file. */
export interface TestChromium {
  readonly context: BrowserContext;
  /** Where a main process finds it. */
  readonly address: string;
  close(): Promise<void>;
}

export async function startChromium(): Promise<TestChromium> {
  const folder = makeTemporaryFolder('netkeeper-chromium-');
  const context = await chromium.launchPersistentContext(folder.path, {
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--remote-debugging-port=0',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
  const [port] = readFileSync(join(folder.path, 'DevToolsActivePort'), 'utf8').split('\n');
  return {
    context,
    address: `http://127.0.0.1:${port}`,
    async close() {
      await context.close();
      folder.remove();
    },
  };
}

export interface DesktopOptions {
  readonly chromium: TestChromium;
  /** The user's home folder; settings and journal are in it. */
  readonly home: string;
  readonly kubeconfig: string;
  readonly args?: readonly string[];
  /** Another program than the built one. */
  readonly program?: string;
  readonly env?: NodeJS.ProcessEnv;
}

type RecordOf<What extends TimedRecord['what']> = Extract<TimedRecord, { what: What }>;
type Pattern<What extends TimedRecord['what']> = { readonly what: What } & Partial<RecordOf<What>>;

/** Starts the app; resolves when it is ready, or has ended because another one is running. */
export async function startDesktop(options: DesktopOptions): Promise<Desktop> {
  const desktop = new Desktop(options);
  await Promise.race([desktop.record({ what: 'ready' }), desktop.ended]);
  return desktop;
}

export class Desktop {
  readonly records: TimedRecord[] = [];
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
  /** What the program wrote to standard error. */
  log = '';
  readonly #child: ChildProcess;
  readonly #context: BrowserContext;
  readonly #waiting = new Set<() => void>();
  readonly #answers = new Map<number, (message: FromDouble) => void>();
  /** By kind of record, how many `record` has given out. */
  readonly #given = new Map<string, number>();
  #commands = 0;

  constructor({ chromium, home, kubeconfig, args = [], program = DESKTOP_APP, env = {} }: DesktopOptions) {
    mkdirSync(home, { recursive: true });
    this.#context = chromium.context;
    this.#child = spawn(process.execPath, ['--import', REGISTER, program, ...args], {
      cwd: ROOT,
      env: {
        PATH: process.env.PATH,
        HOME: home,
        SHELL: '/bin/sh',
        KUBECONFIG: kubeconfig,
        ELECTRON_DOUBLE_CHROMIUM: chromium.address,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child.on('message', (message: FromDouble) => this.#take(message));
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk) => {
        this.log += String(chunk);
      });
    }
    this.ended = once(this.#child, 'close').then(([code]) => code);
  }

  /** The first record that fits and that no `record` before it gave; waits for it. */
  async record<What extends TimedRecord['what']>(
    pattern: Pattern<What>,
    where: (record: RecordOf<What>) => boolean = () => true,
  ): Promise<RecordOf<What>> {
    const find = () => {
      const from = this.#given.get(pattern.what) ?? 0;
      const index = this.records.findIndex((record, at) => at >= from && fits(record, pattern, where));
      if (index >= 0) this.#given.set(pattern.what, index + 1);
      return index < 0 ? undefined : (this.records[index] as RecordOf<What>);
    };
    return this.#until(find, JSON.stringify(pattern));
  }

  /** The newest record of a kind. */
  newest<What extends TimedRecord['what']>(what: What): RecordOf<What> | undefined {
    return this.records.findLast((record): record is RecordOf<What> => record.what === what);
  }

  /** What the double refused, in words. */
  get refusals(): readonly string[] {
    return this.records.flatMap((record) => (record.what === 'refused' ? [record.why] : []));
  }

  async give(command: DesktopCommand): Promise<unknown> {
    const id = ++this.#commands;
    const { promise, resolve } = Promise.withResolvers<FromDouble>();
    this.#answers.set(id, resolve);
    this.#child.send({ id, command } satisfies FromTest);
    const message = await promise;
    if ('error' in message) throw new Error(message.error);
    return 'value' in message ? message.value : undefined;
  }

  /** The window's page, once it is there. */
  async page(): Promise<Page> {
    const isOurs = (page: Page) => page.url().includes('.netkeeper.double.invalid');
    const find = () => this.#context.pages().findLast(isOurs);
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const page = find();
      if (page !== undefined) return page;
      if (Date.now() > deadline) throw new Error(`There is no window. The program says:\n${this.log}`);
      await Promise.race([
        this.#context.waitForEvent('page', { timeout: 100 }).catch(() => {}),
        this.#context.waitForEvent('request', { timeout: 100 }).catch(() => {}),
      ]);
    }
  }

  /** A command as the window gives it, through the preload's bridge. */
  async invoke<Name extends CommandName>(
    name: Name,
    args: CommandArgs<Name>,
  ): Promise<Reply<CommandResult<Name>>> {
    const page = await this.page();
    return page.evaluate(`window.netkeeper.invoke(${JSON.stringify(name)}, ${JSON.stringify(args)})`);
  }

  /** The tray's newest menu item whose label begins so. */
  trayItem(label: string): MenuRecord | undefined {
    return this.newest('tray')?.menu.find((item) => item.label.startsWith(label));
  }

  async quit(): Promise<number | null> {
    await this.give({ do: 'quit' });
    return this.ended;
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** SIGKILL, as a crash or the system would. Its windows go with it. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
    await Promise.all(this.#context.pages().map((page) => page.close()));
  }

  #take(message: FromDouble): void {
    if ('record' in message) {
      this.records.push(message.record);
      for (const look of [...this.#waiting]) look();
    } else {
      this.#answers.get(message.answerTo)?.(message);
      this.#answers.delete(message.answerTo);
    }
  }

  #until<Value>(find: () => Value | undefined, wanted: string): Promise<Value> {
    return new Promise((resolve, reject) => {
      const end = (settle: () => void) => {
        this.#waiting.delete(look);
        clearTimeout(timer);
        settle();
      };
      const look = () => {
        const value = find();
        if (value !== undefined) end(() => resolve(value));
      };
      const timer = setTimeout(() => {
        const records = this.records.map(summarise).join('\n');
        end(() =>
          reject(new Error(`${wanted} did not happen. Records:\n${records}\nThe program says:\n${this.log}`)),
        );
      }, PATIENCE_MS);
      this.#waiting.add(look);
      look();
    });
  }
}

/** A record in one line: menus are long, and their labels tell enough. */
function summarise(record: TimedRecord): string {
  if (!('menu' in record)) return JSON.stringify(record);
  return JSON.stringify({ ...record, menu: record.menu.map(({ label }) => label).join(' | ') });
}

function fits<What extends TimedRecord['what']>(
  record: TimedRecord,
  pattern: Pattern<What>,
  where: (record: RecordOf<What>) => boolean,
): boolean {
  const entries: [string, unknown][] = Object.entries(pattern);
  const isLike = entries.every(([key, value]) => (record as Record<string, unknown>)[key] === value);
  return isLike && where(record as RecordOf<What>);
}
