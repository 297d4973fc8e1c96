import { useCallback, useMemo, useState } from 'react';
import { contextLabel } from '../../components/ContextName.tsx';
import type { Sorting } from '../../components/VirtualTable.tsx';
import {
  COLUMN_NAMES,
  compareBy,
  createOrderKeeper,
  nextOrder,
  readOrder,
  writeOrder,
} from '../../state/network-order.ts';
import type { NetworkRow } from '../../state/networks.ts';
import { useFilter } from '../../state/view.tsx';
import type { ContextLooks } from './network-columns.tsx';

/**
 * Rows in the order that the address asks for.
 *
 * @param rows the most urgent first
 */
export function useSortedRows(
  rows: readonly NetworkRow[],
  contexts: ContextLooks,
): {
  readonly sorted: readonly NetworkRow[];
  readonly sorting: Sorting;
} {
  const [address, write] = useFilter('sort');
  const [keepOrder] = useState(createOrderKeeper);
  const order = useMemo(() => readOrder(address), [address]);
  const compare = useMemo(() => {
    const labels = new Map([...contexts].map(([id, context]) => [id, contextLabel(context)]));
    return compareBy(order, (id) => labels.get(id) ?? id);
  }, [order, contexts]);
  const sorted = useMemo(
    () => (order === undefined ? rows : keepOrder(rows, compare)),
    [keepOrder, rows, order, compare],
  );
  const sortBy = useCallback(
    (name: string) => {
      const column = COLUMN_NAMES.find((one) => one === name);
      const next = column && nextOrder(order, column);
      write(next && writeOrder(next));
    },
    [order, write],
  );
  return { sorted, sorting: { order, sortBy } };
}
