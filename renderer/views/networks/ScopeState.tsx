import type { ContextView } from '../../../main/contract/contexts.ts';
import { Button } from '../../components/Button.tsx';
import { ClusterRole } from '../../components/ClusterRole.tsx';
import { contextLabel } from '../../components/ContextName.tsx';
import { Empty } from '../../components/Empty.tsx';
import { Foreign } from '../../components/Foreign.tsx';
import { isWaitingForCrd, phaseMark } from '../../components/Icon.tsx';
import { useModeChange } from '../../components/useModeChange.tsx';
import { joinSentences } from '../../format.ts';
import type { Scope } from '../../state/view-state.ts';
import { useCommand, useWindowModel, useWindowState } from '../../state/window.tsx';
import { strings } from '../../strings.ts';
import { ProblemButton } from './ProblemButton.tsx';
import styles from './ScopeState.module.css';

const text = strings.networks;

/** In place of the table where there are no networks to show: why, and what to do. */
export function ScopeState({ scope }: { scope: Scope }) {
  const contexts = useWindowState((state) => state.contexts);
  if (contexts.length === 0) return <NoContexts />;
  if (scope.contexts.length === 0) return <Empty title={text.noneWatched} what={text.noneWatchedWhat} />;
  return (
    <div className={styles.scroller}>
      {scope.contexts.map((one) => (
        <OneContext key={one.id} context={one} />
      ))}
    </div>
  );
}

function NoContexts() {
  const command = useCommand();
  const { openView } = useWindowModel();
  return (
    <Empty title={text.noContexts} what={text.noContextsWhat}>
      <Button look="primary" onPress={() => openView('settings')}>
        {text.addFile}
      </Button>
      <Button onPress={() => void command('reloadKubeconfig', {})}>{text.lookAgain}</Button>
    </Empty>
  );
}

function OneContext({ context }: { context: ContextView }) {
  const name = contextLabel(context);
  const mark = phaseMark(context);
  switch (context.phase) {
    case 'off':
      return <OffContext context={context} />;
    case 'connecting':
      return <Empty mark={mark} title={text.connecting(name)} what={<Foreign text={context.server} />} />;
    case 'syncing':
      return (
        <Empty mark={mark} title={text.reading(name)} what={strings.frame.itemsRead(context.itemsRead)} />
      );
    case 'reconnecting':
    case 'failed':
      return <FailedContext context={context} />;
    case 'watching':
      return <Empty mark={mark} title={text.none(name)} what={text.noneWhat} />;
  }
}

function OffContext({ context }: { context: ContextView }) {
  const { setMode, dialog } = useModeChange(context);
  return (
    <Empty mark={phaseMark(context)} title={text.isOff(contextLabel(context))} what={text.isOffWhat}>
      <Button look="primary" onPress={() => setMode('restore')}>
        {text.watch}
      </Button>
      <Button onPress={() => setMode('ask')}>{text.watchAndAsk}</Button>
      {dialog}
    </Empty>
  );
}

/** What failed, the server's words, the remedy, and the button that helps. */
function FailedContext({ context }: { context: ContextView }) {
  const { problem } = context;
  const name = contextLabel(context);
  const title = isWaitingForCrd(context) ? text.noCrd(name) : text.failed(name, context.phase);
  return (
    <>
      <Empty
        mark={phaseMark(context)}
        title={title}
        what={
          problem !== undefined && (
            <>
              <Foreign text={joinSentences(problem.message)} />
              <br />
              <Foreign text={problem.remedy} />
            </>
          )
        }
      >
        <ProblemButton context={context} />
      </Empty>
      {problem?.code === 'forbidden' && <ClusterRole />}
    </>
  );
}
