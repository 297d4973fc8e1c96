/**
 * JSON as Go's encoding/json reads it, for texts whose meaning is decided by a Go program.
 *
 * JSON.parse cannot stand in: it drops duplicate keys, which Go decodes one after the other; it turns numbers
 * into doubles, where Go wants the digits; it keeps lone surrogates, which Go replaces; and it knows no limit
 * of nesting. The grammar itself is the same.
 */
import { quote } from './quote.ts';

export type JsonValue = JsonNull | JsonBoolean | JsonNumber | JsonString | JsonArray | JsonObject;

interface JsonNull {
  readonly kind: 'null';
}

interface JsonBoolean {
  readonly kind: 'boolean';
}

export interface JsonNumber {
  readonly kind: 'number';
  /** As written, since Go decides by the digits whether it is an integer. */
  readonly text: string;
}

export interface JsonString {
  readonly kind: 'string';
  /** Unescaped and well-formed: a lone surrogate has become U+FFFD. */
  readonly text: string;
}

export interface JsonArray {
  readonly kind: 'array';
  readonly items: readonly JsonValue[];
}

export interface JsonObject {
  readonly kind: 'object';
  /** In the order of the text, duplicates included. */
  readonly members: readonly JsonMember[];
}

export interface JsonMember {
  readonly key: string;
  readonly value: JsonValue;
}

export type JsonResult =
  | { readonly ok: true; readonly value: JsonValue }
  /** `problem` goes on from "The text", such as "ends too early". */
  | { readonly ok: false; readonly problem: string };

/** encoding/json, scanner.go: maxNestingDepth. */
const DEEPEST_NESTING = 10_000;

/** Reads one JSON text. Never throws, however long or deeply nested the text is. */
export function readJson(text: string): JsonResult {
  try {
    return { ok: true, value: new JsonReader(text).readDocument() };
  } catch (error) {
    if (error instanceof JsonProblem) return { ok: false, problem: error.message };
    throw error;
  }
}

class JsonProblem extends Error {}

/** An array or object whose end is not read yet. `key` is that of the member whose value comes next. */
type Open =
  | { readonly kind: 'array'; readonly items: JsonValue[] }
  | { readonly kind: 'object'; readonly members: JsonMember[]; key: string };

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

class JsonReader {
  readonly #text: string;
  #position = 0;
  readonly #open: Open[] = [];

  constructor(text: string) {
    // Go reads UTF-8, which has no lone surrogates.
    this.#text = text.toWellFormed();
  }

  /** A loop with its own stack and not recursion: ten thousand levels do not fit on the real one. */
  readDocument(): JsonValue {
    for (;;) {
      let whole = this.#readValue();
      while (whole !== undefined) {
        const parent = this.#open.at(-1);
        if (parent === undefined) return this.#finish(whole);
        if (parent.kind === 'array') parent.items.push(whole);
        else parent.members.push({ key: parent.key, value: whole });
        whole = this.#readSeparator(parent) ? undefined : this.#open.pop();
      }
    }
  }

  #finish(document: JsonValue): JsonValue {
    this.#skipSpace();
    if (this.#position < this.#text.length) throw this.#unexpected();
    return document;
  }

  /** Gives the next value, or undefined if that is an array or object of which only the start is read. */
  #readValue(): JsonValue | undefined {
    this.#skipSpace();
    switch (this.#text[this.#position]) {
      case '[':
        return this.#readArrayStart();
      case '{':
        return this.#readObjectStart();
      case '"':
        return { kind: 'string', text: this.#readString() };
      case 't':
        this.#readWord('true');
        return { kind: 'boolean' };
      case 'f':
        this.#readWord('false');
        return { kind: 'boolean' };
      case 'n':
        this.#readWord('null');
        return { kind: 'null' };
      default:
        return { kind: 'number', text: this.#readNumber() };
    }
  }

  #readArrayStart(): JsonValue | undefined {
    this.#readOpening();
    if (this.#take(']')) return { kind: 'array', items: [] };
    this.#open.push({ kind: 'array', items: [] });
    return undefined;
  }

  #readObjectStart(): JsonValue | undefined {
    this.#readOpening();
    if (this.#take('}')) return { kind: 'object', members: [] };
    this.#open.push({ kind: 'object', members: [], key: this.#readKey() });
    return undefined;
  }

  #readOpening(): void {
    if (this.#open.length === DEEPEST_NESTING) {
      throw new JsonProblem(`is nested more than ${DEEPEST_NESTING} levels deep`);
    }
    this.#position += 1;
    this.#skipSpace();
  }

  #readKey(): string {
    this.#skipSpace();
    if (this.#text[this.#position] !== '"') throw this.#unexpected();
    const key = this.#readString();
    this.#skipSpace();
    if (!this.#take(':')) throw this.#unexpected();
    return key;
  }

  /** Gives true if another value follows in `parent`, false if it ends here. */
  #readSeparator(parent: Open): boolean {
    this.#skipSpace();
    if (this.#take(parent.kind === 'array' ? ']' : '}')) return false;
    if (!this.#take(',')) throw this.#unexpected();
    if (parent.kind === 'object') parent.key = this.#readKey();
    return true;
  }

  /** From one quote to the next. Pieces between escapes are taken as they are. */
  #readString(): string {
    let unescaped = '';
    this.#position += 1;
    for (;;) {
      const start = this.#position;
      while (isPlain(this.#text.charCodeAt(this.#position))) this.#position += 1;
      unescaped += this.#text.slice(start, this.#position);
      if (this.#take('"')) return unescaped.toWellFormed();
      unescaped += this.#readEscape();
    }
  }

  #readEscape(): string {
    if (!this.#take('\\')) throw this.#unexpected();
    const letter = this.#text[this.#position] ?? '';
    const simple = ESCAPES.get(letter);
    const hex = letter === 'u' ? this.#text.slice(this.#position + 1, this.#position + 5) : '';
    if (simple === undefined && !/^[0-9a-f]{4}$/i.test(hex)) throw this.#unexpected();
    this.#position += 1 + hex.length;
    return simple ?? String.fromCharCode(Number.parseInt(hex, 16));
  }

  #readNumber(): string {
    const start = this.#position;
    this.#take('-');
    if (!this.#take('0')) this.#readDigits();
    if (this.#take('.')) this.#readDigits();
    if (this.#take('e') || this.#take('E')) {
      if (!this.#take('+')) this.#take('-');
      this.#readDigits();
    }
    return this.#text.slice(start, this.#position);
  }

  /** At least one digit. */
  #readDigits(): void {
    if (!isDigit(this.#text.charCodeAt(this.#position))) throw this.#unexpected();
    while (isDigit(this.#text.charCodeAt(this.#position))) this.#position += 1;
  }

  #readWord(word: string): void {
    for (const letter of word) {
      if (!this.#take(letter)) throw this.#unexpected();
    }
  }

  #skipSpace(): void {
    while (isSpace(this.#text.charCodeAt(this.#position))) this.#position += 1;
  }

  #take(character: string): boolean {
    if (this.#text[this.#position] !== character) return false;
    this.#position += 1;
    return true;
  }

  #unexpected(): JsonProblem {
    const code = this.#text.codePointAt(this.#position);
    if (code === undefined) return new JsonProblem('ends too early');
    return new JsonProblem(
      `has an unexpected ${quote(String.fromCodePoint(code))} at character ${this.#position + 1}`,
    );
  }
}

/** Character codes are NaN behind the end of the text: none of these. */
function isPlain(code: number): boolean {
  return code >= 0x20 && code !== 0x22 && code !== 0x5c;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}
