/** The built command line, window and desktop app, for tests that run them as people do. */
import { mkdirSync, rmdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  buildDesktopIfNeeded,
  buildIfNeeded,
  buildWindowIfNeeded,
  DESKTOP_APP,
  NETKEEPER,
  WINDOW_PAGE,
} from '../../scripts/build-if-needed.ts';

const LOCK = join(import.meta.dirname, '../../node_modules/.netkeeper-build-lock');
const POLL_MS = 100;
/** A build takes a few seconds; a lock this old was left by a run that was killed. */
const STALE_MS = 120_000;

const isBuilt = new Set<() => void>();

/**
 * Builds the command line if a source is newer, once per test file, and gives the path of its entry. Test files
 * run side by side, so the first one builds while the others wait.
 */
export function builtNetkeeper(): string {
  buildOnce(buildIfNeeded);
  return NETKEEPER;
}

/** The same for the window; gives the path of its folder. */
export function builtWindow(): string {
  buildOnce(buildWindowIfNeeded);
  return dirname(WINDOW_PAGE);
}

/** The same for what of the desktop app runs in Electron; gives the path of its entry. */
export function builtDesktop(): string {
  buildOnce(buildDesktopIfNeeded);
  return DESKTOP_APP;
}

function buildOnce(build: () => void): void {
  if (isBuilt.has(build)) return;
  takeLock();
  try {
    build();
  } finally {
    rmdirSync(LOCK);
  }
  isBuilt.add(build);
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
