import type { JournalEntry } from '../../../main/contract/journal.ts';
import { Foreign } from '../../components/Foreign.tsx';
import { EVENT_MARKS } from '../../components/Icon.tsx';
import { Marked } from '../../components/Marked.tsx';
import { Time } from '../../components/Time.tsx';
import { isFresh } from '../../fresh.ts';
import { strings } from '../../strings.ts';
import styles from './EntryList.module.css';
import { remarksOf } from './remarks.ts';

/** Entries of one network, in the order given, beside its details. */
export function EntryList({ entries }: { entries: readonly JournalEntry[] }) {
  return (
    <ol>
      {entries.map((entry) => (
        <Entry key={entry.id} entry={entry} />
      ))}
    </ol>
  );
}

function Entry({ entry }: { entry: JournalEntry }) {
  const atMs = Date.parse(entry.time);
  const remarks = remarksOf(entry);
  return (
    <li className={`${styles.entry} ${isFresh(atMs) ? 'fresh' : ''}`}>
      <Marked mark={EVENT_MARKS[entry.event]}>{strings.events[entry.event]}</Marked>
      <Time className={styles.time} atMs={atMs} />
      <div className={styles.why}>
        <Foreign text={entry.message} />
        {remarks.length > 0 && <span className={styles.remarks}> · {remarks.join(' · ')}</span>}
      </div>
    </li>
  );
}
