import type { ComponentProps } from 'react';
import styles from './Select.module.css';

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

/** The platform's own list of choices. */
export function Select<Value extends string>({
  choices,
  value,
  choose,
  look = 'normal',
  ...props
}: Omit<ComponentProps<'select'>, 'value' | 'onChange'> & {
  choices: readonly Choice<Value>[];
  value: Value;
  choose: (value: Value) => void;
  look?: 'normal' | 'quiet';
}) {
  return (
    <select
      {...props}
      className={`${styles.select} ${styles[look]}`}
      value={value}
      onChange={({ currentTarget }) => {
        const choice = choices.find((one) => one.value === currentTarget.value);
        if (choice !== undefined) choose(choice.value);
      }}
    >
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}
