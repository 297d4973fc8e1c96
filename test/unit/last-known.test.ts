import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { LastKnownWriter, lastKnownPath, readLastKnown } from '../../main/store/last-known.ts';
import { makeTemporaryFolder } from '../support/child.ts';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);
const contentOf = (...copies: unknown[]) => ({ version: 1, seenAt: NOW, copies }) as const;

function folder(): string {
  const temporary = makeTemporaryFolder('last-known-');
  onTestFinished(() => temporary.remove());
  return temporary.path;
}

const fail = (error: unknown) => {
  throw error;
};
const silent = (message: string) => {
  throw new Error(message);
};

async function write(path: string, ...copies: unknown[]): Promise<void> {
  const writer = new LastKnownWriter(path, fail);
  writer.write(() => contentOf(...copies));
  await writer.flushed();
}

it('gives back what was written, and nothing where nothing was', async () => {
  const path = lastKnownPath(folder(), 'uid-1', []);
  expect(await readLastKnown(path, NOW, silent)).toBeUndefined();
  await write(path, 'a');
  expect(await readLastKnown(path, NOW, silent)).toEqual(contentOf('a'));
});

it('writes for the owner alone, also over a file that others could read', async () => {
  const path = lastKnownPath(folder(), 'uid-1', []);
  await write(path, 'a');
  await write(path, 'b');
  const names = await readdir(dirname(path));
  expect(names.sort()).toEqual(['uid-1.json', 'uid-1.json.before']);
  for (const name of names) expect((await stat(join(dirname(path), name))).mode & 0o777).toBe(0o600);
  expect((await stat(dirname(path))).mode & 0o777).toBe(0o700);
});

it('of several contents that come during a write, writes only the last', async () => {
  const path = lastKnownPath(folder(), 'uid-1', []);
  const writer = new LastKnownWriter(path, fail);
  const asked: string[] = [];
  for (const name of ['first', 'second', 'third']) {
    writer.write(() => {
      asked.push(name);
      return contentOf(name);
    });
  }
  await writer.flushed();
  expect(asked).toEqual(['first', 'third']);
  expect(await readLastKnown(path, NOW, silent)).toEqual(contentOf('third'));
});

it('gives the content before where a crash came between the two renames', async () => {
  const path = lastKnownPath(folder(), 'uid-1', []);
  await write(path, 'a');
  await rename(path, `${path}.before`);
  expect(await readLastKnown(path, NOW, silent)).toEqual(contentOf('a'));
});

it.each([
  ['an empty file', ''],
  ['half a file', '{"version":1,"seenAt":1,"cop'],
  ['a file of another version', '{"version":2,"seenAt":1,"copies":[]}'],
  ['no object', 'null'],
])('puts %s aside under a dated name, says so, and gives the content before', async (_, damaged) => {
  const path = lastKnownPath(folder(), 'uid-1', []);
  await write(path, 'a');
  await write(path, 'b');
  await writeFile(path, damaged);
  const notices: string[] = [];
  const content = await readLastKnown(path, NOW, (message) => notices.push(message));
  expect(content).toEqual(contentOf('a'));
  const aside = `${path}.damaged-2026-01-02T03-04-05.000Z`;
  expect(await readFile(aside, 'utf8')).toBe(damaged);
  expect(notices).toEqual([expect.stringContaining(aside)]);
});

it('keeps apart what programs know that watch different namespaces', () => {
  const paths = [[], ['a'], ['b'], ['a', 'b']].map((namespaces) => lastKnownPath('/s', 'uid-1', namespaces));
  expect(new Set(paths).size).toBe(4);
  expect(lastKnownPath('/s', 'uid-1', ['b', 'a'])).toBe(paths[3]);
});

it('never leaves its folder, whatever the identity', () => {
  expect(dirname(lastKnownPath('/s', '../../x', []))).toBe('/s/last-known');
});

it('tells of a folder that cannot be written, and goes on', async () => {
  const state = folder();
  await mkdir(join(state, 'x'));
  await writeFile(join(state, 'x', 'last-known'), '');
  const errors: unknown[] = [];
  const writer = new LastKnownWriter(lastKnownPath(join(state, 'x'), 'uid-1', []), (error) =>
    errors.push(error),
  );
  writer.write(() => contentOf('a'));
  await writer.flushed();
  expect(errors).toHaveLength(1);
});
