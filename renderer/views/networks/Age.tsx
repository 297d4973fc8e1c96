import { formatAge, formatExact } from '../../format.ts';
import { useNow } from '../../state/window.tsx';
import styles from './NetworkTable.module.css';

/** How old, with the time of its making on hover; nothing where that is not known. */
export function Age({ createdAt }: { createdAt: string | undefined }) {
  const now = useNow();
  const createdMs = Date.parse(createdAt ?? '');
  if (!Number.isFinite(createdMs)) return null;
  return (
    <time className={styles.muted} dateTime={createdAt} title={formatExact(createdMs)}>
      {formatAge(now - createdMs)}
    </time>
  );
}
