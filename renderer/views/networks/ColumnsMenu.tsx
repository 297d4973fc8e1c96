import { memo } from 'react';
import { CheckMenu } from '../../components/CheckMenu.tsx';
import { Icon } from '../../components/Icon.tsx';
import { strings } from '../../strings.ts';
import styles from './NetworksView.module.css';
import type { ColumnChoice } from './useNetworkColumns.ts';

const text = strings.networks;

/** Which columns the table has; says of those without room that there is none. */
export const ColumnsMenu = memo(function ColumnsMenu({ columns }: { columns: ColumnChoice }) {
  const { offered, shown, chosen, isAtFirst } = columns;
  return (
    <CheckMenu
      label={text.chooseColumns}
      items={offered.map((name) => ({
        name,
        label: text.columns[name],
        note: shown.some((column) => column.name === name) ? undefined : text.noRoom,
      }))}
      checked={chosen}
      check={columns.choose}
      reset={isAtFirst ? undefined : { label: text.resetColumns, do: columns.reset }}
    >
      <Icon shape="columns" />
      <span className={styles.word}>{text.chooseColumns}</span>
      <Icon shape="chevron" />
    </CheckMenu>
  );
});
