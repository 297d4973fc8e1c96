import type { CommandArgs, CommandName, CommandResult, Reply } from './commands.ts';
import type { WindowEvent } from './updates.ts';

/** What a window has of the main process, over IPC or a WebSocket alike. */
export interface Bridge {
  invoke<Name extends CommandName>(name: Name, args: CommandArgs<Name>): Promise<Reply<CommandResult<Name>>>;
  /** Calls the listener for every event from now on; the returned function ends that. */
  onEvent(listener: (event: WindowEvent) => void): () => void;
}
