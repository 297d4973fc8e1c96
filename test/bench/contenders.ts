/** The two that are compared, each a process of its own. */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildIfNeeded, NETKEEPER } from '../../scripts/build-if-needed.ts';
import { makeTemporaryFolder } from '../support/child.ts';
import { FLOOR_NAMESPACE } from './content.ts';
import type { FloorOptions } from './floor.ts';
import { within } from './limit.ts';
import type { Server } from './server.ts';

const SYNC_LIMIT_MS = 60_000;
const CATCH_UP_LIMIT_MS = 3_000;

export async function startFloor({ target }: Server): Promise<{ stop(): Promise<void> }> {
  const options: FloorOptions = { target, namespace: FLOOR_NAMESPACE };
  const child = fork(join(import.meta.dirname, 'floor.ts'), [JSON.stringify(options)]);
  await once(child, 'message');
  return { stop: () => end(child) };
}

/** One line of `netkeeper watch -o json`. */
type Line = Readonly<Record<string, unknown>>;

/** `netkeeper watch` as it is shipped. */
export class NetKeeper {
  /** How often it has said what, by event. */
  readonly #said = new Map<string, number>();
  readonly #child: ChildProcess;
  readonly #listeners = new Set<(line: Line) => void>();
  readonly #removeState: () => void;
  #isStopping = false;

  constructor({ kubeconfig }: Server) {
    buildIfNeeded();
    const state = makeTemporaryFolder('bench-state-');
    this.#removeState = () => state.remove();
    const probe = join(import.meta.dirname, 'memory-probe.ts');
    const flags = ['--kubeconfig', kubeconfig, '--state-dir', state.path, '-o', 'json'];
    const args = ['--expose-gc', '--import', probe, NETKEEPER, 'watch', ...flags];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
    this.#child = child;
    // Frozen, it would not notice that we are gone.
    process.on('exit', () => child.kill('SIGKILL'));
    child.on('exit', (code) => {
      if (!this.#isStopping) throw new Error(`NetKeeper has ended with exit code ${code}.`);
    });
    if (child.stdout === null) throw new Error('NetKeeper has no standard output.');
    createInterface({ input: child.stdout }).on('line', (text) => {
      const line: Line = JSON.parse(text);
      const event = String(line.event);
      this.#said.set(event, this.count(event) + 1);
      for (const listener of this.#listeners) listener(line);
    });
  }

  /** How many lines it has written of one event. */
  count(event: string): number {
    return this.#said.get(event) ?? 0;
  }

  /** Gives its first `synced` line. */
  synced(): Promise<Line> {
    return within(SYNC_LIMIT_MS, 'NetKeeper has not synced', this.#next('synced'));
  }

  /**
   * Resolves once there are so many lines of one event in all, or after a few seconds: a watch that the server ended
   * while NetKeeper stood still may begin with a list, and then what went and came again in between is not told.
   */
  async caughtUp(event: string, count: number): Promise<void> {
    const enough = async () => {
      while (this.count(event) < count) await this.#next(event);
    };
    await within(CATCH_UP_LIMIT_MS, 'NetKeeper has not caught up', enough()).catch(() => {});
  }

  /** Resolves with the next line of one event. */
  #next(event: string): Promise<Line> {
    return new Promise((resolve) => {
      const listener = (line: Line) => {
        if (line.event !== event) return;
        this.#listeners.delete(listener);
        resolve(line);
      };
      this.#listeners.add(listener);
    });
  }

  /** Stands still, so that a round of the floor has the machine for itself. */
  freeze(): void {
    this.#child.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child.kill('SIGCONT');
  }

  /** After a garbage collection. */
  async memory(): Promise<NodeJS.MemoryUsage> {
    this.#child.send('memory');
    const [usage] = await once(this.#child, 'message');
    return usage;
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#child.kill('SIGTERM');
    await once(this.#child, 'exit');
    this.#removeState();
  }
}

async function end(child: ChildProcess): Promise<void> {
  child.disconnect();
  await once(child, 'exit');
}
