import { expect, test } from 'vitest';
import { createLooksKeeper } from '../../renderer/state/context-looks.ts';
import { makeContext } from '../support/window-fixtures.ts';

const one = makeContext('one');
const two = makeContext('two');

test('the list of contexts stays the same one while only phases and counts change', () => {
  const keep = createLooksKeeper();
  const first = keep([one, two]);
  expect(first).toEqual([one, two]);
  const problem = { code: 'unreachable', message: 'No route', remedy: 'Look.' };
  expect(
    keep([
      { ...one, inUse: 7, attention: 1 },
      { ...two, phase: 'failed', problem },
    ]),
  ).toBe(first);
  expect(keep([one, { ...two, phase: 'reconnecting', staleSince: 1 }])).toBe(first);
});

test.each([
  ['a label', [{ ...one, label: 'east' }, two]],
  ['a colour', [{ ...one, colour: 'red' as const }, two]],
  ['a mode', [one, { ...two, mode: 'ask' as const }]],
  ['a protection', [one, { ...two, isProtected: true }]],
  ['a context that is off now', [one, { ...two, phase: 'off' as const }]],
  ['their order', [two, one]],
  ['one less', [one]],
  ['one more', [one, two, makeContext('three')]],
])('the list of contexts is a new one with %s', (_, contexts) => {
  const keep = createLooksKeeper();
  const first = keep([one, two]);
  expect(keep(contexts)).toBe(contexts);
  expect(keep([one, two])).not.toBe(first);
});
