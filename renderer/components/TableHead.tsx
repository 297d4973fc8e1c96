import type { KeyboardEvent } from 'react';
import { useEffect, useRef, useState } from 'react';
import { strings } from '../strings.ts';
import { Icon } from './Icon.tsx';
import type { Extent } from './useTableSelection.ts';
import styles from './VirtualTable.module.css';

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
  readonly template: string;
  readonly order: SortOrder | undefined;
  readonly sortBy: (column: string) => void;
  /** How many of the rows are selected. */
  readonly extent: Extent;
  readonly selectAll: () => void;
  readonly selectNone: () => void;
  readonly leaveDownwards: () => void;
}

/** The header: one stop for Tab, inside which the arrows lead from column to column. */
export function TableHead({ columns, template, order, sortBy, ...props }: TableHeadProps) {
  const [stop, setStop] = useState(1);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const controls = [...event.currentTarget.querySelectorAll<HTMLElement>('input, button')];
    const next = nextStop(event.key, stop, controls.length);
    if (next !== undefined) {
      setStop(next);
      controls[next]?.focus();
    } else if (event.key === 'ArrowDown') {
      props.leaveDownwards();
    } else {
      return;
    }
    event.preventDefault();
  };
  const isStop = (index: number) => (index === Math.min(stop, columns.length) ? 0 : -1);
  return (
    <thead className={styles.head} onKeyDown={onKeyDown}>
      <tr aria-rowindex={1} className={styles.headRow} style={{ gridTemplateColumns: template }}>
        <td className={styles.check}>
          <CheckAll {...props} tabIndex={isStop(0)} onFocus={() => setStop(0)} />
        </td>
        {columns.map(({ name, label, isNumber }, index) => {
          const sort = order?.column === name ? order : undefined;
          return (
            <th
              key={name}
              scope="col"
              aria-sort={sort && (sort.isDescending ? 'descending' : 'ascending')}
              className={isNumber ? styles.number : undefined}
            >
              <button
                type="button"
                className={styles.sort}
                tabIndex={isStop(index + 1)}
                onFocus={() => setStop(index + 1)}
                onClick={() => sortBy(name)}
              >
                <span className={styles.sortLabel}>{label}</span>
                {sort !== undefined && <Icon shape={sort.isDescending ? 'arrowDown' : 'arrowUp'} />}
              </button>
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

function CheckAll(
  props: Pick<TableHeadProps, 'extent' | 'selectAll' | 'selectNone'> & {
    tabIndex: number;
    onFocus: () => void;
  },
) {
  const { extent } = props;
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
      onChange={extent === 'all' ? props.selectNone : props.selectAll}
    />
  );
}
