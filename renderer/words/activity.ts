import { count, formatNumber } from '../numbers.ts';

const bars = {
  '24h': 'an hour',
  '7d': 'six hours',
  '30d': 'a day',
} as const;

export const activity = {
  title: 'Activity',
  none: 'Nothing has happened yet',
  noneWhat: 'Deletions, and what was done about them, are kept here with the reason.',
  showNetworks: 'Look at the networks',
  noneMatch: 'Nothing matches',
  noneMatchWhat: 'Nothing that is kept here is of this kind and time and has these words.',
  showAll: 'Show all',
  kind: 'Kind',
  allKinds: 'All kinds',
  words: 'Search in the activity',
  wordsHint: 'Network or words',
  anyTime: (range: string) => `${range}; show any time`,
  reading: (value: number) => `Reading older entries, ${formatNumber(value)} so far`,
  notRead: 'Older entries could not be read.',
  more: 'Show more',
  newer: 'Show newer',
  shown: (value: number, all: number) => `${formatNumber(value)} of ${formatNumber(all)} shown`,
  noOlder: 'These are all.',
  export: 'Export',
  exportJson: 'As JSON',
  exportCsv: 'As CSV',
  missed: 'while nobody watched',
  took: (duration: string) => `took ${duration}`,
  byOther: 'by somebody else',
  deletedAt: (time: string) => `deleted at ${time}`,
  deletedMissed: 'deleted while nobody watched',
  deletingSince: (time: string) => `being deleted since ${time}`,
  created: (network: string) => `created NetworkAttachmentDefinition ${network}`,
  nothingWritten: 'nothing was written',
  users: (value: number) => count(value, 'user'),
  usedBy: (names: string) => `Used by ${names}`,
  andMore: (names: string, value: number) => `${names} and ${formatNumber(value)} more`,
  moreUsers: (value: number) => `and ${formatNumber(value)} more`,
} as const;

/** Of the plot over time. */
export const plot = {
  title: 'Over time',
  bars: 'Bars; the arrow keys lead from one to the next',
  period: 'How far back',
  periods: { '24h': '24 hours', '7d': '7 days', '30d': '30 days' },
  kinds: {
    restored: 'Brought back',
    asked: 'Asked',
    held: 'Held',
    failed: 'Failed',
    other: 'Other',
  },
  counts: {
    restored: (value: number) => `${formatNumber(value)} brought back`,
    asked: (value: number) => `${formatNumber(value)} asked`,
    held: (value: number) => `${formatNumber(value)} held`,
    failed: (value: number) => `${formatNumber(value)} failed`,
    other: (value: number) => `${formatNumber(value)} other`,
  },
  scale: (period: keyof typeof bars, most: number) =>
    `Each bar is ${bars[period]}; the highest has ${count(most, 'entry', 'entries')}`,
  nothing: {
    '24h': 'Nothing in the last 24 hours',
    '7d': 'Nothing in the last 7 days',
    '30d': 'Nothing in the last 30 days',
  },
  moreContexts: (value: number) => count(value, 'more context'),
  span: (start: string, end: string) => `${start} to ${end}`,
  bar: (when: string, counts: readonly string[]) => `${when}: ${counts.join(', ')}`,
  barOf: (context: string, bar: string) => `${context}, ${bar}`,
} as const;

/** Of what pops up in the window's corner. */
export const toasts = {
  title: 'What just happened',
  show: 'Show',
  broughtBack: (value: number) =>
    value === 1 ? '1 network was brought back' : `${formatNumber(value)} networks were brought back`,
  several: (value: number) => count(value, 'new entry', 'new entries'),
  on: (what: string, where: string) => `${what} on ${where}`,
  contexts: (value: number) => count(value, 'cluster'),
} as const;
