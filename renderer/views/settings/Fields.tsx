import { useEffect, useId, useState } from 'react';
import styles from './Fields.module.css';

export function CheckBox(props: {
  label: string;
  what?: string;
  isOn: boolean;
  isDisabled?: boolean;
  change: (isOn: boolean) => void;
}) {
  const whatId = useId();
  return (
    <div>
      <label className={styles.checkLabel}>
        <input
          type="checkbox"
          checked={props.isOn}
          disabled={props.isDisabled}
          aria-describedby={props.what === undefined ? undefined : whatId}
          onChange={({ currentTarget }) => props.change(currentTarget.checked)}
        />
        {props.label}
      </label>
      {props.what !== undefined && (
        <p id={whatId} className={styles.what}>
          {props.what}
        </p>
      )}
    </div>
  );
}

/** A whole number in a sentence: `label [3] unit`. Taken when the field is left or Enter is pressed. */
export function NumberField(props: {
  label: string;
  unit: string;
  least: number;
  most: number;
  value: number;
  change: (value: number) => void;
}) {
  const { least, most, value, change } = props;
  const id = useId();
  return (
    <div className={styles.number}>
      <label htmlFor={id}>{props.label}</label>
      <CommittedInput
        id={id}
        type="number"
        min={least}
        max={most}
        aria-describedby={`${id}-unit`}
        value={String(value)}
        commit={(typed) => {
          const next = Number(typed);
          const isGood = Number.isInteger(next) && next >= least && next <= most;
          if (isGood) change(next);
          return isGood;
        }}
      />
      <span id={`${id}-unit`}>{props.unit}</span>
    </div>
  );
}

/**
 * An input whose text is taken when it is left or Enter is pressed; Escape, or a text that `commit` refuses, brings
 * back what was there.
 */
export function CommittedInput({
  value,
  commit,
  ...props
}: {
  id?: string;
  type?: 'text' | 'number';
  min?: number;
  max?: number;
  maxLength?: number;
  className?: string | undefined;
  placeholder?: string;
  'aria-label'?: string;
  'aria-describedby'?: string;
  value: string;
  commit: (value: string) => boolean;
}) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const end = () => {
    if (typed !== value && !commit(typed)) setTyped(value);
  };
  return (
    <input
      {...props}
      className={`${styles.input} ${props.className ?? ''}`}
      value={typed}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      onBlur={end}
      onKeyDown={({ key }) => {
        if (key === 'Enter') end();
        if (key === 'Escape') setTyped(value);
      }}
    />
  );
}
