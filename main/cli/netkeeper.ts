#!/usr/bin/env node
/** The `netkeeper` command, also `kubectl netkeeper`. */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(`netkeeper needs Node.js 22.19 or newer; this is ${process.versions.node}.\n`);
  process.exitCode = 1;
} else {
  // Loaded only now: an older Node could not even read the modules.
  const { runCommand } = await import('./commands.ts');
  process.exitCode = await runCommand(process.argv.slice(2), process);
}
