/** The double of `ipcMain`. What crosses must be cloneable, and a channel must have a handler. */
import { EventEmitter } from 'node:events';
import { record, refuse } from './control.ts';

type Handler = (event: unknown, ...args: unknown[]) => unknown;

const handlers = new Map<string, Handler>();

class IpcMain extends EventEmitter {
  handle(channel: string, handler: Handler): void {
    if (handlers.has(channel)) refuse(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  }

  removeHandler(channel: string): void {
    handlers.delete(channel);
  }
}

export const ipcMain = new IpcMain();

/** Throws as `ipcRenderer.invoke` rejects. */
export async function answerInvoke(event: unknown, channel: string, args: unknown[]): Promise<unknown> {
  const handler = handlers.get(channel);
  if (handler === undefined) {
    record({ what: 'refused', why: `No handler registered for '${channel}'` });
    throw new Error(`Error invoking remote method '${channel}': No handler registered for '${channel}'`);
  }
  return requireCloneable(await handler(event, ...args));
}

export function requireCloneable<Value>(value: Value): Value {
  try {
    return structuredClone(value);
  } catch {
    return refuse('An object could not be cloned.');
  }
}
