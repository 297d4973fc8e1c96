import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components/Modal';
import { strings } from '../strings.ts';
import { Button } from './Button.tsx';
import styles from './Dialog.module.css';

export interface Confirmation {
  readonly title: string;
  readonly what: string;
  /** What it is about, where that is more than one. */
  readonly items?: readonly string[];
  /** What the button says that does it. */
  readonly action: string;
  readonly confirm: () => void;
}

/** Asks before something is done; Cancel has the focus, so that a hasty Enter does nothing. */
export function ConfirmDialog({ confirmation, close }: { confirmation: Confirmation; close: () => void }) {
  const { title, what, items, action, confirm } = confirmation;
  return (
    <Dialog title={title} role="alertdialog" close={close}>
      <p className={styles.what}>{what}</p>
      {items !== undefined && (
        <ul className={styles.items}>
          {items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      )}
      <div className={styles.buttons}>
        <Button autoFocus onPress={close}>
          {strings.actions.cancel}
        </Button>
        <Button
          look="primary"
          onPress={() => {
            close();
            confirm();
          }}
        >
          {action}
        </Button>
      </div>
    </Dialog>
  );
}

/** Over the window: keeps the focus inside, closes on Escape and a click outside, and gives the focus back. */
export function Dialog(props: {
  title: string;
  close: () => void;
  role?: 'dialog' | 'alertdialog';
  /** `wide` for more than a few sentences. */
  size?: 'normal' | 'wide';
  children: ReactNode;
}) {
  return (
    <ModalOverlay
      className={styles.overlay ?? ''}
      isOpen
      isDismissable
      onOpenChange={(isOpen) => {
        if (!isOpen) props.close();
      }}
    >
      <Modal className={`${styles.modal} ${props.size === 'wide' ? styles.wide : ''}`}>
        <AriaDialog className={styles.dialog ?? ''} role={props.role ?? 'dialog'}>
          <Heading slot="title" level={2} className={styles.title ?? ''}>
            {props.title}
          </Heading>
          {props.children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
