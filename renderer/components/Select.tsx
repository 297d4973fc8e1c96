import { Button } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { strings } from '../strings.ts';
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

/**
 * One of several, from a list that opens. A menu of radio items, because it does not exist until then: React Aria's
 * Select keeps its list and a field for forms at all times, which was a third of the work of opening a window with
 * twenty contexts.
 */
export function Select<Value extends string>(props: {
  label: string;
  choices: readonly Choice<Value>[];
  value: Value;
  choose: (value: Value) => void;
  look?: 'normal' | 'quiet';
  isDisabled?: boolean;
}) {
  const { label, choices, value, choose, look = 'normal', isDisabled = false } = props;
  const chosen = choices.find((choice) => choice.value === value)?.label ?? '';
  return (
    <MenuTrigger>
      <Button
        className={`${styles.select} ${styles[look]}`}
        aria-label={strings.picker.picked(label, chosen)}
        isDisabled={isDisabled}
      >
        <span className={styles.value}>{chosen}</span>
        <Icon shape="chevron" tone="muted" />
      </Button>
      <Popover className={popover.popover ?? ''} offset={4}>
        <Menu
          className={menu.menu ?? ''}
          aria-label={label}
          selectionMode="single"
          selectedKeys={[value]}
          disallowEmptySelection
          onAction={(key) => {
            const choice = choices.find((one) => one.value === key);
            if (choice !== undefined && choice.value !== value) choose(choice.value);
          }}
        >
          {choices.map((choice) => (
            <MenuItem
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
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
