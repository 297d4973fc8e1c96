import { count, formatNumber } from '../numbers.ts';

export const frame = {
  main: 'Main',
  contexts: 'Contexts',
  all: 'All watched contexts',
  allShort: 'All contexts',
  more: (value: number) => `and ${formatNumber(value)} more`,
  current: 'current',
  currentHint: "kubectl's current context",
  protected: 'Protected',
  protectedHint: 'Protected: its mode changes only with a confirmation',
  mode: (context: string) => `Mode of ${context}`,
  itemsRead: (value: number) => `${count(value, 'object')} so far`,
  needYou: (value: number) => (value === 1 ? '1 needs you' : `${formatNumber(value)} need you`),
  missing: (value: number) => `${formatNumber(value)} missing`,
  inUse: (value: number) => `${formatNumber(value)} in use`,
  waiting: 'Waiting for the CRD',
  skip: 'Skip to the main part',
  latest: 'What happened last',
  allActivity: 'All activity',
  newEntries: (value: number) => `${count(value, 'new entry', 'new entries')} in the activity`,
} as const;

export const pause = {
  pause: 'Pause',
  choose: 'Pause all contexts',
  resume: 'Resume',
  minutes: (value: number) => (value < 60 ? `For ${value} minutes` : `For ${count(value / 60, 'hour')}`),
  untilResumed: 'Until I resume',
  paused: 'Paused: nothing is brought back until you resume',
  pausedUntil: (time: string) => `Paused until ${time}: nothing is brought back`,
} as const;

export const connection = {
  loading: 'Asking NetKeeper for what it knows',
  lost: 'The connection to NetKeeper is lost. What you see may be old.',
  refused: 'This window may not talk to NetKeeper',
  refusedRemedy:
    'Open the address that NetKeeper printed when it started; it holds a key that is good for this run only.',
  noAnswer: 'NetKeeper did not answer.',
  badAnswer: 'NetKeeper answered with something that this window does not understand.',
  badAnswerRemedy:
    'Reload the window; if that does not help, the window and NetKeeper are of different versions.',
  noAnswerRemedy: 'See whether it is still running where you started it.',
  tryNow: 'Try now',
} as const;
