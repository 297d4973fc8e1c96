import type { ReactNode } from 'react';
import type { ContextView } from '../../main/contract/contexts.ts';
import type { JournalEvent } from '../../main/contract/journal.ts';
import type { ShownState } from '../state/networks.ts';
import styles from './Icon.module.css';

const cross = <path d="M4 4l8 8M12 4l-8 8" />;
const solidDot = <circle cx="8" cy="8" r="3.75" className={styles.solid} />;
const hollowDot = <circle cx="8" cy="8" r="3.5" />;
const returnArrow = <path d="M6.5 3.5L3 7l3.5 3.5M3.5 7H10a3 3 0 0 1 0 6H7" />;

/** On a grid of 16 × 16, drawn with a line of 1.5. */
const SHAPES = {
  solidDot,
  hollowDot,
  returnArrow,
  cross,
  hourglass: <path d="M4 2.5h8M4 13.5h8M5 2.5v2L8 8l3-3.5v-2M5 13.5v-2L8 8l3 3.5v2" />,
  brokenLink: <path d="M6.5 5H5a3 3 0 0 0 0 6h1.5M9.5 5H11a3 3 0 0 1 0 6H9.5M8 1.75v1.5M8 12.75v1.5" />,
  question: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M6.2 6.4a1.85 1.85 0 1 1 2.7 1.65c-.6.3-.9.65-.9 1.2M8 11.4v.1" />
    </>
  ),
  hand: (
    <path d="M5.5 8.5V4.4a.9.9 0 0 1 1.8 0V7.5M7.3 7.2V3.2a.9.9 0 0 1 1.8 0v4M9.1 7.4V4a.9.9 0 0 1 1.8 0v5.2c0 2.8-1.2 4.6-3.6 4.6-1.8 0-2.7-.9-3.4-2.3L2.7 8.9c-.5-1.2 1-1.8 1.6-.8l1.2 1.7" />
  ),
  feather: (
    <path d="M2.5 13.5L10 6M12.8 3.2a3.4 3.4 0 0 0-4.8 0L4.5 6.7v4.8h4.8L12.8 8a3.4 3.4 0 0 0 0-4.8zM11 9.7H6.6" />
  ),
  minusCircle: (
    <>
      <circle cx="8" cy="8" r="5.75" />
      <path d="M5.5 8h5" />
    </>
  ),
  leave: <path d="M6.5 3H3.5v10h3M7 8h6M10.5 5.5L13 8l-2.5 2.5" />,
  arc: <path d="M8 2.5A5.5 5.5 0 1 1 2.5 8" />,
  dashedCircle: <circle cx="8" cy="8" r="5" className={styles.dashed} />,
  dots: <path d="M3.5 8h.1M8 8h.1M12.5 8h.1" className={styles.thick} />,
  bars: <path d="M5.5 3.5v9M10.5 3.5v9" className={styles.thick} />,
  play: <path d="M5 3.5v9L12.5 8z" />,
  shield: <path d="M8 2l5 1.8v3.9c0 3-2 5.2-5 6.3-3-1.1-5-3.3-5-6.3V3.8z" />,
  search: <path d="M10.5 10.5L14 14M7 11.5a4.5 4.5 0 1 1 0-9 4.5 4.5 0 0 1 0 9z" />,
  chevron: <path d="M4 6l4 4 4-4" />,
  check: <path d="M3.5 8.5l3 3 6-7" />,
  copy: <path d="M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3" />,
  warning: <path d="M8 2.5L14.5 13.5h-13zM8 6.8v3M8 11.7v.1" />,
} as const satisfies Record<string, ReactNode>;

export type Shape = keyof typeof SHAPES;
export type Tone = 'neutral' | 'muted' | 'accent' | 'amber' | 'red';

/** A mark beside a word: hidden from screen readers, which have the word. */
export function Icon({ shape, tone = 'neutral' }: { shape: Shape; tone?: Tone }) {
  return (
    <svg className={`${styles.icon} ${styles[tone]}`} viewBox="0 0 16 16" aria-hidden="true">
      {SHAPES[shape]}
    </svg>
  );
}

export interface Mark {
  readonly shape: Shape;
  readonly tone: Tone;
}

export const STATE_MARKS: Readonly<Record<ShownState, Mark>> = {
  inUse: { shape: 'solidDot', tone: 'neutral' },
  unused: { shape: 'hollowDot', tone: 'muted' },
  restored: { shape: 'returnArrow', tone: 'accent' },
  restoring: { shape: 'returnArrow', tone: 'amber' },
  deleting: { shape: 'hourglass', tone: 'amber' },
  missing: { shape: 'brokenLink', tone: 'red' },
  asked: { shape: 'question', tone: 'amber' },
  held: { shape: 'hand', tone: 'amber' },
  stray: { shape: 'feather', tone: 'muted' },
  failed: { shape: 'cross', tone: 'red' },
  letGo: { shape: 'leave', tone: 'muted' },
};

export const EVENT_MARKS: Readonly<Record<JournalEvent, Mark>> = {
  deleting: STATE_MARKS.deleting,
  deleted: { shape: 'minusCircle', tone: 'neutral' },
  restored: STATE_MARKS.restored,
  asked: STATE_MARKS.asked,
  letGo: STATE_MARKS.letGo,
  stray: STATE_MARKS.stray,
  held: STATE_MARKS.held,
  failed: STATE_MARKS.failed,
  missing: STATE_MARKS.missing,
};

const PHASE_MARKS: Readonly<Record<ContextView['phase'], Mark>> = {
  off: { shape: 'hollowDot', tone: 'muted' },
  connecting: { shape: 'arc', tone: 'muted' },
  syncing: { shape: 'arc', tone: 'accent' },
  watching: { shape: 'solidDot', tone: 'accent' },
  reconnecting: { shape: 'dashedCircle', tone: 'amber' },
  failed: { shape: 'cross', tone: 'red' },
};

/** A cluster without the CRD is nobody's mistake: it waits, and is not red. */
export function isWaitingForCrd({ phase, problem }: ContextView): boolean {
  return phase === 'failed' && problem?.code === 'noNadCrd';
}

export function phaseMark(context: ContextView): Mark {
  return isWaitingForCrd(context) ? { shape: 'dots', tone: 'muted' } : PHASE_MARKS[context.phase];
}
