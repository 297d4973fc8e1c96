import type { ContextView } from '../../../main/contract/contexts.ts';
import { ContextName } from '../../components/ContextName.tsx';
import { Foreign } from '../../components/Foreign.tsx';
import { STATE_MARKS } from '../../components/Icon.tsx';
import { Marked } from '../../components/Marked.tsx';
import type { Column } from '../../components/VirtualTable.tsx';
import { formatShort } from '../../numbers.ts';
import type { ColumnName } from '../../state/network-order.ts';
import { COLUMN_NAMES } from '../../state/network-order.ts';
import type { NetworkRow } from '../../state/networks.ts';
import { strings } from '../../strings.ts';
import { Age } from './Age.tsx';
import styles from './NetworkTable.module.css';

const text = strings.networks;

export interface NetworkColumn extends Column<NetworkRow> {
  readonly name: ColumnName;
  /** That it needs at least. */
  readonly leastPx: number;
}

type ColumnLook = Omit<NetworkColumn, 'name' | 'label' | 'track'> & {
  /** Its part of the room that is left; without one it has what it needs. */
  readonly part?: number;
};

/** Looked up by id; the same map for as long as contexts look the same. */
export type ContextLooks = ReadonlyMap<string, ContextView>;

/** All columns, in the order in which they stand. */
export function networkColumns(contexts: ContextLooks): readonly NetworkColumn[] {
  const looks = columnLooks(contexts);
  return COLUMN_NAMES.map((name) => {
    const { part, ...look } = looks[name];
    const { leastPx } = look;
    const track = part === undefined ? `${leastPx}px` : `minmax(${leastPx}px, ${part}fr)`;
    return { ...look, name, label: text.columns[name], track };
  });
}

function columnLooks(contexts: ContextLooks): Readonly<Record<ColumnName, ColumnLook>> {
  return {
    network: {
      leastPx: 148,
      part: 5,
      isHeader: true,
      renderCell: ({ network }) => <NetworkLabel namespace={network.namespace} name={network.name} />,
    },
    state: {
      leastPx: 116,
      renderCell: ({ shown }) => <Marked mark={STATE_MARKS[shown]}>{strings.states[shown]}</Marked>,
    },
    context: {
      leastPx: 100,
      part: 3,
      renderCell: ({ network }) => {
        const context = contexts.get(network.context);
        return context && <ContextName context={context} />;
      },
    },
    kind: {
      leastPx: 100,
      part: 7,
      renderCell: ({ network }) =>
        network.summary === undefined ? text.missingKind : <Foreign text={network.summary} />,
    },
    type: { leastPx: 72, part: 2, renderCell: ({ network }) => <Other value={network.type} /> },
    parent: { leastPx: 72, part: 2, renderCell: ({ network }) => <Other value={network.parent} /> },
    pods: { leastPx: 48, isNumber: true, renderCell: ({ network }) => <Count value={network.pods} /> },
    workloads: {
      leastPx: 76,
      isNumber: true,
      renderCell: ({ network }) => <Count value={network.workloads} />,
    },
    managedBy: { leastPx: 84, part: 3, renderCell: ({ network }) => <Other value={network.managedBy} /> },
    age: { leastPx: 44, isNumber: true, renderCell: ({ network }) => <Age createdAt={network.createdAt} /> },
  };
}

/** `namespace/name`; the namespace gives way first where there is no room. */
export function NetworkLabel({ namespace, name }: { namespace: string; name: string }) {
  return (
    <span className={styles.label}>
      <span className={styles.namespace}>
        <Foreign text={namespace} />/
      </span>
      <Foreign className={styles.own} text={name} />
    </span>
  );
}

function Count({ value }: { value: number }) {
  return value === 0 ? <span className={styles.muted}>0</span> : formatShort(value);
}

function Other({ value }: { value: string | undefined }) {
  return value !== undefined && <Foreign className={styles.muted} text={value} />;
}
