import { styleText } from 'node:util';

export type Colour = 'accent' | 'quiet' | 'amber' | 'red' | 'good';

const STYLES = { accent: 'cyan', quiet: 'gray', amber: 'yellow', red: 'red', good: 'green' } as const;

/** Colours a text for this stream: only on a terminal, never with NO_COLOR (https://no-color.org). */
export function colour(stream: NodeJS.WriteStream, tone: Colour, text: string): string {
  return styleText(STYLES[tone], text, { stream, validateStream: true });
}

/**
 * Text that came from a cluster or a file, safe to print: control characters, which could move the cursor or
 * forge lines, and marks that turn the direction of text are shown as `\u{…}`.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/gu, (character) => {
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}

/** Columns of a terminal that the text takes; close enough for names of Kubernetes, which are ASCII. */
export function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - text.length));
}
