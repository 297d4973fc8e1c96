import { spellOut } from '../format.ts';
import styles from './TextBlock.module.css';

/** A longer text as it is, such as a manifest: to read, to select, and to scroll, also from the keyboard. */
export function TextBlock({ label, text }: { label: string; text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
    <section className={styles.block} aria-label={label} tabIndex={0}>
      <pre className={styles.text}>{spellOut(text)}</pre>
    </section>
  );
}
