import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DiffLine } from '../../renderer/views/detail/line-diff.ts';
import { diffLines, foldUnchanged, MOST_COMPARED_LINES } from '../../renderer/views/detail/line-diff.ts';

const SIGNS = { same: ' ', added: '+', removed: '-' } as const;
const signed = (lines: readonly DiffLine[] | undefined) =>
  lines?.map(({ change, text }) => `${SIGNS[change]}${text}`);
const diff = (before: string, after: string) =>
  signed(diffLines(before.replaceAll(' ', '\n'), after.replaceAll(' ', '\n')));

describe('compares line by line', () => {
  test.each([
    ['', '', []],
    ['a b', 'a b', [' a', ' b']],
    ['', 'a', ['+a']],
    ['a', '', ['-a']],
    ['a b c', 'a x c', [' a', '-b', '+x', ' c']],
    ['a b c d', 'a c d e', [' a', '-b', ' c', ' d', '+e']],
    ['a a', 'a', [' a', '-a']],
    ['a', 'a a', [' a', '+a']],
    ['a b', 'b a', ['-a', ' b', '+a']],
  ])('%s and %s', (before, after, lines) => {
    expect(diff(before, after)).toEqual(lines);
  });

  test('so that both texts can be read from it, and nothing that they have in common at either end is marked', () => {
    const texts = fc.array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const lines = diffLines(before.join('\n'), after.join('\n')) ?? [];
        const without = (change: DiffLine['change']) =>
          lines
            .filter((line) => line.change !== change)
            .map(({ text }) => text)
            .join('\n');
        expect(without('added')).toBe(before.join('\n'));
        expect(without('removed')).toBe(after.join('\n'));
      }),
    );
  });

  test('with as few changes as there can be', () => {
    const texts = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const lines = diffLines(before.join('\n'), after.join('\n')) ?? [];
        const same = lines.filter(({ change }) => change === 'same').length;
        expect(same).toBe(longestCommon(before, after));
      }),
    );
  });

  test('up to 2,000 lines, and no more', () => {
    const lines = (stem: string, count: number) =>
      Array.from({ length: count }, (_, index) => `${stem}${index}`);
    const before = lines('a', MOST_COMPARED_LINES).join('\n');
    const after = lines('b', MOST_COMPARED_LINES).join('\n');
    expect(diffLines(before, after)).toHaveLength(2 * MOST_COMPARED_LINES);
    expect(diffLines(`${before}\n`, after)).toBeUndefined();
  });
});

/** By trying all, as slow as it is. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
  const [first, ...rest] = a;
  if (first === undefined) return 0;
  const without = longestCommon(rest, b);
  const at = b.indexOf(first);
  return at < 0 ? without : Math.max(without, 1 + longestCommon(rest, b.slice(at + 1)));
}

describe('leaves out long runs of unchanged lines', () => {
  const fold = (before: string, after: string, around: number) => {
    const lines = diffLines(before.replaceAll(' ', '\n'), after.replaceAll(' ', '\n')) ?? [];
    return foldUnchanged(lines, around).map((part) =>
      'omitted' in part ? part.omitted : signed(part.lines),
    );
  };
  test.each([
    ['a b c d e', 'a b X d e', 1, [[' a'], [' b', '-c', '+X', ' d'], [' e']]],
    ['a b c d e f g', 'a b c X e f g', 1, [2, [' c', '-d', '+X', ' e'], 2]],
    ['a b c d e f g', 'A b c d e f G', 1, [['-a', '+A', ' b'], 3, [' f', '-g', '+G']]],
    ['a b c', 'a b c', 3, [3]],
    ['', '', 3, []],
  ])('%s and %s with %d around', (before, after, around, parts) => {
    expect(fold(before, after, around)).toEqual(parts);
  });
});
