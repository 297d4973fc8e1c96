export type Change = 'same' | 'added' | 'removed';

export interface DiffLine {
  readonly change: Change;
  readonly text: string;
}

/** A run of lines, or how many unchanged lines are left out here. */
export type DiffPart = { readonly lines: readonly DiffLine[] } | { readonly omitted: number };

/** Texts with more lines than this are not compared: it would take the window's time. */
export const MOST_COMPARED_LINES = 2_000;

/**
 * The lines of two texts, with what was removed before what was added in its place: a longest common subsequence.
 * undefined if one has more than MOST_COMPARED_LINES.
 */
export function diffLines(before: string, after: string): readonly DiffLine[] | undefined {
  const [old, now] = [linesOf(before), linesOf(after)];
  if (Math.max(old.length, now.length) > MOST_COMPARED_LINES) return undefined;
  const start = countCommon(old, now, (index) => index);
  const end = Math.min(
    countCommon(old, now, (index, { length }) => length - 1 - index),
    Math.min(old.length, now.length) - start,
  );
  return [
    ...old.slice(0, start).map(asSame),
    ...diffMiddle(old.slice(start, old.length - end), now.slice(start, now.length - end)),
    ...old.slice(old.length - end).map(asSame),
  ];
}

/** The lines with long runs of unchanged ones left out, but for a few (`around`) beside each change. */
export function foldUnchanged(lines: readonly DiffLine[], around = 3): readonly DiffPart[] {
  const isKept = lines.map(() => false);
  for (const [index, { change }] of lines.entries()) {
    if (change !== 'same') isKept.fill(true, Math.max(0, index - around), index + around + 1);
  }
  const parts: DiffPart[] = [];
  for (let from = 0; from < lines.length; ) {
    const next = isKept.indexOf(!isKept[from], from);
    const to = next < 0 ? lines.length : next;
    // To leave out one line saves none.
    if (isKept[from] || to - from === 1) parts.push({ lines: lines.slice(from, to) });
    else parts.push({ omitted: to - from });
    from = to;
  }
  return parts;
}

/** An empty text has no lines. */
function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.split('\n');
}

function countCommon(
  old: readonly string[],
  now: readonly string[],
  at: (index: number, lines: readonly string[]) => number,
): number {
  const most = Math.min(old.length, now.length);
  let count = 0;
  while (count < most && old[at(count, old)] === now[at(count, now)]) count += 1;
  return count;
}

function diffMiddle(old: readonly string[], now: readonly string[]): readonly DiffLine[] {
  const width = now.length + 1;
  const lengths = commonLengths(old, now);
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    const [removed = '', added = ''] = [old[i], now[j]];
    if (i < old.length && j < now.length && removed === added) {
      lines.push(asSame(removed));
      i += 1;
      j += 1;
    } else if (
      j === now.length ||
      (i < old.length && length(lengths, (i + 1) * width + j) >= length(lengths, i * width + j + 1))
    ) {
      lines.push({ change: 'removed', text: removed });
      i += 1;
    } else {
      lines.push({ change: 'added', text: added });
      j += 1;
    }
  }
  return lines;
}

/** At `i * (now.length + 1) + j`: the length of what the lines from i and from j on have in common. */
function commonLengths(old: readonly string[], now: readonly string[]): Uint16Array {
  const width = now.length + 1;
  const lengths = new Uint16Array((old.length + 1) * width);
  // Numbers compare faster than lines, which may be long and differ only at their end.
  const numbers = new Map<string, number>();
  const numberOf = (line: string) => {
    const known = numbers.get(line) ?? numbers.size;
    numbers.set(line, known);
    return known;
  };
  const [left, right] = [Uint16Array.from(old, numberOf), Uint16Array.from(now, numberOf)];
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      const at = i * width + j;
      lengths[at] =
        left[i] === right[j]
          ? 1 + length(lengths, at + width + 1)
          : Math.max(length(lengths, at + width), length(lengths, at + 1));
    }
  }
  return lengths;
}

function length(lengths: Uint16Array, at: number): number {
  return lengths[at] ?? 0;
}

function asSame(text: string): DiffLine {
  return { change: 'same', text };
}
