import { useMemo, useState } from 'react';
import { Chips } from '../../components/Chips.tsx';
import { contextLabel } from '../../components/ContextName.tsx';
import type { Story } from '../../state/stories.ts';
import { useScope } from '../../state/view.tsx';
import { useNow } from '../../state/window.tsx';
import { strings } from '../../strings.ts';
import styles from './Plot.module.css';
import { PlotBars } from './PlotBars.tsx';
import type { Period, PlotRow } from './plot.ts';
import { barEdges, PERIODS, PLOT_KINDS, plotRows, sumOf } from './plot.ts';
import { axisLabels } from './plot-names.ts';

const text = strings.plot;
const PERIOD_CHIPS = PERIODS.map((value) => ({ value, label: text.periods[value] }));

/** How much happened when, by what came of it; a bar narrows what is listed to its time. */
export function Plot(props: {
  /** Of any time, the newest first. */
  stories: readonly Story[];
  period: Period;
  setPeriod: (period: Period) => void;
  /** Where the chosen bar begins. */
  chosenMs: number | undefined;
  choose: (startMs: number) => void;
}) {
  const { stories, period, setPeriod } = props;
  const { edges, rows } = useRows(stories, period);
  const labelOf = useRowLabel(stories);
  const [pointedAt, setPointedAt] = useState<string>();
  const highest = Math.max(0, ...rows.flatMap(({ bars }) => bars.map(sumOf)));
  const caption = highest === 0 ? text.nothing[period] : text.scale(period, highest);
  const isSplit = rows.some(({ contexts }) => contexts.length > 0);
  return (
    <section className={styles.plot} aria-label={text.title}>
      <p className={styles.caption}>{pointedAt ?? caption}</p>
      {highest > 0 && (
        <>
          <PlotBars
            rows={rows}
            edges={edges}
            period={period}
            highest={highest}
            labelOf={isSplit ? labelOf : undefined}
            chosenMs={props.chosenMs}
            choose={props.choose}
            pointAt={setPointedAt}
          />
          <Axis period={period} edges={edges} isSplit={isSplit} />
        </>
      )}
      <div className={styles.footer}>
        <Legend />
        <Chips label={text.period} chips={PERIOD_CHIPS} chosen={period} choose={setPeriod} />
      </div>
    </section>
  );
}

function useRows(stories: readonly Story[], period: Period) {
  const { contexts, only } = useScope();
  const now = useNow();
  return useMemo(() => {
    // Entries arrive between two ticks of `now`.
    const edges = barEdges(period, Math.max(now, Date.now()));
    const order = only === undefined ? contexts.map(({ id }) => id) : undefined;
    return { edges, rows: plotRows(stories, edges, order) };
  }, [stories, period, contexts, only, now]);
}

/** What a row is called: a context as in the sidebar, or as it was called then if it is gone. */
function useRowLabel(stories: readonly Story[]): (row: PlotRow) => string {
  const { contexts } = useScope();
  return ({ contexts: ids }) => {
    const [id] = ids;
    if (ids.length > 1) return text.moreContexts(ids.length);
    const context = contexts.find((one) => one.id === id);
    if (context !== undefined) return contextLabel(context);
    return stories.find(({ entry }) => entry.context === id)?.entry.contextName ?? '';
  };
}

function Axis({ period, edges, isSplit }: { period: Period; edges: readonly number[]; isSplit: boolean }) {
  const bars = edges.length - 1;
  return (
    <div className={`${styles.axis} ${isSplit ? styles.split : ''}`} aria-hidden="true">
      <div className={styles.labels}>
        {axisLabels(period, edges).map(({ bar, label }) => (
          <span key={bar} className={styles.label} style={{ left: `${(bar / bars) * 100}%` }}>
            {label}
          </span>
        ))}
      </div>
    </div>
  );
}

function Legend() {
  return (
    <ul className={styles.legend}>
      {PLOT_KINDS.map((kind) => (
        <li key={kind}>
          <span className={`${styles.swatch} ${styles[kind]}`} />
          {text.kinds[kind]}
        </li>
      ))}
    </ul>
  );
}
