import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { WindowHost } from '../bridge/window-host.ts';
import type { Failure, Feed, FeedState } from '../state/feed.ts';
import { useAddress } from '../state/useAddress.ts';
import { ViewProvider } from '../state/view.tsx';
import type { WindowModel } from '../state/window.tsx';
import { NowProvider, WindowModelContext } from '../state/window.tsx';
import { Frame } from './Frame.tsx';
import { NothingYet } from './NothingYet.tsx';

const MOST_FAILURES_SHOWN = 3;

/** The window: what a person looks at, over what the main process tells. */
export function App({ host, feed }: { host: WindowHost; feed: Feed }) {
  const [view, change] = useAddress();
  const [failures, setFailures] = useState<readonly Failure[]>([]);
  const report = useCallback((failure: Failure) => {
    setFailures((before) => [...before, failure].slice(-MOST_FAILURES_SHOWN));
  }, []);
  const dismiss = useCallback((failure: Failure) => {
    setFailures((before) => before.filter((one) => one !== failure));
  }, []);
  const model = useMemo<WindowModel>(
    () => ({
      host,
      feed,
      report,
      showNetwork: ({ context, namespace, name }) =>
        change({ do: 'showNetwork', network: { context, namespace, name } }),
      openView: (opened) => change({ do: 'open', view: opened }),
      chooseContext: (id) => change({ do: 'choose', scope: [id] }),
    }),
    [host, feed, report, change],
  );
  useEffect(
    () =>
      feed.onShow(({ network, entry }) => {
        if (network !== undefined) change({ do: 'showNetwork', network });
        else if (entry !== undefined) change({ do: 'showEntry', entry });
      }),
    [feed, change],
  );
  // Not the state itself: an update would draw the whole window anew.
  const status = useSyncExternalStore(feed.subscribe, () => feed.current().status);
  const failure = useSyncExternalStore(feed.subscribe, () => failureOf(feed.current()));
  return (
    <WindowModelContext value={model}>
      <NowProvider>
        <ViewProvider view={view} change={change}>
          {status === 'ready' ? (
            <Frame failures={failures} dismiss={dismiss} />
          ) : (
            <NothingYet failure={failure} retry={() => void feed.refresh()} />
          )}
        </ViewProvider>
      </NowProvider>
    </WindowModelContext>
  );
}

function failureOf(current: FeedState): Failure | undefined {
  return current.status === 'failed' ? current.failure : undefined;
}
