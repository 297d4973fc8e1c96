import { useRef, useState } from 'react';
import { Foreign } from '../../components/Foreign.tsx';
import { strings } from '../../strings.ts';
import styles from './Plot.module.css';
import type { BarPlace, Counts, Period, PlotRow } from './plot.ts';
import { nextPlace, PLOT_KINDS, sumOf } from './plot.ts';
import { nameBar, nameRange } from './plot-names.ts';

/** The least that is still seen of a bar's part, in px. */
const LEAST_PX = 3;

/** Stacked bars, each one a button; one stop of the Tab key, with arrow keys from bar to bar. */
export function PlotBars(props: {
  rows: readonly PlotRow[];
  edges: readonly number[];
  period: Period;
  /** What the full height stands for. */
  highest: number;
  /** What rows are called; undefined where there is one row of all. */
  labelOf: ((row: PlotRow) => string) | undefined;
  chosenMs: number | undefined;
  choose: (startMs: number) => void;
  /** Tells the name of the bar that is pointed at. */
  pointAt: (name: string | undefined) => void;
}) {
  const { rows, edges, period, labelOf } = props;
  const [place, setPlace] = useState<BarPlace>();
  const stop = isFilled(rows, place) ? place : lastPlace(rows);
  const toolbar = useRef<HTMLDivElement>(null);
  const move = (from: BarPlace, key: string): boolean => {
    const next = nextPlace(rows, from, key);
    if (next === undefined) return false;
    toolbar.current?.querySelector<HTMLElement>(`[data-place="${next.row} ${next.bar}"]`)?.focus();
    return true;
  };
  const heightPx = rowHeight(rows.length);
  return (
    <div ref={toolbar} role="toolbar" aria-label={strings.plot.bars}>
      {rows.map((row, rowIndex) => {
        const label = labelOf?.(row);
        return (
          <div key={row.contexts.join(' ')} className={styles.row} style={{ height: heightPx }}>
            {label !== undefined && <Foreign className={styles.context} text={label} />}
            <div className={styles.bars}>
              {row.bars.map((counts, bar) => {
                const startMs = edges[bar] ?? 0;
                const isChosen = startMs === props.chosenMs;
                if (sumOf(counts) === 0)
                  return <span key={startMs} className={isChosen ? styles.chosen : undefined} />;
                const when = nameRange(period, { startMs, endMs: edges[bar + 1] ?? startMs });
                return (
                  <Bar
                    key={startMs}
                    place={{ row: rowIndex, bar }}
                    name={nameBar(label, when, counts)}
                    counts={counts}
                    scalePx={(heightPx - 4) / props.highest}
                    isStop={stop?.row === rowIndex && stop.bar === bar}
                    isChosen={isChosen}
                    choose={() => props.choose(startMs)}
                    move={move}
                    setPlace={setPlace}
                    pointAt={props.pointAt}
                  />
                );
              })}
            </div>
          </div>
        );
      })}
    </div>
  );
}

function Bar(props: {
  place: BarPlace;
  name: string;
  counts: Counts;
  scalePx: number;
  isStop: boolean;
  isChosen: boolean;
  choose: () => void;
  /** Moves the focus where a key leads to, if it leads anywhere. */
  move: (from: BarPlace, key: string) => boolean;
  setPlace: (place: BarPlace) => void;
  pointAt: (name: string | undefined) => void;
}) {
  const { place, name, counts, pointAt } = props;
  return (
    <button
      type="button"
      className={`${styles.bar} ${props.isChosen ? styles.chosen : ''}`}
      aria-label={name}
      aria-pressed={props.isChosen}
      data-place={`${place.row} ${place.bar}`}
      tabIndex={props.isStop ? 0 : -1}
      onClick={props.choose}
      onKeyDown={(event) => {
        if (props.move(place, event.key)) event.preventDefault();
      }}
      onFocus={() => {
        props.setPlace(place);
        pointAt(name);
      }}
      onBlur={() => pointAt(undefined)}
      onPointerEnter={() => pointAt(name)}
      onPointerLeave={() => pointAt(undefined)}
    >
      {PLOT_KINDS.filter((kind) => counts[kind] > 0).map((kind) => (
        <span
          key={kind}
          className={`${styles.part} ${styles[kind]}`}
          style={{ height: Math.max(LEAST_PX, counts[kind] * props.scalePx) }}
        />
      ))}
    </button>
  );
}

function rowHeight(rows: number): number {
  if (rows === 1) return 64;
  return rows <= 3 ? 36 : 28;
}

function isFilled(rows: readonly PlotRow[], place: BarPlace | undefined): boolean {
  const counts = place && rows[place.row]?.bars[place.bar];
  return counts !== undefined && sumOf(counts) > 0;
}

/** The newest bar of the first row that has any. */
function lastPlace(rows: readonly PlotRow[]): BarPlace | undefined {
  for (const [row, { bars }] of rows.entries()) {
    const bar = bars.findLastIndex((counts) => sumOf(counts) > 0);
    if (bar >= 0) return { row, bar };
  }
  return undefined;
}
