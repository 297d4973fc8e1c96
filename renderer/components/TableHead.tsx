import type { KeyboardEvent } from 'react';
import { useEffect, useRef, useState } from 'react';
import { strings } from '../strings.ts';
import { Icon } from './Icon.tsx';
import type { TableSelection } from './useTableSelection.ts';
import styles from './VirtualTable.module.css';
import type { Sorting } from './VirtualTable.tsx';

export interface SortOrder {
  readonly column: string;
  readonly isDescending: boolean;
}

interface HeadColumn {
  readonly name: string;
  readonly label: string;
  readonly isNumber?: boolean;
}

interface TableHeadProps {
  readonly columns: readonly HeadColumn[];
  readonly sorting: Sorting | undefined;
  readonly selection: TableSelection | undefined;
  readonly leaveDownwards: () => void;
}

/** The header: one stop for Tab, inside which the arrows lead from one thing to press to the next. */
export function TableHead({ columns, sorting, selection, leaveDownwards }: TableHeadProps) {
  // The checkbox is the first stop, where there is one.
  const first = selection === undefined ? 0 : 1;
  const [stop, setStop] = useState(first);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const controls = [...event.currentTarget.querySelectorAll<HTMLElement>('input, button')];
    const next = nextStop(event.key, stop, controls.length);
    if (next !== undefined) {
      setStop(next);
      controls[next]?.focus();
    } else if (event.key === 'ArrowDown') {
      leaveDownwards();
    } else {
      return;
    }
    event.preventDefault();
  };
  const isStop = (index: number) => (index === Math.min(stop, first + columns.length - 1) ? 0 : -1);
  return (
    <thead className={styles.head} onKeyDown={onKeyDown}>
      <tr aria-rowindex={1} className={styles.headRow}>
        {selection !== undefined && (
          <td className={styles.check}>
            <CheckAll selection={selection} tabIndex={isStop(0)} onFocus={() => setStop(0)} />
          </td>
        )}
        {columns.map(({ name, label, isNumber }, index) => {
          const sort = sorting?.order?.column === name ? sorting.order : undefined;
          return (
            <th
              key={name}
              scope="col"
              aria-sort={sort && (sort.isDescending ? 'descending' : 'ascending')}
              className={isNumber ? styles.number : undefined}
            >
              {sorting === undefined ? (
                label
              ) : (
                <button
                  type="button"
                  className={styles.sort}
                  tabIndex={isStop(first + index)}
                  onFocus={() => setStop(first + index)}
                  onClick={() => sorting.sortBy(name)}
                >
                  <span className={styles.sortLabel}>{label}</span>
                  {sort !== undefined && <Icon shape={sort.isDescending ? 'arrowDown' : 'arrowUp'} />}
                </button>
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

function nextStop(key: string, stop: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return Math.min(count - 1, stop + 1);
    case 'ArrowLeft':
      return Math.max(0, stop - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

function CheckAll(props: { selection: TableSelection; tabIndex: number; onFocus: () => void }) {
  const { extent, all, none } = props.selection;
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current !== null) box.current.indeterminate = extent === 'some';
  }, [extent]);
  return (
    <input
      ref={box}
      type="checkbox"
      className={styles.box}
      aria-label={strings.table.selectAll}
      tabIndex={props.tabIndex}
      checked={extent === 'all'}
      onFocus={props.onFocus}
      onChange={extent === 'all' ? none : all}
    />
  );
}
