/**
 * The app as electron-builder packs it for Linux by electron-builder.yml, from a small project and with a stand-in for
 * Electron, so that nothing has to be built or downloaded.
 *
 *     pack(project): string            // fills an empty folder, packs it; gives the folder of the unpacked app
 *     filesIn(archive): string[]       // paths in an asar
 *     fusesOf(program): string         // a character a fuse: 1 for on, 0 for off
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';

export const ROOT = join(import.meta.dirname, '..', '..');
/** Finds the builder's modules. */
export const BUILDER = createRequire(join(ROOT, 'node_modules', 'electron-builder', 'package.json'));

/** Marks where the fuses of an Electron program are, after their version and number (@electron/fuses). */
const FUSES = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

export function pack(project: string): string {
  layOutProject(project);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      BUILDER.resolve('./cli.js'),
      ...['--projectDir', project, '--linux', 'dir', '--x64'],
      ...[`-c.electronDist=${layOutElectron(project)}`, '-c.electronVersion=45.0.0'],
    ],
    { encoding: 'utf8', env: { ...process.env, NO_UPDATE_NOTIFIER: '1' } },
  );
  if (status !== 0) throw new Error(`${stdout}\n${stderr}`);
  return join(project, 'dist', 'installers', 'linux-unpacked');
}

export function fusesOf(program: Buffer): string {
  return program.toString('latin1', program.indexOf(FUSES) + FUSES.length + 2);
}

/** What the repository has that matters, with little in it, and what must not ship. */
function layOutProject(project: string): void {
  for (const name of ['electron-builder.yml', 'package.json', 'LICENSE', 'assets']) {
    cpSync(join(ROOT, name), join(project, name), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(project, 'node_modules'), 'dir');
  for (const file of [
    'dist/desktop/main/app.js',
    'dist/desktop/preload/preload.cjs',
    'dist/renderer/index.html',
    'dist/cli/netkeeper.js',
    'main/desktop/app.ts',
    'renderer/main.tsx',
    'scripts/start.ts',
    'test/unit/packaging.test.ts',
    'docs/packaging.md',
    '.env',
  ]) {
    put(join(project, file), 'content');
  }
}

/** A folder as Electron's zip has it, with a program that has nothing but its fuses, as they are delivered. */
function layOutElectron(project: string): string {
  const folder = join(project, 'stand-in');
  put(join(folder, 'electron'), `stand-in ${FUSES}\x01\x0810110001`);
  for (const file of ['LICENSE', 'version', 'chrome-sandbox', 'chrome_crashpad_handler']) {
    put(join(folder, file), 'content');
  }
  mkdirSync(join(folder, 'resources'));
  return folder;
}

function put(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

/** The archive begins with the length of its header and, at 16, the header in JSON (@electron/asar). */
export function filesIn(archive: string): string[] {
  const bytes = readFileSync(archive);
  return list(JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12))), '');
}

const folderOfArchive = z.object({ files: z.record(z.string(), z.unknown()) });

function list(entry: unknown, path: string): string[] {
  const { success, data } = folderOfArchive.safeParse(entry);
  if (!success) return [path];
  return Object.entries(data.files).flatMap(([name, inside]) =>
    list(inside, path ? `${path}/${name}` : name),
  );
}
