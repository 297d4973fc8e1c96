import type { ReactNode } from 'react';
import { useEffect, useId, useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Checkbox } from 'react-aria-components/Checkbox';
import { Group } from 'react-aria-components/Group';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { NumberField as AriaNumberField } from 'react-aria-components/NumberField';
import { TextField as AriaTextField } from 'react-aria-components/TextField';
import { Icon } from '../../components/Icon.tsx';
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
      <Checkbox
        className={styles.check ?? ''}
        isSelected={props.isOn}
        isDisabled={props.isDisabled ?? false}
        onChange={props.change}
        {...(props.what !== undefined && { 'aria-describedby': whatId })}
      >
        <span className={styles.box}>{props.isOn && <Icon shape="check" />}</span>
        {props.label}
      </Checkbox>
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
  what: string;
  least: number;
  most: number;
  value: number;
  change: (value: number) => void;
}) {
  const { least, most, value, change } = props;
  const id = useId();
  return (
    <div className={styles.numberField}>
      <AriaNumberField
        className={styles.number ?? ''}
        minValue={least}
        maxValue={most}
        value={value}
        isWheelDisabled
        formatOptions={{ useGrouping: false, maximumFractionDigits: 0 }}
        aria-describedby={`${id}-unit ${id}-what`}
        onChange={(next) => {
          // An emptied field has no number: what was there comes back.
          if (Number.isInteger(next) && next !== value) change(next);
        }}
      >
        <Label>{props.label}</Label>
        <Group className={styles.stepper ?? ''}>
          <Button slot="decrement" className={styles.step ?? ''}>
            <Icon shape="minus" />
          </Button>
          <Input className={styles.digits ?? ''} />
          <Button slot="increment" className={styles.step ?? ''}>
            <Icon shape="plus" />
          </Button>
        </Group>
        <span id={`${id}-unit`}>{props.unit}</span>
      </AriaNumberField>
      <p id={`${id}-what`} className={styles.muted}>
        {props.what}
      </p>
    </div>
  );
}

/**
 * A text that is taken when the field is left or Enter is pressed; Escape brings back what was there.
 *
 * @param props.change gives whether it was taken
 */
export function TextField(props: {
  label: string;
  className?: string | undefined;
  /** What stands there as long as nothing is typed. */
  hint?: string;
  value: string;
  change: (value: string) => Promise<boolean>;
}) {
  const { value, change } = props;
  const [typed, setTyped] = useState(value);
  /** Sent on Enter, it must not be sent again when the field is left before the answer is there. */
  const sent = useRef(value);
  useEffect(() => {
    setTyped(value);
    sent.current = value;
  }, [value]);
  const end = async () => {
    const next = typed.trim();
    setTyped(next);
    if (next === sent.current) return;
    sent.current = next;
    if (await change(next)) return;
    sent.current = value;
    setTyped(value);
  };
  return (
    <AriaTextField
      className={`${styles.field} ${props.className ?? ''}`}
      maxLength={100}
      value={typed}
      onChange={setTyped}
      onBlur={() => void end()}
      onKeyDown={({ key }) => {
        if (key === 'Enter') void end();
        if (key === 'Escape') setTyped(value);
      }}
    >
      <Label className={styles.label ?? ''}>{props.label}</Label>
      <Input className={styles.input ?? ''} placeholder={props.hint ?? ''} spellCheck={false} />
    </AriaTextField>
  );
}

/** A label over whatever is chosen under it, which has a label of its own for screen readers. */
export function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.field}>
      <span className={styles.label}>{label}</span>
      {children}
    </div>
  );
}
