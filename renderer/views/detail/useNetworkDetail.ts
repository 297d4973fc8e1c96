import { useCallback, useEffect, useState } from 'react';
import type { NetworkDetail, NetworkName } from '../../../main/contract/networks.ts';
import type { Failure, Feed } from '../../state/feed.ts';
import { useWindowModel } from '../../state/window.tsx';
import type { NetworkKey } from '../../state/window-state.ts';
import { networkKey } from '../../state/window-state.ts';

/** What is known of a network beyond its row; with a failure too if it could not be read again. */
export interface KnownDetail {
  readonly detail: NetworkDetail | undefined;
  readonly failure: Failure | undefined;
  readonly retry: () => void;
}

interface Known {
  readonly key: NetworkKey;
  readonly detail: NetworkDetail | undefined;
  readonly failure: Failure | undefined;
}

/** Between two readings: a network that changes ten times a second is not read as often. */
const PAUSE_MS = 300;

/** A network's detail, read anew whenever the network or its journal changes. */
export function useNetworkDetail({ context, namespace, name }: NetworkName): KnownDetail {
  const { host, feed } = useWindowModel();
  const key = networkKey({ context, namespace, name });
  const [known, setKnown] = useState<Known>();
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt reads it again
  useEffect(() => {
    const readOnce = async () => {
      const reply = await host.bridge.invoke('networkDetail', { context, namespace, name });
      return (before: Known | undefined): Known =>
        reply.ok
          ? { key, detail: reply.value, failure: undefined }
          : { key, detail: before?.key === key ? before.detail : undefined, failure: reply };
    };
    return readOnChange(feed, key, readOnce, setKnown);
  }, [host, feed, key, context, namespace, name, attempt]);
  const retry = useCallback(() => {
    setKnown((before) => before && { ...before, failure: undefined });
    setAttempt((before) => before + 1);
  }, []);
  const isKnown = known?.key === key;
  return { detail: isKnown ? known.detail : undefined, failure: isKnown ? known.failure : undefined, retry };
}

/** Reads at once and after each change, one reading at a time. Gives what ends it. */
function readOnChange<Value>(
  feed: Feed,
  key: NetworkKey,
  read: () => Promise<Value>,
  take: (value: Value) => void,
): () => void {
  let isWanted = true;
  let isReading = false;
  let seen = currentParts(feed, key);
  const isOld = () => {
    const now = currentParts(feed, key);
    return now.network !== seen.network || now.entry !== seen.entry;
  };
  const readAll = async () => {
    isReading = true;
    do {
      seen = currentParts(feed, key);
      const value = await read();
      if (isWanted) take(value);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    } while (isWanted && isOld());
    isReading = false;
  };
  const unsubscribe = feed.subscribe(() => {
    if (!isReading && isOld()) void readAll();
  });
  void readAll();
  return () => {
    isWanted = false;
    unsubscribe();
  };
}

/** The parts of the state that tell of a change to the network. */
function currentParts(feed: Feed, key: NetworkKey) {
  const current = feed.current();
  if (current.status !== 'ready') return { network: undefined, entry: undefined };
  const { networks, journal } = current.state;
  return { network: networks.get(key), entry: journal.find((entry) => networkKey(entry) === key) };
}
