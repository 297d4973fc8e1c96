import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const BIOME = join(ROOT, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
/** A project of its own with our rules, so that no probe ever lies among our sources. */
const project = mkdtempSync(join(tmpdir(), 'netkeeper-layers-'));
copyFileSync(join(ROOT, 'biome.json'), join(project, 'biome.json'));
afterAll(() => rmSync(project, { recursive: true }));

/** What the linter says of a file with this one import. */
function lint(file: string, imported: string): string {
  const path = join(project, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `import '${imported}';\n`);
  const run = spawnSync(process.execPath, [BIOME, 'lint', '--vcs-enabled=false', file], {
    cwd: project,
    encoding: 'utf8',
  });
  return run.stdout + run.stderr;
}

test.each([
  ['main/guard/probe.ts', '../cluster/api.ts'],
  ['main/guard/probe.ts', 'node:fs'],
  ['main/guard/probe.ts', '@kubernetes/client-node'],
  ['main/cluster/probe.ts', '../keeper/keeper.ts'],
  ['main/keeper/probe.ts', '@kubernetes/client-node'],
  ['main/keeper/probe.ts', '../cli/watch.ts'],
  ['main/store/probe.ts', '../keeper/keeper.ts'],
  ['main/store/probe.ts', '../cluster/api.ts'],
  ['main/store/probe.ts', 'electron-store'],
  ['main/contract/probe.ts', '../guard/users.ts'],
  ['main/demo/probe.ts', '../keeper/keeper.ts'],
  ['main/cli/probe.ts', 'electron'],
  ['main/desktop/probe.ts', '../cli/sources.ts'],
  ['renderer/probe.ts', '../main/keeper/keeper.ts'],
])('the linter refuses that %s imports %s', (file, imported) => {
  expect(lint(file, imported)).toContain('noRestrictedImports');
});

test.each([
  ['main/guard/probe.ts', './users.ts'],
  ['main/cluster/probe.ts', '@kubernetes/client-node'],
  ['main/keeper/probe.ts', '../cluster/api.ts'],
  ['main/store/probe.ts', '../contract/settings.ts'],
  ['main/cli/probe.ts', '../keeper/keeper.ts'],
  ['renderer/probe.ts', '../main/contract/events.ts'],
])('the linter allows that %s imports %s', (file, imported) => {
  expect(lint(file, imported)).toContain('Checked 1 file');
  expect(lint(file, imported)).not.toContain('noRestrictedImports');
});
