import { Button } from 'react-aria-components/Button';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Select as AriaSelect, SelectValue } from 'react-aria-components/Select';
import { Icon } from './Icon.tsx';
import menu from './Menu.module.css';
import popover from './Popover.module.css';
import styles from './Select.module.css';

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** What the choice means. */
  readonly what?: string;
}

/** One of several, from a list that opens. */
export function Select<Value extends string>(props: {
  label: string;
  choices: readonly Choice<Value>[];
  value: Value;
  choose: (value: Value) => void;
  look?: 'normal' | 'quiet';
  isDisabled?: boolean;
}) {
  const { label, choices, value, choose, look = 'normal', isDisabled = false } = props;
  const chosen = choices.find((choice) => choice.value === value);
  return (
    <AriaSelect
      aria-label={label}
      isDisabled={isDisabled}
      value={value}
      onChange={(key) => {
        const choice = choices.find((one) => one.value === key);
        if (choice !== undefined && choice.value !== value) choose(choice.value);
      }}
    >
      <Button className={`${styles.select} ${styles[look]}`}>
        <SelectValue className={styles.value ?? ''}>{chosen?.label ?? ''}</SelectValue>
        <Icon shape="chevron" tone="muted" />
      </Button>
      <Popover className={popover.popover ?? ''} offset={4}>
        <ListBox className={menu.menu ?? ''}>
          {choices.map((choice) => (
            <ListBoxItem
              key={choice.value}
              id={choice.value}
              textValue={choice.label}
              className={menu.item ?? ''}
            >
              <span className={styles.check}>{choice.value === value && <Icon shape="check" />}</span>
              <span>
                {choice.label}
                {choice.what !== undefined && <span className={styles.what}>{choice.what}</span>}
              </span>
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
