import { useState } from 'react';
import type { JournalEntry } from '../../../main/contract/journal.ts';
import { Button } from '../../components/Button.tsx';
import { confirmRestore } from '../../components/confirmations.ts';
import type { Confirmation } from '../../components/Dialog.tsx';
import { ConfirmDialog } from '../../components/Dialog.tsx';
import { actionsFor } from '../../state/networks.ts';
import { useCommand, useWindowState } from '../../state/window.tsx';
import { networkKey } from '../../state/window-state.ts';
import { strings } from '../../strings.ts';
import styles from './EntryAction.module.css';

/** Restore, where the network of the entry still waits for a person. */
export function EntryAction({ entry }: { entry: JournalEntry }) {
  const command = useCommand();
  const network = useWindowState((state) => state.networks.get(networkKey(entry)));
  const [confirmation, setConfirmation] = useState<Confirmation>();
  const waits = entry.event === 'asked' || entry.event === 'held' || entry.event === 'failed';
  if (!waits || network === undefined || !actionsFor(network.state).restore) return null;
  const { context, namespace, name } = network;
  const restore = () => void command('restoreNetwork', { context, namespace, name });
  return (
    <div className={styles.action}>
      <Button onPress={() => setConfirmation(confirmRestore(network, entry.contextName, restore))}>
        {strings.actions.restore}
      </Button>
      {confirmation !== undefined && (
        <ConfirmDialog confirmation={confirmation} close={() => setConfirmation(undefined)} />
      )}
    </div>
  );
}
