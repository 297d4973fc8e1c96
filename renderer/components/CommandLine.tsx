import styles from './CommandLine.module.css';
import { CopyButton } from './CopyButton.tsx';

/** A command to run in a terminal, to copy. */
export function CommandLine({ command }: { command: string }) {
  return (
    <div className={styles.line}>
      <code className={styles.command}>{command}</code>
      <CopyButton text={command} />
    </div>
  );
}
