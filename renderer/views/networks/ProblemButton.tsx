import { useState } from 'react';
import type { ContextView } from '../../../main/contract/contexts.ts';
import { Button } from '../../components/Button.tsx';
import { ClusterRole } from '../../components/ClusterRole.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { useCommand } from '../../state/window.tsx';
import { strings } from '../../strings.ts';
import styles from './ProblemButton.module.css';

const text = strings.empty;

/** The button that deals with a context's problem. */
export function ProblemButton({ context }: { context: ContextView }) {
  const command = useCommand();
  const retry = () => void command('retryContext', { context: context.id });
  switch (context.problem?.code) {
    case 'untrustedPlugin':
      return (
        <Button look="primary" onPress={() => void command('trustPlugin', { context: context.id })}>
          {text.trust}
        </Button>
      );
    case 'badKubeconfig':
      return (
        <Button onPress={() => void command('reloadKubeconfig', {})}>{strings.actions.lookAgain}</Button>
      );
    case 'readOnly':
      return <RightsButton />;
    default:
      return <Button onPress={retry}>{strings.actions.retry}</Button>;
  }
}

/** Shows the rights to ask for, to copy. */
function RightsButton() {
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button onPress={() => setOpen(true)}>{text.showRights}</Button>
      {isOpen && (
        <Dialog title={text.rights} size="wide" close={close}>
          <ClusterRole />
          <div className={styles.buttons}>
            <Button onPress={close}>{strings.actions.close}</Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
