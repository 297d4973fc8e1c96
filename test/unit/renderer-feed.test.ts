import { expect, test } from 'vitest';
import type { Bridge } from '../../main/contract/bridge.ts';
import type { Reply } from '../../main/contract/commands.ts';
import { MOST_JOURNAL_ENTRIES } from '../../main/contract/journal.ts';
import type { Snapshot, Update, WindowEvent } from '../../main/contract/updates.ts';
import type { Feed } from '../../renderer/state/feed.ts';
import { createFeed } from '../../renderer/state/feed.ts';
import type { WindowState } from '../../renderer/state/window-state.ts';
import { afterUpdate, fromSnapshot, networkKey } from '../../renderer/state/window-state.ts';
import { makeContext, makeEntry, makeNetwork, makeSnapshot } from '../support/window-fixtures.ts';

const CONTEXT = makeContext('one');
const front = makeNetwork(CONTEXT, 'web', 'front');
const back = makeNetwork(CONTEXT, 'web', 'back');

/** A main process of which a test answers each request for a snapshot. */
function playBridge() {
  const requests: ((reply: Reply<Snapshot>) => void)[] = [];
  const listeners = new Set<(event: WindowEvent) => void>();
  const bridge: Bridge = {
    // Only snapshots are asked for here.
    invoke: () => new Promise((resolve) => requests.push(resolve as (reply: Reply<Snapshot>) => void)),
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const tell = (event: WindowEvent) => {
    for (const listener of listeners) listener(event);
  };
  const update = (next: Update) => tell({ event: 'update', update: next });
  /** Answers the oldest request, and waits until the feed has taken it. */
  const answer = async (reply: Reply<Snapshot>) => {
    requests.shift()?.(reply);
    await Promise.resolve();
    await Promise.resolve();
  };
  return { bridge, requests, tell, update, answer };
}

function stateOf(feed: Feed): WindowState {
  const current = feed.current();
  if (current.status !== 'ready') throw new Error(`It is ${current.status}.`);
  return current.state;
}

function namesOf(state: WindowState): string[] {
  return [...state.networks.values()].map(({ name }) => name);
}

test('takes a snapshot, then updates by their number', async () => {
  const main = playBridge();
  const feed = createFeed(main.bridge);
  expect(feed.current()).toEqual({ status: 'loading' });
  void feed.refresh();
  await main.answer({ ok: true, value: makeSnapshot({ sequence: 4, networks: [front] }) });
  main.update({ sequence: 5, networks: [back] });
  expect(namesOf(stateOf(feed))).toEqual(['front', 'back']);
  main.update({ sequence: 6, goneNetworks: [{ context: front.context, namespace: 'web', name: 'front' }] });
  expect(namesOf(stateOf(feed))).toEqual(['back']);
  expect(main.requests).toHaveLength(0);
});

test('holds updates back that come before their snapshot, and drops those that it holds already', async () => {
  const main = playBridge();
  const feed = createFeed(main.bridge);
  void feed.refresh();
  main.update({ sequence: 4, networks: [front] });
  main.update({ sequence: 5, networks: [back] });
  await main.answer({ ok: true, value: makeSnapshot({ sequence: 4 }) });
  expect(namesOf(stateOf(feed))).toEqual(['back']);
});

test('asks for one snapshot after a gap, however many updates follow', async () => {
  const main = playBridge();
  const feed = createFeed(main.bridge);
  void feed.refresh();
  await main.answer({ ok: true, value: makeSnapshot({ sequence: 1 }) });
  main.update({ sequence: 3, networks: [front] });
  main.update({ sequence: 4, networks: [back] });
  expect(main.requests).toHaveLength(1);
  await main.answer({ ok: true, value: makeSnapshot({ sequence: 3, networks: [front] }) });
  expect(namesOf(stateOf(feed))).toEqual(['front', 'back']);
});

test('keeps what it shows when a snapshot cannot be had, and says so only where there is nothing to show', async () => {
  const main = playBridge();
  const feed = createFeed(main.bridge);
  const failure = { ok: false, code: 'noAnswer', message: 'No answer', remedy: 'Look.' } as const;
  void feed.refresh();
  await main.answer(failure);
  expect(feed.current()).toEqual({ status: 'failed', failure });
  void feed.refresh();
  await main.answer({ ok: true, value: makeSnapshot({ networks: [front] }) });
  void feed.refresh();
  await main.answer(failure);
  expect(namesOf(stateOf(feed))).toEqual(['front']);
});

test('tells listeners of changes and of what is to be shown, until they end it', async () => {
  const main = playBridge();
  const feed = createFeed(main.bridge);
  const told: string[] = [];
  const endChanges = feed.subscribe(() => told.push('change'));
  const endShows = feed.onShow(({ entry }) => told.push(`show ${entry}`));
  void feed.refresh();
  await main.answer({ ok: true, value: makeSnapshot() });
  main.tell({ event: 'show', entry: 3 });
  endChanges();
  endShows();
  main.update({ sequence: 1, networks: [front] });
  main.tell({ event: 'show', entry: 4 });
  expect(told).toEqual(['change', 'show 3']);
});

test('an update without networks leaves the map of networks as it is', () => {
  const before = fromSnapshot(makeSnapshot({ networks: [front] }));
  const after = afterUpdate(before, { sequence: 1, contexts: [CONTEXT] });
  expect(after?.networks).toBe(before.networks);
});

test('contexts and networks that an update tells as they are known stay the same objects', () => {
  const problem = { code: 'unreachable', message: 'No route', remedy: 'Look.' };
  const contexts = [makeContext('one'), makeContext('two', { phase: 'failed', problem })];
  const before = fromSnapshot(makeSnapshot({ contexts, networks: [front, back] }));
  const update = structuredClone({ contexts: contexts.with(0, { ...CONTEXT, inUse: 1 }), networks: [front] });
  const after = afterUpdate(before, { sequence: 1, ...update });
  expect(after?.contexts.map(({ inUse }) => inUse)).toEqual([1, 0]);
  expect(after?.contexts[1]).toBe(contexts[1]);
  expect(after?.networks.get(networkKey(front))).toBe(front);
});

test('the list of contexts is another one where their order or a part of one is', () => {
  const [one, two] = [makeContext('one'), makeContext('two')];
  const before = fromSnapshot(makeSnapshot({ contexts: [one, two] }));
  const contextsAfter = (...contexts: (typeof one)[]) =>
    afterUpdate(before, { sequence: 1, contexts })?.contexts;
  expect(contextsAfter({ ...one }, { ...two })).toBe(before.contexts);
  expect(contextsAfter(two, one)).toEqual([two, one]);
  expect(contextsAfter(one)).toEqual([one]);
  expect(contextsAfter({ ...one, label: 'east' }, two)).toEqual([{ ...one, label: 'east' }, two]);
});

test('keeps the newest entries first, and no more than the journal itself does', () => {
  const entry = (id: number) => makeEntry(id, front, 'deleted', '', 0);
  const journal = Array.from({ length: MOST_JOURNAL_ENTRIES }, (_, index) =>
    entry(MOST_JOURNAL_ENTRIES - index),
  );
  const newest = [entry(MOST_JOURNAL_ENTRIES + 1), entry(MOST_JOURNAL_ENTRIES + 2)];
  const after = afterUpdate(fromSnapshot(makeSnapshot({ journal })), { sequence: 1, journal: newest });
  expect(after?.journal).toHaveLength(MOST_JOURNAL_ENTRIES);
  expect(after?.journal.slice(0, 3).map(({ id }) => id)).toEqual([2_002, 2_001, 2_000]);
  expect(after?.arrived).toEqual(newest);
});

test('adds older entries that were asked for, each once', async () => {
  const main = playBridge();
  const feed = createFeed(main.bridge);
  void feed.refresh();
  const entry = (id: number) => makeEntry(id, front, 'deleted', '', 0);
  await main.answer({ ok: true, value: makeSnapshot({ journal: [entry(9), entry(8)] }) });
  feed.addOlderEntries([entry(8), entry(7)]);
  feed.addOlderEntries([entry(7), entry(6)]);
  expect(stateOf(feed).journal.map(({ id }) => id)).toEqual([9, 8, 7, 6]);
});

test('takes kubeconfig files as they are looked at, and keeps what no update tells', () => {
  const before = fromSnapshot(makeSnapshot({ dataFolder: '/home/ada/.netkeeper', isDemo: true }));
  const kubeconfigFiles = [
    { file: '/srv/other', source: 'added' as const, isThere: true, contexts: 2, problems: [] },
  ];
  const after = afterUpdate(before, { sequence: 1, kubeconfigFiles });
  expect(after).toMatchObject({ kubeconfigFiles, dataFolder: '/home/ada/.netkeeper', isDemo: true });
});
