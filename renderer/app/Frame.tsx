import { lazy, Suspense, useEffect } from 'react';
import { Empty } from '../components/Empty.tsx';
import type { Mark } from '../components/Icon.tsx';
import type { Failure } from '../state/feed.ts';
import { useView } from '../state/view.tsx';
import { useNow, useWindowState } from '../state/window.tsx';
import { strings } from '../strings.ts';
import { ActivityView } from '../views/activity/ActivityView.tsx';
import { NetworksView } from '../views/networks/NetworksView.tsx';
import { Announcer } from './Announcer.tsx';
import { Bars } from './Bars.tsx';
import styles from './Frame.module.css';
import { Latest } from './Latest.tsx';
import { Palette } from './Palette.tsx';
import { usePaletteKey } from './PaletteButton.tsx';
import { Sidebar } from './Sidebar.tsx';
import { Toasts } from './Toasts.tsx';
import { TopBar } from './TopBar.tsx';
import { useNarrow } from './useNarrow.ts';
import { WithDetail } from './WithDetail.tsx';

/** Not what a window opens with, and heavy: loaded when they are opened. */
const MapView = lazy(async () => ({ default: (await import('../views/map/MapView.tsx')).MapView }));
const SettingsView = lazy(async () => ({
  default: (await import('../views/settings/SettingsView.tsx')).SettingsView,
}));

const OPENING: Mark = { shape: 'arc', tone: 'accent' };

/** Contexts at the left, what is looked at beside them. */
export function Frame(props: { failures: readonly Failure[]; dismiss: (failure: Failure) => void }) {
  const { view } = useView().view;
  const theme = useWindowState((state) => state.settings.theme);
  const pausedUntil = useWindowState((state) => state.settings.pausedUntil);
  const now = useNow();
  const isPaused = pausedUntil === 'never' || (pausedUntil ?? 0) > now;
  const [isPaletteOpen, setPaletteOpen] = usePaletteKey();
  const isNarrow = useNarrow();
  useTheme(theme);
  return (
    <div className={styles.frame}>
      <SkipButton />
      {!isNarrow && <Sidebar />}
      <div className={styles.right}>
        <TopBar isPaused={isPaused} hasDrawer={isNarrow} openPalette={() => setPaletteOpen(true)} />
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

/** A button and no link: what follows a # in the address is taken for the key of a browser's window. */
function SkipButton() {
  return (
    <button type="button" className={styles.skip} onClick={() => document.getElementById('main')?.focus()}>
      {strings.frame.skip}
    </button>
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
          <Suspense fallback={<Empty title={strings.map.loading} mark={OPENING} />}>
            <MapView />
          </Suspense>
        </WithDetail>
      );
    case 'activity':
      return <ActivityView />;
    case 'settings':
      return (
        <Suspense fallback={<Empty title={strings.settings.loading} mark={OPENING} />}>
          <SettingsView />
        </Suspense>
      );
  }
}

function useTheme(theme: 'system' | 'light' | 'dark'): void {
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
}
