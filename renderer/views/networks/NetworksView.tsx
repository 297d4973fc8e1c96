import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { ContextView } from '../../../main/contract/contexts.ts';
import { Button } from '../../components/Button.tsx';
import { Empty } from '../../components/Empty.tsx';
import { Icon } from '../../components/Icon.tsx';
import { useWidth } from '../../components/useWidth.ts';
import { narrowRows } from '../../state/network-narrowing.ts';
import type { NetworkRow, StateGroup } from '../../state/networks.ts';
import { countGroups } from '../../state/networks.ts';
import { useLatest } from '../../state/useLatest.ts';
import { useScope, useView } from '../../state/view.tsx';
import type { Scope } from '../../state/view-state.ts';
import { useWindowModel } from '../../state/window.tsx';
import type { NetworkKey } from '../../state/window-state.ts';
import { networkKey } from '../../state/window-state.ts';
import { strings } from '../../strings.ts';
import { ColumnsMenu } from './ColumnsMenu.tsx';
import { ExportShown } from './ExportShown.tsx';
import { FilterBar } from './FilterBar.tsx';
import styles from './NetworksView.module.css';
import { NetworkTable } from './NetworkTable.tsx';
import { isTroubled, ScopeProblems } from './ScopeProblems.tsx';
import { ScopeState } from './ScopeState.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import { useContextLooks, useNetworkColumns } from './useNetworkColumns.ts';
import { useNetworkFilters } from './useNetworkFilters.ts';
import { useNetworkRows } from './useNetworkRows.ts';
import { useSelectedNetworks } from './useSelectedNetworks.ts';
import { useSortedRows } from './useSortedRows.ts';

/** With less, the states are a list that opens. */
const ROOM_FOR_CHIPS_PX = 760;
const text = strings.networks;

/** Is anything wrong, and what is used by whom. */
export function NetworksView() {
  const { network } = useView().view;
  const scope = useScope();
  const rows = useNetworkRows(scope);
  if (rows.length === 0) return <ScopeState scope={scope} />;
  return (
    <NetworkList
      scope={scope}
      rows={rows}
      chosenKey={network === undefined ? undefined : networkKey(network)}
    />
  );
}

function NetworkList(props: {
  scope: Scope;
  /** The most urgent first. */
  rows: readonly NetworkRow[];
  chosenKey: NetworkKey | undefined;
}) {
  const { scope, rows, chosenKey } = props;
  const { showNetwork } = useWindowModel();
  const box = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  useSlashKey(field);
  const contexts = useContextLooks(scope.contexts);
  const filters = useNetworkFilters();
  const widthPx = useWidth(box);
  const columns = useNetworkColumns(scope, contexts, rows, widthPx);
  const totals = useMemo(() => countGroups(rows), [rows]);
  const narrowed = useMemo(() => narrowRows(rows, filters.narrowing), [rows, filters.narrowing]);
  const { sorted, sorting } = useSortedRows(narrowed.rows, contexts);
  const readShown = useLatest(sorted);
  const selection = useSelectedNetworks(rows, sorted);
  const choose = useCallback((row: NetworkRow) => showNetwork(row.network), [showNetwork]);
  const clearFilters = () => {
    filters.clear();
    field.current?.focus();
  };
  return (
    <div ref={box} className={styles.list}>
      <ScopeProblems contexts={scope.contexts} />
      <header className={styles.header}>
        <div className={styles.top}>
          <Summary counts={totals} contexts={scope.contexts} />
          <ExportShown count={sorted.length} read={readShown} contexts={contexts} />
          <ColumnsMenu columns={columns} />
        </div>
        <FilterBar
          filters={filters}
          totals={totals}
          narrowed={narrowed}
          count={rows.length}
          field={field}
          isNarrow={widthPx < ROOM_FOR_CHIPS_PX}
        />
      </header>
      {sorted.length === 0 ? (
        <div className={styles.nothing}>
          <Empty title={text.noneMatch} what={text.noneMatchWhat}>
            <Button onPress={clearFilters}>{text.clear}</Button>
          </Empty>
        </div>
      ) : (
        <NetworkTable
          rows={sorted}
          columns={columns.shown}
          sorting={sorting}
          selection={selection}
          chosenKey={chosenKey}
          choose={choose}
        />
      )}
      {selection.counts.all > 0 && (
        <SelectionBar
          {...selection.counts}
          read={selection.read}
          contexts={contexts}
          clear={selection.clear}
        />
      )}
    </div>
  );
}

function Summary(props: { counts: Readonly<Record<StateGroup, number>>; contexts: readonly ContextView[] }) {
  const { attention, missing, inUse } = props.counts;
  if (attention + missing === 0) {
    const isSure = !props.contexts.some(isTroubled);
    return <h2 className={styles.summary}>{`${isSure ? `${text.allWell} ` : ''}${text.inUse(inUse)}`}</h2>;
  }
  return (
    <h2 className={styles.summary}>
      <Icon shape="warning" tone={missing > 0 ? 'red' : 'amber'} />
      {text.wrong(attention, missing)}
    </h2>
  );
}

/** `/` leads to the filter, as in other tools, unless something is being typed. */
function useSlashKey(field: { readonly current: HTMLInputElement | null }): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isElsewhere =
        event.target instanceof Element &&
        event.target.closest('input, textarea, [role=dialog], [role=alertdialog], [role=menu]');
      if (event.key !== '/' || isElsewhere) return;
      event.preventDefault();
      field.current?.focus();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [field]);
}
