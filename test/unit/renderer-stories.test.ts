/** What belongs together of what happened, and what is told of it in the window's corner. */
import { describe, expect, test } from 'vitest';
import type { JournalEntry, JournalEvent } from '../../main/contract/journal.ts';
import { DEFAULT_SETTINGS } from '../../main/contract/settings.ts';
import type { ToastItem } from '../../renderer/app/toast-items.ts';
import { isNews, itemsAfter, summariseBurst } from '../../renderer/app/toast-items.ts';
import { storiesOf } from '../../renderer/state/stories.ts';
import { narrow } from '../../renderer/views/activity/narrow.ts';
import { remarksOfStory, usersInShort } from '../../renderer/views/activity/remarks.ts';

const START_MS = Date.UTC(2026, 7, 12, 10);

/** @param atS seconds after the start, which is the order of the ids too */
function entry(
  atS: number,
  event: JournalEvent,
  name = 'ceph',
  parts: Partial<JournalEntry> = {},
): JournalEntry {
  return {
    id: Math.round(atS * 1_000),
    time: new Date(START_MS + atS * 1_000).toISOString(),
    context: 'prod',
    contextName: 'prod-eu',
    event,
    namespace: 'storage',
    name,
    message: `${event} storage/${name}`,
    ...parts,
  };
}

/** Events as `outcome < what led to it`. */
function shape(entries: readonly JournalEntry[]): string[] {
  return storiesOf(entries.toReversed()).map(({ entry: { event }, before }) =>
    [event, ...before.map((one) => one.event)].join(' < '),
  );
}

describe('stories', () => {
  test.each<[string, readonly JournalEntry[], readonly string[]]>([
    ['a deletion and its undoing', [entry(0, 'deleted'), entry(0.01, 'restored')], ['restored < deleted']],
    [
      'a deletion that waited for finalizers',
      [entry(0, 'deleting'), entry(3, 'deleted'), entry(3.1, 'restored')],
      ['restored < deleted < deleting'],
    ],
    ['a deletion whose owner had its time', [entry(0, 'deleted'), entry(10, 'asked')], ['asked < deleted']],
    ['an answer to a question', [entry(0, 'asked'), entry(5, 'restored')], ['restored', 'asked']],
    [
      'the same network again and again',
      [entry(0, 'deleted'), entry(0.1, 'restored'), entry(1, 'deleted'), entry(1.1, 'held')],
      ['held < deleted', 'restored < deleted'],
    ],
    ['something else a minute later', [entry(0, 'deleted'), entry(60, 'restored')], ['restored', 'deleted']],
    ['another network', [entry(0, 'deleted'), entry(0.1, 'restored', 'edge')], ['restored', 'deleted']],
    [
      'the same name in another context',
      [entry(0, 'deleted'), entry(0.1, 'restored', 'ceph', { context: 'staging' })],
      ['restored', 'deleted'],
    ],
    [
      'a network that something refers to',
      [entry(0, 'deleted'), entry(0.1, 'missing')],
      ['missing', 'deleted'],
    ],
    [
      'a time that is none',
      [entry(0, 'deleted', 'ceph', { time: '?' }), entry(1, 'held')],
      ['held', 'deleted'],
    ],
  ])('%s', (_what, entries, expected) => {
    expect(shape(entries)).toEqual(expected);
  });

  test('two deletions at once are told apart', () => {
    const entries = [
      entry(0, 'deleted', 'a'),
      entry(0.1, 'deleted', 'b'),
      entry(0.2, 'restored', 'a'),
      entry(0.3, 'restored', 'b'),
    ];
    expect(shape(entries)).toEqual(['restored < deleted', 'restored < deleted']);
  });
});

describe('filters of the activity', () => {
  const stories = storiesOf(
    [
      entry(0, 'deleted'),
      entry(0.1, 'restored', 'ceph', { message: 'Brought back storage/ceph: 14 pods use it' }),
      entry(60, 'deleted', 'edge', { message: 'storage/edge was deleted; nothing uses it' }),
      entry(60.1, 'letGo', 'edge'),
      entry(120, 'missing', 'ledger', { contextName: 'staging' }),
    ].toReversed(),
  );
  const names = (filter: Parameters<typeof narrow>[1]) =>
    narrow(stories, filter).map(({ entry: { event, name } }) => `${event} ${name}`);

  test('leave all where nothing is asked for', () => {
    expect(names({})).toEqual(['missing ledger', 'letGo edge', 'restored ceph']);
  });

  test('find a kind, also where it only led to something', () => {
    expect(names({ kind: 'restored' })).toEqual(['restored ceph']);
    expect(names({ kind: 'deleted' })).toEqual(['deleted edge', 'deleted ceph']);
  });

  test('find every word, in names and messages, whatever its case', () => {
    expect(names({ words: ' PODS brought ' })).toEqual(['restored ceph']);
    expect(names({ words: 'was deleted' })).toEqual(['letGo edge']);
    expect(names({ words: 'staging' })).toEqual(['missing ledger']);
    expect(names({ words: 'pods edge' })).toEqual([]);
  });

  test('find a time, its end excluded', () => {
    const range = { startMs: START_MS + 60_100, endMs: START_MS + 120_000 };
    expect(names({ range })).toEqual(['letGo edge']);
  });
});

