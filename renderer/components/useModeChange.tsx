import type { ReactNode } from 'react';
import { useState } from 'react';
import type { ContextMode, ContextView } from '../../main/contract/contexts.ts';
import { spellOut } from '../format.ts';
import { useCommand } from '../state/window.tsx';
import { strings } from '../strings.ts';
import { contextLabel } from './ContextName.tsx';
import type { Confirmation } from './Dialog.tsx';
import { ConfirmDialog } from './Dialog.tsx';

/** Changes a context's mode; for a protected one only after a confirmation that names it. */
export function useModeChange(context: ContextView): {
  setMode: (mode: ContextMode) => void;
  /** To be put where the change is offered. */
  dialog: ReactNode;
} {
  const command = useCommand();
  const [confirmation, setConfirmation] = useState<Confirmation>();
  const { id, isProtected } = context;
  const setMode = (mode: ContextMode) => {
    if (!isProtected) return void command('setMode', { context: id, mode });
    setConfirmation({
      title: strings.confirm.mode(spellOut(contextLabel(context)), mode),
      what: strings.confirm.modeWhat(mode),
      action: strings.confirm.change(mode),
      confirm: () => void command('setMode', { context: id, mode, isConfirmed: true }),
    });
  };
  const dialog = confirmation && (
    <ConfirmDialog confirmation={confirmation} close={() => setConfirmation(undefined)} />
  );
  return { setMode, dialog };
}
