import type { ReactNode } from 'react';
import { useState } from 'react';
import type { NetworkView } from '../../../main/contract/networks.ts';
import { contextLabel } from '../../components/ContextName.tsx';
import { confirmRestore, confirmRestoreMany } from '../../components/confirmations.ts';
import type { Confirmation } from '../../components/Dialog.tsx';
import { ConfirmDialog } from '../../components/Dialog.tsx';
import { useCommand } from '../../state/window.tsx';
import { strings } from '../../strings.ts';
import type { ContextLooks } from './network-columns.tsx';

/** Brings networks back, one after the other, after one confirmation that names all of them. */
export function useRestoreMany(contexts: ContextLooks): {
  readonly ask: (networks: readonly NetworkView[]) => void;
  /** How far it is, in words; undefined: not under way. */
  readonly progress: string | undefined;
  /** To be put where it is offered. */
  readonly dialog: ReactNode;
} {
  const command = useCommand();
  const [confirmation, setConfirmation] = useState<Confirmation>();
  const [progress, setProgress] = useState<string>();
  const restore = async (networks: readonly NetworkView[]) => {
    for (const [done, { context, namespace, name }] of networks.entries()) {
      setProgress(strings.networks.restoring(done, networks.length));
      await command('restoreNetwork', { context, namespace, name });
    }
    setProgress(undefined);
  };
  const labelOf = ({ context }: NetworkView) => {
    const known = contexts.get(context);
    return known === undefined ? context : contextLabel(known);
  };
  const ask = (networks: readonly NetworkView[]) => {
    const [first, ...others] = networks;
    if (first === undefined) return;
    const confirm = () => void restore(networks);
    setConfirmation(
      others.length === 0
        ? confirmRestore(first, labelOf(first), confirm)
        : confirmRestoreMany(networks, labelOf, confirm),
    );
  };
  const dialog = confirmation && (
    <ConfirmDialog confirmation={confirmation} close={() => setConfirmation(undefined)} />
  );
  return { ask, progress, dialog };
}
