import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { EventText } from '../../main/cli/event-text.ts';
import { padTo, printable } from '../../main/cli/terminal.ts';
import type { ContextEvent, KeeperEvent } from '../../main/keeper/events.ts';

const TIME = '2026-11-24T12:00:00.000Z';
const at = (context: string, event: ContextEvent): KeeperEvent => ({ time: TIME, context, ...event });

/** What is written for these events, without the time. */
function write(events: readonly KeeperEvent[], contexts = ['prod']): string[] {
  const stream = new PassThrough();
  const text = new EventText(stream as unknown as NodeJS.WriteStream, contexts);
  for (const event of events) text.write(event);
  const lines = String(stream.read() ?? '').split('\n');
  return lines.slice(0, -1).map((line) => line.replace(/^\d\d:\d\d:\d\d {2}/, ''));
}

const restored = (name: string): ContextEvent => ({
  event: 'restored',
  namespace: 'storage',
  name,
  by: 'self',
  missed: false,
  tookMs: 3,
  users: [],
  userCount: 1,
  message: `Brought back storage/${name}: 1 pod uses it (web)`,
});

describe('the text of events', () => {
  test('says what was brought back, why, and how long it took', () => {
    expect(write([at('prod', restored('public'))])).toEqual([
      'prod  ↩ restored      Brought back storage/public: 1 pod uses it (web); took 3 ms',
    ]);
  });

  test('aligns what is told of contexts with names of different lengths', () => {
    const [short, long] = write([at('a', restored('x')), at('longer', restored('x'))], ['a', 'longer']);
    expect(short?.indexOf('↩')).toBe(long?.indexOf('↩'));
  });

  test('has one line, not two, for a context that was read and is watched', () => {
    const synced: ContextEvent = { event: 'synced', networks: 1, pods: 2, attachments: 3, tookMs: 40 };
    const lines = write([at('prod', synced), at('prod', { event: 'phase', phase: 'watching' })]);
    expect(lines).toEqual([
      'prod  ● watching      1 network, used by 2 pods with 3 attachments; read in 40 ms',
    ]);
  });

  test('says a problem with its remedy', () => {
    const problem = { code: 'unreachable', message: 'The server is away.', remedy: 'Wait.' } as const;
    expect(write([at('prod', { event: 'phase', phase: 'failed', problem })])).toEqual([
      'prod  ✗ failed        The server is away. Wait.',
    ]);
  });

  test('shows a cluster without the CRD as quiet, not as failed', () => {
    const problem = { code: 'noNadCrd', message: 'No networks here.', remedy: 'Nothing to do.' } as const;
    expect(write([at('prod', { event: 'phase', phase: 'failed', problem })])[0]).toContain('○ waiting');
  });

  test('is plain where it is no terminal', () => {
    expect(write([at('prod', restored('x'))]).join()).not.toContain('\u001b');
  });

  test('shows control characters of a hostile name instead of obeying them', () => {
    const [line, ...more] = write([at('pr\u001b[31mod', restored('x\r\n12:00:00 forged'))], ['prod']);
    expect(more).toEqual([]);
    expect(line).toContain('pr\\u{1b}[31mod');
    expect(line).toContain('x\\u{d}\\u{a}12:00:00 forged');
  });
});

describe('printable text', () => {
  test.each([
    ['plain-name.1', 'plain-name.1'],
    ['Grüße 网络', 'Grüße 网络'],
    ['a\u0000b\u007f\u009bc', 'a\\u{0}b\\u{7f}\\u{9b}c'],
    ['\u202egnp.exe', '\\u{202e}gnp.exe'],
    ['a\u2028b', 'a\\u{2028}b'],
  ])('%j', (text, expected) => {
    expect(printable(text)).toBe(expected);
  });

  test('is padded to its column and never cut', () => {
    expect(padTo('abc', 5)).toBe('abc  ');
    expect(padTo('abcdef', 5)).toBe('abcdef');
  });
});
