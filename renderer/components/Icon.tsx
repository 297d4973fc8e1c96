import type { LucideIcon } from 'lucide-react';
import {
  ArrowDown,
  ArrowUp,
  ArrowUpDown,
  BellOff,
  Check,
  ChevronDown,
  ChevronRight,
  ChevronUp,
  CircleDashed,
  CircleMinus,
  CircleQuestionMark,
  Columns3,
  Copy,
  Download,
  Ellipsis,
  Feather,
  GripVertical,
  Hand,
  Hourglass,
  LoaderCircle,
  LogOut,
  Maximize,
  Minus,
  PanelLeft,
  Pause,
  Play,
  Plus,
  Search,
  Shield,
  TriangleAlert,
  Undo2,
  Unlink,
  X,
} from 'lucide-react';
import type { ContextView } from '../../main/contract/contexts.ts';
import type { JournalEvent } from '../../main/contract/journal.ts';
import type { ShownState } from '../state/networks.ts';
import styles from './Icon.module.css';

/** Every icon of the window but the dots, by what it stands for, so that one thing has one icon. */
const DRAWINGS = {
  returnArrow: Undo2,
  cross: X,
  hourglass: Hourglass,
  brokenLink: Unlink,
  question: CircleQuestionMark,
  hand: Hand,
  feather: Feather,
  minusCircle: CircleMinus,
  leave: LogOut,
  arc: LoaderCircle,
  dashedCircle: CircleDashed,
  dots: Ellipsis,
  bars: Pause,
  play: Play,
  shield: Shield,
  search: Search,
  chevron: ChevronDown,
  chevronRight: ChevronRight,
  chevronUp: ChevronUp,
  arrowUp: ArrowUp,
  arrowDown: ArrowDown,
  check: Check,
  copy: Copy,
  warning: TriangleAlert,
  columns: Columns3,
  download: Download,
  grip: GripVertical,
  plus: Plus,
  minus: Minus,
  fit: Maximize,
  bellOff: BellOff,
  order: ArrowUpDown,
  sidebar: PanelLeft,
} as const satisfies Record<string, LucideIcon>;

export type Shape = keyof typeof DRAWINGS | Dot;
type Dot = 'solidDot' | 'hollowDot';
export type Tone = 'neutral' | 'muted' | 'accent' | 'amber' | 'red';

/**
 * A mark beside a word: hidden from screen readers, which have the word. Dots, which most rows have, are no drawings:
 * a table makes dozens of them at each turn of a wheel.
 */
export function Icon({ shape, tone = 'neutral' }: { shape: Shape; tone?: Tone }) {
  const className = `${styles.icon} ${styles[tone]}`;
  if (isDot(shape)) return <span className={`${className} ${styles[shape]}`} aria-hidden="true" />;
  const Drawing = DRAWINGS[shape];
  return <Drawing className={className} aria-hidden="true" />;
}

function isDot(shape: Shape): shape is Dot {
  return shape === 'solidDot' || shape === 'hollowDot';
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
