import type { ContextView } from '../../main/contract/contexts.ts';
import type { Check } from '../../main/contract/diagnosis.ts';
import { spellOut } from '../format.ts';
import { strings } from '../strings.ts';
import { ClusterRole } from './ClusterRole.tsx';
import { contextLabel } from './ContextName.tsx';
import styles from './DiagnosisResult.module.css';
import { Foreign } from './Foreign.tsx';
import type { Mark } from './Icon.tsx';
import { Marked } from './Marked.tsx';
import { Progress } from './Progress.tsx';
import type { DiagnosisState } from './useDiagnosis.ts';

const text = strings.settings;
const MARKS: Readonly<Record<Check['status'], Mark>> = {
  ok: { shape: 'check', tone: 'accent' },
  warning: { shape: 'warning', tone: 'amber' },
  failed: { shape: 'cross', tone: 'red' },
  skipped: { shape: 'minusCircle', tone: 'muted' },
};

/** What a look at a context found, check by check, with what helps. */
export function DiagnosisResult({ context, state }: { context: ContextView; state: DiagnosisState }) {
  const name = spellOut(contextLabel(context));
  return (
    <div role="status" aria-label={text.diagnosisOf(name)}>
      {state.status === 'running' && <Progress label={text.diagnosing} />}
      {state.status === 'done' && <Checks checks={state.diagnosis.checks} name={name} />}
    </div>
  );
}

function Checks({ checks, name }: { checks: readonly Check[]; name: string }) {
  if (checks.length === 0) return <p className={styles.muted}>{text.noChecks}</p>;
  return (
    <>
      <p className={styles.summary}>{text.found(countOf(checks, 'failed'), countOf(checks, 'warning'))}</p>
      <ul className={styles.checks} aria-label={text.diagnosisOf(name)}>
        {checks.map((check) => (
          <li key={check.title} className={styles.check}>
            <span className={styles.status}>
              <Marked mark={MARKS[check.status]}>{text.checkStates[check.status]}</Marked>
            </span>
            <div className={styles.said}>
              <strong>
                <Foreign text={check.title} />
              </strong>
              <p>
                <Foreign text={check.message} />
              </p>
              {check.remedy !== undefined && (
                <p className={styles.muted}>
                  <Foreign text={check.remedy} />
                </p>
              )}
            </div>
          </li>
        ))}
      </ul>
      {checks.some(asksForRights) && <ClusterRole />}
    </>
  );
}

function countOf(checks: readonly Check[], status: Check['status']): number {
  return checks.filter((check) => check.status === status).length;
}

/** Its remedy names the ClusterRole: here it is, to copy. */
function asksForRights({ status, remedy }: Check): boolean {
  return (status === 'failed' || status === 'warning') && remedy?.includes('ClusterRole') === true;
}
