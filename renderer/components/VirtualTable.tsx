import type { KeyboardEvent, ReactNode } from 'react';
import { memo, useCallback, useId, useLayoutEffect, useRef, useState } from 'react';
import styles from './VirtualTable.module.css';

/** As in the style sheets: `--row`. */
export const ROW_HEIGHT_PX = 28;
/** Rows that are drawn beyond each edge, so that a scroll of a few rows shows no gap. */
const OVERSCAN_ROWS = 8;

interface VirtualTableProps<Row extends { readonly key: string }> {
  readonly label: string;
  readonly rows: readonly Row[];
  /** The cells of the header. */
  readonly header: ReactNode;
  readonly chosenKey: string | undefined;
  /** The cells of a row. */
  readonly renderCells: (row: Row) => ReactNode;
  /** Lays out the columns, of the header too. */
  readonly rowClassName: string;
  /** Just changed: lights up, and fades. */
  readonly isFresh: (row: Row) => boolean;
  readonly choose: (row: Row) => void;
}

/**
 * A table of which only the rows in view exist. It has the focus itself and points at its active row, because the
 * element of a row goes when it is scrolled out of view.
 */
export function VirtualTable<Row extends { readonly key: string }>(props: VirtualTableProps<Row>) {
  const { rows } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [first, setFirst] = useState(0);
  const heightPx = useHeight(scroller);
  const [activeKey, setActiveKey] = useState<string | undefined>(props.chosenKey);
  const activeIndex = rows.findIndex(({ key }) => key === activeKey);

  const start = Math.max(0, first - OVERSCAN_ROWS);
  const end = Math.min(rows.length, first + Math.ceil(heightPx / ROW_HEIGHT_PX) + OVERSCAN_ROWS);
  const isActiveDrawn = activeIndex >= start && activeIndex < end;

  // A table whose rows can be chosen, as in the data grids of the ARIA Authoring Practices.
  const grid = {
    role: 'grid',
    tabIndex: 0,
    'aria-activedescendant': isActiveDrawn ? `${id}-${activeIndex}` : undefined,
  };

  const { choose: chooseRow } = props;
  const choose = useCallback(
    (row: Row) => {
      setActiveKey(row.key);
      chooseRow(row);
    },
    [chooseRow],
  );

  const onKeyDown = (event: KeyboardEvent) => {
    const active = rows[activeIndex];
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      if (active !== undefined) props.choose(active);
      return;
    }
    const page = Math.max(1, Math.floor(heightPx / ROW_HEIGHT_PX) - 2);
    const next = rows[nextIndex(event.key, activeIndex, rows.length, page)];
    if (next === undefined) return;
    event.preventDefault();
    setActiveKey(next.key);
    scrollTo(scroller.current, rows.indexOf(next));
  };

  return (
    <div
      ref={scroller}
      className={styles.scroller}
      onScroll={({ currentTarget }) => setFirst(Math.floor(currentTarget.scrollTop / ROW_HEIGHT_PX))}
    >
      <table
        {...grid}
        className={styles.table}
        aria-label={props.label}
        aria-rowcount={rows.length + 1}
        onKeyDown={onKeyDown}
        onFocus={() => setActiveKey((key) => key ?? rows[0]?.key)}
      >
        <thead className={styles.head}>
          <tr aria-rowindex={1} className={props.rowClassName}>
            {props.header}
          </tr>
        </thead>
        <tbody className={styles.body} style={{ height: rows.length * ROW_HEIGHT_PX }}>
          {rows.slice(start, end).map((row, offset) => {
            const index = start + offset;
            return (
              <TableRow
                key={row.key}
                id={`${id}-${index}`}
                index={index}
                row={row}
                isActive={index === activeIndex}
                isChosen={row.key === props.chosenKey}
                className={props.rowClassName}
                isFresh={props.isFresh(row)}
                renderCells={props.renderCells}
                choose={choose}
              />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

interface TableRowProps<Row> {
  readonly id: string;
  readonly index: number;
  readonly row: Row;
  readonly isActive: boolean;
  readonly isChosen: boolean;
  readonly isFresh: boolean;
  readonly className: string;
  readonly renderCells: (row: Row) => ReactNode;
  readonly choose: (row: Row) => void;
}

/** Drawn anew only when it changes: a scroll draws the rows that come into view, and no others. */
const TableRow = memo(TableRowOf) as typeof TableRowOf;

function TableRowOf<Row>({ id, index, row, ...props }: TableRowProps<Row>) {
  const classes = [styles.row, props.className, props.isActive && styles.active, props.isFresh && 'fresh'];
  return (
    <tr
      id={id}
      aria-rowindex={index + 2}
      aria-selected={props.isChosen}
      className={classes.filter(Boolean).join(' ')}
      style={{ transform: `translateY(${index * ROW_HEIGHT_PX}px)` }}
      onClick={() => props.choose(row)}
    >
      {props.renderCells(row)}
    </tr>
  );
}

function useHeight(ref: { readonly current: HTMLElement | null }): number {
  const [heightPx, setHeightPx] = useState(0);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    setHeightPx(element.clientHeight);
    const observer = new ResizeObserver(() => setHeightPx(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return heightPx;
}

/** Where a key leads to from a row (-1: from none); no row, for keys that lead nowhere. */
function nextIndex(key: string, index: number, count: number, page: number): number {
  switch (key) {
    case 'ArrowDown':
      return Math.min(count - 1, index + 1);
    case 'ArrowUp':
      return Math.max(0, index - 1);
    case 'PageDown':
      return Math.min(count - 1, index + page);
    case 'PageUp':
      return Math.max(0, index - page);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return -1;
  }
}

/** Brings a row into view, below the header that stays in place. */
function scrollTo(scroller: HTMLElement | null, index: number): void {
  if (scroller === null) return;
  const top = index * ROW_HEIGHT_PX;
  const lowest = top - scroller.clientHeight + 2 * ROW_HEIGHT_PX;
  scroller.scrollTop = Math.min(top, Math.max(lowest, scroller.scrollTop));
}
