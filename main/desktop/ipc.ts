import type { IpcMainInvokeEvent, WebContents } from 'electron';
import { ipcMain } from 'electron';
import type { Reply } from '../contract/commands.ts';
import type { Service } from '../keeper/service.ts';
import { INVOKE_CHANNEL } from './channels.ts';
import { isOurs } from './pages.ts';

/**
 * Answers the commands of windows. One channel, one handler: it looks at who asks, and the service checks name and
 * arguments against the contract. Never rejects, so that no stack of ours reaches a page.
 * @param onSnapshot  called before a page gets a snapshot: it listens from then on
 */
export function answerCommands(
  service: Promise<Service>,
  onSnapshot: (contents: WebContents, service: Service) => void,
): void {
  ipcMain.handle(INVOKE_CHANNEL, async (event, name: unknown, args: unknown): Promise<Reply<unknown>> => {
    if (!isOurWindow(event)) return refusal('This page may not give commands.');
    if (typeof name !== 'string') return refusal('A command has a name.');
    const ready = await service;
    if (name === 'snapshot') onSnapshot(event.sender, ready);
    return ready.invoke(name, args);
  });
}

/** The top frame of one of our own pages; a frame that has gone cannot be asked and is nobody. */
function isOurWindow({ senderFrame }: IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && isOurs(senderFrame.url);
}

function refusal(message: string): Reply<never> {
  return { ok: false, code: 'badRequest', message, remedy: 'Close the window and open it again.' };
}
