/**
 * Child processes and folders that never outlive us, however we end (also by SIGKILL). Each has a shell that
 * holds the other end of a pipe to us: the pipe closes when we close it and when we die. The shells have their
 * own process group, so that Ctrl-C reaches only us.
 *
 *     startChild(command, args, logFile): Child        // { hasEnded(), kill() }
 *     makeTemporaryFolder(prefix): TemporaryFolder     // { path, remove() }
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const KILL_WHEN_PIPE_CLOSES = `
exec 3<&0
"$@" </dev/null & child=$!
(cat <&3 >/dev/null; kill -9 $child 2>/dev/null) & guard=$!
wait $child; code=$?
kill $guard 2>/dev/null
exit $code`;

/** The second is for the children, which write into the folder until they are killed. */
const REMOVE_WHEN_PIPE_CLOSES = 'cat >/dev/null; sleep 1; rm -rf "$1"';

export interface Child {
  hasEnded(): boolean;
  /** SIGKILL, and waits until the process is gone. */
  kill(): Promise<void>;
}

/** Starts `command` with its output appended to `logFile`. */
export function startChild(command: string, args: readonly string[], logFile: string): Child {
  const log = openSync(logFile, 'a');
  const shell = spawn('sh', ['-c', KILL_WHEN_PIPE_CLOSES, 'sh', command, ...args], {
    stdio: ['pipe', log, log],
    detached: true,
  });
  closeSync(log);
  const ended = once(shell, 'close');
  return {
    hasEnded: () => shell.exitCode !== null || shell.signalCode !== null,
    async kill() {
      shell.stdin?.end();
      await ended;
    },
  };
}

export interface TemporaryFolder {
  readonly path: string;
  remove(): void;
}

export function makeTemporaryFolder(prefix: string): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), prefix));
  const shell = spawn('sh', ['-c', REMOVE_WHEN_PIPE_CLOSES, 'sh', path], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  return {
    path,
    remove() {
      rmSync(path, { recursive: true, force: true });
      shell.kill();
    },
  };
}
