import styles from './Chips.module.css';
import type { Mark } from './Icon.tsx';
import { Icon } from './Icon.tsx';

export interface Chip<Value> {
  readonly value: Value;
  readonly label: string;
  readonly mark?: Mark;
}

/** One of a few: toggle buttons in a row. */
export function Chips<Value extends string | undefined>(props: {
  label: string;
  chips: readonly Chip<Value>[];
  chosen: Value;
  choose: (value: Value) => void;
}) {
  return (
    <fieldset className={styles.chips}>
      <legend className="visually-hidden">{props.label}</legend>
      {props.chips.map(({ value, label, mark }) => (
        <button
          key={value ?? ''}
          type="button"
          className={styles.chip}
          aria-pressed={value === props.chosen}
          onClick={() => props.choose(value)}
        >
          {mark !== undefined && <Icon {...mark} />}
          {label}
        </button>
      ))}
    </fieldset>
  );
}
