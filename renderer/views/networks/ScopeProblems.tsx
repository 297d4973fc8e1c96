import { Fragment } from 'react';
import type { ContextView } from '../../../main/contract/contexts.ts';
import { Bar } from '../../components/Bar.tsx';
import { contextLabel } from '../../components/ContextName.tsx';
import { Foreign } from '../../components/Foreign.tsx';
import { isWaitingForCrd, phaseMark } from '../../components/Icon.tsx';
import { Time } from '../../components/Time.tsx';
import { joinSentences } from '../../format.ts';
import { useWindowModel } from '../../state/window.tsx';
import { strings } from '../../strings.ts';
import { ProblemButton } from './ProblemButton.tsx';
import styles from './ScopeProblems.module.css';

const text = strings.empty;

/** Over the table: what is wrong with the contexts whose networks it shows. */
export function ScopeProblems({ contexts }: { contexts: readonly ContextView[] }) {
  const [first, ...others] = contexts.filter(isTroubled);
  if (first === undefined) return null;
  if (others.length === 0) return <ProblemBar context={first} />;
  return <ManyProblemsBar contexts={[first, ...others]} />;
}

function ManyProblemsBar({ contexts }: { contexts: readonly ContextView[] }) {
  const { chooseContext } = useWindowModel();
  return (
    <Bar tone="amber" shape="warning">
      {text.troubled(contexts.length)}{' '}
      {contexts.map((context, index) => (
        <Fragment key={context.id}>
          {index > 0 && ', '}
          <button type="button" className={styles.context} onClick={() => chooseContext(context.id)}>
            <Foreign text={contextLabel(context)} />
          </button>
        </Fragment>
      ))}
    </Bar>
  );
}

/** It is to be watched and is not, or not as it should be. */
export function isTroubled(context: ContextView): boolean {
  if (context.mode === 'off' || isWaitingForCrd(context)) return false;
  return context.phase === 'reconnecting' || context.problem !== undefined;
}

function ProblemBar({ context }: { context: ContextView }) {
  const { problem, staleSince } = context;
  const { tone, shape } = phaseMark(context);
  return (
    <Bar
      tone={tone === 'red' ? 'red' : 'amber'}
      shape={context.phase === 'watching' ? 'warning' : shape}
      action={<ProblemButton context={context} />}
    >
      <strong>
        <Foreign text={contextLabel(context)} />
      </strong>
      {`: ${context.phase === 'watching' ? '' : `${strings.phases[context.phase]}. `}`}
      {problem !== undefined && <Foreign text={joinSentences(problem.message, problem.remedy)} />}
      {staleSince !== undefined && (
        <>
          {` ${text.shownIsFrom} `}
          <Time atMs={staleSince} />.
        </>
      )}
    </Bar>
  );
}
