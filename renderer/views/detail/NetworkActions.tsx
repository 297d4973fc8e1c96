import { useState } from 'react';
import type { ContextView } from '../../../main/contract/contexts.ts';
import type { NetworkDetail, NetworkView } from '../../../main/contract/networks.ts';
import { Button } from '../../components/Button.tsx';
import { contextLabel } from '../../components/ContextName.tsx';
import { confirmLetGo, confirmRestore, confirmUndo } from '../../components/confirmations.ts';
import type { Confirmation } from '../../components/Dialog.tsx';
import { ConfirmDialog } from '../../components/Dialog.tsx';
import { actionsFor } from '../../state/networks.ts';
import { useCommand } from '../../state/window.tsx';
import { strings } from '../../strings.ts';
import { CopyMenu } from './CopyMenu.tsx';
import styles from './NetworkActions.module.css';
import { isThere } from './same-name.ts';

interface NetworkActionsProps {
  readonly network: NetworkView;
  readonly context: ContextView;
  readonly detail: NetworkDetail | undefined;
}

/** What a person can do about a network. What writes, deletes or forgets something asks before. */
export function NetworkActions({ network, context, detail }: NetworkActionsProps) {
  const command = useCommand();
  const [confirmation, setConfirmation] = useState<Confirmation>();
  const can = actionsFor(network.state);
  const target = { context: network.context, namespace: network.namespace, name: network.name };
  const where = contextLabel(context);
  const askRestore = () =>
    setConfirmation(confirmRestore(network, where, () => void command('restoreNetwork', target)));
  const askLetGo = () =>
    setConfirmation(confirmLetGo(network, where, () => void command('letGoNetwork', target)));
  const askUndo = () =>
    setConfirmation(
      confirmUndo(network, where, () => void command('undoRestore', { ...target, isConfirmed: true })),
    );
  return (
    <div className={styles.actions}>
      {can.restore && (
        <Button look="primary" onPress={askRestore}>
          {strings.actions.restore}
        </Button>
      )}
      {can.letGo && <Button onPress={askLetGo}>{strings.actions.letGo}</Button>}
      {detail?.canUndo && isThere(network) && (
        <Button onPress={askUndo}>{strings.actions.deleteAgain}</Button>
      )}
      <CopyMenu network={network} context={context} manifest={detail?.manifest} />
      {confirmation !== undefined && (
        <ConfirmDialog confirmation={confirmation} close={() => setConfirmation(undefined)} />
      )}
    </div>
  );
}
