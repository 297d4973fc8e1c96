import { ToggleButton } from 'react-aria-components/ToggleButton';
import type { Key } from 'react-aria-components/ToggleButtonGroup';
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup';
import styles from './Chips.module.css';
import type { Mark } from './Icon.tsx';
import { Icon } from './Icon.tsx';

export interface Chip<Value> {
  readonly value: Value;
  readonly label: string;
  readonly mark?: Mark;
}

/** React Aria takes no undefined for a key. */
const NONE = 'none';

/** One of a few: toggle buttons in a row. */
export function Chips<Value extends string | undefined>(props: {
  label: string;
  chips: readonly Chip<Value>[];
  chosen: Value;
  choose: (value: Value) => void;
}) {
  const { chips, chosen, choose } = props;
  const take = (keys: Set<Key>) => {
    const [key] = keys;
    const chip = chips.find(({ value }) => (value ?? NONE) === key);
    if (chip !== undefined) choose(chip.value);
  };
  return (
    <ToggleButtonGroup
      className={styles.chips ?? ''}
      aria-label={props.label}
      disallowEmptySelection
      selectedKeys={[chosen ?? NONE]}
      onSelectionChange={take}
    >
      {chips.map(({ value, label, mark }) => (
        <ToggleButton key={value ?? NONE} id={value ?? NONE} className={styles.chip ?? ''}>
          {mark !== undefined && <Icon {...mark} />}
          {label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
