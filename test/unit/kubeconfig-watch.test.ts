import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { KubeconfigSource, KubeconfigWatchOptions } from '../../main/cluster/kubeconfig-watch.ts';
import { watchKubeconfig } from '../../main/cluster/kubeconfig-watch.ts';
import { FakeClock } from '../support/fake-clock.ts';

let home: string;
let standard: string;
let clock: FakeClock;
let told: string[][];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'netkeeper-kubeconfig-watch-'));
  onTestFinished(() => rmSync(home, { recursive: true }));
  standard = join(home, '.kube', 'config');
  clock = new FakeClock();
  told = [];
});

/**
 * A kubeconfig whose cluster is at a server that tells the files apart. Names that follow each other are of different
 * lengths: two writes in one tick of the file system's clock, with the same size, look the same from outside.
 */
function kubeconfig(name: string, user: Readonly<Record<string, unknown>> = { token: 'a' }): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server: `https://${name}.example` } }],
    users: [{ name, user }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
  });
}

function write(file: string, content: string): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

/** As editors and kubectl do: write another file, then rename it over the old one. */
function replace(file: string, content: string): void {
  renameSync(write(`${file}.new`, content), file);
}

/** A source that is read once, as hosts do; `told` gets what its listener gets. */
async function start(options: Partial<KubeconfigWatchOptions> = {}): Promise<KubeconfigSource> {
  const source = watchKubeconfig({ env: {}, homeDirectory: home, clock, ...options });
  onTestFinished(() => source.stop());
  source.onChange((files) => told.push([...files]));
  await source.read();
  await rest();
  return source;
}

/** One look at the real files: its timer fires, and it is over when the next one is set. */
async function look(): Promise<number> {
  while (clock.nextInMs === undefined) await setImmediate();
  const waited = clock.nextInMs;
  clock.advance(waited);
  while (clock.nextInMs === undefined) await setImmediate();
  return waited;
}

/** Looks until nothing moves any more. Gives the milliseconds that took. */
async function rest(): Promise<number> {
  let waited = await look();
  while (clock.nextInMs !== 1_000) waited += await look();
  return waited;
}

const names = async (source: KubeconfigSource) => (await source.read()).contexts.map(({ name }) => name);

describe('a change of the kubeconfig is told', () => {
  test('when it is written in place, within a second and a quarter', async () => {
    write(standard, kubeconfig('old'));
    const source = await start();
    write(standard, kubeconfig('newer'));
    expect(await rest()).toBeLessThanOrEqual(1_250);
    expect(told).toEqual([[standard]]);
    expect(await names(source)).toEqual(['newer']);
  });

  test('when another file is renamed over it, each time', async () => {
    write(standard, kubeconfig('first'));
    const source = await start();
    for (const name of ['second', 'third']) {
      replace(standard, kubeconfig(name));
      await rest();
      expect(await names(source)).toEqual([name]);
    }
    expect(told).toEqual([[standard], [standard]]);
  });

  test('when it is deleted, and when it is there again', async () => {
    write(standard, kubeconfig('a'));
    const source = await start();
    rmSync(dirname(standard), { recursive: true });
    await rest();
    expect(await names(source)).toEqual([]);
    write(standard, kubeconfig('a'));
    await rest();
    expect(await names(source)).toEqual(['a']);
    expect(told).toEqual([[standard], [standard]]);
  });

  test('when neither it nor its folder was there at the start', async () => {
    const source = await start();
    write(standard, kubeconfig('first'));
    await rest();
    expect(told).toEqual([[standard]]);
    expect(await names(source)).toEqual(['first']);
  });

  test('for each file of the KUBECONFIG list, also one that was missing', async () => {
    const there = write(join(home, 'there'), kubeconfig('there'));
    const missing = join(home, 'later', 'missing');
    const source = await start({ env: { KUBECONFIG: [there, missing].join(delimiter) } });
    write(missing, kubeconfig('missing'));
    write(there, kubeconfig('elsewhere'));
    await rest();
    expect(told).toEqual([[there, missing]]);
    expect(await names(source)).toEqual(['elsewhere', 'missing']);
  });

  test('for the file of --kubeconfig alone', async () => {
    write(standard, kubeconfig('home'));
    const file = write(join(home, 'mine'), kubeconfig('mine'));
    await start({ file });
    write(standard, kubeconfig('other'));
    write(file, kubeconfig('changed'));
    await rest();
    expect(told).toEqual([[file]]);
  });

  test('when a link on the way to it points elsewhere, as Kubernetes swaps mounted files', async () => {
    for (const name of ['one', 'two']) {
      // The same size and time of last change: a Nix store sets that to 1970 everywhere.
      const file = write(join(home, 'store', name, 'config'), kubeconfig(name));
      utimesSync(file, 1, 1);
    }
    const data = join(home, 'data');
    symlinkSync(join(home, 'store', 'one'), data);
    const file = join(home, 'config');
    symlinkSync(join(data, 'config'), file);
    const source = await start({ file });
    symlinkSync(join(home, 'store', 'two'), `${data}.new`);
    renameSync(`${data}.new`, data);
    await rest();
    expect(told).toEqual([[file]]);
    expect(await names(source)).toEqual(['two']);
  });

  test('when a file becomes a folder or cannot be reached any more', async () => {
    write(standard, kubeconfig('a'));
    const source = await start();
    rmSync(standard);
    mkdirSync(standard);
    await rest();
    rmSync(standard, { recursive: true });
    symlinkSync('config', standard);
    await rest();
    expect(told).toEqual([[standard], [standard]]);
    expect((await source.read()).problems).toEqual([expect.objectContaining({ file: standard })]);
  });

  test('when a token or key file of a context changes', async () => {
    const token = write(join(home, 'token'), 'first');
    const key = write(join(home, 'key.pem'), 'first');
    const user = { tokenFile: token, 'client-key': key, 'client-certificate-data': 'YQ==' };
    write(standard, kubeconfig('a', user));
    await start();
    write(token, 'second');
    await rest();
    rmSync(key);
    await rest();
    expect(told).toEqual([[token], [key]]);
  });
});

