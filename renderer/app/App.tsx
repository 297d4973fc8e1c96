import { useCallback, useEffect, useMemo, useReducer, useState, useSyncExternalStore } from 'react';
import type { WindowHost } from '../bridge/window-host.ts';
import { Button } from '../components/Button.tsx';
import { Empty } from '../components/Empty.tsx';
import type { Mark } from '../components/Icon.tsx';
import type { Failure, Feed } from '../state/feed.ts';
import type { WindowModel } from '../state/window.tsx';
import {
  NowProvider,
  useConnection,
  useNow,
  useWindowModel,
  useWindowState,
  WindowModelContext,
} from '../state/window.tsx';
import { strings } from '../strings.ts';
import { ActivityView } from '../views/activity/ActivityView.tsx';
import { NetworksView } from '../views/networks/NetworksView.tsx';
import { SettingsView } from '../views/settings/SettingsView.tsx';
import { Announcer } from './Announcer.tsx';
import styles from './App.module.css';
import { Bars } from './Bars.tsx';
import { Latest } from './Latest.tsx';
import { Sidebar } from './Sidebar.tsx';
import { TopBar } from './TopBar.tsx';
import type { ViewChange, ViewState } from './view-state.ts';
import { changeView, FIRST_VIEW, scopeContext } from './view-state.ts';

const MOST_FAILURES_SHOWN = 3;
const FAILED: Mark = { shape: 'cross', tone: 'red' };

export function App({ host, feed }: { host: WindowHost; feed: Feed }) {
  const [view, change] = useReducer(changeView, FIRST_VIEW);
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
      chooseContext: (scope) => change({ do: 'choose', scope }),
    }),
    [host, feed, report],
  );
  useEffect(
    () =>
      feed.onShow(({ network, entry }) => {
        if (network !== undefined) change({ do: 'showNetwork', network });
        else if (entry !== undefined) change({ do: 'showEntry', entry });
      }),
    [feed],
  );
  return (
    <WindowModelContext value={model}>
      <NowProvider>
        <Content feed={feed} view={view} change={change} failures={failures} dismiss={dismiss} />
      </NowProvider>
    </WindowModelContext>
  );
}

interface ContentProps {
  readonly view: ViewState;
  readonly change: (change: ViewChange) => void;
  readonly failures: readonly Failure[];
  readonly dismiss: (failure: Failure) => void;
}

function Content({ feed, ...props }: ContentProps & { feed: Feed }) {
  const current = useSyncExternalStore(feed.subscribe, feed.current);
  if (current.status === 'ready') return <Frame {...props} />;
  const failure = current.status === 'failed' ? current.failure : undefined;
  return <NothingYet failure={failure} retry={() => void feed.refresh()} />;
}

/** Before the first snapshot: it is on its way, or why it is not. */
function NothingYet({ failure, retry }: { failure: Failure | undefined; retry: () => void }) {
  const { status } = useConnection();
  const { connection } = useWindowModel().host;
  const text = strings.connection;
  if (status === 'refused') return <Empty title={text.refused} what={text.refusedRemedy} mark={FAILED} />;
  if (status === 'waiting') {
    return (
      <Empty title={text.noAnswer} what={text.noAnswerRemedy} mark={FAILED}>
        <Button onClick={connection.retryNow}>{text.tryNow}</Button>
      </Empty>
    );
  }
  if (failure === undefined) return <Empty title={text.loading} mark={{ shape: 'arc', tone: 'accent' }} />;
  return (
    <Empty title={failure.message} what={failure.remedy} mark={FAILED}>
      <Button onClick={retry}>{strings.actions.retry}</Button>
    </Empty>
  );
}

function Frame({ view, change, failures, dismiss }: ContentProps) {
  const contexts = useWindowState((state) => state.contexts);
  const theme = useWindowState((state) => state.settings.theme);
  const pausedUntil = useWindowState((state) => state.settings.pausedUntil);
  const now = useNow();
  const isPaused = pausedUntil === 'never' || (pausedUntil ?? 0) > now;
  const context = scopeContext(view.scope, contexts);
  useTheme(theme);
  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#main">
        {strings.frame.skip}
      </a>
      <Sidebar contexts={contexts} chosen={context?.id} choose={(scope) => change({ do: 'choose', scope })} />
      <div className={styles.right}>
        <TopBar
          context={context}
          view={view.view}
          isPaused={isPaused}
          open={(opened) => change({ do: 'open', view: opened })}
        />
        <Bars failures={failures} dismiss={dismiss} pausedUntil={isPaused ? pausedUntil : undefined} />
        <main id="main" className={styles.main}>
          {view.view === 'networks' && (
            <NetworksView
              context={context}
              network={view.network}
              closeNetwork={() => change({ do: 'closeNetwork' })}
            />
          )}
          {view.view === 'activity' && <ActivityView context={context} entry={view.entry} />}
          {view.view === 'settings' && <SettingsView />}
        </main>
        {view.view !== 'activity' && <Latest context={context?.id} />}
        <Announcer />
      </div>
    </div>
  );
}

function useTheme(theme: 'system' | 'light' | 'dark'): void {
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
}
