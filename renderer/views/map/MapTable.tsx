import { useMemo } from 'react';
import { Foreign } from '../../components/Foreign.tsx';
import { STATE_MARKS } from '../../components/Icon.tsx';
import { Marked } from '../../components/Marked.tsx';
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
        chosenKey={undefined}
        choose={({ network }) => showNetwork(network.network)}
        rowClassName={styles.columns ?? ''}
        isFresh={() => false}
        header={<Header />}
        renderCells={renderCells}
      />
    </div>
  );
}

function Header() {
  return (
    <>
      <th scope="col">{text.network}</th>
      <th scope="col">{text.state}</th>
      <th scope="col">{text.parent}</th>
      <th scope="col">{text.workload}</th>
      <th scope="col" className={styles.number}>
        {text.pods}
      </th>
      <th scope="col" className={styles.number}>
        {text.attachments}
      </th>
    </>
  );
}

function renderCells({ network: { network, shown }, user, attachments }: LinkRow) {
  const name = `${network.namespace}/${network.name}`;
  return (
    <>
      <th scope="row" aria-label={spellOut(name)}>
        <Foreign text={name} />
      </th>
      <td>
        <Marked mark={STATE_MARKS[shown]}>{strings.states[shown]}</Marked>
      </td>
      <td>
        {network.parent === undefined ? (
          <span className={styles.muted}>{shown === 'missing' ? text.unknown : text.noParent}</span>
        ) : (
          <Foreign text={network.parent} />
        )}
      </td>
      <td>
        {user === undefined ? (
          <span className={styles.muted}>{text.nobody}</span>
        ) : (
          <>
            <Foreign text={`${user.namespace}/${user.name}`} />{' '}
            <Foreign className={styles.muted} text={strings.map.kind(user.kind)} />
          </>
        )}
      </td>
      <td className={styles.number}>{user !== undefined && formatShort(user.pods)}</td>
      <td className={styles.number}>{user !== undefined && formatShort(attachments)}</td>
    </>
  );
}
