import { useEffect, useState } from 'react';
import type { NetworkDetail, NetworkName } from '../../../main/contract/networks.ts';
import type { Feed } from '../../state/feed.ts';
import { useWindowModel } from '../../state/window.tsx';
import type { NetworkKey } from '../../state/window-state.ts';
import { networkKey } from '../../state/window-state.ts';

/**
 * A network's detail, asked for anew whenever the network or its journal changes. undefined: on its way; null: not
 * known.
 */
export function useNetworkDetail({
  context,
  namespace,
  name,
}: NetworkName): NetworkDetail | null | undefined {
  const { host, feed } = useWindowModel();
  const key = networkKey({ context, namespace, name });
  const [known, setKnown] = useState<{ readonly key: NetworkKey; readonly detail: NetworkDetail | null }>();
  useEffect(() => {
    let isWanted = true;
    let seen = currentParts(feed, key);
    const load = async () => {
      const reply = await host.bridge.invoke('networkDetail', { context, namespace, name });
      if (isWanted) setKnown({ key, detail: reply.ok ? reply.value : null });
    };
    const unsubscribe = feed.subscribe(() => {
      const now = currentParts(feed, key);
      if (now.network === seen.network && now.entry === seen.entry) return;
      seen = now;
      void load();
    });
    void load();
    return () => {
      isWanted = false;
      unsubscribe();
    };
  }, [host, feed, key, context, namespace, name]);
  return known?.key === key ? known.detail : undefined;
}

/** The parts of the state that tell of a change to the network. */
function currentParts(feed: Feed, key: NetworkKey) {
  const current = feed.current();
  if (current.status !== 'ready') return { network: undefined, entry: undefined };
  const { networks, journal } = current.state;
  return { network: networks.get(key), entry: journal.find((entry) => networkKey(entry) === key) };
}
