import { lazy, Suspense, useEffect } from 'react';
import { Empty } from '../components/Empty.tsx';
import type { Failure } from '../state/feed.ts';
import { useView } from '../state/view.tsx';
import { useNow, useWindowState } from '../state/window.tsx';
import { strings } from '../strings.ts';
import { ActivityView } from '../views/activity/ActivityView.tsx';
import { NetworksView } from '../views/networks/NetworksView.tsx';
import { SettingsView } from '../views/settings/SettingsView.tsx';
import { Announcer } from './Announcer.tsx';
import { Bars } from './Bars.tsx';
import styles from './Frame.module.css';
import { Latest } from './Latest.tsx';
import { Palette } from './Palette.tsx';
import { usePaletteKey } from './PaletteButton.tsx';
import { Sidebar } from './Sidebar.tsx';
import { Toasts } from './Toasts.tsx';
import { TopBar } from './TopBar.tsx';
import { WithDetail } from './WithDetail.tsx';

/** Of use to few and as heavy as all the rest: loaded when it is opened. */
const MapView = lazy(async () => ({ default: (await import('../views/map/MapView.tsx')).MapView }));

/** Contexts at the left, what is looked at beside them. */
export function Frame(props: { failures: readonly Failure[]; dismiss: (failure: Failure) => void }) {
  const { view } = useView().view;
  const theme = useWindowState((state) => state.settings.theme);
  const pausedUntil = useWindowState((state) => state.settings.pausedUntil);
  const now = useNow();
  const isPaused = pausedUntil === 'never' || (pausedUntil ?? 0) > now;
  const [isPaletteOpen, setPaletteOpen] = usePaletteKey();
  useTheme(theme);
  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#main">
        {strings.frame.skip}
      </a>
      <Sidebar />
      <div className={styles.right}>
        <TopBar isPaused={isPaused} openPalette={() => setPaletteOpen(true)} />
        <Bars
          failures={props.failures}
          dismiss={props.dismiss}
          pausedUntil={isPaused ? pausedUntil : undefined}
        />
        <main id="main" className={styles.main} tabIndex={-1}>
          <Shown />
        </main>
        {view !== 'activity' && view !== 'settings' && <Latest />}
        <Announcer />
      </div>
      <Toasts />
      <Palette isOpen={isPaletteOpen} setOpen={setPaletteOpen} />
    </div>
  );
}

function Shown() {
  const { view } = useView().view;
  switch (view) {
    case 'networks':
      return (
        <WithDetail>
          <NetworksView />
        </WithDetail>
      );
    case 'map':
      return (
        <WithDetail>
          <Suspense fallback={<Empty title={strings.map.loading} mark={{ shape: 'arc', tone: 'accent' }} />}>
            <MapView />
          </Suspense>
        </WithDetail>
      );
    case 'activity':
      return <ActivityView />;
    case 'settings':
      return <SettingsView />;
  }
}

function useTheme(theme: 'system' | 'light' | 'dark'): void {
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
}
