import type { Selection, Sorting } from '../../components/VirtualTable.tsx';
import { VirtualTable } from '../../components/VirtualTable.tsx';
import { spellOut } from '../../format.ts';
import { isFresh } from '../../fresh.ts';
import type { NetworkRow } from '../../state/networks.ts';
import { strings } from '../../strings.ts';
import type { NetworkColumn } from './network-columns.tsx';

export function NetworkTable(props: {
  rows: readonly NetworkRow[];
  columns: readonly NetworkColumn[];
  sorting: Sorting;
  selection: Selection;
  chosenKey: string | undefined;
  choose: (row: NetworkRow) => void;
}) {
  return (
    <VirtualTable {...props} label={strings.networks.title} nameRow={nameRow} isFresh={isJustRestored} />
  );
}

function nameRow({ network }: NetworkRow): string {
  return spellOut(`${network.namespace}/${network.name}`);
}

function isJustRestored({ restoredAt }: NetworkRow): boolean {
  return restoredAt !== undefined && isFresh(restoredAt);
}
