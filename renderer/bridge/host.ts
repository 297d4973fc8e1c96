import type { Bridge } from '../../main/contract/bridge.ts';
import { connectDesktop } from './desktop.ts';
import { connectBrowser } from './web.ts';
import type { WindowHost } from './window-host.ts';

/** The bridge that Electron's preload put there, or else a WebSocket to the page's own origin. */
export function connectHost(): WindowHost {
  if (window.netkeeper !== undefined) return connectDesktop(window.netkeeper);
  return connectBrowser({
    origin: window.location.origin,
    takeToken: takeTokenFromAddress,
    onNewToken: (listener) => window.addEventListener('hashchange', listener),
  });
}

/** The token of the address' fragment, which goes: it must not stay in the history or be copied along. */
function takeTokenFromAddress(): string | undefined {
  const token = window.location.hash.slice(1);
  if (token === '') return undefined;
  window.history.replaceState(null, '', window.location.pathname + window.location.search);
  return token;
}

declare global {
  interface Window {
    readonly netkeeper?: Bridge;
  }
}
