import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Conf from 'conf';
import fc from 'fast-check';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { DEFAULT_SETTINGS, settingsSchema } from '../../main/contract/settings.ts';
import { type DocumentFormat, StoredDocument, type StoreOptions } from '../../main/store/document.ts';
import { createSettingsStore } from '../../main/store/settings.ts';
import { mendSettings } from '../../main/store/settings-mending.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { STORE_CLASSES } from '../support/store-classes.ts';

let directory: string;
let file: string;
let notices: string[];
let options: StoreOptions;

beforeEach(() => {
  const root = mkdtempSync(join(tmpdir(), 'netkeeper-settings-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  directory = join(root, 'state');
  file = join(directory, 'settings.json');
  notices = [];
  options = { directory, clock: new FakeClock(), notice: (message) => notices.push(message) };
});

/** Puts a file there before the program starts. */
function found(content: string): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(file, content);
}

const aside = () => readdirSync(directory).filter((name) => name.includes('.aside-'));
const onDisk = (): Record<string, unknown> => JSON.parse(readFileSync(file, 'utf8'));
const withContext = {
  ...DEFAULT_SETTINGS,
  contexts: { 'a#b.c': { mode: 'ask', isProtected: true, isMuted: false } },
} as const;

describe.each(STORE_CLASSES)('with %s, the settings', (_, StoreClass) => {
  const start = () => createSettingsStore(StoreClass, options);

  test('are the defaults before anything was set, and leave no file', () => {
    expect(start().get()).toEqual(DEFAULT_SETTINGS);
    expect(existsSync(file)).toBe(false);
    expect(notices).toEqual([]);
  });

  test('survive a restart', () => {
    start().set(withContext);
    expect(start().get()).toEqual(withContext);
    expect(onDisk()).toEqual({ version: 1, ...withContext });
    expect(notices).toEqual([]);
  });

  test('are for their owner alone, also in a file that was open to others', () => {
    found('{"version": 1}');
    start().set(withContext);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('make a folder that is for their owner alone', () => {
    start().set(withContext);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
  });

  test.each([
    ['broken JSON', '{"version": 1, "theme": '],
    ['a truncated file', JSON.stringify({ version: 1, ...withContext }).slice(0, 40)],
    ['an empty file', ''],
    ['zeros', '\0'.repeat(512)],
    ['a list', '[1, 2]'],
    ['a text', '"dark"'],
    ['null', 'null'],
    ['no version', '{"theme": "dark"}'],
    ['a version that is none', '{"version": "1", "theme": "dark"}'],
    ['version 0', '{"version": 0}'],
  ])('put %s aside under a dated name, tell it, and start anew', (_what, content) => {
    found(content);
    const store = start();
    expect(store.get()).toEqual(DEFAULT_SETTINGS);
    expect(aside()).toEqual(['settings.json.aside-2026-01-01T00-00-00.000Z']);
    expect(readFileSync(join(directory, aside()[0] ?? ''), 'utf8')).toBe(content);
    expect(notices).toEqual([expect.stringContaining(`put aside as ${join(directory, aside()[0] ?? '')}`)]);
    store.set(withContext);
    expect(start().get()).toEqual(withContext);
    expect(notices).toHaveLength(1);
  });

  test('put a folder aside that is in their place', () => {
    mkdirSync(join(file, 'something'), { recursive: true });
    const store = start();
    store.set(withContext);
    expect(start().get()).toEqual(withContext);
    expect(readdirSync(join(directory, aside()[0] ?? ''))).toEqual(['something']);
    expect(notices).toEqual([expect.stringContaining('cannot be read (EISDIR)')]);
  });

  test('put a file aside that cannot be read', () => {
    mkdirSync(directory);
    symlinkSync('settings.json', file);
    start().set(withContext);
    expect(start().get()).toEqual(withContext);
    expect(notices).toEqual([expect.stringContaining('cannot be read (ELOOP)')]);
  });

  test('put two damaged files of one moment aside under two names', () => {
    found('one');
    start();
    found('two');
    start();
    expect(aside().map((name) => readFileSync(join(directory, name), 'utf8'))).toEqual(['one', 'two']);
  });

  test('leave a file of a newer version alone but for its name', () => {
    const newer = '{"version": 2, "theme": {"name": "dark"}}';
    found(newer);
    expect(start().get()).toEqual(DEFAULT_SETTINGS);
    expect(readFileSync(join(directory, aside()[0] ?? ''), 'utf8')).toBe(newer);
    expect(notices).toEqual([expect.stringContaining('was written by a newer NetKeeper')]);
  });

  test('keep what is good of a file with wrong and unknown parts, and put the file as it was aside', () => {
    const content = JSON.stringify({
      version: 1,
      ...withContext,
      theme: 'sepia',
      fightLimit: 5,
      oldCopyDays: '7',
      order: ['a', 1, 'b', null],
      zoom: 2,
      notifications: { isOn: false, sound: 'bell' },
      contexts: { ...withContext.contexts, odd: { mode: 'never', isMuted: true } },
    });
    found(content);
    expect(start().get()).toEqual({
      ...withContext,
      fightLimit: 5,
      order: ['a', 'b'],
      notifications: { ...DEFAULT_SETTINGS.notifications, isOn: false },
      contexts: { ...withContext.contexts, odd: { isProtected: false, isMuted: true } },
    });
    expect(readFileSync(join(directory, aside()[0] ?? ''), 'utf8')).toBe(content);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatch(/cannot use \(.*contexts\.odd\.mode.*, \d more\)/);
    start();
    expect(notices).toHaveLength(1);
  });

  test('read a file that an editor began with a byte order mark', () => {
    found('\uFEFF{"version": 1, "theme": "dark"}');
    expect(start().get().theme).toBe('dark');
    expect(notices).toEqual([]);
  });

  test('hold until the end of the program where they cannot be written, and say so once', () => {
    mkdirSync(directory);
    const store = start();
    mkdirSync(file);
    store.set(withContext);
    store.set({ ...withContext, theme: 'dark' });
    expect(store.get().theme).toBe('dark');
    expect(notices).toEqual([expect.stringContaining('cannot be written (EISDIR)')]);
    rmSync(file, { recursive: true });
    store.set({ ...withContext, theme: 'light' });
    expect(start().get().theme).toBe('light');
  });

  test('never overwrite what cannot be put aside', () => {
    writeFileSync(directory, 'not a folder');
    const store = start();
    store.set(withContext);
    expect(store.get()).toEqual(withContext);
    expect(readFileSync(directory, 'utf8')).toBe('not a folder');
    expect(notices).toEqual([expect.stringContaining('leaves it as it is')]);
  });

  test('tell their listeners of a change, and of nothing else', () => {
    const store = start();
    const seen: string[] = [];
    const stop = store.onChange(({ theme }) => seen.push(theme));
    store.set({ ...DEFAULT_SETTINGS, theme: 'dark' });
    store.set({ ...DEFAULT_SETTINGS, theme: 'dark' });
    store.set({ ...DEFAULT_SETTINGS, theme: 'light' });
    stop();
    store.set({ ...DEFAULT_SETTINGS, theme: 'dark' });
    expect(seen).toEqual(['dark', 'light']);
  });

  test('are the same file for the other store class', () => {
    start().set(withContext);
    for (const [, OtherClass] of STORE_CLASSES) {
      expect(createSettingsStore(OtherClass, options).get()).toEqual(withContext);
    }
  });
});

describe('a document', () => {
  const open = (migrations: DocumentFormat['migrations']) =>
    new StoredDocument(Conf, { name: 'settings', migrations }, options);

  test('is brought from an old version to the current one, step by step', () => {
    found('{"version": 2, "colour": "dark"}');
    const document = open([
      () => ({ colour: 'never asked' }),
      ({ colour }) => ({ look: colour }),
      ({ look }) => ({ theme: look }),
    ]);
    const content = document.read();
    expect(content).toEqual({ theme: 'dark' });
    document.write(content ?? {});
    expect(onDisk()).toEqual({ version: 4, theme: 'dark' });
  });

  test('is put aside where a step fails', () => {
    found('{"version": 1, "colour": "dark"}');
    const failing = () => {
      throw new TypeError('colour is not what it was');
    };
    expect(open([failing]).read()).toBeUndefined();
    expect(aside()).toHaveLength(1);
    expect(notices).toEqual([expect.stringContaining('is of version 1 and cannot be brought to version 2')]);
  });
});

test('mends any content whatever to settings that are valid', () => {
  const anything = fc.dictionary(
    fc.oneof(fc.constantFrom(...Object.keys(settingsSchema.shape)), fc.string()),
    fc.jsonValue(),
  );
  fc.assert(
    fc.property(anything, (content) => {
      const before = structuredClone(content);
      const { settings, leftOut } = mendSettings(content);
      expect(settingsSchema.parse(settings)).toEqual(settings);
      if (leftOut.length === 0) expect(settings).toMatchObject(settingsSchema.parse(before));
    }),
  );
});

test('mends settings with a value of hostile depth', () => {
  const depth = 100_000;
  const content = JSON.parse(`{"theme": ${'['.repeat(depth)}${']'.repeat(depth)}, "fightLimit": 4}`);
  expect(mendSettings(content)).toEqual({
    settings: { ...DEFAULT_SETTINGS, fightLimit: 4 },
    leftOut: ['theme'],
  });
});

/** What a kill leaves is what a reader sees at that moment, so the readers stand for many more kills. */
test('has whole settings on disk at any moment of a write, and after kill -9 in the middle of one', async () => {
  const script = join(import.meta.dirname, '..', 'support', 'settings-writer.ts');
  for (let round = 1; round <= 5; round += 1) {
    const writer = spawn(process.execPath, [script, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
    const exited = once(writer, 'exit');
    let acknowledged = 0;
    const lines = createInterface({ input: writer.stdout }).on('line', (line) => {
      acknowledged = Number(line);
    });
    await once(lines, 'line');
    for (let read = 0; read < 100; read += 1) JSON.parse(await readFile(file, 'utf8'));
    writer.kill('SIGKILL');
    await Promise.all([exited, once(lines, 'close')]);
    const { order } = createSettingsStore(Conf, options).get();
    expect([acknowledged, acknowledged + 1]).toContain(order.length);
    expect(notices).toEqual([]);
  }
});
