import type { ContextView } from '../../../main/contract/contexts.ts';
import { Button } from '../../components/Button.tsx';
import { contextLabel } from '../../components/ContextName.tsx';
import { Empty } from '../../components/Empty.tsx';
import { useModeChange } from '../../components/useModeChange.tsx';
import { spellOut } from '../../format.ts';
import type { Scope } from '../../state/view-state.ts';
import { useWindowState } from '../../state/window.tsx';
import { strings } from '../../strings.ts';
import { ManyContexts } from './ManyContexts.tsx';
import { NoContexts } from './NoContexts.tsx';
import { OneContext } from './OneContext.tsx';
import styles from './ScopeState.module.css';

const text = strings.empty;

/** In place of the table where there are no networks to show: why, and what to do. */
export function ScopeState({ scope }: { scope: Scope }) {
  const contexts = useWindowState((state) => state.contexts);
  return (
    <div className={styles.scroller}>
      <Reason scope={scope} contexts={contexts} />
    </div>
  );
}

function Reason({ scope, contexts }: { scope: Scope; contexts: readonly ContextView[] }) {
  if (contexts.length === 0) return <NoContexts />;
  const [first, second] = scope.contexts;
  if (first === undefined) return <NoneWatched current={contexts.find(({ isCurrent }) => isCurrent)} />;
  if (second === undefined) return <OneContext key={first.id} context={first} />;
  return <ManyContexts contexts={scope.contexts} />;
}

function NoneWatched({ current }: { current: ContextView | undefined }) {
  if (current === undefined) {
    return <Empty title={text.noneWatched} what={`${text.noneWatchedWhat} ${text.chooseOther}`} />;
  }
  return <WatchCurrent current={current} />;
}

/** The one that kubectl uses now is most likely the one that is meant. */
function WatchCurrent({ current }: { current: ContextView }) {
  const { setMode, dialog } = useModeChange(current);
  const name = spellOut(contextLabel(current));
  return (
    <Empty
      title={text.noneWatched}
      what={`${text.noneWatchedWhat} ${text.currentWhat(name)} ${text.chooseOther}`}
    >
      <Button look="primary" onPress={() => setMode('restore')}>
        {text.watchCurrent(name)}
      </Button>
      <Button onPress={() => setMode('ask')}>{text.watchCurrentAndAsk(name)}</Button>
      {dialog}
    </Empty>
  );
}
