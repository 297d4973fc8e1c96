import { memo, useEffect, useRef } from 'react';
import type { JournalEntry } from '../../../main/contract/journal.ts';
import { Foreign } from '../../components/Foreign.tsx';
import { EVENT_MARKS } from '../../components/Icon.tsx';
import { Marked } from '../../components/Marked.tsx';
import { Time } from '../../components/Time.tsx';
import { formatClock, formatExact } from '../../format.ts';
import { isFresh } from '../../fresh.ts';
import type { Story } from '../../state/stories.ts';
import { useWindowModel } from '../../state/window.tsx';
import { strings } from '../../strings.ts';
import { EntryAction } from './EntryAction.tsx';
import { EntryRemarks } from './EntryRemarks.tsx';
import { remarksOfStory } from './remarks.ts';
import styles from './TimelineEntry.module.css';

interface TimelineEntryProps {
  readonly story: Story;
  readonly isToday: boolean;
  /** Nothing happened to the network since. */
  readonly isNewest: boolean;
  readonly isPointedOut: boolean;
}

/** When, what, where, and why; below that how it went, what was written, and who uses the network. */
export const TimelineEntry = memo(function TimelineEntry(props: TimelineEntryProps) {
  const { story, isToday, isNewest, isPointedOut } = props;
  const { entry } = story;
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isPointedOut) item.current?.scrollIntoView({ block: 'center' });
  }, [isPointedOut]);
  const atMs = Date.parse(entry.time);
  const classes = [styles.entry, isFresh(atMs) && 'fresh', isPointedOut && styles.pointedOut];
  return (
    <li ref={item} className={classes.filter(Boolean).join(' ')} aria-current={isPointedOut || undefined}>
      {isToday ? <Time className={styles.time} atMs={atMs} /> : <ClockTime atMs={atMs} />}
      <Marked mark={EVENT_MARKS[entry.event]}>{strings.events[entry.event]}</Marked>
      <Where entry={entry} />
      <div className={styles.why}>
        <p>
          <Foreign text={entry.message} />
        </p>
        <EntryRemarks entry={entry} remarks={sentenceOf(remarksOfStory(story))} />
        {isNewest && <EntryAction entry={entry} />}
      </div>
    </li>
  );
}, isSame);

/** Stories are made anew with every entry that arrives; few of them have changed. */
function isSame(before: TimelineEntryProps, after: TimelineEntryProps): boolean {
  return (
    before.story.entry === after.story.entry &&
    before.story.before.length === after.story.before.length &&
    before.isToday === after.isToday &&
    before.isNewest === after.isNewest &&
    before.isPointedOut === after.isPointedOut
  );
}

function sentenceOf(remarks: readonly string[]): string {
  const joined = remarks.join(' · ');
  return joined.charAt(0).toUpperCase() + joined.slice(1);
}

function ClockTime({ atMs }: { atMs: number }) {
  if (!Number.isFinite(atMs)) return <Time className={styles.time} atMs={atMs} />;
  return (
    <time className={styles.time} dateTime={new Date(atMs).toISOString()} title={formatExact(atMs)}>
      {formatClock(atMs)}
    </time>
  );
}

function Where({ entry }: { entry: JournalEntry }) {
  const { showNetwork } = useWindowModel();
  return (
    <div className={styles.where}>
      <button type="button" className={styles.network} onClick={() => showNetwork(entry)}>
        <Foreign className={styles.clamped} text={`${entry.namespace}/${entry.name}`} />
      </button>
      <Foreign className={`${styles.context} ${styles.clamped}`} text={entry.contextName} />
    </div>
  );
}