describe('nothing is told', () => {
  test('when a file is touched or written again with the same content', async () => {
    write(standard, kubeconfig('a'));
    await start();
    utimesSync(standard, 1, 1);
    await rest();
    replace(standard, kubeconfig('a'));
    await rest();
    expect(told).toEqual([]);
  });

  test('while a burst goes on: it is told once, with what it leaves', async () => {
    write(standard, kubeconfig('old'));
    const source = await start();
    for (const step of ['', '{"half', kubeconfig('almost')]) {
      write(standard, step);
      await look();
    }
    expect(told).toEqual([]);
    replace(standard, kubeconfig('newer'));
    await rest();
    expect(told).toEqual([[standard]]);
    expect(await names(source)).toEqual(['newer']);
  });

  test('of a file that was gone for a moment', async () => {
    write(standard, kubeconfig('a'));
    await start();
    rmSync(standard);
    await look();
    write(standard, kubeconfig('a'));
    await rest();
    expect(told).toEqual([]);
  });

  test('to a listener that left, or after the end', async () => {
    write(standard, kubeconfig('a'));
    const source = await start();
    const seen: string[] = [];
    const leave = source.onChange(() => seen.push('left'));
    leave();
    write(standard, kubeconfig('other'));
    await rest();
    expect(seen).toEqual([]);
    source.stop();
    expect(clock.nextInMs).toBeUndefined();
    expect(told).toHaveLength(1);
  });

  test('of credential files that a read has just met', async () => {
    write(standard, kubeconfig('a'));
    const source = await start();
    const token = write(join(home, 'token'), 'first');
    write(standard, kubeconfig('a', { tokenFile: token }));
    await rest();
    await source.read();
    await rest();
    write(standard, kubeconfig('a', { token: 'another' }));
    await rest();
    await source.read();
    await rest();
    expect(told).toEqual([[standard], [standard]]);
  });
});

test('a change that comes right after the first read is told', async () => {
  write(standard, kubeconfig('a'));
  const source = watchKubeconfig({ env: {}, homeDirectory: home, clock });
  onTestFinished(() => source.stop());
  source.onChange((files) => told.push([...files]));
  expect(await names(source)).toEqual(['a']);
  write(standard, kubeconfig('other'));
  await rest();
  expect(told).toEqual([[standard]]);
});

describe('files that are read besides', () => {
  test('keep their own clusters and users, and their current context is not kubectl’s', async () => {
    write(standard, kubeconfig('default', { token: 'of-home' }));
    const other = write(
      join(home, 'other'),
      kubeconfig('default', { token: 'of-other' }).replace('default.example', 'other.example'),
    );
    const source = await start({ extraFiles: () => [other, standard, other] });
    const { contexts, currentContext, files, problems, lookedAt } = await source.read();
    expect(lookedAt).toEqual([
      { file: standard, source: 'own', isThere: true, contexts: 1, problems: [] },
      { file: other, source: 'added', isThere: true, contexts: 1, problems: [] },
    ]);
    expect(
      contexts.map(({ file, server, isCurrent, user }) => [file, server, isCurrent, user?.token]),
    ).toEqual([
      [standard, 'https://default.example', true, 'of-home'],
      [other, 'https://other.example', false, 'of-other'],
    ]);
    expect(new Set(contexts.map(({ key }) => key)).size).toBe(2);
    expect({ currentContext, files, problems }).toEqual({
      currentContext: 'default',
      files: [standard, other],
      problems: [],
    });
    write(other, kubeconfig('changed'));
    await rest();
    expect(told).toEqual([[other]]);
  });

  test('come and go while the program runs', async () => {
    write(standard, kubeconfig('home'));
    const other = write(join(home, 'other'), kubeconfig('other'));
    let extra: string[] = [];
    const source = await start({ extraFiles: () => extra });
    extra = [other];
    await rest();
    expect(await names(source)).toEqual(['home', 'other']);
    extra = [];
    await rest();
    expect(await names(source)).toEqual(['home']);
    expect(told).toEqual([[other], [other]]);
  });

  test('that are missing are a problem by name, and the others are read', async () => {
    write(standard, kubeconfig('home'));
    const missing = join(home, 'missing');
    const source = await start({ extraFiles: () => [missing] });
    const { contexts, problems } = await source.read();
    expect(contexts.map(({ name }) => name)).toEqual(['home']);
    expect(problems).toEqual([{ file: missing, message: expect.stringContaining('does not exist') }]);
  });
});
