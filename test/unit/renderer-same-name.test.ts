import { expect, test } from 'vitest';
import { findSameName } from '../../renderer/views/detail/same-name.ts';
import { makeContext, makeNetwork } from '../support/window-fixtures.ts';

const HERE = makeContext('here');
const THERE = makeContext('there');
const WANTED = { context: HERE.id, namespace: 'billing', name: 'ledger' };

test('finds networks of the same name: of this context, then of this namespace, then any', () => {
  const networks = [
    makeNetwork(THERE, 'audit', 'ledger'),
    makeNetwork(THERE, 'billing', 'ledger', { state: 'inUse' }),
    makeNetwork(HERE, 'audit', 'ledger', { state: 'deleting' }),
    makeNetwork(HERE, 'billing', 'ledger-2'),
  ];
  expect(findSameName(WANTED, networks)).toEqual([networks[2], networks[1], networks[0]]);
});

test('names none that is not there, least of all the one that is missing', () => {
  const states = ['missing', 'asked', 'held', 'failed', 'letGo', 'restoring'] as const;
  const networks = states.map((state) => makeNetwork(HERE, `${state}-ns`, 'ledger', { state }));
  expect(
    findSameName(WANTED, [...networks, makeNetwork(HERE, 'billing', 'ledger', { state: 'missing' })]),
  ).toEqual([]);
});

test('names a few at most', () => {
  const networks = Array.from({ length: 500 }, (_, index) => makeNetwork(HERE, `ns-${index}`, 'ledger'));
  expect(findSameName(WANTED, networks)).toHaveLength(5);
});
