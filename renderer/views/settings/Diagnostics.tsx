import { useState } from 'react';
import type { ContextView } from '../../../main/contract/contexts.ts';
import { Button } from '../../components/Button.tsx';
import { ContextName, contextLabel } from '../../components/ContextName.tsx';
import { DiagnosisResult } from '../../components/DiagnosisResult.tsx';
import { isWaitingForCrd, phaseMark } from '../../components/Icon.tsx';
import { Marked } from '../../components/Marked.tsx';
import { SearchField } from '../../components/SearchField.tsx';
import { useDiagnosis } from '../../components/useDiagnosis.ts';
import { spellOut } from '../../format.ts';
import { useWindowState } from '../../state/window.tsx';
import { strings } from '../../strings.ts';
import styles from './Diagnostics.module.css';
import { findContexts } from './order.ts';
import { Report } from './Report.tsx';

const text = strings.settings;
/** As many are taken in at a glance. */
const FEW = 8;
/** As many are offered at once. */
const MANY = 20;

/** What is wrong with a context, and a report for who is asked for help. */
export function Diagnostics() {
  const contexts = useWindowState((state) => state.contexts);
  const [words, setWords] = useState('');
  const shown = offerContexts(contexts, words);
  const others = contexts.length - shown.length;
  return (
    <>
      <p className={styles.muted}>{contexts.length === 0 ? text.noContexts : text.diagnosticsWhat}</p>
      {contexts.length > FEW && (
        <div className={styles.find}>
          <SearchField label={text.findContext} hint={text.findContextHint} value={words} change={setWords} />
          {others > 0 && <span className={styles.muted}>{text.othersToFind(others)}</span>}
        </div>
      )}
      <ul className={styles.contexts} aria-label={text.diagnostics}>
        {shown.map((context) => (
          <DiagnosedContext key={context.id} context={context} />
        ))}
      </ul>
      <Report />
    </>
  );
}

/** Of many those that are in trouble, until others are looked for. */
function offerContexts(contexts: readonly ContextView[], words: string): readonly ContextView[] {
  if (contexts.length <= FEW) return contexts;
  const found = words.trim() === '' ? contexts.filter(isInTrouble) : findContexts(contexts, words);
  return found.slice(0, MANY);
}

function isInTrouble({ mode, phase, problem }: ContextView): boolean {
  return mode !== 'off' && (problem !== undefined || phase === 'reconnecting');
}

function DiagnosedContext({ context }: { context: ContextView }) {
  const [state, run] = useDiagnosis(context);
  const isDone = state.status === 'done';
  const name = spellOut(contextLabel(context));
  const phase = isWaitingForCrd(context) ? strings.frame.waiting : strings.phases[context.phase];
  return (
    <li className={styles.context}>
      <div className={styles.line}>
        <ContextName context={context} />
        <span className={styles.phase}>
          <Marked mark={phaseMark(context)}>{phase}</Marked>
        </span>
        <Button
          aria-label={isDone ? text.diagnoseAgainOne(name) : text.diagnoseOne(name)}
          isPending={state.status === 'running'}
          onPress={run}
        >
          {isDone ? text.diagnoseAgain : text.diagnose}
        </Button>
      </div>
      <DiagnosisResult context={context} state={state} />
    </li>
  );
}
