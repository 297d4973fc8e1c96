import { useCallback, useMemo } from 'react';
import type { ContextView } from '../../../main/contract/contexts.ts';
import { ContextName } from '../../components/ContextName.tsx';
import { Foreign } from '../../components/Foreign.tsx';
import { STATE_MARKS } from '../../components/Icon.tsx';
import { Marked } from '../../components/Marked.tsx';
import { VirtualTable } from '../../components/VirtualTable.tsx';
import { spellOut } from '../../format.ts';
import { isFresh } from '../../fresh.ts';
import { formatShort } from '../../numbers.ts';
import type { NetworkRow } from '../../state/networks.ts';
import { strings } from '../../strings.ts';
import styles from './NetworkTable.module.css';

const text = strings.networks;

export function NetworkTable(props: {
  rows: readonly NetworkRow[];
  contexts: readonly ContextView[];
  /** Whether rows of several contexts stand side by side. */
  showsContext: boolean;
  chosenKey: string | undefined;
  choose: (row: NetworkRow) => void;
}) {
  const { showsContext } = props;
  const contexts = useMemo(() => new Map(props.contexts.map((one) => [one.id, one])), [props.contexts]);
  const renderCells = useCallback(
    (row: NetworkRow) => (
      <Cells row={row} showsContext={showsContext} context={contexts.get(row.network.context)} />
    ),
    [contexts, showsContext],
  );
  const showsManager = props.rows.some(({ network }) => network.managedBy !== undefined);
  const columns = [styles.columns, showsContext && styles.withContext, showsManager && styles.withManager]
    .filter(Boolean)
    .join(' ');
  return (
    <div className={styles.table}>
      <VirtualTable
        label={text.title}
        rows={props.rows}
        chosenKey={props.chosenKey}
        choose={props.choose}
        rowClassName={columns}
        isFresh={isJustRestored}
        header={<Header showsContext={showsContext} />}
        renderCells={renderCells}
      />
    </div>
  );
}

function isJustRestored({ restoredAt }: NetworkRow): boolean {
  return restoredAt !== undefined && isFresh(restoredAt);
}

function Header({ showsContext }: { showsContext: boolean }) {
  const { columns } = text;
  return (
    <>
      <th scope="col">{columns.network}</th>
      <th scope="col">{columns.state}</th>
      {showsContext && (
        <th scope="col" className={styles.context}>
          {columns.context}
        </th>
      )}
      <th scope="col" className={styles.kind}>
        {columns.kind}
      </th>
      <th scope="col" className={styles.number}>
        {columns.pods}
      </th>
      <th scope="col" className={styles.number}>
        {columns.workloads}
      </th>
      <th scope="col" className={styles.manager}>
        {columns.managedBy}
      </th>
    </>
  );
}

function Cells(props: { row: NetworkRow; showsContext: boolean; context: ContextView | undefined }) {
  const { row, context } = props;
  const { network, shown } = row;
  return (
    <>
      <th scope="row" aria-label={spellOut(`${network.namespace}/${network.name}`)}>
        <NetworkLabel namespace={network.namespace} name={network.name} />
      </th>
      <td>
        <Marked mark={STATE_MARKS[shown]}>{strings.states[shown]}</Marked>
      </td>
      {props.showsContext && (
        <td className={styles.context}>{context !== undefined && <ContextName context={context} />}</td>
      )}
      <td className={styles.kind}>
        <Foreign text={network.summary ?? text.unknownKind} />
      </td>
      <Count value={network.pods} />
      <Count value={network.workloads} />
      <td className={styles.manager}>
        {network.managedBy !== undefined && <Foreign text={network.managedBy} />}
      </td>
    </>
  );
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
  return <td className={`${styles.number} ${value === 0 ? styles.zero : ''}`}>{formatShort(value)}</td>;
}
