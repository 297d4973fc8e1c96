import type { ReactNode } from 'react';
import { Menu as AriaMenu, MenuItem as AriaMenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';
import styles from './Menu.module.css';
import popover from './Popover.module.css';

export interface MenuItem {
  readonly label: string;
  readonly choose: () => void;
}

/** A button that opens a list of things to do. */
export function Menu(props: {
  label: string;
  items: readonly MenuItem[];
  isDisabled?: boolean;
  look?: 'normal' | 'quiet';
  children: ReactNode;
}) {
  const { label, items, isDisabled = false, look = 'normal' } = props;
  return (
    <MenuTrigger>
      <Button look={look} aria-label={label} isDisabled={isDisabled}>
        {props.children}
        <Icon shape="chevron" />
      </Button>
      <Popover className={popover.popover ?? ''} offset={4} placement="bottom end">
        <AriaMenu className={styles.menu ?? ''} aria-label={label}>
          {items.map((item) => (
            <AriaMenuItem key={item.label} className={styles.item ?? ''} onAction={item.choose}>
              {item.label}
            </AriaMenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
