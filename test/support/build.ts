/** The built command line, for tests that run it as people do. */
import { mkdirSync, rmdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfNeeded, NETKEEPER } from '../../scripts/build-if-needed.ts';

const LOCK = join(import.meta.dirname, '../../node_modules/.netkeeper-build-lock');
const POLL_MS = 100;
/** A build takes a few seconds; a lock this old was left by a run that was killed. */
const STALE_MS = 120_000;

let isBuilt = false;

/**
 * Builds the command line if a source is newer, once per test file, and gives the path of its entry. Test files
 * run side by side, so the first one builds while the others wait.
 */
export function builtNetkeeper(): string {
  if (!isBuilt) {
    takeLock();
    try {
      buildIfNeeded();
    } finally {
      rmdirSync(LOCK);
    }
    isBuilt = true;
  }
  return NETKEEPER;
}

function takeLock(): void {
  for (;;) {
    try {
      mkdirSync(LOCK);
      return;
    } catch {
      const since = statSync(LOCK, { throwIfNoEntry: false })?.mtimeMs;
      if (since !== undefined && Date.now() - since > STALE_MS) rmdirSync(LOCK);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, POLL_MS);
    }
  }
}
