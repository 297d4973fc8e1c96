/** Longer than any valid name in a list, short enough for a line. */
const LONGEST_QUOTE_CHARACTERS = 80;

/**
 * Puts text of unknown origin into a message: in quotes, clipped, and with everything that does not print
 * (control characters, which a terminal might obey, line ends, marks that reverse the direction of writing)
 * as U+FFFD.
 */
export function quote(text: string): string {
  const clipped = text.slice(0, LONGEST_QUOTE_CHARACTERS);
  const end = clipped.length < text.length ? '…' : '';
  return `"${clipped.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\ufffd')}${end}"`;
}
