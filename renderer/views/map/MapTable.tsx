import { useMemo } from 'react';
import { Foreign } from '../../components/Foreign.tsx';
import { STATE_MARKS } from '../../components/Icon.tsx';
import { Marked } from '../../components/Marked.tsx';
import type { Column } from '../../components/VirtualTable.tsx';
import { VirtualTable } from '../../components/VirtualTable.tsx';
import { spellOut } from '../../format.ts';
import { formatShort } from '../../numbers.ts';
import { useWindowModel } from '../../state/window.tsx';
import { strings } from '../../strings.ts';
import styles from './MapTable.module.css';
import type { MapData } from './map-data.ts';
import type { LinkRow } from './table-rows.ts';
import { tableRows } from './table-rows.ts';

const text = strings.map.table;

/** The links of the picture, one in a row. */
export function MapTable({ data }: { data: MapData }) {
  const { showNetwork } = useWindowModel();
  const rows = useMemo(() => tableRows(data), [data]);
  return (
    <div className={styles.table}>
      <VirtualTable
        label={text.title}
        rows={rows}
        columns={COLUMNS}
        chosenKey={undefined}
        choose={({ network }) => showNetwork(network.network)}
        nameRow={nameRow}
        isFresh={isFresh}
      />
    </div>
  );
}

/** Their tracks are in the style sheet, which knows the room. */
const COLUMNS: readonly Column<LinkRow>[] = [
  {
    name: 'network',
    label: text.network,
    track: 'var(--network)',
    isHeader: true,
    renderCell: ({ network: { network } }) => <Foreign text={`${network.namespace}/${network.name}`} />,
  },
  {
    name: 'state',
    label: text.state,
    track: 'var(--state)',
    renderCell: ({ network: { shown } }) => (
      <Marked mark={STATE_MARKS[shown]}>{strings.states[shown]}</Marked>
    ),
  },
  {
    name: 'parent',
    label: text.parent,
    track: 'var(--parent)',
    renderCell: ({ network: { network, shown } }) =>
      network.parent === undefined ? (
        <span className={styles.muted}>{shown === 'missing' ? text.unknown : text.noParent}</span>
      ) : (
        <Foreign text={network.parent} />
      ),
  },
  {
    name: 'workload',
    label: text.workload,
    track: 'var(--workload)',
    renderCell: ({ user }) =>
      user === undefined ? (
        <span className={styles.muted}>{text.nobody}</span>
      ) : (
        <>
          <Foreign text={`${user.namespace}/${user.name}`} />{' '}
          <Foreign className={`${styles.muted} ${styles.kind}`} text={strings.map.kind(user.kind)} />
        </>
      ),
  },
  {
    name: 'pods',
    label: text.pods,
    track: 'var(--pods)',
    isNumber: true,
    renderCell: ({ user }) => user !== undefined && formatShort(user.pods),
  },
  {
    name: 'attachments',
    label: text.attachments,
    track: 'var(--attachments)',
    isNumber: true,
    renderCell: ({ user, attachments }) => user !== undefined && formatShort(attachments),
  },
];

function nameRow({ network: { network } }: LinkRow): string {
  return spellOut(`${network.namespace}/${network.name}`);
}

function isFresh(): boolean {
  return false;
}
