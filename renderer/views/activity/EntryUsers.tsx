import { useId, useState } from 'react';
import type { JournalEntry } from '../../../main/contract/journal.ts';
import { Foreign } from '../../components/Foreign.tsx';
import { Icon } from '../../components/Icon.tsx';
import { strings } from '../../strings.ts';
import styles from './EntryUsers.module.css';
import { usersInShort } from './remarks.ts';

const KINDS: Readonly<Record<string, string>> = strings.userKinds;

/** Who used the network then: in short, and as a list that opens. */
export function EntryUsers({ entry }: { entry: JournalEntry }) {
  const { users = [], userCount = users.length } = entry;
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const short = usersInShort(entry);
  if (short === '') return null;
  return (
    <>
      <button
        type="button"
        className={styles.short}
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon shape={isOpen ? 'chevron' : 'chevronRight'} tone="muted" />
        <Foreign text={short} />
      </button>
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
