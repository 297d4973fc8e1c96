import type { ReactNode } from 'react';
import { createContext, use, useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { CommandArgs, CommandName, CommandResult, Reply } from '../../main/contract/commands.ts';
import type { NetworkName } from '../../main/contract/networks.ts';
import type { ConnectionState, WindowHost } from '../bridge/window-host.ts';
import type { Failure, Feed } from './feed.ts';
import type { View } from './view-state.ts';
import type { WindowState } from './window-state.ts';

/** What every component may use. */
export interface WindowModel {
  readonly host: WindowHost;
  readonly feed: Feed;
  /** Tells a person that something went wrong. */
  readonly report: (failure: Failure) => void;
  readonly showNetwork: (network: NetworkName) => void;
  readonly openView: (view: View) => void;
  readonly chooseContext: (id: string) => void;
}

export const WindowModelContext = createContext<WindowModel | undefined>(undefined);

export function useWindowModel(): WindowModel {
  const model = use(WindowModelContext);
  if (model === undefined) throw new Error('There is no window model around this component.');
  return model;
}

/** A part of the state; renders again when that part is another object. Only where a state is there. */
export function useWindowState<Part>(select: (state: WindowState) => Part): Part {
  const { feed } = useWindowModel();
  return useSyncExternalStore(feed.subscribe, () => {
    const current = feed.current();
    if (current.status !== 'ready') throw new Error('There is no state yet.');
    return select(current.state);
  });
}

export type GiveCommand = <Name extends CommandName>(
  name: Name,
  args: CommandArgs<Name>,
) => Promise<Reply<CommandResult<Name>>>;

/** Gives a command, and reports it if it fails. */
export function useCommand(): GiveCommand {
  const { host, report } = useWindowModel();
  return useCallback<GiveCommand>(
    async (name, args) => {
      const reply = await host.bridge.invoke(name, args);
      if (!reply.ok) report(reply);
      return reply;
    },
    [host, report],
  );
}

export function useConnection(): ConnectionState {
  const { connection } = useWindowModel().host;
  return useSyncExternalStore(connection.subscribe, connection.current);
}

const NowContext = createContext(0);
const TICK_MS = 10_000;

/** Has the time in ms since the epoch for all that show an age, renewed every few seconds. */
export function NowProvider({ children }: { children: ReactNode }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return <NowContext value={now}>{children}</NowContext>;
}

export function useNow(): number {
  return use(NowContext);
}
