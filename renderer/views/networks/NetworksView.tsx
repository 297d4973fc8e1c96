import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { ContextView } from '../../../main/contract/contexts.ts';
import type { NetworkName } from '../../../main/contract/networks.ts';
import { Button } from '../../components/Button.tsx';
import type { Chip } from '../../components/Chips.tsx';
import { Chips } from '../../components/Chips.tsx';
import { Empty } from '../../components/Empty.tsx';
import type { Mark } from '../../components/Icon.tsx';
import { Icon } from '../../components/Icon.tsx';
import { SearchField } from '../../components/SearchField.tsx';
import { formatNumber } from '../../numbers.ts';
import type { NetworkRow, StateGroup } from '../../state/networks.ts';
import { countGroups, filterRows } from '../../state/networks.ts';
import { useScope, useView } from '../../state/view.tsx';
import type { Scope } from '../../state/view-state.ts';
import { useWindowModel } from '../../state/window.tsx';
import { networkKey } from '../../state/window-state.ts';
import { strings } from '../../strings.ts';
import styles from './NetworksView.module.css';
import { NetworkTable } from './NetworkTable.tsx';
import { isTroubled, ScopeProblems } from './ScopeProblems.tsx';
import { ScopeState } from './ScopeState.tsx';
import { useNetworkRows } from './useNetworkRows.ts';

const GROUP_MARKS: readonly (readonly [StateGroup, Mark])[] = [
  ['attention', { shape: 'question', tone: 'amber' }],
  ['missing', { shape: 'brokenLink', tone: 'red' }],
  ['deleting', { shape: 'hourglass', tone: 'amber' }],
  ['inUse', { shape: 'solidDot', tone: 'neutral' }],
  ['unused', { shape: 'hollowDot', tone: 'muted' }],
  ['letGo', { shape: 'leave', tone: 'muted' }],
];
const text = strings.networks;

/** Is anything wrong, and what is used by whom. */
export function NetworksView() {
  const { network } = useView().view;
  const scope = useScope();
  const rows = useNetworkRows(scope);
  if (rows.length === 0) return <ScopeState scope={scope} />;
  return (
    <>
      <ScopeProblems contexts={scope.contexts} />
      <FilteredTable scope={scope} rows={rows} network={network} />
    </>
  );
}

function FilteredTable({
  scope,
  rows,
  network,
}: {
  scope: Scope;
  rows: ReturnType<typeof useNetworkRows>;
  network: NetworkName | undefined;
}) {
  const { showNetwork } = useWindowModel();
  const [typed, setTyped] = useState('');
  const [group, setGroup] = useState<StateGroup>();
  const words = useDeferredValue(typed);
  const counts = useMemo(() => countGroups(rows), [rows]);
  const shown = useMemo(() => filterRows(rows, words, group), [rows, words, group]);
  const choose = useCallback((row: NetworkRow) => showNetwork(row.network), [showNetwork]);
  const filter = useRef<HTMLInputElement>(null);
  useSlashKey(filter);
  const clear = () => {
    setTyped('');
    setGroup(undefined);
    filter.current?.focus();
  };
  return (
    <>
      <header className={styles.header}>
        <Summary counts={counts} contexts={scope.contexts} />
        <SearchField
          ref={filter}
          label={text.filter}
          hint={text.filterHint}
          value={typed}
          change={setTyped}
        />
        <Chips label={text.byState} chips={groupChips(counts, group)} chosen={group} choose={setGroup} />
      </header>
      {shown.length === 0 ? (
        <Empty title={text.noneMatch} what={text.noneMatchWhat}>
          <Button onPress={clear}>{text.clear}</Button>
        </Empty>
      ) : (
        <NetworkTable
          rows={shown}
          contexts={scope.contexts}
          showsContext={scope.only === undefined}
          chosenKey={network === undefined ? undefined : networkKey(network)}
          choose={choose}
        />
      )}
    </>
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

/** A group without networks is not offered, except the chosen one. */
function groupChips(
  counts: Readonly<Record<StateGroup, number>>,
  chosen: StateGroup | undefined,
): readonly Chip<StateGroup | undefined>[] {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const chips: Chip<StateGroup | undefined>[] = [{ value: undefined, label: text.all(total) }];
  for (const [group, mark] of GROUP_MARKS) {
    if (counts[group] === 0 && group !== chosen) continue;
    chips.push({ value: group, mark, label: `${strings.groups[group]} ${formatNumber(counts[group])}` });
  }
  return chips;
}

/** `/` leads to the filter, as in other tools, unless something is being typed. */
function useSlashKey(field: { readonly current: HTMLInputElement | null }): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isTyping =
        event.target instanceof Element && event.target.closest('input, select, textarea, dialog');
      if (event.key !== '/' || isTyping) return;
      event.preventDefault();
      field.current?.focus();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [field]);
}
