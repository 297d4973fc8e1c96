import type { CSSProperties, MouseEvent, ReactNode } from 'react';
import { useEffect, useId, useRef, useState } from 'react';
import { useLatest } from '../state/useLatest.ts';
import type { SortOrder } from './TableHead.tsx';
import { TableHead } from './TableHead.tsx';
import { TableRow } from './TableRow.tsx';
import type { RowsInView } from './useRowsInView.ts';
import { useRowsInView } from './useRowsInView.ts';
import { useTableKeys } from './useTableKeys.ts';
import { useTableSelection } from './useTableSelection.ts';
import styles from './VirtualTable.module.css';

export interface Column<Row> {
  readonly name: string;
  readonly label: string;
  /** Its width, as a track of a CSS grid. */
  readonly track: string;
  readonly isNumber?: boolean;
  /** Gives the row its name. */
  readonly isHeader?: boolean;
  readonly renderCell: (row: Row) => ReactNode;
}

export interface Sorting {
  readonly order: SortOrder | undefined;
  /** Somebody pressed the header of a column. */
  readonly sortBy: (column: string) => void;
}

export interface Selection {
  /** Of selected rows; some may belong to no row at the moment. */
  readonly keys: ReadonlySet<string>;
  readonly select: (keys: ReadonlySet<string>) => void;
}

export interface KeyedRow {
  readonly key: string;
}

export interface VirtualTableProps<Row extends KeyedRow> {
  readonly label: string;
  readonly rows: readonly Row[];
  /** Drawn anew, as all rows are, when they are other objects. */
  readonly columns: readonly Column<Row>[];
  /** Absent where the order is not for a person to choose. */
  readonly sorting?: Sorting | undefined;
  /** Absent where rows cannot be selected. */
  readonly selection?: Selection | undefined;
  /** The row that is looked at. */
  readonly chosenKey: string | undefined;
  readonly choose: (row: Row) => void;
  /** What a row is called; the same function each time. */
  readonly nameRow: (row: Row) => string;
  /** Just changed: lights up, and fades. */
  readonly isFresh: (row: Row) => boolean;
}

/**
 * A table of which only the rows in view exist. It has the focus itself and points at its active row, because the
 * element of a row goes when it is scrolled out of view. Its rows are plain elements: dozens of them are drawn at
 * each turn of a wheel.
 */
export function VirtualTable<Row extends KeyedRow>(props: VirtualTableProps<Row>) {
  const { rows, columns, sorting } = props;
  const order = sorting?.order;
  const id = useId();
  const grid = useRef<HTMLTableElement>(null);
  const view = useRowsInView(rows.length);
  const [activeKey, setActiveKey] = useState<string | undefined>(props.chosenKey);
  const activeIndex = rows.findIndex(({ key }) => key === activeKey);
  const selection = useTableSelection(rows, props.selection, activeKey);
  const onKeyDown = useTableKeys({
    rows,
    activeIndex,
    pageRows: view.pageRows,
    activate: (row, index) => {
      setActiveKey(row.key);
      view.reveal(index);
    },
    choose: props.choose,
    selection,
    leaveUpwards: () => grid.current?.querySelector<HTMLElement>('thead [tabindex="0"]')?.focus(),
  });
  useTopAfter(view.scrollToTop, order);
  const activate = useLatest((key: string) => {
    setActiveKey(key);
    view.reveal(rows.findIndex((row) => row.key === key));
  });
  // What is chosen elsewhere is to be seen here.
  useEffect(() => {
    if (props.chosenKey !== undefined) activate()(props.chosenKey);
  }, [props.chosenKey, activate]);

  const isActiveDrawn = activeIndex >= view.start && activeIndex < view.end;
  const check = selection === undefined ? [] : ['var(--check)'];
  // React takes custom properties, which its types do not know.
  const style = { '--tracks': [...check, ...columns.map(({ track }) => track)].join(' ') } as CSSProperties;
  // A table whose rows can be chosen, as in the data grids of the ARIA Authoring Practices.
  const ofGrid = {
    role: 'grid',
    tabIndex: 0,
    'aria-multiselectable': selection !== undefined || undefined,
    'aria-activedescendant': isActiveDrawn ? `${id}-${activeIndex}` : undefined,
  };
  return (
    <div ref={view.scroller} className={styles.scroller} onScroll={view.onScroll}>
      <table
        {...ofGrid}
        ref={grid}
        className={`${styles.table} ${(selection?.extent ?? 'none') === 'none' ? '' : styles.selecting}`}
        style={style}
        aria-label={props.label}
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length + (selection === undefined ? 0 : 1)}
        onKeyDown={onKeyDown}
        onFocus={() => setActiveKey((key) => key ?? rows[0]?.key)}
      >
        <TableHead
          columns={columns}
          sorting={sorting}
          selection={selection}
          leaveDownwards={() => grid.current?.focus()}
        />
        <TableBody
          {...props}
          id={id}
          view={view}
          activeIndex={activeIndex}
          press={(row, event) => {
            setActiveKey(row.key);
            if (selection !== undefined && event.shiftKey) selection.extendTo(row.key);
            else if (selection !== undefined && isToggle(event)) selection.toggle(row.key);
            else {
              selection?.startAnew();
              props.choose(row);
            }
          }}
        />
      </table>
    </div>
  );
}

/** The rows in view, and before them as much room as the others would take. */
function TableBody<Row extends KeyedRow>(
  props: VirtualTableProps<Row> & {
    id: string;
    view: RowsInView;
    activeIndex: number;
    press: (row: Row, event: MouseEvent<HTMLElement>) => void;
  },
) {
  const { rows, id, view } = props;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the table has the keys, and does the same with them.
    <tbody
      className={styles.body}
      style={{ height: view.heightOfAllPx, paddingTop: view.heightBeforePx }}
      onMouseDown={keepTextUnmarked}
      onClick={(event) => {
        const row = rowAt(event.target, rows);
        if (row !== undefined) props.press(row, event);
      }}
    >
      {rows.slice(view.start, view.end).map((row, offset) => {
        const index = view.start + offset;
        // Who comes into view takes the elements of who went: a scroll makes and throws away none.
        return (
          <TableRow
            key={index % view.mostDrawn}
            id={`${id}-${index}`}
            index={index}
            row={row}
            columns={props.columns}
            isActive={index === props.activeIndex}
            isChosen={row.key === props.chosenKey}
            isSelected={props.selection?.keys.has(row.key)}
            isFresh={props.isFresh(row)}
            nameRow={props.nameRow}
          />
        );
      })}
    </tbody>
  );
}

function rowAt<Row>(target: EventTarget, rows: readonly Row[]): Row | undefined {
  const element = target instanceof Element ? target.closest('tr') : null;
  return rows[Number(element?.ariaRowIndex ?? 0) - 2];
}

function isToggle({ ctrlKey, metaKey, target }: MouseEvent): boolean {
  return ctrlKey || metaKey || (target instanceof Element && target.closest('[data-check]') !== null);
}

/** A browser marks all text up to a click with Shift. Without that, the focus is to be given by hand. */
function keepTextUnmarked(event: MouseEvent<HTMLElement>): void {
  if (!event.shiftKey) return;
  event.preventDefault();
  event.currentTarget.closest('table')?.focus();
}

/** Who orders the rows anew wants to see the first ones. */
function useTopAfter(scrollToTop: () => void, order: SortOrder | undefined): void {
  const last = useRef(order);
  useEffect(() => {
    if (last.current?.column === order?.column && last.current?.isDescending === order?.isDescending) return;
    last.current = order;
    scrollToTop();
  }, [order, scrollToTop]);
}
