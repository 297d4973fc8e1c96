import { useMemo } from 'react';
import type { ContextView } from '../../../main/contract/contexts.ts';
import { Bar } from '../../components/Bar.tsx';
import { Button } from '../../components/Button.tsx';
import { contextLabel } from '../../components/ContextName.tsx';
import { Empty } from '../../components/Empty.tsx';
import { joinSentences, spellOut } from '../../format.ts';
import type { NetworkRow } from '../../state/networks.ts';
import { useFilter, useScope } from '../../state/view.tsx';
import type { Scope } from '../../state/view-state.ts';
import { strings } from '../../strings.ts';
import { ScopeProblems } from '../networks/ScopeProblems.tsx';
import { ScopeState } from '../networks/ScopeState.tsx';
import { useNetworkRows } from '../networks/useNetworkRows.ts';
import { ContextChoice } from './MapControls.tsx';
import { MapOfContext } from './MapOfContext.tsx';
import styles from './MapView.module.css';
import { joinMap } from './map-data.ts';
import type { KnownUsage } from './useUsageMap.ts';
import { useUsageMap } from './useUsageMap.ts';

const text = strings.map;

/** Networks, what they ride on and who uses them: a picture of one context. */
export function MapView() {
  const scope = useScope();
  const [asked, setAsked] = useFilter('map-context');
  const context =
    scope.contexts.find(({ id }) => id === asked) ??
    scope.contexts.find(({ inUse, missing }) => inUse + missing > 0) ??
    scope.contexts[0];
  if (context === undefined) return <ScopeState scope={scope} />;
  const choice = scope.contexts.length > 1 && (
    <ContextChoice contexts={scope.contexts} chosen={context} choose={setAsked} />
  );
  return <OneContext key={context.id} context={context} choice={choice} />;
}

interface ContextProps {
  readonly context: ContextView;
  /** To choose another one, where there are several. */
  readonly choice: React.ReactNode;
}

function OneContext({ context, choice }: ContextProps) {
  const scope = useMemo<Scope>(() => ({ contexts: [context], only: context, isAll: false }), [context]);
  const rows = useNetworkRows(scope);
  return (
    <section className={styles.view} aria-label={text.title}>
      <ScopeProblems contexts={scope.contexts} />
      {rows.length === 0 ? (
        <>
          {choice !== false && <div className={styles.choice}>{choice}</div>}
          <ScopeState scope={scope} />
        </>
      ) : (
        <KnownContext context={context} choice={choice} rows={rows} />
      )}
    </section>
  );
}

function KnownContext({ context, choice, rows }: ContextProps & { rows: readonly NetworkRow[] }) {
  const known = useUsageMap(context.id);
  const { usage } = known;
  const data = useMemo(
    () => (usage === undefined ? undefined : joinMap(context.id, rows, usage)),
    [context.id, rows, usage],
  );
  if (data === undefined) return <NothingYet context={context} known={known} />;
  return (
    <>
      {known.failure !== undefined && <StaleBar known={known} failure={known.failure} />}
      <MapOfContext context={context} choice={choice} data={data} omittedUsers={usage?.omittedUsers ?? 0} />
    </>
  );
}

function NothingYet({ context, known: { failure, askAgain } }: { context: ContextView; known: KnownUsage }) {
  if (failure === undefined)
    return (
      <Empty title={text.asking(spellOut(contextLabel(context)))} mark={{ shape: 'arc', tone: 'accent' }} />
    );
  return (
    <Empty
      title={text.failed}
      what={spellOut(joinSentences(failure.message, failure.remedy))}
      mark={{ shape: 'cross', tone: 'red' }}
    >
      <Button onPress={askAgain}>{strings.actions.retry}</Button>
    </Empty>
  );
}

/** The last question was not answered: what is drawn is what was known before. */
function StaleBar({ known, failure }: { known: KnownUsage; failure: NonNullable<KnownUsage['failure']> }) {
  return (
    <Bar
      tone="amber"
      shape="warning"
      action={<Button onPress={known.askAgain}>{strings.actions.retry}</Button>}
    >
      {spellOut(joinSentences(text.askedBefore, failure.message, failure.remedy))}
    </Bar>
  );
}
