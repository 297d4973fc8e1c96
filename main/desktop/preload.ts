/** All that a page gets of us: the contract's bridge. Runs sandboxed, before the page, and is one CommonJS file. */
import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge } from '../contract/bridge.ts';
import type { WindowEvent } from '../contract/updates.ts';
import { EVENT_CHANNEL, INVOKE_CHANNEL } from './channels.ts';

const bridge: Bridge = {
  invoke: (name, args) => ipcRenderer.invoke(INVOKE_CHANNEL, name, args),
  onEvent(listener) {
    // The page must not see Electron's event: it has a way to the whole of ipcRenderer.
    const take = (_event: unknown, event: WindowEvent) => listener(event);
    ipcRenderer.on(EVENT_CHANNEL, take);
    return () => {
      ipcRenderer.off(EVENT_CHANNEL, take);
    };
  },
};

contextBridge.exposeInMainWorld('netkeeper', bridge);
