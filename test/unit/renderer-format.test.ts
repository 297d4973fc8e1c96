import { describe, expect, test } from 'vitest';
import {
  formatAge,
  formatAgo,
  formatDay,
  formatExact,
  formatTook,
  joinSentences,
  spellOut,
} from '../../renderer/format.ts';
import { formatShort } from '../../renderer/numbers.ts';
import { strings } from '../../renderer/strings.ts';

const NOW = new Date(2026, 10, 24, 12).getTime();
const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;

test.each([
  [0, 'just now'],
  [-5 * SECOND_MS, 'just now'],
  [12 * SECOND_MS, '12 s ago'],
  [59.9 * SECOND_MS, '59 s ago'],
  [3 * 60 * SECOND_MS, '3 min ago'],
  [5 * HOUR_MS, '5 h ago'],
  [25 * HOUR_MS, '1 day ago'],
  [50 * HOUR_MS, '2 days ago'],
])('what was %d ms ago was %s', (age, words) => {
  expect(formatAgo(NOW - age, NOW)).toBe(words);
});

test.each([
  [-5 * SECOND_MS, '0 s'],
  [59.9 * SECOND_MS, '59 s'],
  [5 * HOUR_MS, '5 h'],
  [73 * HOUR_MS, '3 d'],
  [729 * 24 * HOUR_MS, '729 d'],
  [3 * 366 * 24 * HOUR_MS, '3 y'],
])('the age of %d ms is %s in a column', (age, words) => {
  expect(formatAge(age)).toBe(words);
});

test('a time that is none is said to be unknown', () => {
  expect(formatAgo(Number.NaN, NOW)).toBe('at an unknown time');
  expect(formatExact(Number.NaN)).toBe('at an unknown time');
  expect(formatDay(Number.NaN, NOW)).toBe('at an unknown time');
});

test('days are named as people name them', () => {
  expect(formatDay(NOW, NOW)).toBe('Today');
  expect(formatDay(NOW - 13 * HOUR_MS, NOW)).toBe('Yesterday');
  expect(formatDay(NOW - 48 * HOUR_MS, NOW)).toBe('Sunday 22 November');
});

test('durations and counts stay short', () => {
  expect(formatTook(0.2)).toBe('1 ms');
  expect(formatTook(1_430)).toBe('1.4 s');
  expect(formatShort(99_999)).toBe('99,999');
  expect(formatShort(1_234_567)).toBe('1.2M');
});

test('sentences are joined with their ends, whoever wrote them', () => {
  expect(joinSentences('connect ECONNREFUSED', 'Look.', '', 'Why?')).toBe('connect ECONNREFUSED. Look. Why?');
});

describe('deceptive characters', () => {
  test.each([
    ['safe\u202egnp.exe', 'safe⟨U+202E⟩gnp.exe'],
    ['a\u200bb', 'a⟨U+200B⟩b'],
    ['\u0007\u001b[31m', '⟨U+0007⟩⟨U+001B⟩[31m'],
    ['\u{e0041}', '⟨U+E0041⟩'],
    ['a\tb\nc', 'a\tb\nc'],
    ['Ünïcödé 网络 شبكة', 'Ünïcödé 网络 شبكة'],
  ])('%j is shown as %j', (text, shown) => {
    expect(spellOut(text)).toBe(shown);
  });
});

test.each([
  [0, 0, 'Nothing uses it.'],
  [1, 0, '1 pod uses it.'],
  [14, 2, '14 pods use it and 2 workloads refer to it.'],
  [0, 1, '1 workload refers to it.'],
])('%d pods and %d workloads are said as %j', (pods, workloads, words) => {
  expect(strings.users(pods, workloads)).toBe(words);
});

test.each([
  [1, 0, '1 network needs you.'],
  [2, 1, '2 networks need you, and one is missing.'],
  [0, 3, '3 networks are missing.'],
  [1, 2, '1 network needs you, and 2 are missing.'],
])('%d that need somebody and %d missing are said as %j', (attention, missing, words) => {
  expect(strings.networks.wrong(attention, missing)).toBe(words);
});
