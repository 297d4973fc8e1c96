import { useCallback, useEffect, useState } from 'react';
import type { NetworkView, UsageMap } from '../../../main/contract/networks.ts';
import type { Failure, Feed } from '../../state/feed.ts';
import { useWindowModel } from '../../state/window.tsx';

/** Answers are not asked for more often, however fast networks change. */
const MOST_OFTEN_MS = 2_000;

export interface KnownUsage {
  /** The last that was told; undefined: nothing yet. */
  readonly usage: UsageMap | undefined;
  /** Why the last question was not answered. */
  readonly failure: Failure | undefined;
  readonly askAgain: () => void;
}

interface Answer {
  readonly context: string;
  readonly usage: UsageMap | undefined;
  readonly failure: Failure | undefined;
}

/** Who uses which network in a context, asked for anew when its networks change. */
export function useUsageMap(context: string): KnownUsage {
  const { host, feed } = useWindowModel();
  const [answer, setAnswer] = useState<Answer>();
  const [round, setRound] = useState(0);
  useEffect(() => {
    let isWanted = round >= 0;
    let isAsking = false;
    let isStale = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      isAsking = true;
      isStale = false;
      const reply = await host.bridge.invoke('usageMap', { context });
      isAsking = false;
      if (!isWanted) return;
      setAnswer((before) => {
        if (reply.ok) return { context, usage: reply.value, failure: undefined };
        return { context, usage: before?.context === context ? before.usage : undefined, failure: reply };
      });
      timer = setTimeout(rest, MOST_OFTEN_MS);
    };
    const rest = () => {
      timer = undefined;
      if (isStale) void ask();
    };
    let seen = networksOf(feed, context);
    const unsubscribe = feed.subscribe(() => {
      const now = networksOf(feed, context);
      if (now === seen || isSame(now, seen)) return;
      seen = now;
      isStale = true;
      if (!isAsking && timer === undefined) void ask();
    });
    void ask();
    return () => {
      isWanted = false;
      clearTimeout(timer);
      unsubscribe();
    };
  }, [host, feed, context, round]);
  const askAgain = useCallback(() => setRound((before) => before + 1), []);
  const isOfContext = answer?.context === context;
  return {
    usage: isOfContext ? answer.usage : undefined,
    failure: isOfContext ? answer.failure : undefined,
    askAgain,
  };
}

function networksOf(feed: Feed, context: string): readonly NetworkView[] {
  const current = feed.current();
  if (current.status !== 'ready') return [];
  const { networks } = current.state;
  return [...networks.values()].filter((network) => network.context === context);
}

function isSame(one: readonly NetworkView[], other: readonly NetworkView[]): boolean {
  return one.length === other.length && one.every((network, index) => network === other[index]);
}
