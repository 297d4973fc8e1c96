import { app, dialog } from 'electron';
import type { CommandArgs, CommandName } from '../contract/commands.ts';
import type { Service } from '../keeper/service.ts';
import type { MenuAction } from './menu-model.ts';
import type { Window } from './window.ts';

const DO_IT = 0;

/**
 * Carries out what was chosen in a menu. Gives whether it was done; what went wrong is told in the window, which
 * opens for it. Never rejects.
 */
export async function carryOut(action: MenuAction, service: Service, window: Window): Promise<boolean> {
  switch (action.do) {
    case 'open':
      window.open();
      return true;
    case 'showEntry':
      window.open(action.entry);
      return true;
    case 'quit':
      app.quit();
      return true;
    case 'pause':
      return give(service, window, 'pause', action.minutes === undefined ? {} : { minutes: action.minutes });
    case 'resume':
      return give(service, window, 'resume', {});
    case 'setMode': {
      const { context, mode, confirm } = action;
      if (confirm === undefined) return give(service, window, 'setMode', { context, mode });
      if (!(await isConfirmed(confirm))) return false;
      return give(service, window, 'setMode', { context, mode, isConfirmed: true });
    }
  }
}

/** Gives the service a command in the name of the user, who is told in the window if it fails. */
export async function give<Name extends CommandName>(
  service: Service,
  window: Window,
  name: Name,
  args: CommandArgs<Name>,
): Promise<boolean> {
  const reply = await service.invoke(name, args);
  if (reply.ok) return true;
  service.addNotice(`${reply.message} ${reply.remedy}`.trim());
  window.open();
  return false;
}

async function isConfirmed(question: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    title: 'NetKeeper',
    message: question,
    buttons: ['Change the mode', 'Cancel'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  });
  return response === DO_IT;
}
