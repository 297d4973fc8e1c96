import { memo, useState } from 'react';
import { Autocomplete } from 'react-aria-components/Autocomplete';
import { Input } from 'react-aria-components/Input';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { SearchField } from 'react-aria-components/SearchField';
import { formatNumber } from '../numbers.ts';
import { strings } from '../strings.ts';
import { Button } from './Button.tsx';
import type { Mark } from './Icon.tsx';
import { Icon } from './Icon.tsx';
import menu from './Menu.module.css';
import styles from './Picker.module.css';
import popover from './Popover.module.css';

export interface PickerChoice {
  /** undefined: whichever */
  readonly value: string | undefined;
  readonly label: string;
  readonly mark?: Mark;
  readonly count?: number;
}

interface PickerProps {
  readonly label: string;
  /** Of what is picked; undefined: nothing is. */
  readonly picked: string | undefined;
  /** Called when it opens: what can be picked is not worth knowing before. */
  readonly choices: () => readonly PickerChoice[];
  readonly value: string | undefined;
  readonly pick: (value: string | undefined) => void;
}

/** With more choices than this there is a field to find one. */
const MOST_WITHOUT_FIELD = 10;
const MOST_SHOWN = 100;

/** A button that says what is picked, and opens a list to pick from; a long list can be searched. */
export const Picker = memo(function Picker({ label, picked, choices, value, pick }: PickerProps) {
  return (
    <MenuTrigger>
      <Button className={`${styles.button} ${picked === undefined ? '' : styles.picked}`}>
        <bdi className={styles.label}>
          {picked === undefined ? label : strings.picker.picked(label, picked)}
        </bdi>
        <Icon shape="chevron" tone="muted" />
      </Button>
      <Popover className={`${popover.popover} ${styles.popover}`} offset={4}>
        <Choices label={label} choices={choices} value={value} pick={pick} />
      </Popover>
    </MenuTrigger>
  );
});

function Choices({ label, choices, value, pick }: Omit<PickerProps, 'picked'>) {
  // As they are when it opens: a list whose numbers run is hard to pick from.
  const [all] = useState(choices);
  const [typed, setTyped] = useState('');
  const found = all.filter((choice) => choice.label.toLowerCase().includes(typed.trim().toLowerCase()));
  const list = (
    <Menu
      className={`${menu.menu} ${styles.list}`}
      aria-label={label}
      selectionMode="single"
      selectedKeys={[keyOf(value)]}
      disallowEmptySelection
      renderEmptyState={() => <p className={styles.note}>{strings.picker.nothing}</p>}
      onAction={(key) => pick(all.find((choice) => keyOf(choice.value) === key)?.value)}
    >
      {found.slice(0, MOST_SHOWN).map((choice) => (
        <MenuItem
          key={keyOf(choice.value)}
          id={keyOf(choice.value)}
          textValue={choice.label}
          className={menu.item ?? ''}
        >
          {({ isSelected }) => (
            <>
              <span className={styles.check}>{isSelected && <Icon shape="check" />}</span>
              {choice.mark !== undefined && <Icon {...choice.mark} />}
              <bdi className={styles.choice}>{choice.label}</bdi>
              {choice.count !== undefined && (
                <span className={styles.count}>{formatNumber(choice.count)}</span>
              )}
            </>
          )}
        </MenuItem>
      ))}
    </Menu>
  );
  if (all.length <= MOST_WITHOUT_FIELD) return list;
  return (
    <Autocomplete inputValue={typed} onInputChange={setTyped}>
      <SearchField className={styles.field ?? ''} aria-label={strings.picker.find(label)} autoFocus>
        <Icon shape="search" tone="muted" />
        <Input className={styles.input ?? ''} placeholder={strings.picker.find(label)} spellCheck={false} />
      </SearchField>
      {list}
      {found.length > MOST_SHOWN && (
        <p className={styles.note}>{strings.picker.more(found.length - MOST_SHOWN)}</p>
      )}
    </Autocomplete>
  );
}

/** React Aria takes no undefined for a key, and a value can be any text. */
function keyOf(value: string | undefined): string {
  return value === undefined ? 'any' : `=${value}`;
}
