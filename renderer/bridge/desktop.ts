import type { Bridge } from '../../main/contract/bridge.ts';
import { windowEventSchema } from '../../main/contract/updates.ts';
import { checkReply, failWithoutAnswer } from './checks.ts';
import type { ConnectionState, WindowHost } from './window-host.ts';

const OPEN: ConnectionState = { status: 'open' };

/** The preload's bridge, with what comes over it checked. */
export function connectDesktop(preload: Bridge): WindowHost {
  return {
    kind: 'desktop',
    bridge: {
      invoke: (name, args) =>
        preload.invoke(name, args).then((reply) => checkReply(name, reply), failWithoutAnswer),
      onEvent: (listener) =>
        preload.onEvent((event) => {
          const parsed = windowEventSchema.safeParse(event);
          if (parsed.success) listener(parsed.data);
        }),
    },
    connection: { current: () => OPEN, subscribe: () => () => {}, retryNow: () => {} },
  };
}
