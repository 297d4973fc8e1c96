import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const BIOME = join(ROOT, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');

/** Whether the linter accepts a file with this one import. */
function isAllowed(file: string, imported: string): boolean {
  const { status } = spawnSync(process.execPath, [BIOME, 'lint', `--stdin-file-path=${file}`], {
    cwd: ROOT,
    input: `import '${imported}';\n`,
  });
  return status === 0;
}

test.each([
  ['main/guard/probe.ts', '../cluster/api.ts'],
  ['main/guard/probe.ts', 'node:fs'],
  ['main/guard/probe.ts', '@kubernetes/client-node'],
  ['main/cluster/probe.ts', '../keeper/keeper.ts'],
  ['main/keeper/probe.ts', '@kubernetes/client-node'],
  ['main/keeper/probe.ts', '../cli/watch.ts'],
  ['main/store/probe.ts', '../keeper/keeper.ts'],
  ['main/contract/probe.ts', '../guard/users.ts'],
  ['main/demo/probe.ts', '../keeper/keeper.ts'],
  ['main/cli/probe.ts', 'electron'],
  ['renderer/probe.ts', '../main/keeper/keeper.ts'],
])('the linter refuses that %s imports %s', (file, imported) => {
  expect(isAllowed(file, imported)).toBe(false);
});

test.each([
  ['main/guard/probe.ts', './users.ts'],
  ['main/cluster/probe.ts', '@kubernetes/client-node'],
  ['main/keeper/probe.ts', '../cluster/api.ts'],
  ['main/cli/probe.ts', '../keeper/keeper.ts'],
  ['renderer/probe.ts', '../main/contract/events.ts'],
])('the linter allows that %s imports %s', (file, imported) => {
  expect(isAllowed(file, imported)).toBe(true);
});
