/**
 * npm as a person runs it in a terminal, in this clone, with a home folder of its own and without a display.
 *
 *     const npm = runUnderNpm(['run', '-s', 'demo']);
 *     await npm.prints(/restored/);
 *     await npm.interrupt()                       // [code, signal]
 *
 * It belongs to the test that calls it: what still runs at its end is killed.
 */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { ownEnvironment, temporaryFolder } from './netkeeper-process.ts';

const ROOT = join(import.meta.dirname, '..', '..');

export function runUnderNpm(args: readonly string[]): NpmProcess {
  const home = temporaryFolder();
  const child = spawn('npm', args, {
    cwd: ROOT,
    env: {
      ...ownEnvironment(home),
      npm_config_cache: join(home, 'npm'),
      npm_config_update_notifier: 'false',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own stands for the terminal's foreground group, which all get Ctrl-C.
    detached: true,
  });
  const npm = new NpmProcess(child, home);
  onTestFinished(() => npm.kill());
  return npm;
}

export class NpmProcess {
  output = '';
  errors = '';
  readonly #child: ChildProcess;
  readonly #home: string;

  constructor(child: ChildProcess, home: string) {
    this.#child = child;
    this.#home = home;
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      this.output += chunk;
    });
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      this.errors += chunk;
    });
  }

  /** Waits until its standard output fits. Throws if it ends before. */
  async prints(pattern: RegExp): Promise<void> {
    const ended = once(this.#child, 'close');
    while (!pattern.test(this.output)) {
      if (this.#child.exitCode !== null) throw new Error(`npm ended. ${this.output}${this.errors}`);
      await Promise.race([once(this.#child.stdout ?? this.#child, 'data'), ended]);
    }
  }

  /** Ctrl-C; gives exit code and signal. */
  async interrupt(): Promise<readonly unknown[]> {
    const closed = once(this.#child, 'close');
    this.#signalAll('SIGINT');
    return closed;
  }

  /** What it left in the home folder. */
  leftAtHome(): readonly string[] {
    return readdirSync(this.#home).filter((name) => name !== 'npm');
  }

  kill(): void {
    if (this.#child.exitCode === null) this.#signalAll('SIGKILL');
  }

  #signalAll(signal: NodeJS.Signals): void {
    const { pid } = this.#child;
    if (pid === undefined) throw new Error('npm did not start.');
    process.kill(-pid, signal);
  }
}
