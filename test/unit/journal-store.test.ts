import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Conf from 'conf';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { type JournalEntry, MOST_JOURNAL_ENTRIES } from '../../main/contract/journal.ts';
import type { StoreClass, StoreOptions } from '../../main/store/document.ts';
import { createJournalStore, type JournalStore, type NewJournalEntry } from '../../main/store/journal.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { STORE_CLASSES } from '../support/store-classes.ts';

let directory: string;
let file: string;
let notices: string[];
let clock: FakeClock;
let options: StoreOptions;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'netkeeper-journal-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  file = join(directory, 'journal.json');
  notices = [];
  clock = new FakeClock();
  options = { directory, clock, notice: (message) => notices.push(message) };
});

/** All in the same millisecond. */
const happened = (name: string): NewJournalEntry => ({
  time: '2026-01-01T00:00:00.000Z',
  context: '/home/somebody/.kube/config#prod',
  contextName: 'prod',
  event: 'restored',
  namespace: 'storage',
  name,
  message: `Brought back storage/${name}`,
  by: 'self',
  userCount: 14,
  users: [{ kind: 'Pod', namespace: 'storage', name: 'ceph-osd-0' }],
});
const appendAll = (journal: JournalStore, count: number) =>
  Array.from({ length: count }, (_, index) => journal.append(happened(`net-${index + 1}`)));
const ids = (entries: readonly JournalEntry[]) => entries.map(({ id }) => id);
const onDisk = (): { entries: JournalEntry[] } => JSON.parse(readFileSync(file, 'utf8'));
const aside = () => readdirSync(directory).filter((name) => name.includes('.aside-'));

describe.each(STORE_CLASSES)('with %s, the journal', (_, StoreClass) => {
  const start = () => createJournalStore(StoreClass, options);

  test('is empty before anything happened, and leaves no file', () => {
    const journal = start();
    journal.flush();
    expect(journal.all()).toEqual([]);
    expect(journal.newest(5)).toEqual([]);
    expect(journal.before(7, 5)).toEqual([]);
    expect(existsSync(file)).toBe(false);
  });

  test('survives a restart, and its ids count on', () => {
    const first = start();
    appendAll(first, 3);
    first.flush();
    const second = start();
    expect(second.all()).toEqual(first.all());
    expect(second.append(happened('later')).id).toBe(4);
    second.flush();
    expect(ids(start().all())).toEqual([1, 2, 3, 4]);
    expect(notices).toEqual([]);
  });

  test('keeps the order of entries of the same millisecond', () => {
    const journal = start();
    appendAll(journal, 50);
    journal.flush();
    expect(
      start()
        .all()
        .map(({ name }) => name),
    ).toEqual(journal.all().map(({ name }) => name));
    expect(ids(journal.all())).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  });

  test('gives pages, the newest first', () => {
    const journal = start();
    appendAll(journal, 7);
    expect(ids(journal.newest(3))).toEqual([7, 6, 5]);
    expect(ids(journal.before(5, 3))).toEqual([4, 3, 2]);
    expect(ids(journal.before(2, 3))).toEqual([1]);
    expect(ids(journal.before(1, 3))).toEqual([]);
    expect(ids(journal.before(1_000, 2))).toEqual([7, 6]);
    expect(ids(journal.newest(0))).toEqual([]);
  });

  test('does not change what it gave', () => {
    const journal = start();
    appendAll(journal, 2);
    const before = journal.all();
    appendAll(journal, 2);
    expect(before).toHaveLength(2);
  });

  test(`holds the last ${MOST_JOURNAL_ENTRIES} entries, and ids count on`, () => {
    const journal = start();
    appendAll(journal, MOST_JOURNAL_ENTRIES + 5);
    expect(journal.all()).toHaveLength(MOST_JOURNAL_ENTRIES);
    journal.flush();
    const again = start();
    expect(again.all()).toHaveLength(MOST_JOURNAL_ENTRIES);
    expect(again.all()[0]?.id).toBe(6);
    expect(again.append(happened('next')).id).toBe(MOST_JOURNAL_ENTRIES + 6);
    expect(ids(again.before(8, 10))).toEqual([7]);
  });

  test('is for its owner alone', () => {
    const journal = start();
    appendAll(journal, 1);
    journal.flush();
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('puts a damaged file aside, tells it, and starts anew', () => {
    const journal = start();
    appendAll(journal, 3);
    journal.flush();
    const truncated = readFileSync(file, 'utf8').slice(0, -20);
    writeFileSync(file, truncated);
    expect(start().all()).toEqual([]);
    expect(readFileSync(join(directory, aside()[0] ?? ''), 'utf8')).toBe(truncated);
    expect(notices).toEqual([expect.stringContaining('journal.json is damaged. It was put aside as')]);
  });

  test('keeps the entries that it can read, and puts the file as it was aside', () => {
    const journal = start();
    const [first, second, third] = appendAll(journal, 3);
    const stored = [
      { ...first, colour: 'of a newer version' },
      { ...second, event: 'exploded' },
      null,
      'entry',
      { ...third, id: 'three' },
      third,
      { ...second, name: 'out of order' },
    ];
    writeFileSync(file, JSON.stringify({ version: 1, entries: stored }));
    const again = start();
    expect(again.all()).toEqual([first, third]);
    expect(again.append(happened('next')).id).toBe(4);
    expect(aside()).toHaveLength(1);
    expect(notices).toEqual([expect.stringContaining('2 of 7 were kept')]);
    start();
    expect(notices).toHaveLength(1);
  });

  test.each(['{"version": 1}', '{"version": 1, "entries": {"0": 1}}'])('puts %s aside', (content) => {
    writeFileSync(file, content);
    expect(start().all()).toEqual([]);
    expect(aside()).toHaveLength(1);
  });

  test('goes on in memory where it cannot be written, and says so once', () => {
    const journal = start();
    mkdirSync(file);
    appendAll(journal, 1);
    journal.flush();
    appendAll(journal, 1);
    journal.flush();
    expect(journal.all()).toHaveLength(2);
    expect(notices).toEqual([expect.stringContaining('cannot be written (EISDIR)')]);
  });
});

/** Counts the writes of another store class. */
function counting(Inner: StoreClass): { readonly Counting: StoreClass; count: () => number } {
  let writes = 0;
  class Counting {
    readonly #inner;
    constructor(...args: ConstructorParameters<StoreClass>) {
      this.#inner = new Inner(...args);
    }
    get store(): Record<string, unknown> {
      return this.#inner.store;
    }
    set store(content: Record<string, unknown>) {
      writes += 1;
      this.#inner.store = content;
    }
  }
  return { Counting, count: () => writes };
}

test('a burst of entries is written once, after it, and nothing is written when nothing is new', () => {
  const { Counting, count } = counting(Conf);
  const journal = createJournalStore(Counting, options);
  appendAll(journal, 400);
  expect(count()).toBe(0);
  clock.advance(500);
  appendAll(journal, 100);
  clock.advance(499);
  expect(count()).toBe(0);
  clock.advance(1);
  expect(count()).toBe(1);
  expect(onDisk().entries).toHaveLength(500);
  clock.advance(60_000);
  journal.flush();
  expect(count()).toBe(1);
  appendAll(journal, 1);
  journal.flush();
  clock.advance(60_000);
  expect(count()).toBe(2);
});
