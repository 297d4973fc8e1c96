import type { JournalEntry } from '../../main/contract/journal.ts';
import { Button } from '../components/Button.tsx';
import { Foreign } from '../components/Foreign.tsx';
import { EVENT_MARKS, Icon } from '../components/Icon.tsx';
import { Time } from '../components/Time.tsx';
import { isFresh } from '../fresh.ts';
import { storiesOf } from '../state/stories.ts';
import { useScope } from '../state/view.tsx';
import { useWindowModel, useWindowState } from '../state/window.tsx';
import { strings } from '../strings.ts';
import styles from './Latest.module.css';

const SHOWN = 3;
/** Entries; more than one can be about the same deletion. */
const LOOKED_AT = 24;

/** What happened last, at the foot of the other views: a new entry lights up and fades. */
export function Latest() {
  const journal = useWindowState((state) => state.journal);
  const { openView } = useWindowModel();
  const { isAll, contexts } = useScope();
  const entries = isAll
    ? journal
    : journal.filter(({ context }) => contexts.some(({ id }) => id === context));
  if (entries.length === 0) return null;
  return (
    <section className={styles.latest} aria-label={strings.frame.latest}>
      <ul className={styles.list}>
        {storiesOf(entries.slice(0, LOOKED_AT))
          .slice(0, SHOWN)
          .map(({ entry }) => (
            <LatestEntry key={entry.id} entry={entry} />
          ))}
      </ul>
      <Button look="quiet" className={styles.more} onPress={() => openView('activity')}>
        {strings.frame.allActivity}
      </Button>
    </section>
  );
}

function LatestEntry({ entry }: { entry: JournalEntry }) {
  const { showNetwork } = useWindowModel();
  const atMs = Date.parse(entry.time);
  return (
    <li className={isFresh(atMs) ? 'fresh' : ''}>
      <button type="button" className={styles.entry} onClick={() => showNetwork(entry)}>
        <Icon {...EVENT_MARKS[entry.event]} />
        <Time className={styles.time} atMs={atMs} />
        <span className="visually-hidden">{strings.events[entry.event]}</span>
        <Foreign className={styles.message} text={entry.message} />
        <Foreign className={styles.context} text={entry.contextName} />
      </button>
    </li>
  );
}
