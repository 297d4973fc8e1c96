import type { JournalEntry } from '../contract/journal.ts';

const COLUMNS = [
  'id',
  'time',
  'context',
  'contextName',
  'event',
  'namespace',
  'name',
  'message',
  'reason',
  'by',
  'missed',
  'tookMs',
  'userCount',
] as const satisfies readonly (keyof JournalEntry)[];

export function toJson(entries: readonly JournalEntry[]): string {
  return `${JSON.stringify(entries, undefined, 2)}\n`;
}

/** RFC 4180: a header line, CRLF, and quotes around what needs them. */
export function toCsv(entries: readonly JournalEntry[]): string {
  const lines = entries.map((entry) => COLUMNS.map((column) => toCell(entry[column])).join(','));
  return [COLUMNS.join(','), ...lines].map((line) => `${line}\r\n`).join('');
}

/**
 * A spreadsheet takes a cell that begins with one of these for a formula, and a cluster's words could be one:
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
const FORMULA_START = /^[=+\-@\t\r]/;

function toCell(value: string | number | boolean | undefined): string {
  const text = String(value ?? '');
  const harmless = FORMULA_START.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
