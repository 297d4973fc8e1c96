import type { ReactNode } from 'react';
import { useState } from 'react';
import type { ContextMode, ContextView } from '../../main/contract/contexts.ts';
import { spellOut } from '../format.ts';
import type { GiveCommand } from '../state/window.tsx';
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
  const setMode = (mode: ContextMode) => {
    if (context.isProtected) setConfirmation(confirmModeChange(context, mode, command));
    else void command('setMode', { context: context.id, mode });
  };
  const dialog = confirmation && (
    <ConfirmDialog confirmation={confirmation} close={() => setConfirmation(undefined)} />
  );
  return { setMode, dialog };
}

export function confirmModeChange(
  context: ContextView,
  mode: ContextMode,
  command: GiveCommand,
): Confirmation {
  return {
    title: strings.confirm.mode(spellOut(contextLabel(context)), mode),
    what: strings.confirm.modeWhat(mode),
    action: strings.confirm.change(mode),
    confirm: () => void command('setMode', { context: context.id, mode, isConfirmed: true }),
  };
}
