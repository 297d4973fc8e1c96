import type { Ref } from 'react';
import { memo } from 'react';
import { Input } from 'react-aria-components/Input';
import { SearchField as AriaSearchField } from 'react-aria-components/SearchField';
import { Icon } from './Icon.tsx';
import styles from './SearchField.module.css';

/** Words to look for; Escape empties it. */
export const SearchField = memo(function SearchField(props: {
  ref?: Ref<HTMLInputElement>;
  label: string;
  hint: string;
  value: string;
  change: (value: string) => void;
}) {
  return (
    <AriaSearchField
      className={styles.field ?? ''}
      aria-label={props.label}
      value={props.value}
      onChange={props.change}
    >
      <Icon shape="search" tone="muted" />
      <Input ref={props.ref} className={styles.input ?? ''} placeholder={props.hint} spellCheck={false} />
    </AriaSearchField>
  );
});
