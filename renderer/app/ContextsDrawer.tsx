import { useState } from 'react';
import { Dialog, DialogTrigger, Modal, ModalOverlay } from 'react-aria-components/Modal';
import { Button } from '../components/Button.tsx';
import { Icon } from '../components/Icon.tsx';
import { strings } from '../strings.ts';
import styles from './ContextsDrawer.module.css';
import { Sidebar } from './Sidebar.tsx';

/** Where there is no room for the sidebar: a button that opens it over the window, until a context is chosen. */
export function ContextsDrawer() {
  const [isOpen, setOpen] = useState(false);
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button look="quiet" className={styles.button} aria-label={strings.frame.contexts}>
        <Icon shape="sidebar" />
      </Button>
      <ModalOverlay className={styles.overlay ?? ''} isDismissable>
        <Modal className={styles.modal ?? ''}>
          <Dialog className={styles.dialog ?? ''} aria-label={strings.frame.contexts}>
            <Sidebar close={() => setOpen(false)} />
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}
