import type { ReactNode } from 'react';
import type { Mark } from './Icon.tsx';
import { Icon } from './Icon.tsx';
import styles from './Marked.module.css';

/** A state as it is shown everywhere: mark, word and colour. */
export function Marked({ mark, children }: { mark: Mark; children: ReactNode }) {
  return (
    <span className={`${styles.marked} ${styles[mark.tone]}`}>
      <Icon {...mark} />
      <span className={styles.word}>{children}</span>
    </span>
  );
}
