import { useCallback, useMemo } from 'react';
import type { Narrowing } from '../../state/network-narrowing.ts';
import { isNarrowing } from '../../state/network-narrowing.ts';
import type { StateGroup } from '../../state/networks.ts';
import { STATE_GROUPS } from '../../state/networks.ts';
import { useTypedFilter } from '../../state/useTypedFilter.ts';
import { useFilter, useView } from '../../state/view.tsx';

export interface NetworkFilters {
  /** What stands in the field for words at this moment. */
  readonly typed: string;
  readonly typeWords: (text: string) => void;
  readonly narrowing: Narrowing;
  readonly isNarrowing: boolean;
  readonly chooseGroup: (group: StateGroup | undefined) => void;
  readonly chooseType: (type: string | undefined) => void;
  readonly chooseNamespace: (namespace: string | undefined) => void;
  readonly clear: () => void;
}

/** What narrows the table, kept in the address. */
export function useNetworkFilters(): NetworkFilters {
  const { change } = useView();
  const { typed, type: typeWords, words } = useTypedFilter('words');
  const [state, chooseGroup] = useFilter('state');
  const [type, chooseType] = useFilter('type');
  const [namespace, chooseNamespace] = useFilter('namespace');
  const group = STATE_GROUPS.find((one) => one === state);
  const narrowing = useMemo(() => ({ words, group, type, namespace }), [words, group, type, namespace]);
  const clear = useCallback(() => {
    typeWords('');
    const filters = { words: undefined, state: undefined, type: undefined, namespace: undefined };
    change({ do: 'filter', filters });
  }, [typeWords, change]);
  return {
    typed,
    typeWords,
    narrowing,
    isNarrowing: isNarrowing(narrowing),
    chooseGroup,
    chooseType,
    chooseNamespace,
    clear,
  };
}
