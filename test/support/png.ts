/**
 * Reads PNGs as Chromium writes them: 8 bits a channel, RGB or RGBA, not interlaced.
 *
 *     pngSize(bytes): number            // of a square picture; throws if it is no PNG or not square
 *     pngPixels(bytes): Pixel[]          // row by row
 */
import { inflateSync } from 'node:zlib';

export interface Pixel {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly alpha: number;
}

const SIGNATURE = '89504e470d0a1a0a';

export function pngSize(bytes: Buffer): number {
  if (bytes.toString('hex', 0, 8) !== SIGNATURE) throw new Error('This is no PNG.');
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  if (width !== height) throw new Error(`The picture is ${width} by ${height} pixels.`);
  return width;
}

export function pngPixels(bytes: Buffer): readonly Pixel[] {
  const size = pngSize(bytes);
  const channels = { 2: 3, 6: 4 }[bytes.readUInt8(25)];
  if (bytes.readUInt8(24) !== 8 || channels === undefined) throw new Error('This PNG is of another kind.');
  const raw = unfilter(inflateSync(content(bytes)), size * channels, channels);
  return Array.from({ length: size * size }, (_, index) => {
    const at = index * channels;
    const channel = (number: number) => raw[at + number] ?? 0;
    return { red: channel(0), green: channel(1), blue: channel(2), alpha: channels === 4 ? channel(3) : 255 };
  });
}

function content(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  return Buffer.concat(parts);
}

/** Each row begins with its filter; a byte is told by its difference from neighbours (PNG specification, 9). */
function unfilter(filtered: Buffer, rowLength: number, step: number): Uint8Array {
  const rows = filtered.length / (rowLength + 1);
  const raw = new Uint8Array(rows * rowLength);
  for (let row = 0; row < rows; row++) {
    const filter = filtered[row * (rowLength + 1)] ?? 0;
    for (let column = 0; column < rowLength; column++) {
      const at = row * rowLength + column;
      const left = column < step ? 0 : (raw[at - step] ?? 0);
      const up = row === 0 ? 0 : (raw[at - rowLength] ?? 0);
      const upLeft = row === 0 || column < step ? 0 : (raw[at - rowLength - step] ?? 0);
      const difference = filtered[at + row + 1] ?? 0;
      raw[at] = difference + predict(filter, left, up, upLeft);
    }
  }
  return raw;
}

function predict(filter: number, left: number, up: number, upLeft: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return Math.floor((left + up) / 2);
  if (filter === 4) return paeth(left, up, upLeft);
  return 0;
}

function paeth(left: number, up: number, upLeft: number): number {
  const guess = left + up - upLeft;
  const byLeft = Math.abs(guess - left);
  const byUp = Math.abs(guess - up);
  const byUpLeft = Math.abs(guess - upLeft);
  if (byLeft <= byUp && byLeft <= byUpLeft) return left;
  return byUp <= byUpLeft ? up : upLeft;
}
