import type { ContextView } from '../../main/contract/contexts.ts';
import { ContextName } from '../components/ContextName.tsx';
import { Icon } from '../components/Icon.tsx';
import { Menu } from '../components/Menu.tsx';
import { useCommand } from '../state/window.tsx';
import { strings } from '../strings.ts';
import styles from './TopBar.module.css';
import type { View } from './view-state.ts';

const VIEWS: readonly View[] = ['networks', 'activity', 'settings'];
const PAUSES_MIN = [15, 60];
const text = strings.pause;

/** Always names the cluster that is looked at. */
export function TopBar(props: {
  context: ContextView | undefined;
  view: View;
  isPaused: boolean;
  open: (view: View) => void;
}) {
  const { context, view, open } = props;
  return (
    <header className={styles.bar}>
      <h1 className={styles.scope}>
        {context === undefined ? strings.frame.allShort : <ContextName context={context} />}
      </h1>
      <nav className={styles.views} aria-label={strings.frame.main}>
        {VIEWS.map((one) => (
          <button
            key={one}
            type="button"
            className={styles.view}
            aria-current={one === view ? 'page' : undefined}
            onClick={() => open(one)}
          >
            {strings.views[one]}
          </button>
        ))}
      </nav>
      {!props.isPaused && <PauseMenu />}
    </header>
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
