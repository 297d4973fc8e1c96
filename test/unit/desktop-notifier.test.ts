import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../main/contract/settings.ts';
import type { NotificationText } from '../../main/desktop/notification-texts.ts';
import { Notifier } from '../../main/desktop/notifier.ts';
import { makeEntry } from '../support/desktop-state.ts';
import { FakeClock } from '../support/fake-clock.ts';

function start(settings: Partial<Settings> = {}) {
  const clock = new FakeClock();
  const shown: (NotificationText & { readonly at: number })[] = [];
  const begin = clock.now();
  const notifier = new Notifier({
    clock,
    settings: () => ({ ...DEFAULT_SETTINGS, ...settings }),
    show: (text) => shown.push({ ...text, at: clock.now() - begin }),
  });
  return { clock, shown, notifier };
}

function withNotifications(parts: Partial<Settings['notifications']>): Partial<Settings> {
  return { notifications: { ...DEFAULT_SETTINGS.notifications, ...parts } };
}

test('says at once what was brought back, where, and why', () => {
  const { shown, notifier } = start();
  const entry = makeEntry('restored', 'storage/ceph-public', {
    message: 'Brought back storage/ceph-public: 14 pods use it (osd-1, osd-2, osd-3 and 11 more)',
  });
  expect(notifier.add(entry)).toBeUndefined();
  expect(shown).toEqual([
    {
      title: 'NetKeeper brought back storage/ceph-public on prod-eu',
      body: '14 pods use it (osd-1, osd-2, osd-3 and 11 more)',
      entry: entry.id,
      at: 0,
    },
  ]);
});

test('calls a context what the user calls it', () => {
  const contexts = { '/kube/config#prod-eu': { label: 'Production', isProtected: false, isMuted: false } };
  const { shown, notifier } = start({ contexts });
  notifier.add(makeEntry('held', 'a/b'));
  expect(shown[0]?.title).toBe('NetKeeper no longer brings back a/b on Production');
});

test('asks with a way to restore the one network that it asks about', () => {
  const { shown, notifier } = start();
  notifier.add(makeEntry('asked', 'a/b', { message: 'a/b is gone: its owner did not make it again' }));
  expect(shown).toMatchObject([
    {
      title: 'Bring back a/b on prod-eu?',
      body: 'a/b is gone: its owner did not make it again',
      restore: { context: '/kube/config#prod-eu', namespace: 'a', name: 'b' },
    },
  ]);
});

test('shows the first of forty at once and the others together five seconds later', () => {
  const { clock, shown, notifier } = start();
  for (let number = 1; number <= 40; number += 1) {
    notifier.add(makeEntry('restored', `a/net-${number}`));
    clock.advance(20);
  }
  clock.advance(60_000);
  expect(shown.map(({ at, title, body }) => ({ at, title, body }))).toMatchObject([
    { at: 0, title: 'NetKeeper brought back a/net-1 on prod-eu' },
    {
      at: 5_000,
      title: 'NetKeeper brought back 39 more networks on prod-eu',
      body: 'a/net-2, a/net-3, a/net-4 and 36 more',
    },
  ]);
});

test('shows at most one every five seconds, the most urgent first', () => {
  const { clock, shown, notifier } = start();
  notifier.add(makeEntry('restored', 'a/one'));
  notifier.add(makeEntry('stray', 'a/two'));
  notifier.add(makeEntry('restored', 'a/three', { context: 'other', contextName: 'other' }));
  notifier.add(makeEntry('failed', 'a/four'));
  clock.advance(60_000);
  expect(shown.map(({ at, title }) => `${at / 1_000} s: ${title}`)).toEqual([
    '0 s: NetKeeper brought back a/one on prod-eu',
    '5 s: NetKeeper could not bring back a/four on prod-eu',
    '10 s: NetKeeper brought back a/three on other',
    '15 s: Nothing uses a/two on prod-eu any more',
  ]);
});

test('gathers what comes within two seconds of the first that waits', () => {
  const { clock, shown, notifier } = start();
  notifier.add(makeEntry('restored', 'a/one'));
  clock.advance(4_500);
  notifier.add(makeEntry('restored', 'a/two'));
  clock.advance(1_900);
  notifier.add(makeEntry('restored', 'a/three'));
  expect(shown).toHaveLength(1);
  clock.advance(100);
  expect(shown.at(-1)).toMatchObject({
    title: 'NetKeeper brought back 2 more networks on prod-eu',
    at: 6_500,
  });
});

test('gives one summary of what was missed, however much it was', () => {
  const { clock, shown, notifier } = start();
  for (let number = 1; number <= 38; number += 1) {
    notifier.add(makeEntry('deleted', `a/net-${number}`, { missed: true }));
    notifier.add(makeEntry('restored', `a/net-${number}`, { missed: true }));
  }
  notifier.add(makeEntry('asked', 'a/old', { missed: true }));
  notifier.add(makeEntry('asked', 'a/older', { missed: true }));
  expect(shown).toHaveLength(0);
  clock.advance(60_000);
  expect(shown).toMatchObject([
    {
      title: '40 networks on prod-eu went while NetKeeper did not watch',
      body: '38 brought back, 2 to decide on: a/net-1, a/net-2, a/net-3 and 37 more',
      at: 2_000,
    },
  ]);
});

test('does not say again after a relist what still is so', () => {
  const { clock, shown, notifier } = start();
  notifier.add(makeEntry('asked', 'a/b'));
  clock.advance(60_000);
  expect(notifier.add(makeEntry('deleted', 'a/b', { missed: true }))).toBe('notNews');
  expect(notifier.add(makeEntry('asked', 'a/b', { missed: true }))).toBe('notNews');
  clock.advance(60_000);
  expect(shown).toHaveLength(1);
});

test('says it again when the network came back and went once more', () => {
  const { clock, shown, notifier } = start();
  notifier.add(makeEntry('asked', 'a/b'));
  clock.advance(60_000);
  expect(notifier.add(makeEntry('restored', 'a/b', { by: 'other' }))).toBe('notNews');
  notifier.add(makeEntry('deleted', 'a/b'));
  notifier.add(makeEntry('asked', 'a/b'));
  expect(shown).toHaveLength(2);
});

test('is silent about what somebody else brought back and what stays away', () => {
  const { shown, notifier } = start();
  expect(notifier.add(makeEntry('restored', 'a/b', { by: 'other' }))).toBe('notNews');
  expect(notifier.add(makeEntry('letGo', 'a/c'))).toBe('notNews');
  expect(notifier.add(makeEntry('deleting', 'a/d'))).toBe('notNews');
  expect(shown).toHaveLength(0);
});

test.each([
  ['off', withNotifications({ isOn: false })],
  ['doNotDisturb', withNotifications({ doNotDisturb: true })],
  ['kindMuted', withNotifications({ mutedEvents: ['restored'] })],
  ['contextMuted', { contexts: { '/kube/config#prod-eu': { isProtected: false, isMuted: true } } }],
] as const)('is silent with the reason "%s" where the settings say so', (reason, settings) => {
  const { clock, shown, notifier } = start(settings as Partial<Settings>);
  expect(notifier.add(makeEntry('restored', 'a/b'))).toBe(reason);
  expect(notifier.add(makeEntry('restored', 'a/c', { missed: true }))).toBe(reason);
  clock.advance(60_000);
  expect(shown).toHaveLength(0);
});
