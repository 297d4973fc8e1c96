/** Runs the built command line in a clone, building it first if a source is newer. */
import { spawn } from 'node:child_process';
import { buildIfNeeded, NETKEEPER } from './build-if-needed.ts';

buildIfNeeded();
const child = spawn(process.execPath, [NETKEEPER, ...process.argv.slice(2)], { stdio: 'inherit' });
// Ctrl-C reaches the child by itself, as part of the terminal's foreground group; it decides when to end.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => signal === 'SIGTERM' && child.kill(signal));
child.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal === null ? 1 : 128);
});
