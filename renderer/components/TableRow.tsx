import { memo } from 'react';
import { Icon } from './Icon.tsx';
import styles from './VirtualTable.module.css';
import type { Column } from './VirtualTable.tsx';

interface TableRowProps<Row> {
  readonly id: string;
  readonly index: number;
  readonly row: Row;
  readonly columns: readonly Column<Row>[];
  readonly isActive: boolean;
  readonly isChosen: boolean;
  /** undefined: cannot be */
  readonly isSelected: boolean | undefined;
  readonly isFresh: boolean;
  readonly nameRow: (row: Row) => string;
}

/**
 * Drawn anew only when it changes: a scroll draws the rows that come into view, and no others. It has no style of its
 * own, because Chromium then works out the styles of its cells once for all rows; with one for each row that took ten
 * times as long (docs/architecture.md).
 */
export const TableRow = memo(TableRowOf) as typeof TableRowOf;

function TableRowOf<Row>({ id, index, row, columns, ...props }: TableRowProps<Row>) {
  const classes = [styles.row, props.isActive && styles.active, props.isFresh && 'fresh'];
  return (
    <tr
      id={id}
      aria-rowindex={index + 2}
      aria-selected={props.isSelected}
      aria-current={props.isChosen || undefined}
      className={classes.filter(Boolean).join(' ')}
    >
      {props.isSelected !== undefined && (
        <td className={styles.check} data-check>
          <span className={styles.box}>{props.isSelected && <Icon shape="check" />}</span>
        </td>
      )}
      {columns.map(({ name, isHeader, isNumber, renderCell }) =>
        isHeader ? (
          <th key={name} scope="row" aria-label={props.nameRow(row)}>
            {renderCell(row)}
          </th>
        ) : (
          <td key={name} className={isNumber ? styles.number : undefined}>
            {renderCell(row)}
          </td>
        ),
      )}
    </tr>
  );
}
