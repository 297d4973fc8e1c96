import { contextLabel } from '../components/ContextName.tsx';
import { confirmRestore } from '../components/confirmations.ts';
import type { Confirmation } from '../components/Dialog.tsx';
import { confirmModeChange } from '../components/useModeChange.tsx';
import { useView } from '../state/view.tsx';
import { useCommand, useWindowState } from '../state/window.tsx';
import type { PaletteAction } from './palette-items.ts';

/** Does what was chosen in the palette; what writes, or changes a protected context, is asked about first. */
export function usePaletteAction(ask: (confirmation: Confirmation) => void): (action: PaletteAction) => void {
  const contexts = useWindowState((state) => state.contexts);
  const { change } = useView();
  const command = useCommand();
  const find = (id: string) => contexts.find((context) => context.id === id);
  return (action) => {
    switch (action.do) {
      case 'look':
        return change({ do: 'choose', scope: [action.context] });
      case 'show':
        return change({ do: 'showNetwork', network: action.network });
      case 'open':
        return change({ do: 'open', view: action.view });
      case 'setMode': {
        const context = find(action.context);
        if (context === undefined) return;
        if (context.isProtected) return ask(confirmModeChange(context, action.mode, command));
        return void command('setMode', { context: context.id, mode: action.mode });
      }
      case 'restore': {
        const { context, namespace, name } = action.network;
        const found = find(context);
        if (found === undefined) return;
        const restore = () => void command('restoreNetwork', { context, namespace, name });
        return ask(confirmRestore(action.network, contextLabel(found), restore));
      }
      case 'pause':
        return void command('pause', {});
      case 'resume':
        return void command('resume', {});
      case 'reload':
        return void command('reloadKubeconfig', {});
    }
  };
}
