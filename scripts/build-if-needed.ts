import { spawnSync } from 'node:child_process';
import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
/** The built command line. */
export const NETKEEPER = join(ROOT, 'dist', 'cli', 'netkeeper.js');
/** The page of the built window. */
export const WINDOW_PAGE = join(ROOT, 'dist', 'renderer', 'index.html');
/** The built main process of the desktop app. */
export const DESKTOP_APP = join(ROOT, 'dist', 'desktop', 'main', 'app.js');

interface Product {
  /** The file that tells when it was built. */
  readonly output: string;
  readonly sources: readonly string[];
  /** A program of a dependency, with its arguments. */
  readonly build: readonly [string, ...string[]];
}

const VITE = 'vite/bin/vite.js';
const COMMAND_LINE: Product = {
  output: NETKEEPER,
  sources: ['main/**/*.ts', 'package-lock.json', 'vite.config.ts'],
  build: [VITE, 'build', '--logLevel', 'warn'],
};
const WINDOW: Product = {
  output: WINDOW_PAGE,
  sources: ['renderer/**/*', 'main/contract/*.ts', 'package-lock.json'],
  build: [VITE, 'build', '--logLevel', 'warn', '--config', 'renderer/vite.config.ts'],
};
const DESKTOP: Product = {
  output: DESKTOP_APP,
  sources: ['main/**/*.ts', 'package-lock.json', 'electron.vite.config.ts'],
  build: ['electron-vite/bin/electron-vite.js', 'build', '--logLevel', 'warn'],
};

/** Builds the command line if it is not there or older than a source. Throws if the build fails. */
export function buildIfNeeded(): void {
  build(COMMAND_LINE);
}

/** The same for the window, which the command line serves and the desktop shows. */
export function buildWindowIfNeeded(): void {
  build(WINDOW);
}

/** The same for what runs in Electron, but for the window. */
export function buildDesktopIfNeeded(): void {
  build(DESKTOP);
}

function build({ output, sources, build: [program, ...args] }: Product): void {
  const builtAt = statSync(output, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const files = globSync([...sources], { cwd: ROOT });
  if (files.every((file) => statSync(join(ROOT, file)).mtimeMs < builtAt)) return;
  const { status } = spawnSync(process.execPath, [join(ROOT, 'node_modules', program), ...args], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) throw new Error('The build failed; see above.');
}
