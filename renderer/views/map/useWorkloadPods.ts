import { useEffect, useState } from 'react';
import type { NetworkUserView } from '../../../main/contract/networks.ts';
import { useWindowModel } from '../../state/window.tsx';
import type { MapUser } from './map-data.ts';

/** Networks of a workload that are asked for its pods: each of its pods is nearly always on the first. */
const MOST_ASKED = 4;
/** `osd-2` before `osd-10`. */
const byName = new Intl.Collator('en', { numeric: true });

/** Names of the workload's pods, in order; undefined: on their way; null: could not be read. */
export function useWorkloadPods(
  context: string,
  user: MapUser,
  networks: readonly { readonly namespace: string; readonly name: string }[],
): readonly string[] | null | undefined {
  const { host } = useWindowModel();
  const { kind, namespace, name } = user;
  // The same as a text, so that a new list of the same networks asks for nothing.
  const asked = JSON.stringify(
    networks.slice(0, MOST_ASKED).map((network) => ({ namespace: network.namespace, name: network.name })),
  );
  const key = JSON.stringify([context, kind, namespace, name]);
  const [known, setKnown] = useState<{ readonly key: string; readonly pods: readonly string[] | null }>();
  useEffect(() => {
    let isWanted = true;
    const targets: readonly { namespace: string; name: string }[] = JSON.parse(asked);
    const read = async () => {
      const replies = await Promise.all(
        targets.map((target) => host.bridge.invoke('networkDetail', { context, ...target })),
      );
      if (!isWanted) return;
      const users = replies.flatMap((reply) => (reply.ok ? reply.value.users : []));
      const pods = users.filter((one) => isPodOf(one, { kind, namespace, name })).map((pod) => pod.name);
      setKnown({ key, pods: replies.some(({ ok }) => ok) ? [...new Set(pods)].sort(byName.compare) : null });
    };
    void read();
    return () => {
      isWanted = false;
    };
  }, [host, context, kind, namespace, name, asked, key]);
  return known?.key === key ? known.pods : undefined;
}

function isPodOf(one: NetworkUserView, { kind, namespace, name }: Omit<MapUser, 'pods'>): boolean {
  if (one.kind !== 'Pod' || one.namespace !== namespace) return false;
  if (kind === 'Pod') return one.name === name;
  return one.owner?.kind === kind && one.owner.name === name;
}
