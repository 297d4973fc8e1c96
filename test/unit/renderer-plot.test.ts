/** The plot over time: where bars begin, also where clocks change, and what is counted in which. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { JournalEvent } from '../../main/contract/journal.ts';
import type { Story } from '../../renderer/state/stories.ts';
import type { Period, PlotRow } from '../../renderer/views/activity/plot.ts';
import {
  barAround,
  barEdges,
  fittingPeriod,
  nextPlace,
  plotRows,
} from '../../renderer/views/activity/plot.ts';

// Formatters keep the zone in which they were made.
const plotNames = await vi.hoisted(async () => {
  process.env.TZ = 'Europe/Berlin';
  return import('../../renderer/views/activity/plot-names.ts');
});

const HOUR_MS = 3_600_000;
beforeEach(() => {
  process.env.TZ = 'Europe/Berlin';
});
afterEach(() => {
  process.env.TZ = 'Europe/Berlin';
});

function hoursOf(edges: readonly number[]): number[] {
  return edges.slice(1).map((edge, index) => (edge - (edges[index] ?? 0)) / HOUR_MS);
}

describe('bars', () => {
  test.each<[Period, number, string, string]>([
    ['24h', 24, '2026-08-11T15:00', '2026-08-12T15:00'],
    ['7d', 28, '2026-08-05T18:00', '2026-08-12T18:00'],
    ['30d', 30, '2026-07-14T00:00', '2026-08-13T00:00'],
  ])('of %s are %d and end after now', (period, count, first, last) => {
    const edges = barEdges(period, new Date('2026-08-12T14:35:10.5').getTime());
    expect(edges).toHaveLength(count + 1);
    expect(edges[0]).toBe(new Date(first).getTime());
    expect(edges.at(-1)).toBe(new Date(last).getTime());
  });

  test.each<[string, string, number]>([
    ['in spring', '2026-03-29T20:00', 5],
    ['in autumn', '2026-10-25T20:00', 7],
  ])('of six hours and of days are by the clock where it changes %s', (_when, now, quarter) => {
    const nowMs = new Date(now).getTime();
    const quarters = hoursOf(barEdges('7d', nowMs));
    expect(quarters.filter((hours) => hours !== 6)).toEqual([quarter]);
    expect(quarters.at(-4)).toBe(quarter);
    const days = hoursOf(barEdges('30d', nowMs));
    expect(days.filter((hours) => hours !== 24)).toEqual([18 + quarter]);
    expect(days.at(-1)).toBe(18 + quarter);
  });

  test('are an hour long each where the clock shows one hour twice', () => {
    // The second 02:30 of the night.
    const edges = barEdges('24h', Date.parse('2026-10-25T01:30:00Z'));
    expect(edges.at(-2)).toBe(Date.parse('2026-10-25T01:00:00Z'));
    expect(new Set(hoursOf(edges))).toEqual(new Set([1]));
  });

  test('begin with the day where midnight is left out', () => {
    process.env.TZ = 'America/Santiago';
    // At midnight to 6 September 2026 the clock goes to 01:00.
    const at = new Date('2026-09-06T01:30').getTime();
    const { startMs } = barAround('30d', at);
    expect(new Date(startMs).getHours()).toBe(1);
    expect(barEdges('30d', at).at(-2)).toBe(startMs);
    expect(barAround('7d', at).startMs).toBe(startMs);
    for (const hours of hoursOf(barEdges('7d', at))) expect(hours).toBeGreaterThan(0);
  });

  test('begin at whole hours where the zone is half an hour off', () => {
    process.env.TZ = 'Asia/Kolkata';
    const edges = barEdges('24h', new Date('2026-08-12T14:35').getTime());
    expect(edges.at(-2)).toBe(new Date('2026-08-12T14:00').getTime());
  });

  test.each<Period>(['24h', '7d', '30d'])('of %s are found again by where they begin', (period) => {
    for (const now of ['2026-03-29T20:00', '2026-10-25T20:00', '2026-08-12T00:00']) {
      const edges = barEdges(period, new Date(now).getTime());
      const ranges = edges.slice(0, -1).map((edge) => barAround(period, edge));
      expect(ranges.map(({ startMs }) => startMs)).toEqual(edges.slice(0, -1));
      expect(ranges.map(({ endMs }) => endMs)).toEqual(edges.slice(1));
    }
  });
});

const NOW_MS = new Date('2026-08-12T14:35').getTime();
let lastId = 0;

function story(hoursAgo: number, event: JournalEvent, context = 'prod'): Story {
  lastId += 1;
  const time = new Date(NOW_MS - hoursAgo * HOUR_MS).toISOString();
  const about = { namespace: 'a', name: `n${lastId}`, message: '' };
  return { entry: { id: lastId, time, context, contextName: context, event, ...about }, before: [] };
}

describe('the period that is shown at first', () => {
  const hours = (count: number, apart: number) =>
    Array.from({ length: count }, (_, index) => story(index * apart, 'restored'));

  test.each<[string, readonly Story[], Period]>([
    ['nothing', [], '24h'],
    ['a quiet hour', hours(3, 0.3), '24h'],
    ['fifty today and more before', hours(200, 0.4), '24h'],
    ['a few within days', hours(5, 30), '7d'],
    ['fifty within weeks', hours(200, 10), '30d'],
    ['little, long ago', hours(2, 5_000), '30d'],
  ])('%s', (_what, stories, expected) => {
    expect(fittingPeriod(stories, NOW_MS)).toBe(expected);
  });
});

describe('rows', () => {
  const edges = barEdges('24h', NOW_MS);
  const none = { restored: 0, asked: 0, held: 0, failed: 0, other: 0 };

  test('count what happened by bar and by what came of it', () => {
    const stories = [
      story(0.1, 'restored'),
      story(0.2, 'restored'),
      story(0.3, 'letGo'),
      story(1, 'held'),
      story(25, 'failed'),
    ];
    const [row, ...more] = plotRows(stories, edges, undefined);
    expect(more).toEqual([]);
    expect(row?.bars.at(-1)).toEqual({ ...none, restored: 2, other: 1 });
    expect(row?.bars.at(-2)).toEqual({ ...none, held: 1 });
    expect(row?.bars.slice(0, -2)).toEqual(Array.from({ length: 22 }, () => none));
  });

  test('leave out what has no time, and what is to come', () => {
    const broken = story(0, 'restored');
    const stories = [{ ...broken, entry: { ...broken.entry, time: 'never' } }, story(-2, 'restored')];
    expect(plotRows(stories, edges, undefined)).toEqual([]);
  });

  test('put what is on a border into the later bar', () => {
    const [row] = plotRows([story(35 / 60, 'asked')], edges, undefined);
    expect(row?.bars.at(-1)?.asked).toBe(1);
  });

  test('are one for each context, in the order of the sidebar, with those that are gone last', () => {
    const stories = [story(1, 'asked', 'gone'), story(1, 'asked', 'b'), story(2, 'asked', 'a')];
    const rows = plotRows(stories, edges, ['a', 'quiet', 'b']);
    expect(rows.map(({ contexts }) => contexts)).toEqual([['a'], ['b'], ['gone']]);
  });

  test('are six at most: the quieter contexts are summed', () => {
    const stories = Array.from('abcdefgh').flatMap((context, index) =>
      Array.from({ length: 10 - index }, () => story(1, 'restored', context)),
    );
    const rows = plotRows(stories, edges, Array.from('hgfedcba'));
    expect(rows.map(({ contexts }) => contexts.join(''))).toEqual(['e', 'd', 'c', 'b', 'a', 'fgh']);
    expect(rows.at(-1)?.bars.at(-2)?.restored).toBe(5 + 4 + 3);
  });
});

describe('arrow keys', () => {
  const bars = (marks: string): PlotRow => ({
    contexts: [],
    bars: Array.from(marks).map((mark) => ({
      restored: mark === '#' ? 1 : 0,
      asked: 0,
      held: 0,
      failed: 0,
      other: 0,
    })),
  });
  const rows = [bars('#..#.#'), bars('.#....'), bars('......'), bars('..#..#')];

  test.each([
    ['ArrowLeft', 0, 3, '0 0'],
    ['ArrowRight', 0, 3, '0 5'],
    ['ArrowRight', 0, 5, ''],
    ['Home', 0, 5, '0 0'],
    ['End', 0, 0, '0 5'],
    ['ArrowDown', 0, 5, '1 1'],
    ['ArrowUp', 1, 1, '0 0'],
    ['ArrowUp', 0, 0, ''],
    ['ArrowDown', 2, 0, '3 2'],
    ['Enter', 0, 0, ''],
  ])('%s leads from %d %d to %s', (key, row, bar, expected) => {
    const next = nextPlace(rows, { row, bar }, key);
    expect(next === undefined ? '' : `${next.row} ${next.bar}`).toBe(expected);
  });
});

describe('names', () => {
  const at = (text: string) => new Date(text).getTime();
  const counts = { restored: 3, asked: 1, held: 0, failed: 0, other: 0 };

  test('say when, what and where', () => {
    const range = { startMs: at('2026-08-11T14:00'), endMs: at('2026-08-11T15:00') };
    const when = plotNames.nameRange('24h', range);
    expect(when).toBe('Tuesday 14:00 to 15:00');
    expect(plotNames.nameBar(undefined, when, counts)).toBe(
      'Tuesday 14:00 to 15:00: 3 brought back, 1 asked',
    );
    expect(plotNames.nameBar('prod\u202eeu', when, counts)).toBe(
      'prod⟨U+202E⟩eu, Tuesday 14:00 to 15:00: 3 brought back, 1 asked',
    );
    const quarter = { startMs: at('2026-08-11T18:00'), endMs: at('2026-08-12T00:00') };
    expect(plotNames.nameRange('7d', quarter)).toBe('Tuesday 11 August 18:00 to 00:00');
    expect(plotNames.nameRange('30d', quarter)).toBe('Tuesday 11 August');
  });

  test('below the bars are hours, days and dates', () => {
    const labels = (period: Period) =>
      plotNames.axisLabels(period, barEdges(period, NOW_MS)).map(({ label }) => label);
    expect(labels('24h')).toEqual(['16:00', '20:00', 'Wed', '04:00', '08:00', '12:00']);
    expect(labels('7d')).toEqual(['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed']);
    expect(labels('30d')).toEqual(['18 Jul', '23 Jul', '28 Jul', '2 Aug', '7 Aug', '12 Aug']);
  });
});
