import type { RefObject } from 'react';
import { memo, useCallback } from 'react';
import { Button } from '../../components/Button.tsx';
import type { Chip } from '../../components/Chips.tsx';
import { Chips } from '../../components/Chips.tsx';
import type { Mark } from '../../components/Icon.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import type { PickerChoice } from '../../components/Picker.tsx';
import { Picker } from '../../components/Picker.tsx';
import { SearchField } from '../../components/SearchField.tsx';
import { spellOut } from '../../format.ts';
import { formatNumber } from '../../numbers.ts';
import type { Counts, Narrowed } from '../../state/network-narrowing.ts';
import { sortCounts } from '../../state/network-narrowing.ts';
import type { StateGroup } from '../../state/networks.ts';
import { STATE_GROUPS } from '../../state/networks.ts';
import { useLatest } from '../../state/useLatest.ts';
import { strings } from '../../strings.ts';
import styles from './FilterBar.module.css';
import type { NetworkFilters } from './useNetworkFilters.ts';

const GROUP_MARKS: Readonly<Record<StateGroup, Mark>> = {
  attention: { shape: 'question', tone: 'amber' },
  missing: { shape: 'brokenLink', tone: 'red' },
  deleting: { shape: 'hourglass', tone: 'amber' },
  inUse: { shape: 'solidDot', tone: 'neutral' },
  unused: { shape: 'hollowDot', tone: 'muted' },
  letGo: { shape: 'leave', tone: 'muted' },
};
const text = strings.networks;

type GroupCounts = Readonly<Record<StateGroup, number>>;

/** What narrows the table: words, state, type and namespace, with how many networks each one leaves. */
export function FilterBar(props: {
  filters: NetworkFilters;
  /** Of all networks that are looked at. */
  totals: GroupCounts;
  narrowed: Narrowed;
  count: number;
  field: RefObject<HTMLInputElement | null>;
  /** No room for the states side by side. */
  isNarrow: boolean;
}) {
  const { filters, totals, narrowed, count, field, isNarrow } = props;
  const { group, type, namespace } = filters.narrowing;
  const offered = STATE_GROUPS.filter((one) => totals[one] > 0 || one === group);
  const latest = useLatest({ offered, narrowed });
  const types = useCallback(() => choicesOf(latest().narrowed.types, text.anyType, text.noType), [latest]);
  const namespaces = useCallback(
    () => choicesOf(latest().narrowed.namespaces, text.anyNamespace, text.noNamespace),
    [latest],
  );
  const groups = useCallback(() => groupChoices(latest().offered, latest().narrowed), [latest]);
  const { chooseGroup, clear: clearFilters } = filters;
  const pickGroup = useCallback(
    (value: string | undefined) => chooseGroup(STATE_GROUPS.find((one) => one === value)),
    [chooseGroup],
  );
  const clear = useCallback(() => {
    clearFilters();
    field.current?.focus();
  }, [clearFilters, field]);
  return (
    <div className={styles.filters}>
      <SearchField
        ref={field}
        label={text.filter}
        hint={text.filterHint}
        value={filters.typed}
        change={filters.typeWords}
      />
      <div className={styles.pickers}>
        {isNarrow && (
          <Picker
            label={text.state}
            picked={group && strings.groups[group]}
            choices={groups}
            value={group}
            pick={pickGroup}
          />
        )}
        <Picker
          label={text.type}
          picked={type === undefined ? undefined : nameOf(type, text.noType)}
          choices={types}
          value={type}
          pick={filters.chooseType}
        />
        <Picker
          label={text.namespace}
          picked={namespace === undefined ? undefined : nameOf(namespace, text.noNamespace)}
          choices={namespaces}
          value={namespace}
          pick={filters.chooseNamespace}
        />
      </div>
      {filters.isNarrowing && (
        <p className={styles.matching}>
          <span role="status">{text.matching(narrowed.rows.length, count)}</span>
          {narrowed.rows.length > 0 && <ClearButton clear={clear} isNarrow={isNarrow} />}
        </p>
      )}
      {!isNarrow && (
        <GroupChips
          offered={offered.join(' ')}
          counts={offered.map((one) => narrowed.groups[one]).join(' ')}
          chosen={group}
          choose={chooseGroup}
        />
      )}
    </div>
  );
}

const ClearButton = memo(function ClearButton(props: { clear: () => void; isNarrow: boolean }) {
  const { clear, isNarrow } = props;
  if (isNarrow) return <IconButton label={text.clear} shape="cross" onPress={clear} />;
  return (
    <Button look="quiet" onPress={clear}>
      {text.clear}
    </Button>
  );
});

function groupChoices(offered: readonly StateGroup[], narrowed: Narrowed): readonly PickerChoice[] {
  const groups = offered.map((group) => ({
    value: group,
    label: strings.groups[group],
    mark: GROUP_MARKS[group],
    count: narrowed.groups[group],
  }));
  return [{ value: undefined, label: text.anyState }, ...groups];
}

/** Lists as texts: drawn anew only when a number is another one. */
const GroupChips = memo(function GroupChips(props: {
  offered: string;
  counts: string;
  chosen: StateGroup | undefined;
  choose: (group: StateGroup | undefined) => void;
}) {
  const offered = props.offered.split(' ');
  const counts = props.counts.split(' ').map(Number);
  const chips: Chip<StateGroup | undefined>[] = [
    { value: undefined, label: text.all(counts.reduce((sum, one) => sum + one, 0)) },
  ];
  for (const group of STATE_GROUPS) {
    const index = offered.indexOf(group);
    if (index < 0) continue;
    const label = `${strings.groups[group]} ${formatNumber(counts[index] ?? 0)}`;
    chips.push({ value: group, mark: GROUP_MARKS[group], label });
  }
  return <Chips label={text.byState} chips={chips} chosen={props.chosen} choose={props.choose} />;
});

/** All that there are, by name; what has none at the end. */
function choicesOf(counts: Counts, any: string, none: string): readonly PickerChoice[] {
  const named = sortCounts(counts)
    .filter(([value]) => value !== '')
    .map(([value, count]) => ({ value, label: spellOut(value), count }));
  const unnamed = counts.get('');
  return [
    { value: undefined, label: any },
    ...named,
    ...(unnamed === undefined ? [] : [{ value: '', label: none, count: unnamed }]),
  ];
}

function nameOf(value: string, none: string): string {
  return value === '' ? none : spellOut(value);
}
