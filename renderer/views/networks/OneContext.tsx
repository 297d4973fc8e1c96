import type { ReactNode } from 'react';
import type { ContextView } from '../../../main/contract/contexts.ts';
import { Button } from '../../components/Button.tsx';
import { ClusterRole } from '../../components/ClusterRole.tsx';
import { contextLabel } from '../../components/ContextName.tsx';
import { DiagnosisResult } from '../../components/DiagnosisResult.tsx';
import { Empty } from '../../components/Empty.tsx';
import { Foreign } from '../../components/Foreign.tsx';
import { phaseMark } from '../../components/Icon.tsx';
import { Progress } from '../../components/Progress.tsx';
import { useDiagnosis } from '../../components/useDiagnosis.ts';
import { useModeChange } from '../../components/useModeChange.tsx';
import { joinSentences, spellOut } from '../../format.ts';
import { strings } from '../../strings.ts';
import { problemTitle } from '../../words/empty.ts';
import styles from './OneContext.module.css';
import { ProblemButton } from './ProblemButton.tsx';
import { ScopeProblems } from './ScopeProblems.tsx';

const text = strings.empty;

/** Why there is nothing of this context to show, what that means, and what can be done. */
export function OneContext({ context }: { context: ContextView }) {
  const name = spellOut(contextLabel(context));
  const mark = phaseMark(context);
  switch (context.phase) {
    case 'off':
      return <OffContext context={context} />;
    case 'connecting':
      return (
        <Empty mark={mark} title={text.connecting(name)} what={<Foreign text={context.server} />}>
          <Progress label={text.waiting} />
        </Empty>
      );
    case 'syncing':
      return (
        <Empty mark={mark} title={text.reading(name)} what={text.readingWhat}>
          <Progress label={text.itemsRead(context.itemsRead)} />
        </Empty>
      );
    case 'reconnecting':
    case 'failed':
      return <FailedContext context={context} />;
    case 'watching':
      return (
        <>
          <ScopeProblems contexts={[context]} />
          <Empty mark={mark} title={text.noNetworks(name)} what={text.noNetworksWhat} />
        </>
      );
  }
}

function OffContext({ context }: { context: ContextView }) {
  const { setMode, dialog } = useModeChange(context);
  return (
    <Empty
      mark={phaseMark(context)}
      title={text.isOff(spellOut(contextLabel(context)))}
      what={text.isOffWhat}
    >
      <Button look="primary" onPress={() => setMode('restore')}>
        {text.watch}
      </Button>
      <Button onPress={() => setMode('ask')}>{text.watchAndAsk}</Button>
      {dialog}
    </Empty>
  );
}

/** What failed, what it means, the server's words, the remedy, and the buttons that help. */
function FailedContext({ context }: { context: ContextView }) {
  const [diagnosis, diagnose] = useDiagnosis(context);
  const { setMode, dialog } = useModeChange(context);
  const { problem, phase } = context;
  const code = problem?.code;
  return (
    <>
      <Empty
        mark={phaseMark(context)}
        title={problemTitle(code, phase, spellOut(contextLabel(context)))}
        what={<Explanation context={context} />}
      >
        <ProblemButton context={context} />
        {(code === 'noNadCrd' || code === 'untrustedPlugin') && (
          <Button onPress={() => setMode('off')}>{text.turnOff}</Button>
        )}
        {code !== 'untrustedPlugin' && (
          <Button isPending={diagnosis.status === 'running'} onPress={diagnose}>
            {strings.settings.diagnose}
          </Button>
        )}
        {dialog}
      </Empty>
      <div className={styles.more}>
        <DiagnosisResult context={context} state={diagnosis} />
        {code === 'forbidden' && diagnosis.status === 'none' && <ClusterRole />}
      </div>
    </>
  );
}

function Explanation({ context: { problem } }: { context: ContextView }): ReactNode {
  const meaning = meaningOf(problem?.code);
  return (
    <>
      {meaning !== undefined && <span className={styles.sentence}>{meaning}</span>}
      {/* Of the CRD all is said above; everything else the server or the kubeconfig said itself. */}
      {problem !== undefined && problem.code !== 'noNadCrd' && (
        <>
          <span className={styles.message}>
            <Foreign text={joinSentences(problem.message)} />
          </span>
          <span className={styles.sentence}>
            <Foreign text={joinSentences(problem.remedy)} />
          </span>
        </>
      )}
    </>
  );
}

function meaningOf(code: string | undefined): string | undefined {
  switch (code) {
    case 'forbidden':
      return text.forbiddenWhat;
    case 'noNadCrd':
      return text.noCrdWhat;
    case 'untrustedPlugin':
      return text.untrustedWhat;
    default:
      return undefined;
  }
}
