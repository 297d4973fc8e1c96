import { spellOut } from '../../format.ts';
import { strings } from '../../strings.ts';
import type { TimeRange } from './narrow.ts';
import type { Counts, Period } from './plot.ts';
import { PLOT_KINDS, QUARTER_HOURS } from './plot.ts';

const text = strings.plot;
const hour = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' });
const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'long' });
const date = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });
const shortWeekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short' });
const shortDate = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

/** `Tuesday 14:00 to 15:00`, `Tuesday 24 November 06:00 to 12:00`, `Tuesday 24 November` */
export function nameRange(period: Period, { startMs, endMs }: TimeRange): string {
  switch (period) {
    case '24h':
      return text.span(`${weekday.format(startMs)} ${hour.format(startMs)}`, hour.format(endMs));
    case '7d':
      return text.span(`${date.format(startMs)} ${hour.format(startMs)}`, hour.format(endMs));
    case '30d':
      return date.format(startMs);
  }
}

/** `prod-eu, Tuesday 14:00 to 15:00: 3 brought back, 1 asked` */
export function nameBar(context: string | undefined, when: string, counts: Counts): string {
  const parts = PLOT_KINDS.filter((kind) => counts[kind] > 0).map((kind) => text.counts[kind](counts[kind]));
  const bar = text.bar(when, parts);
  return context === undefined ? bar : text.barOf(spellOut(context), bar);
}

export interface AxisLabel {
  /** The bar at whose left edge it stands. */
  readonly bar: number;
  readonly label: string;
}

const HOURS_APART = 4;
const DAYS_APART = 5;

/** What is written below the bars: hours, or days where they begin. */
export function axisLabels(period: Period, edges: readonly number[]): readonly AxisLabel[] {
  const starts = edges.slice(0, -1);
  return starts.flatMap((startMs, bar) => {
    const label = axisLabel(period, new Date(startMs), starts.length - 1 - bar);
    return label === undefined ? [] : [{ bar, label }];
  });
}

/** @param back how many bars before the last one */
function axisLabel(period: Period, at: Date, back: number): string | undefined {
  switch (period) {
    case '24h':
      if (at.getHours() % HOURS_APART !== 0) return undefined;
      return at.getHours() === 0 ? shortWeekday.format(at) : hour.format(at);
    case '7d':
      return at.getHours() < QUARTER_HOURS ? shortWeekday.format(at) : undefined;
    case '30d':
      return back % DAYS_APART === 0 ? shortDate.format(at) : undefined;
  }
}
