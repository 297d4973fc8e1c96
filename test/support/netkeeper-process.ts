/**
 * The built `netkeeper` as a child process, as people run it: real signals, real files, its own home folder.
 *
 *     const netkeeper = startNetkeeper(['watch', '--kubeconfig', file, '-o', 'json'])
 *     await netkeeper.line({ event: 'phase', phase: 'watching' })       // waits for the first such line
 *     netkeeper.all({ event: 'restored', name: 'net' })                 // those that came so far
 *     await netkeeper.end('SIGTERM')                                    // { code, signal }
 *     await runNetkeeper(['usage'])                                     // { code, signal, stdout, stderr }
 *
 * Both belong to the test that calls them: what still runs at its end is killed.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { isDeepStrictEqual } from 'node:util';
import { onTestFinished } from 'vitest';
import { builtNetkeeper } from './build.ts';
import { makeTemporaryFolder } from './child.ts';

/** One line of `-o json`. */
export interface Line {
  readonly time: string;
  readonly event: string;
  readonly context: string;
  readonly [field: string]: unknown;
}

/** Fields that a line must have; of objects in it those that are named. */
export type Pattern = Readonly<Record<string, unknown>>;

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface Run extends Exit {
  readonly stdout: string;
  readonly stderr: string;
}

const WAIT_MS = 30_000;

/** A folder that is gone when the test is over. */
export function temporaryFolder(): string {
  const folder = makeTemporaryFolder('netkeeper-test-');
  onTestFinished(() => folder.remove());
  return folder.path;
}

/** Starts it with `-o json` among `args`, so that its output can be waited for. */
export function startNetkeeper(args: readonly string[]): Netkeeper {
  const netkeeper = new Netkeeper(spawnNetkeeper(args));
  onTestFinished(async () => {
    await netkeeper.end('SIGKILL');
  });
  return netkeeper;
}

/** Runs it to its end. */
export async function runNetkeeper(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Run> {
  const child = spawnNetkeeper(args, env);
  onTestFinished(() => void child.kill('SIGKILL'));
  let [stdout, stderr] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const [code, signal] = await once(child, 'close');
  return { code, signal, stdout, stderr };
}

/** No KUBECONFIG, proxy or state folder of whoever runs the tests gets in between. */
export function ownEnvironment(home: string): Record<string, string> {
  return { PATH: process.env.PATH ?? '', HOME: home, TZ: 'UTC' };
}

function spawnNetkeeper(args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  return spawn(process.execPath, [builtNetkeeper(), ...args], {
    env: { ...ownEnvironment(temporaryFolder()), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

interface Waiter {
  readonly check: () => boolean;
  readonly give: (error?: Error) => void;
}

export class Netkeeper {
  readonly lines: Line[] = [];
  stderr = '';
  readonly #child: ChildProcess;
  readonly #closed: Promise<Exit>;
  readonly #waiters = new Set<Waiter>();
  #failure: Error | undefined;

  constructor(child: ChildProcess) {
    this.#child = child;
    if (child.stdout === null) throw new Error('netkeeper has no standard output.');
    createInterface({ input: child.stdout }).on('line', (text) => this.#take(text));
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      this.stderr += text;
    });
    this.#closed = once(child, 'close').then(([code, signal]) => {
      this.#fail(`netkeeper ended (code ${code}, signal ${signal}).`);
      return { code, signal };
    });
  }

  /** Waits for the `count`th line that fits. Rejects when the program ends or half a minute is over. */
  async line(pattern: Pattern, count = 1): Promise<Line> {
    const found = () => this.all(pattern)[count - 1];
    await this.#until(`line ${count} of ${JSON.stringify(pattern)}`, () => found() !== undefined);
    const line = found();
    if (line === undefined) throw new Error('unreachable');
    return line;
  }

  /** Waits until it is watching, and gives the line. */
  watching(context?: string): Promise<Line> {
    return this.line({ event: 'phase', phase: 'watching', ...(context && { context }) });
  }

  all(pattern: Pattern): Line[] {
    return this.lines.filter((line) => fits(line, pattern));
  }

  /** Lines about one network. */
  about(namespace: string, name: string): Line[] {
    return this.all({ namespace, name });
  }

  /** Waits for the end that comes by itself. */
  ended(): Promise<Exit> {
    return this.#closed;
  }

  /** SIGSTOP and SIGCONT: what happens between them, it sees at once and late. */
  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Sends the signal and waits for the end. */
  async end(signal: NodeJS.Signals): Promise<Exit> {
    this.#child.kill(signal);
    return this.#closed;
  }

  #take(text: string): void {
    try {
      this.lines.push(JSON.parse(text));
    } catch {
      this.#fail(`This is no line of JSON: ${text}`);
    }
    for (const waiter of this.#waiters) if (waiter.check()) waiter.give();
  }

  #fail(reason: string): void {
    const output = [...this.lines.map((line) => JSON.stringify(line)), this.stderr].join('\n');
    this.#failure ??= new Error(`${reason} Its output:\n${output}`);
    for (const waiter of this.#waiters) waiter.give(this.#failure);
  }

  #until(what: string, check: () => boolean): Promise<void> {
    if (check()) return Promise.resolve();
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#fail(`Waited ${WAIT_MS / 1000} s for ${what}.`), WAIT_MS);
      const waiter: Waiter = {
        check,
        give: (error) => {
          clearTimeout(timer);
          this.#waiters.delete(waiter);
          if (error) reject(error);
          else resolve();
        },
      };
      this.#waiters.add(waiter);
    });
  }
}

function fits(value: unknown, pattern: unknown): boolean {
  if (!isRecord(pattern)) return isDeepStrictEqual(value, pattern);
  return isRecord(value) && Object.entries(pattern).every(([key, wanted]) => fits(value[key], wanted));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
