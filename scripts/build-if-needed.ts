import { spawnSync } from 'node:child_process';
import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
/** The built command line. */
export const NETKEEPER = join(ROOT, 'dist', 'cli', 'netkeeper.js');

/** Builds the command line if it is not there or older than a source. Throws if the build fails. */
export function buildIfNeeded(): void {
  const builtAt = statSync(NETKEEPER, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = globSync(['main/**/*.ts', 'package-lock.json', 'vite.config.ts'], { cwd: ROOT });
  if (sources.every((file) => statSync(join(ROOT, file)).mtimeMs < builtAt)) return;
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  const build = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
  });
  if (build.status !== 0) throw new Error('The build failed; see above.');
}
