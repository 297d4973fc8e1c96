import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makePretty } from '../../renderer/views/detail/pretty-json.ts';

const PLENTY = 1_000_000;
const pretty = (json: string, most = PLENTY) => makePretty(json, most)?.text;

describe('makes JSON readable', () => {
  test('as JSON.stringify would, whatever it holds', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        const value: unknown = JSON.parse(json);
        const plain = JSON.stringify(value);
        const expected = JSON.stringify(value, null, 2);
        expect(pretty(plain)).toBe(expected);
        expect(pretty(JSON.stringify(value, null, '\t'))).toBe(expected);
      }),
    );
  });

  test.each([
    [
      'numbers that are too long for JavaScript',
      '{"a":12345678901234567890,"b":1.50,"c":1e400}',
      '12345678901234567890',
    ],
    ['keys that stand there twice', '{"a":1,"a":2}', '"a": 1,\n  "a": 2'],
    ['escapes as they are written', '["\\u0041\\/"]', '"\\u0041\\/"'],
    ['signs within strings', '["{[,:]}","a\\\\","\\"x"]', '"{[,:]}",\n  "a\\\\",\n  "\\"x"'],
    ['empty parts on one line', '{"a":{ },"b":[ ]}', '"a": {},\n  "b": []'],
    ['spaces around it', ' \n{"a":1}\n ', '{\n  "a": 1\n}'],
  ])('and keeps %s', (_what, json, part) => {
    expect(pretty(json)).toContain(part);
  });

  test.each(['', '{', '{"a":1} x', '// no\n{}', "{'a':1}", 'undefined'])(
    'but not %j, which is none',
    (text) => {
      expect(pretty(text)).toBeUndefined();
    },
  );
});

describe('a hostile text', () => {
  const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

  test('that is nested deeply takes no more than it may', () => {
    const made = makePretty(nested(10_000), 1_000);
    expect(made?.text).toHaveLength(1_000);
    expect(made?.isCut).toBe(true);
  });

  test('that is nested deeper than Go reads is no JSON', () => {
    expect(makePretty(nested(10_001), 1_000)).toBeUndefined();
    expect(makePretty(JSON.stringify(nested(20_000)), 1_000)).toBeDefined();
  });

  test.each([
    ['a long string', JSON.stringify(['x'.repeat(1_000_000)])],
    ['many backslashes', JSON.stringify(['\\"'.repeat(300_000)])],
    ['many parts', JSON.stringify(Array.from({ length: 300_000 }, () => 1))],
    ['much space', `[${' '.repeat(1_000_000)}]`],
  ])('of %s is read to where it is cut', (_what, json) => {
    expect(makePretty(json, 200_000)?.text.length).toBeLessThanOrEqual(200_000);
  });

  test('is cut where it is too long, and says so', () => {
    expect(makePretty('[1,2,3]', 6)).toEqual({ text: '[\n  1,', isCut: true });
    expect(makePretty('[1]', 7)).toEqual({ text: '[\n  1\n]', isCut: false });
  });
});
