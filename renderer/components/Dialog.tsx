import type { ReactNode } from 'react';
import { useEffect, useId, useRef } from 'react';
import { strings } from '../strings.ts';
import { Button } from './Button.tsx';
import styles from './Dialog.module.css';

export interface Confirmation {
  readonly title: string;
  readonly what: string;
  /** What the button says that does it. */
  readonly action: string;
  readonly confirm: () => void;
}

/**
 * Asks before something is done; Cancel has the focus. The browser's own modal dialog keeps the focus inside, closes
 * on Escape and gives the focus back.
 */
export function ConfirmDialog({ confirmation, close }: { confirmation: Confirmation; close: () => void }) {
  const { title, what, action, confirm } = confirmation;
  return (
    <Modal title={title} close={close}>
      <p className={styles.what}>{what}</p>
      <div className={styles.buttons}>
        <Button autoFocus onClick={close}>
          {strings.actions.cancel}
        </Button>
        <Button
          look="primary"
          onClick={() => {
            close();
            confirm();
          }}
        >
          {action}
        </Button>
      </div>
    </Modal>
  );
}

function Modal({ title, close, children }: { title: string; close: () => void; children: ReactNode }) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog ref={ref} className={styles.dialog} aria-labelledby={titleId} onClose={close}>
      <h2 id={titleId} className={styles.title}>
        {title}
      </h2>
      {children}
    </dialog>
  );
}
