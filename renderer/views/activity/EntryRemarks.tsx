import { useId, useState } from 'react';
import type { JournalEntry } from '../../../main/contract/journal.ts';
import { Foreign } from '../../components/Foreign.tsx';
import { Icon } from '../../components/Icon.tsx';
import { strings } from '../../strings.ts';
import styles from './EntryRemarks.module.css';
import { usersInShort } from './remarks.ts';

const KINDS: Readonly<Record<string, string>> = strings.userKinds;

/** How it went, and who used the network then: in short, and as a list that opens. */
export function EntryRemarks({ entry, remarks }: { entry: JournalEntry; remarks: string }) {
  const { users = [], userCount = users.length } = entry;
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const short = usersInShort(entry);
  const isNamed = short !== strings.activity.users(userCount);
  return (
    <>
      <p className={styles.remarks}>
        <Foreign text={remarks} />
        {isNamed || short === '' ? ' ' : ' · '}
        {short !== '' && (
          <button
            type="button"
            className={`${styles.short} ${isNamed ? styles.named : ''}`}
            aria-expanded={isOpen}
            aria-controls={isOpen ? id : undefined}
            onClick={() => setOpen(!isOpen)}
          >
            <Foreign text={short} />
            <Icon shape={isOpen ? 'chevronUp' : 'chevron'} tone="muted" />
          </button>
        )}
      </p>
      {isOpen && (
        <ul id={id} className={styles.users}>
          {users.map(({ kind, namespace, name }) => (
            <li key={`${kind} ${namespace} ${name}`}>
              <Foreign text={`${namespace}/${name}`} />
              <Foreign className={styles.kind} text={KINDS[kind] ?? kind} />
            </li>
          ))}
          {userCount > users.length && (
            <li className={styles.kind}>{strings.activity.moreUsers(userCount - users.length)}</li>
          )}
        </ul>
      )}
    </>
  );
}