describe('remarks', () => {
  const remarks = (...entries: readonly JournalEntry[]) =>
    storiesOf(entries.toReversed()).flatMap(remarksOfStory);

  test('say what was written', () => {
    expect(remarks(entry(0, 'restored', 'ceph', { by: 'self', tookMs: 8 }))).toEqual([
      'took 8 ms',
      'created NetworkAttachmentDefinition storage/ceph',
    ]);
    expect(remarks(entry(0, 'restored', 'ceph', { by: 'other', missed: true }))).toEqual([
      'by somebody else',
      'while nobody watched',
      'nothing was written',
    ]);
    expect(remarks(entry(0, 'letGo'))).toEqual(['nothing was written']);
    expect(remarks(entry(0, 'letGo', 'ceph', { reason: 'released' }))).toEqual([]);
  });

  test('say once that nobody watched', () => {
    const missed = { missed: true };
    expect(remarks(entry(0, 'deleted', 'ceph', missed), entry(0.1, 'asked', 'ceph', missed))).toEqual([
      'deleted while nobody watched',
      'nothing was written',
    ]);
  });

  test('name the users, unless the message does', () => {
    const users = ['osd-0', 'osd-1', 'osd-2', 'osd-3'].map((name) => ({
      kind: 'Pod',
      namespace: 'storage',
      name,
    }));
    const withUsers = (message: string, count: number) =>
      usersInShort(
        entry(0, 'failed', 'ceph', { message, users: users.slice(0, count), userCount: count + 10 }),
      );
    expect(withUsers('It failed', 4)).toBe('Used by osd-0, osd-1, osd-2 and 11 more');
    expect(withUsers('It failed', 1)).toBe('Used by osd-0 and 10 more');
    expect(withUsers('It failed: osd-0 uses it', 4)).toBe('14 users');
    expect(usersInShort(entry(0, 'failed', 'ceph', { userCount: 3 }))).toBe('');
  });
});

describe('toasts', () => {
  const arrive = (shown: readonly ToastItem[], ...entries: readonly JournalEntry[]) =>
    itemsAfter(shown, entries);
  const told = (items: readonly ToastItem[]) =>
    items.map((item) => (item.about === 'entry' ? item.entry.name : item.entries.length));

  test('show the newest on top, and three at most', () => {
    const first = arrive([], entry(0, 'restored', 'a'), entry(1, 'restored', 'b'));
    expect(told(first)).toEqual(['b', 'a']);
    const second = arrive(first, entry(2, 'asked', 'c'), entry(3, 'failed', 'd'));
    expect(told(second)).toEqual(['d', 'c', 'b']);
    expect(second[2]).toBe(first[0]);
  });

  test('show one for a network: the newest', () => {
    const first = arrive([], entry(0, 'restored', 'a'), entry(1, 'restored', 'b'));
    const second = arrive(first, entry(2, 'held', 'a'));
    expect(told(second)).toEqual(['a', 'b']);
    expect(second[0]).toMatchObject({ entry: { event: 'held' } });
  });

  test('tell more than five at once in one, which takes in what follows', () => {
    const six = Array.from({ length: 6 }, (_, index) => entry(index, 'restored', `n${index}`));
    const burst = arrive(arrive([], entry(0, 'asked', 'a')), ...six);
    expect(told(burst)).toEqual([6, 'a']);
    const more = arrive(burst, entry(7, 'restored', 'n0'), entry(8, 'restored', 'n8'));
    expect(told(more)).toEqual([8, 'a']);
    expect(arrive(burst)).toBe(burst);
  });

  test('count networks and contexts of a burst, and show its most urgent mark', () => {
    const entries = [
      entry(0, 'restored', 'a'),
      entry(1, 'failed', 'a'),
      entry(2, 'restored', 'b', { context: 'lab' }),
    ].toReversed();
    expect(summariseBurst(entries)).toMatchObject({ event: undefined, mark: 'failed', networks: 2 });
    expect(summariseBurst(entries).contexts).toHaveLength(2);
    expect(summariseBurst(entries.slice(0, 1))).toMatchObject({ event: 'restored', mark: 'restored' });
  });

  test.each<[string, JournalEntry, Partial<typeof DEFAULT_SETTINGS>, boolean]>([
    ['a restore', entry(0, 'restored'), {}, true],
    ['a deletion, as what comes of it follows', entry(0, 'deleted'), {}, false],
    ['what was let go', entry(0, 'letGo'), {}, false],
    [
      'a kind that is muted',
      entry(0, 'restored'),
      { notifications: { isOn: true, doNotDisturb: false, mutedEvents: ['restored'] } },
      false,
    ],
    [
      'anything while not to be disturbed',
      entry(0, 'failed'),
      { notifications: { isOn: true, doNotDisturb: true, mutedEvents: [] } },
      false,
    ],
    [
      'a context that is muted',
      entry(0, 'failed'),
      { contexts: { prod: { isProtected: false, isMuted: true } } },
      false,
    ],
  ])('%s is told or not', (_what, one, settings, expected) => {
    expect(isNews(one, { ...DEFAULT_SETTINGS, ...settings })).toBe(expected);
  });
});
