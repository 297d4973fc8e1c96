import { useDeferredValue, useMemo } from 'react';
import type { JournalEntry } from '../../../main/contract/journal.ts';
import { journalEventSchema } from '../../../main/contract/journal.ts';
import { Button } from '../../components/Button.tsx';
import { Empty } from '../../components/Empty.tsx';
import { storiesOf } from '../../state/stories.ts';
import { useFilter, useScope, useView } from '../../state/view.tsx';
import { useNow, useWindowModel, useWindowState } from '../../state/window.tsx';
import { strings } from '../../strings.ts';
import { ActivityBar } from './ActivityBar.tsx';
import styles from './ActivityView.module.css';
import { narrow } from './narrow.ts';
import { Plot } from './Plot.tsx';
import type { Period } from './plot.ts';
import { barAround, fittingPeriod, PERIODS } from './plot.ts';
import { nameRange } from './plot-names.ts';
import { Timeline } from './Timeline.tsx';
import { useOlderEntries } from './useOlderEntries.ts';

const text = strings.activity;

/** What happened, and why: the newest first, by day, below how much of it there was when. */
export function ActivityView() {
  const { view, change } = useView();
  const { reading, retry } = useOlderEntries();
  const shown = useShown();
  const { period, range } = shown;
  const showAll = () =>
    change({ do: 'filter', filters: { event: undefined, 'event-words': undefined, from: undefined } });
  const chooseBar = (startMs: number) => {
    const from = startMs === range?.startMs ? undefined : new Date(startMs).toISOString();
    change({ do: 'filter', filters: { from, period } });
  };
  const isNarrowed = shown.kind !== undefined || shown.words !== '' || range !== undefined;
  return (
    <div className={styles.view}>
      <ActivityBar
        kind={shown.kind}
        range={range && nameRange(period, range)}
        showAll={isNarrowed ? showAll : undefined}
      />
      <section className={styles.scroller} aria-label={text.title}>
        {shown.all.length > 0 && (
          <Plot
            stories={shown.ofAnyTime}
            period={period}
            setPeriod={(next) => change({ do: 'filter', filters: { period: next, from: undefined } })}
            chosenMs={range?.startMs}
            choose={chooseBar}
          />
        )}
        {shown.stories.length > 0 && (
          <Timeline
            key={JSON.stringify([view.filters, view.entry])}
            stories={shown.stories}
            pointedOut={view.entry}
            isAll={reading === 'complete'}
          />
        )}
        {shown.stories.length === 0 && reading !== 'reading' && (
          <NoEntries showAll={isNarrowed ? showAll : undefined} />
        )}
        <ReadingState reading={reading} retry={retry} />
      </section>
    </div>
  );
}

/** What is there, and what the filters and contexts leave of it. */
function useShown() {
  const scope = useScope();
  const journal = useWindowState((state) => state.journal);
  const [event] = useFilter('event');
  const [words = ''] = useFilter('event-words');
  const [from] = useFilter('from');
  const [chosenPeriod] = useFilter('period');
  const now = useNow();
  const all = useMemo(() => {
    const ids = new Set(scope.contexts.map(({ id }) => id));
    const isLookedAt = ({ context }: JournalEntry) => scope.isAll || ids.has(context);
    return storiesOf(journal.filter(isLookedAt));
  }, [journal, scope]);
  const period = periodFrom(chosenPeriod) ?? fittingPeriod(all, now);
  const kind = journalEventSchema.options.find((option) => option === event);
  const deferredWords = useDeferredValue(words);
  const ofAnyTime = useMemo(() => narrow(all, { kind, words: deferredWords }), [all, kind, deferredWords]);
  const fromMs = Date.parse(from ?? '');
  const range = useMemo(
    () => (Number.isFinite(fromMs) ? barAround(period, fromMs) : undefined),
    [period, fromMs],
  );
  const stories = useMemo(() => narrow(ofAnyTime, { range }), [ofAnyTime, range]);
  return { all, ofAnyTime, stories, kind, words, period, range };
}

function periodFrom(text: string | undefined): Period | undefined {
  return PERIODS.find((period) => period === text);
}

function NoEntries({ showAll }: { showAll: (() => void) | undefined }) {
  const { openView } = useWindowModel();
  if (showAll === undefined)
    return (
      <Empty title={text.none} what={text.noneWhat}>
        <Button onPress={() => openView('networks')}>{text.showNetworks}</Button>
      </Empty>
    );
  return (
    <Empty title={text.noneMatch} what={text.noneMatchWhat}>
      <Button onPress={showAll}>{text.showAll}</Button>
    </Empty>
  );
}

function ReadingState({ reading, retry }: ReturnType<typeof useOlderEntries>) {
  const count = useWindowState(({ journal }) => journal.length);
  if (reading === 'complete') return null;
  if (reading === 'reading')
    return (
      <p className={styles.end} role="status">
        {text.reading(count)}
      </p>
    );
  return (
    <p className={styles.end}>
      {text.notRead}
      <Button onPress={retry}>{strings.actions.retry}</Button>
    </p>
  );
}
