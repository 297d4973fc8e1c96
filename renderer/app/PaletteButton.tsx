import { useEffect, useState } from 'react';
import { Button } from '../components/Button.tsx';
import { Icon } from '../components/Icon.tsx';
import { IS_MAC } from '../platform.ts';
import { strings } from '../strings.ts';
import styles from './Palette.module.css';

/** Says that there is a palette, and by which keys. */
export function PaletteButton({ open }: { open: () => void }) {
  return (
    <Button look="quiet" onPress={open}>
      <Icon shape="search" tone="muted" />
      <span className={styles.word}>{strings.palette.open}</span>
      <kbd className={styles.keys}>{IS_MAC ? '⌘K' : 'Ctrl K'}</kbd>
    </Button>
  );
}

/** Whether the palette is open: by its button, or by Ctrl-K (on a Mac Cmd-K). */
export function usePaletteKey(): readonly [boolean, (isOpen: boolean) => void] {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(IS_MAC ? event.metaKey : event.ctrlKey)) return;
      event.preventDefault();
      setOpen((before) => !before);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  return [isOpen, setOpen];
}
