import type { ReactNode } from 'react';
import styles from './Empty.module.css';
import type { Mark } from './Icon.tsx';
import { Icon } from './Icon.tsx';

/** Nothing to show: a sentence, what it means, and the action that helps. */
export function Empty({
  title,
  what,
  mark,
  children,
}: {
  title: string;
  what?: ReactNode;
  mark?: Mark;
  children?: ReactNode;
}) {
  return (
    <div className={styles.empty}>
      <h2 className={styles.title}>
        {mark !== undefined && <Icon {...mark} />}
        <span className="foreign">{title}</span>
      </h2>
      {what !== undefined && <p className={styles.what}>{what}</p>}
      {children !== undefined && <div className={styles.actions}>{children}</div>}
    </div>
  );
}
