import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WatchLines } from '../../main/cluster/watch-lines.ts';

const MEBIBYTE = 1024 * 1024;

/** The bytes in chunks that end at the given places. */
function cut(bytes: Uint8Array, ends: readonly number[]): Uint8Array[] {
  const places = [...ends.map((end) => end % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return places.map((end, index) => bytes.subarray(places[index - 1] ?? 0, end));
}

describe('the lines of a watch', () => {
  it('are the same whatever the chunks are', () => {
    const anyLine = fc.string({ unit: 'grapheme' }).map((line) => line.replaceAll('\n', ' '));
    fc.assert(
      fc.property(fc.array(anyLine), anyLine, fc.array(fc.nat(), { maxLength: 20 }), (lines, rest, ends) => {
        const bytes = Buffer.from(lines.map((line) => `${line}\n`).join('') + rest);
        const reader = new WatchLines();
        expect(cut(bytes, ends).flatMap((chunk) => reader.push(chunk))).toEqual(lines);
      }),
    );
  });

  it('keep a character whose bytes come in two chunks', () => {
    const bytes = Buffer.from('{"name":"grün"}\n');
    const reader = new WatchLines();
    const lines = [...bytes].flatMap((byte) => reader.push(Uint8Array.of(byte)));
    expect(lines).toEqual(['{"name":"grün"}']);
  });

  it('give up on a line without end', () => {
    const reader = new WatchLines();
    const push = () => {
      for (let sent = 0; sent <= 16; sent += 1) reader.push(new Uint8Array(MEBIBYTE).fill(0x61));
    };
    expect(push).toThrow('The watch sent a line without end.');
  });

  it('may be many in one chunk, whatever they add up to', () => {
    const line = `${'a'.repeat(MEBIBYTE - 1)}\n`;
    expect(new WatchLines().push(Buffer.from(line.repeat(20)))).toHaveLength(20);
  });
});
