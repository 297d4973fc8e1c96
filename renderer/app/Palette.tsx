import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { Autocomplete } from 'react-aria-components/Autocomplete';
import { Input } from 'react-aria-components/Input';
import { Header, Menu, MenuItem, MenuSection } from 'react-aria-components/Menu';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components/Modal';
import { SearchField } from 'react-aria-components/SearchField';
import type { FoundUser } from '../../main/contract/networks.ts';
import type { Confirmation } from '../components/Dialog.tsx';
import { ConfirmDialog } from '../components/Dialog.tsx';
import { Icon } from '../components/Icon.tsx';
import { useWindowModel, useWindowState } from '../state/window.tsx';
import { strings } from '../strings.ts';
import styles from './Palette.module.css';
import type { PaletteAction, PaletteSection } from './palette-items.ts';
import { findPaletteItems } from './palette-items.ts';
import { usePaletteAction } from './usePaletteAction.ts';

const text = strings.palette;
const LEAST_LETTERS_FOR_USERS = 2;

/** Find a context, a network or a pod, or say what to do: everything from the keyboard. */
export function Palette({ isOpen, setOpen }: { isOpen: boolean; setOpen: (isOpen: boolean) => void }) {
  const [confirmation, setConfirmation] = useState<Confirmation>();
  const act = usePaletteAction(setConfirmation);
  return (
    <>
      <ModalOverlay className={styles.overlay ?? ''} isDismissable isOpen={isOpen} onOpenChange={setOpen}>
        <Modal className={styles.modal ?? ''}>
          <Dialog className={styles.dialog ?? ''} aria-label={text.title}>
            <Finder
              choose={(action) => {
                setOpen(false);
                act(action);
              }}
            />
          </Dialog>
        </Modal>
      </ModalOverlay>
      {confirmation !== undefined && (
        <ConfirmDialog confirmation={confirmation} close={() => setConfirmation(undefined)} />
      )}
    </>
  );
}

function Finder({ choose }: { choose: (action: PaletteAction) => void }) {
  const [typed, setTyped] = useState('');
  const sections = useSections(useDeferredValue(typed));
  const actions = new Map(sections.flatMap(({ items }) => items.map(({ id, action }) => [id, action])));
  return (
    <Autocomplete inputValue={typed} onInputChange={setTyped}>
      <SearchField className={styles.field ?? ''} aria-label={text.title} autoFocus>
        <Icon shape="search" tone="muted" />
        <Input className={styles.input ?? ''} placeholder={text.hint} spellCheck={false} />
      </SearchField>
      <Menu
        className={styles.results ?? ''}
        aria-label={text.results}
        renderEmptyState={() => <p className={styles.nothing}>{text.nothing}</p>}
        onAction={(key) => {
          const action = actions.get(String(key));
          if (action !== undefined) choose(action);
        }}
      >
        {sections.map(({ title, items }) => (
          <MenuSection key={title}>
            <Header className={styles.section}>{title}</Header>
            {items.map(({ id, label, hint }) => (
              <MenuItem key={id} id={id} textValue={label} className={styles.item ?? ''}>
                <bdi className={styles.label}>{label}</bdi>
                <bdi className={styles.hint}>{hint}</bdi>
              </MenuItem>
            ))}
          </MenuSection>
        ))}
      </Menu>
    </Autocomplete>
  );
}

function useSections(typed: string): readonly PaletteSection[] {
  const contexts = useWindowState((state) => state.contexts);
  const networks = useWindowState((state) => state.networks);
  const settings = useWindowState((state) => state.settings);
  const users = useFoundUsers(typed);
  return useMemo(
    () => findPaletteItems(typed, { contexts, networks, settings }, users),
    [typed, contexts, networks, settings, users],
  );
}

/** The main process is asked: a window does not know every pod. */
function useFoundUsers(typed: string): readonly FoundUser[] {
  const { bridge } = useWindowModel().host;
  const [found, setFound] = useState<readonly FoundUser[]>([]);
  const words = typed.trim();
  useEffect(() => {
    if (words.length < LEAST_LETTERS_FOR_USERS) return setFound([]);
    let isWanted = true;
    void bridge.invoke('findUsers', { words }).then((reply) => {
      if (isWanted) setFound(reply.ok ? reply.value : []);
    });
    return () => {
      isWanted = false;
    };
  }, [bridge, words]);
  return found;
}
