import { expect, test } from 'vitest';
import type { MenuItemModel } from '../../main/desktop/menu-model.ts';
import { trayModel } from '../../main/desktop/tray-model.ts';
import { makeContext, makeEntry, makeState } from '../support/desktop-state.ts';

const NOW = new Date(2026, 0, 1, 14, 0).getTime();

function labels(items: readonly MenuItemModel[]): string[] {
  return items.map((item) => (item.kind === 'separator' ? '-' : item.label));
}

test.each([
  ['well', makeContext('a')],
  ['well', makeContext('a', { phase: 'failed', problem: { code: 'noNadCrd', message: '', remedy: '' } })],
  ['working', makeContext('a', { phase: 'syncing' })],
  ['working', makeContext('a', { phase: 'reconnecting' })],
  ['attention', makeContext('a', { attention: 1 })],
  ['attention', makeContext('a', { missing: 2 })],
  ['attention', makeContext('a', { problem: { code: 'readOnly', message: '', remedy: '' } })],
  [
    'failed',
    makeContext('a', { phase: 'failed', problem: { code: 'unreachable', message: '', remedy: '' } }),
  ],
  ['paused', makeContext('a', { mode: 'off', phase: 'off' })],
] as const)('is %s where the one context is so', (icon, context) => {
  expect(trayModel(makeState([context]), NOW).icon).toBe(icon);
});

test('shows the worst of several contexts', () => {
  const contexts = [
    makeContext('a', { phase: 'syncing' }),
    makeContext('b', { attention: 1 }),
    makeContext('c', { mode: 'off', phase: 'off' }),
  ];
  expect(trayModel(makeState(contexts), NOW).icon).toBe('attention');
});

test('is paused until the pause is over', () => {
  const paused = (pausedUntil: number | 'never') =>
    trayModel(makeState([makeContext('a')], [], { pausedUntil }), NOW);
  expect(paused('never').icon).toBe('paused');
  expect(paused(NOW + 1).icon).toBe('paused');
  expect(paused(NOW).icon).toBe('well');
});

test('counts in the tooltip, each number with what it counts', () => {
  const contexts = [
    makeContext('a', { networks: 1_200, inUse: 57, attention: 1 }),
    makeContext('b', { networks: 1, missing: 2 }),
    makeContext('c', { mode: 'off' }),
  ];
  expect(trayModel(makeState(contexts), NOW).tooltip).toBe(
    'NetKeeper: 2 contexts watched, 1,201 networks, 57 in use, 1 network to decide on, 2 missing',
  );
});

test('has each context with its phase, and its modes with the one that is set', () => {
  const { items } = trayModel(makeState([makeContext('prod', { label: 'Production', mode: 'ask' })]), NOW);
  const item = items.find((candidate) => candidate.kind === 'submenu');
  expect(item).toMatchObject({
    label: 'Production: watching',
    items: [
      { label: 'Restore at once', isChosen: false, action: { do: 'setMode', mode: 'restore' } },
      { label: 'Ask me', isChosen: true, action: { do: 'setMode', mode: 'ask' } },
      { label: 'Off', isChosen: false, action: { do: 'setMode', mode: 'off' } },
    ],
  });
  expect(JSON.stringify(item)).not.toContain('confirm');
});

test('asks before the mode of a protected context changes', () => {
  const { items } = trayModel(makeState([makeContext('prod', { isProtected: true })]), NOW);
  const item = items.find((candidate) => candidate.kind === 'submenu');
  expect(item?.items[0]).not.toHaveProperty('action.confirm');
  expect(item?.items[2]).toMatchObject({
    action: { confirm: 'prod is protected. Change its mode from “Restore at once” to “Off”?' },
  });
});

test('puts contexts that are off into a menu of their own where there are many', () => {
  const contexts = Array.from({ length: 30 }, (_, number) =>
    makeContext(`c${number}`, number === 7 ? {} : { mode: 'off', phase: 'off' }),
  );
  const { items } = trayModel(makeState(contexts), NOW);
  expect(labels(items)).toContain('c7: watching');
  expect(labels(items)).toContain('29 contexts off');
  expect(labels(items)).not.toContain('c8: off');
});

test('lists the last five that were brought back, each the way to its entry', () => {
  const time = new Date(NOW - 60_000).toISOString();
  const journal = [
    makeEntry('restored', 'a/other', { by: 'other', time }),
    ...[6, 5, 4, 3, 2, 1].map((number) => makeEntry('restored', `a/net-${number}`, { time })),
  ];
  const { items } = trayModel(makeState([makeContext('prod-eu')], journal), NOW);
  const entries = items.filter((item) => item.kind === 'action' && item.action.do === 'showEntry');
  expect(labels(entries)).toEqual([6, 5, 4, 3, 2].map((number) => `a/net-${number} on prod-eu, 13:59`));
  expect(entries[0]).toMatchObject({ action: { entry: journal[1]?.id } });
});

test('offers ways to pause, and while paused the way back', () => {
  const running = trayModel(makeState([makeContext('a')]), NOW);
  expect(labels(running.items)).toEqual(
    expect.arrayContaining(['Pause for 15 min', 'Pause for 1 h', 'Pause until I resume']),
  );
  const paused = trayModel(makeState([makeContext('a')], [], { pausedUntil: NOW + 900_000 }), NOW);
  expect(labels(paused.items)).toContain('Resume (paused until 14:15)');
  expect(labels(paused.items)).not.toContain('Pause for 1 h');
});

test('can open and quit even without any context', () => {
  const { items, tooltip } = trayModel(makeState([]), NOW);
  expect(labels(items)).toEqual(expect.arrayContaining(['Open NetKeeper', 'Quit']));
  expect(labels(items)).toContain('No context in the kubeconfig');
  expect(tooltip).toBe('NetKeeper: 0 contexts watched, 0 networks, 0 in use');
});
