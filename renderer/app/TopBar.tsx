import { ContextName } from '../components/ContextName.tsx';
import { Icon } from '../components/Icon.tsx';
import { Menu } from '../components/Menu.tsx';
import { useScope, useView } from '../state/view.tsx';
import { VIEWS } from '../state/view-state.ts';
import { useCommand } from '../state/window.tsx';
import { strings } from '../strings.ts';
import { ContextsDrawer } from './ContextsDrawer.tsx';
import { PaletteButton } from './PaletteButton.tsx';
import styles from './TopBar.module.css';

/** Contexts that are named before the others are counted. */
const MOST_NAMED = 3;
const PAUSES_MIN = [15, 60];
const text = strings.pause;

/** Always names the cluster that is looked at. */
export function TopBar(props: {
  isPaused: boolean;
  /** The contexts are not beside it. */
  hasDrawer: boolean;
  openPalette: () => void;
}) {
  const { view, change } = useView();
  return (
    <header className={styles.bar}>
      {props.hasDrawer && <ContextsDrawer />}
      <h1 className={styles.scope}>
        <ScopeName />
      </h1>
      <nav className={styles.views} aria-label={strings.frame.main}>
        {VIEWS.map((one) => (
          <button
            key={one}
            type="button"
            className={styles.view}
            aria-current={one === view.view ? 'page' : undefined}
            onClick={() => change({ do: 'open', view: one })}
          >
            {strings.views[one]}
          </button>
        ))}
      </nav>
      <PaletteButton open={props.openPalette} />
      {!props.isPaused && <PauseMenu />}
    </header>
  );
}

function ScopeName() {
  const { isAll, contexts } = useScope();
  if (isAll) return strings.frame.allShort;
  const more = contexts.length - MOST_NAMED;
  return (
    <>
      {contexts.slice(0, MOST_NAMED).map((context) => (
        <ContextName key={context.id} context={context} />
      ))}
      {more > 0 && <span className={styles.more}>{strings.frame.more(more)}</span>}
    </>
  );
}

function PauseMenu() {
  const command = useCommand();
  const items = [
    ...PAUSES_MIN.map((minutes) => ({
      label: text.minutes(minutes),
      choose: () => void command('pause', { minutes }),
    })),
    { label: text.untilResumed, choose: () => void command('pause', {}) },
  ];
  return (
    <Menu label={text.choose} items={items}>
      <Icon shape="bars" />
      <span className={styles.pause}>{text.pause}</span>
    </Menu>
  );
}
