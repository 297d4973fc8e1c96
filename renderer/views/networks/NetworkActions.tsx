import { useState } from 'react';
import type { ContextView } from '../../../main/contract/contexts.ts';
import type { NetworkView } from '../../../main/contract/networks.ts';
import { Button } from '../../components/Button.tsx';
import { contextLabel } from '../../components/ContextName.tsx';
import { confirmLetGo, confirmRestore } from '../../components/confirmations.ts';
import type { Confirmation } from '../../components/Dialog.tsx';
import { ConfirmDialog } from '../../components/Dialog.tsx';
import { actionsFor } from '../../state/networks.ts';
import { useCommand } from '../../state/window.tsx';
import { strings } from '../../strings.ts';
import styles from './NetworkActions.module.css';

/** What a person can do about a network. Both write or forget something, so both ask before. */
export function NetworkActions({ network, context }: { network: NetworkView; context: ContextView }) {
  const command = useCommand();
  const [confirmation, setConfirmation] = useState<Confirmation>();
  const can = actionsFor(network.state);
  if (!can.restore && !can.letGo) return null;
  const target = { context: network.context, namespace: network.namespace, name: network.name };
  const where = contextLabel(context);
  const askRestore = () =>
    setConfirmation(confirmRestore(network, where, () => void command('restoreNetwork', target)));
  const askLetGo = () =>
    setConfirmation(confirmLetGo(network, where, () => void command('letGoNetwork', target)));
  return (
    <div className={styles.actions}>
      {can.restore && (
        <Button look="primary" onPress={askRestore}>
          {strings.actions.restore}
        </Button>
      )}
      {can.letGo && <Button onPress={askLetGo}>{strings.actions.letGo}</Button>}
      {confirmation !== undefined && (
        <ConfirmDialog confirmation={confirmation} close={() => setConfirmation(undefined)} />
      )}
    </div>
  );
}
