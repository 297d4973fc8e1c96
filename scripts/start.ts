/** `npm start` and `npm run demo`: the desktop app; where it cannot run, the same window in a browser. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { hasDisplay } from '../main/web/browser.ts';
import { buildDesktopIfNeeded, buildIfNeeded, buildWindowIfNeeded, NETKEEPER } from './build-if-needed.ts';
import { findDesktop } from './find-electron.ts';

const ROOT = join(import.meta.dirname, '..');
const args = process.argv.slice(2);

const desktop = findDesktop({
  electronPackage: join(ROOT, 'node_modules', 'electron'),
  env: process.env,
  platform: process.platform,
  isRoot: process.getuid?.() === 0,
});
if ('electron' in desktop) runDesktop(desktop.electron);
else await serve(desktop.reason);

function runDesktop(electron: string): void {
  buildWindowIfNeeded();
  buildDesktopIfNeeded();
  const app = spawn(electron, [ROOT, ...args], { stdio: 'inherit' });
  // Ctrl-C reaches the app by itself; a signal to this process alone does not.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => app.kill('SIGTERM'));
  app.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}

/** In this process, for its signals. */
async function serve(reason: string): Promise<void> {
  process.stderr.write(
    `netkeeper: ${reason} The window is served to a browser instead of the desktop app.\n`,
  );
  buildWindowIfNeeded();
  buildIfNeeded();
  // Without a display there is nothing to open: the address is printed in any case.
  const open = hasDisplay(process.env, process.platform) ? ['--open'] : [];
  process.argv.splice(2, Infinity, 'serve', ...open, ...args);
  await import(pathToFileURL(NETKEEPER).href);
}
