/** The double's end of the pipe to the test. Without a pipe (a second start by hand) nothing is recorded. */
import type { DesktopCommand, DesktopRecord, FromDouble, FromTest } from './messages.ts';

type Handler<Do extends DesktopCommand['do']> = (command: Extract<DesktopCommand, { do: Do }>) => unknown;

const handlers = new Map<string, (command: never) => unknown>();

/** Tells the test what happened. */
export function record(what: DesktopRecord): void {
  tell({ record: { ...what, at: Date.now() } });
}

/** Tells the test, and throws: Electron would have thrown. */
export function refuse(why: string): never {
  record({ what: 'refused', why });
  throw new Error(why);
}

export function onCommand<Do extends DesktopCommand['do']>(name: Do, handler: Handler<Do>): void {
  handlers.set(name, handler);
}

function tell(message: FromDouble): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => {});
}

process.on('message', async ({ id, command }: FromTest) => {
  try {
    const handler = handlers.get(command.do);
    if (handler === undefined) throw new Error(`The double does not know how to ${command.do}.`);
    tell({ answerTo: id, value: await handler(command as never) });
  } catch (error) {
    tell({ answerTo: id, error: error instanceof Error ? error.message : String(error) });
  }
});
