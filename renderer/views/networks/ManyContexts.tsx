import type { ContextView } from '../../../main/contract/contexts.ts';
import { Button } from '../../components/Button.tsx';
import { ContextName } from '../../components/ContextName.tsx';
import { Foreign } from '../../components/Foreign.tsx';
import { isWaitingForCrd, phaseMark } from '../../components/Icon.tsx';
import { Marked } from '../../components/Marked.tsx';
import { useModeChange } from '../../components/useModeChange.tsx';
import { joinSentences } from '../../format.ts';
import { useWindowModel } from '../../state/window.tsx';
import { strings } from '../../strings.ts';
import styles from './ManyContexts.module.css';
import { ProblemButton } from './ProblemButton.tsx';

const text = strings.empty;

/** Several contexts, none of which has networks to show: how each is, on a line. */
export function ManyContexts({ contexts }: { contexts: readonly ContextView[] }) {
  return (
    <section className={styles.many}>
      <h2 className={styles.title}>{text.someContexts(contexts.length)}</h2>
      <p className={styles.muted}>{text.someContextsWhat}</p>
      <ul className={styles.list}>
        {contexts.map((context) => (
          <Line key={context.id} context={context} />
        ))}
      </ul>
    </section>
  );
}

function Line({ context }: { context: ContextView }) {
  const { chooseContext } = useWindowModel();
  const word = isWaitingForCrd(context) ? strings.frame.waiting : strings.phases[context.phase];
  return (
    <li className={styles.line}>
      <button type="button" className={styles.name} onClick={() => chooseContext(context.id)}>
        <ContextName context={context} />
      </button>
      <span className={styles.phase}>
        <Marked mark={phaseMark(context)}>{word}</Marked>
      </span>
      <span className={styles.said}>
        <Said context={context} />
      </span>
      <Act context={context} />
    </li>
  );
}

function Said({ context }: { context: ContextView }) {
  const { phase, problem, itemsRead, server } = context;
  if (problem !== undefined) return <Foreign text={joinSentences(problem.message)} />;
  switch (phase) {
    case 'off':
      return text.offShort;
    case 'connecting':
    case 'reconnecting':
    case 'failed':
      return <Foreign text={server} />;
    case 'syncing':
      return text.itemsRead(itemsRead);
    case 'watching':
      return text.noNetworksShort;
  }
}

function Act({ context }: { context: ContextView }) {
  if (context.phase === 'off') return <WatchButton context={context} />;
  if (context.problem === undefined || isWaitingForCrd(context)) return null;
  return <ProblemButton context={context} />;
}

function WatchButton({ context }: { context: ContextView }) {
  const { setMode, dialog } = useModeChange(context);
  return (
    <>
      <Button onPress={() => setMode('restore')}>{text.watch}</Button>
      {dialog}
    </>
  );
}
