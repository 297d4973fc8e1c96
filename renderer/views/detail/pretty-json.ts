export interface PrettyText {
  readonly text: string;
  /** There was more than fits. */
  readonly isCut: boolean;
}

const INDENT = '  ';
/** Deeper levels stand where this one does: indentation alone must not make a small text a huge one. */
const MOST_INDENTS = 40;
/** Go reads no JSON that is nested deeper; JavaScript does, and takes its time for it. */
const MOST_LEVELS = 10_000;
const SPACE = /\s/;
const END_OF_WORD = /[\s{}[\],:"]|$/g;

/**
 * JSON with a line for each of its parts. Every number and string stays as it is written, and so do keys that stand
 * there twice, which parsing and writing it again would change.
 *
 * @param most characters of the result
 * @returns undefined where it is not JSON
 */
export function makePretty(json: string, most: number): PrettyText | undefined {
  if (!isJson(json)) return undefined;
  const written: string[] = [];
  let size = 0;
  let depth = 0;
  const write = (...parts: readonly string[]) => {
    for (const part of parts) size += part.length;
    written.push(...parts);
  };
  const breakLine = () => write('\n', INDENT.repeat(Math.min(depth, MOST_INDENTS)));
  let at = 0;
  while (at < json.length && size < most) {
    const part = partAt(json, at);
    const next = skipSpace(json, at + part.length);
    if (part === '{' || part === '[') {
      const isEmpty = json[next] === '}' || json[next] === ']';
      depth += 1;
      write(part);
      if (!isEmpty) breakLine();
    } else if (part === '}' || part === ']') {
      depth -= 1;
      if (!'{['.includes(written.at(-1) ?? '')) breakLine();
      write(part);
    } else if (part === ',') {
      write(part);
      breakLine();
    } else {
      write(part === ':' ? ': ' : part.trim());
    }
    at = next;
  }
  const text = written.join('');
  return { text: text.slice(0, most), isCut: at < json.length || text.length > most };
}

/** As Go, and so every network plugin, sees it. */
function isJson(text: string): boolean {
  if (isTooDeep(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '"') at = endOfString(text, at) - 1;
    else if (sign === '[' || sign === '{') depth += 1;
    else if (sign === ']' || sign === '}') depth -= 1;
    if (depth > MOST_LEVELS) return true;
  }
  return false;
}

/** The string, number, word or sign that begins there, in what is known to be JSON. */
function partAt(json: string, at: number): string {
  const first = json.charAt(at);
  if ('{}[],:'.includes(first) || SPACE.test(first)) return first;
  if (first === '"') return json.slice(at, endOfString(json, at));
  END_OF_WORD.lastIndex = at;
  return json.slice(at, END_OF_WORD.exec(json)?.index ?? json.length);
}

function endOfString(json: string, start: number): number {
  let quote = json.indexOf('"', start + 1);
  while (quote >= 0 && isEscaped(json, quote)) quote = json.indexOf('"', quote + 1);
  return quote < 0 ? json.length : quote + 1;
}

/** Whether an odd number of backslashes stands before it. */
function isEscaped(json: string, at: number): boolean {
  let first = at;
  while (json[first - 1] === '\\') first -= 1;
  return (at - first) % 2 === 1;
}

function skipSpace(json: string, from: number): number {
  let at = from;
  while (at < json.length && SPACE.test(json.charAt(at))) at += 1;
  return at;
}
