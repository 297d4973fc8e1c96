import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../main/contract/journal.ts';
import { toCsv, toJson } from '../../main/keeper/journal-export.ts';

function makeEntry(parts: Partial<JournalEntry> = {}): JournalEntry {
  return {
    id: 7,
    time: '2026-01-01T00:00:00.000Z',
    context: '/home/a/.kube/config#prod',
    contextName: 'prod',
    event: 'restored',
    namespace: 'web',
    name: 'net',
    message: 'Brought back web/net',
    ...parts,
  };
}

/** RFC 4180, read strictly. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  const row: string[] = [];
  for (let rest = text; rest !== ''; ) {
    const cell = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(rest);
    if (cell === null) throw new Error(`Not a cell: ${rest.slice(0, 40)}`);
    row.push(cell[1] === undefined ? (cell[2] ?? '') : cell[1].replaceAll('""', '"'));
    if (cell[3] === '\r\n') rows.push(row.splice(0));
    rest = rest.slice(cell[0].length);
  }
  return rows;
}

describe('a journal as JSON', () => {
  it('is the entries as they are', () => {
    const entries = [makeEntry(), makeEntry({ id: 8, userCount: 2 })];
    expect(JSON.parse(toJson(entries))).toEqual(entries);
  });
});

describe('a journal as CSV', () => {
  it('has a header line and one line an entry, each with all columns', () => {
    const [header, line, ...more] = readCsv(toCsv([makeEntry({ by: 'self', missed: false, tookMs: 4.5 })]));
    expect(header?.join()).toBe(
      'id,time,context,contextName,event,namespace,name,message,reason,by,missed,tookMs,userCount',
    );
    expect(line).toEqual([
      '7',
      '2026-01-01T00:00:00.000Z',
      '/home/a/.kube/config#prod',
      'prod',
      'restored',
      'web',
      'net',
      'Brought back web/net',
      '',
      'self',
      'false',
      '4.5',
      '',
    ]);
    expect(more).toEqual([]);
  });

  it('leaves the users out: their number and the first names are in the message', () => {
    const users = [{ kind: 'Pod', namespace: 'web', name: 'pod' }];
    expect(toCsv([makeEntry({ users })])).toBe(toCsv([makeEntry()]));
    expect(JSON.parse(toJson([makeEntry({ users })]))).toEqual([makeEntry({ users })]);
  });

  it('keeps commas, quotes and line ends within their cell', () => {
    const message = 'He said "no", twice,\r\nand\nleft';
    expect(readCsv(toCsv([makeEntry({ message })]))[1]?.[7]).toBe(message);
  });

  it.each(['=', '+', '-', '@', '\t', '\r'])('makes no formula of a cell that begins with %j', (start) => {
    const message = `${start}cmd|'/c calc'!A0`;
    expect(readCsv(toCsv([makeEntry({ message })]))[1]?.[7]).toBe(`'${message}`);
  });

  it('is a header line alone for an empty journal', () => {
    expect(readCsv(toCsv([]))).toHaveLength(1);
  });
});
