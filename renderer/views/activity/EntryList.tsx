import { memo, useEffect, useRef } from 'react';
import type { JournalEntry } from '../../../main/contract/journal.ts';
import { Foreign } from '../../components/Foreign.tsx';
import { EVENT_MARKS } from '../../components/Icon.tsx';
import { Marked } from '../../components/Marked.tsx';
import { Time } from '../../components/Time.tsx';
import { formatTook } from '../../format.ts';
import { isFresh } from '../../fresh.ts';
import { strings } from '../../strings.ts';
import styles from './EntryList.module.css';

/** Entries in the order given. `history`: of one network, beside its details; `full`: with the network and its context. */
export function EntryList(props: {
  entries: readonly JournalEntry[];
  look: 'full' | 'history';
  /** The entry to point out. */
  pointedOut?: number | undefined;
  show?: (entry: JournalEntry) => void;
}) {
  return (
    <ol className={`${styles.list} ${styles[props.look]}`}>
      {props.entries.map((entry) => (
        <Entry
          key={entry.id}
          entry={entry}
          isFull={props.look === 'full'}
          isPointedOut={entry.id === props.pointedOut}
          show={props.show}
        />
      ))}
    </ol>
  );
}

const Entry = memo(function Entry({
  entry,
  isFull,
  isPointedOut,
  show,
}: {
  entry: JournalEntry;
  isFull: boolean;
  isPointedOut: boolean;
  show: ((entry: JournalEntry) => void) | undefined;
}) {
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isPointedOut) item.current?.scrollIntoView({ block: 'center' });
  }, [isPointedOut]);
  const atMs = Date.parse(entry.time);
  const classes = [styles.entry, isFresh(atMs) && 'fresh', isPointedOut && styles.pointedOut];
  return (
    <li ref={item} className={classes.filter(Boolean).join(' ')} aria-current={isPointedOut || undefined}>
      <Time className={styles.time} atMs={atMs} />
      <Marked mark={EVENT_MARKS[entry.event]}>{strings.events[entry.event]}</Marked>
      {isFull && <Where entry={entry} show={show} />}
      <div className={styles.why}>
        <Foreign text={entry.message} />
        <Remarks entry={entry} />
      </div>
    </li>
  );
});

function Where({ entry, show }: { entry: JournalEntry; show: ((entry: JournalEntry) => void) | undefined }) {
  return (
    <div className={styles.where}>
      <button type="button" className={styles.network} onClick={() => show?.(entry)}>
        <Foreign className={styles.clamped} text={`${entry.namespace}/${entry.name}`} />
      </button>
      <Foreign className={`${styles.context} ${styles.clamped}`} text={entry.contextName} />
    </div>
  );
}

function Remarks({ entry }: { entry: JournalEntry }) {
  const text = strings.activity;
  const remarks = [
    entry.tookMs !== undefined && text.took(formatTook(entry.tookMs)),
    entry.by === 'other' && text.byOther,
    entry.missed === true && text.missed,
  ].filter((remark) => remark !== false);
  if (remarks.length === 0) return null;
  return <span className={styles.remarks}> · {remarks.join(' · ')}</span>;
}
