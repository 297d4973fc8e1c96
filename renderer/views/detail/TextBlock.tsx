import type { ReactNode } from 'react';
import { spellOut } from '../../format.ts';
import { strings } from '../../strings.ts';
import styles from './TextBlock.module.css';

/** More of a text than this would take the window's time, and nobody reads it in a panel. */
export const MOST_SHOWN_CHARACTERS = 200_000;

/** A text of a cluster in its own box, as far as it can be shown. */
export function TextBlock(props: { label: string; text: string; isCut: boolean }) {
  // Spelled out, characters that cannot be seen take many times their room.
  const shown = spellOut(props.text.slice(0, MOST_SHOWN_CHARACTERS)).slice(0, MOST_SHOWN_CHARACTERS);
  return (
    <>
      <Box label={props.label}>{shown}</Box>
      {props.isCut && <p className={styles.muted}>{strings.detail.cut(shown.length)}</p>}
    </>
  );
}

/** Scrolls, so the keyboard must be able to reach it. */
export function Box({ label, children }: { label: string; children: ReactNode }) {
  const reachable = { role: 'group', tabIndex: 0, 'aria-label': label };
  return (
    <pre {...reachable} className={styles.box}>
      {children}
    </pre>
  );
}
