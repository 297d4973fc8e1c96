import type { KeyboardEvent } from 'react';
import type { TableSelection } from './useTableSelection.ts';
import type { KeyedRow } from './VirtualTable.tsx';

interface TableKeys<Row> {
  readonly rows: readonly Row[];
  /** -1: none */
  readonly activeIndex: number;
  readonly pageRows: number;
  readonly activate: (row: Row, index: number) => void;
  readonly choose: (row: Row) => void;
  readonly selection: TableSelection | undefined;
  readonly leaveUpwards: () => void;
}

/**
 * The keys of a table that has the focus: arrows, Page, Home and End lead to a row, with Shift they select on the way;
 * Enter chooses the active row, Space selects it, Ctrl-A (on a Mac Cmd-A) selects all, Escape none. Where rows cannot
 * be selected, Space chooses as well.
 */
export function useTableKeys<Row extends KeyedRow>(
  table: TableKeys<Row>,
): (event: KeyboardEvent<HTMLElement>) => void {
  const { rows, activeIndex, selection } = table;
  const move = (event: KeyboardEvent): boolean => {
    const index = nextIndex(event.key, activeIndex, rows.length, table.pageRows);
    const next = rows[index];
    if (next === undefined) return false;
    if (event.key === 'ArrowUp' && activeIndex <= 0 && !event.shiftKey && !event.repeat) {
      table.leaveUpwards();
      return true;
    }
    if (event.shiftKey) selection?.extendTo(next.key);
    else selection?.startAnew();
    table.activate(next, index);
    return true;
  };
  const act = (event: KeyboardEvent): boolean => {
    const active = rows[activeIndex];
    switch (event.key) {
      case 'Enter':
        if (active !== undefined) table.choose(active);
        return true;
      case ' ':
        if (active === undefined) return true;
        if (selection === undefined) table.choose(active);
        else selection.toggle(active.key);
        return true;
      case 'Escape':
        if (selection === undefined || selection.extent === 'none') return false;
        selection.none();
        // The details beside the table stay: each Escape does one thing.
        event.stopPropagation();
        return true;
      default:
        return !event.altKey && move(event);
    }
  };
  const selectAll = (event: KeyboardEvent): boolean => {
    const isAsked = event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey);
    if (!isAsked || selection === undefined) return false;
    selection.all();
    return true;
  };
  return (event) => {
    // A button of the header has its own.
    if (event.target !== event.currentTarget) return;
    if (selectAll(event) || act(event)) event.preventDefault();
  };
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
