import type { Ref } from 'react';
import { Icon } from './Icon.tsx';
import styles from './SearchField.module.css';

export function SearchField(props: {
  ref?: Ref<HTMLInputElement>;
  label: string;
  hint: string;
  value: string;
  change: (value: string) => void;
}) {
  return (
    <label className={styles.field}>
      <Icon shape="search" tone="muted" />
      <input
        ref={props.ref}
        type="search"
        className={styles.input}
        aria-label={props.label}
        placeholder={props.hint}
        spellCheck={false}
        value={props.value}
        onChange={({ currentTarget }) => props.change(currentTarget.value)}
      />
    </label>
  );
}
