import { useCallback, useMemo } from 'react';
import type { ContextView } from '../../../main/contract/contexts.ts';
import type { ColumnName } from '../../state/network-order.ts';
import type { NetworkRow } from '../../state/networks.ts';
import { useFilter } from '../../state/view.tsx';
import type { Scope } from '../../state/view-state.ts';
import { chosenColumns, fitColumns, isFixed, offeredColumns, writeColumns } from './column-choice.ts';
import type { ContextLooks, NetworkColumn } from './network-columns.tsx';
import { networkColumns } from './network-columns.tsx';

/** As in VirtualTable.module.css: the padding of a row, its checkbox, and a scroll bar. */
const AROUND_PX = 28 + 14 + 15;
const GAP_PX = 12;

export interface ColumnChoice {
  /** Those that are chosen and for which there is room. */
  readonly shown: readonly NetworkColumn[];
  readonly offered: readonly ColumnName[];
  readonly chosen: readonly ColumnName[];
  readonly isAtFirst: boolean;
  readonly choose: (names: readonly ColumnName[]) => void;
  readonly reset: () => void;
}

/** The columns of the table, chosen by a person and kept in the address, as far as there is room in `widthPx`. */
export function useNetworkColumns(
  scope: Scope,
  contexts: ContextLooks,
  rows: readonly NetworkRow[],
  widthPx: number,
): ColumnChoice {
  const [address, write] = useFilter('columns');
  const roomPx = widthPx - AROUND_PX;
  const hasContexts = scope.only === undefined;
  const hasManagers = useMemo(() => rows.some(({ network }) => network.managedBy !== undefined), [rows]);
  const offer = useMemo(() => ({ hasContexts, hasManagers }), [hasContexts, hasManagers]);
  const chosen = useMemo(() => chosenColumns(address, offer), [address, offer]);
  const shown = useMemo(() => {
    const wanted = networkColumns(contexts).filter(({ name }) => isFixed(name) || chosen.includes(name));
    return fitColumns(wanted, roomPx, GAP_PX);
  }, [contexts, chosen, roomPx]);
  // A drag of the window's edge changes the room a hundred times, and the columns twice.
  const names = shown.map(({ name }) => name).join();
  const kept = useMemo(
    () => networkColumns(contexts).filter(({ name }) => names.split(',').includes(name)),
    [contexts, names],
  );
  const choose = useCallback(
    (next: readonly ColumnName[]) => write(writeColumns(next, address, offer)),
    [write, address, offer],
  );
  const reset = useCallback(() => write(undefined), [write]);
  const offered = useMemo(() => offeredColumns(offer), [offer]);
  const isAtFirst = address === undefined;
  return useMemo(
    () => ({ shown: kept, offered, chosen, isAtFirst, choose, reset }),
    [kept, offered, chosen, isAtFirst, choose, reset],
  );
}

/** The contexts by id: the same map until a name, a colour or a mark of one is another. */
export function useContextLooks(contexts: readonly ContextView[]): ContextLooks {
  const looks = JSON.stringify(
    contexts.map(({ id, name, label, colour, isProtected }) => [id, name, label, colour, isProtected]),
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: counts change all the time, and are not shown.
  return useMemo(() => new Map(contexts.map((context) => [context.id, context])), [looks]);
}
