import { Label } from 'react-aria-components/Label';
import { ProgressBar } from 'react-aria-components/ProgressBar';
import styles from './Progress.module.css';

/** Something goes on, and nobody knows how long; `label` says what, and how far it is. */
export function Progress({ label }: { label: string }) {
  return (
    <ProgressBar className={styles.progress ?? ''} isIndeterminate>
      <Label>{label}</Label>
      <span className={styles.track}>
        <span className={styles.part} />
      </span>
    </ProgressBar>
  );
}
