import type { ReactNode } from 'react';
import { Menu, MenuItem, MenuSection, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Button } from './Button.tsx';
import styles from './CheckMenu.module.css';
import { Icon } from './Icon.tsx';
import menu from './Menu.module.css';
import popover from './Popover.module.css';

export interface CheckItem<Name extends string> {
  readonly name: Name;
  readonly label: string;
  /** Why it cannot be seen at the moment. */
  readonly note?: string | undefined;
}

const RESET = 'reset';

/** A button that opens a list of things, each of which is there or not. */
export function CheckMenu<Name extends string>(props: {
  label: string;
  items: readonly CheckItem<Name>[];
  checked: readonly Name[];
  check: (names: readonly Name[]) => void;
  /** Gives back what is checked at first; absent where that is so. */
  reset?: { readonly label: string; readonly do: () => void } | undefined;
  children: ReactNode;
}) {
  const { label, items, checked, check, reset } = props;
  return (
    <MenuTrigger>
      <Button look="quiet" aria-label={label}>
        {props.children}
      </Button>
      <Popover className={popover.popover ?? ''} offset={4} placement="bottom end">
        <Menu className={menu.menu ?? ''} aria-label={label} onAction={(key) => key === RESET && reset?.do()}>
          <MenuSection
            aria-label={label}
            selectionMode="multiple"
            selectedKeys={checked}
            onSelectionChange={(keys) =>
              check(items.filter(({ name }) => keys === 'all' || keys.has(name)).map(({ name }) => name))
            }
          >
            {items.map(({ name, label: itemLabel, note }) => (
              <MenuItem key={name} id={name} textValue={itemLabel} className={menu.item ?? ''}>
                {({ isSelected }) => (
                  <>
                    <span className={styles.check}>{isSelected && <Icon shape="check" />}</span>
                    {itemLabel}
                    {isSelected && note !== undefined && <span className={styles.note}>{note}</span>}
                  </>
                )}
              </MenuItem>
            ))}
          </MenuSection>
          {reset !== undefined && (
            <MenuItem id={RESET} className={`${menu.item} ${styles.reset}`}>
              {reset.label}
            </MenuItem>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
