import type { Bridge } from '../../main/contract/bridge.ts';

/** How the window stands with the main process. The desktop's is always open. */
export type ConnectionState =
  | { readonly status: 'connecting' }
  | { readonly status: 'open' }
  /** Lost; tried again at that time, in ms since the epoch. */
  | { readonly status: 'waiting'; readonly retryAtMs: number }
  /** The window's key is not, or no longer, good. */
  | { readonly status: 'refused' };

export interface Connection {
  current(): ConnectionState;
  subscribe(listener: () => void): () => void;
  retryNow(): void;
}

/** What the window runs in. */
export interface WindowHost {
  readonly kind: 'desktop' | 'browser';
  readonly bridge: Bridge;
  readonly connection: Connection;
}
