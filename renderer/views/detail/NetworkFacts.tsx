import type { ReactNode } from 'react';
import type { NetworkUserView, NetworkView } from '../../../main/contract/networks.ts';
import { Foreign } from '../../components/Foreign.tsx';
import { Time } from '../../components/Time.tsx';
import { strings } from '../../strings.ts';
import styles from './NetworkFacts.module.css';
import { namespacesOf } from './user-tree.ts';

const text = strings.detail;
const MOST_NAMESPACES = 6;

/** What a person wants to know of a network, each with its name. */
export function NetworkFacts(props: { network: NetworkView; users: readonly NetworkUserView[] }) {
  const { summary, parent, managedBy, createdAt, namespace } = props.network;
  const namespaces = namespacesOf(props.users);
  const isUsedElsewhere = namespaces.some((one) => one !== namespace);
  return (
    <dl className={styles.facts}>
      {summary !== undefined && <ForeignFact name={text.kind} value={summary} />}
      {parent !== undefined && <ForeignFact name={text.parent} value={parent} />}
      {managedBy !== undefined && <ForeignFact name={text.managedBy} value={managedBy} />}
      {createdAt !== undefined && (
        <Fact name={text.created}>
          <Time atMs={Date.parse(createdAt)} />
        </Fact>
      )}
      {isUsedElsewhere && (
        <Fact name={text.usedIn}>
          <Foreign text={namespaces.slice(0, MOST_NAMESPACES).join(', ')} />
          {namespaces.length > MOST_NAMESPACES && ` ${text.moreUsers(namespaces.length - MOST_NAMESPACES)}`}
        </Fact>
      )}
    </dl>
  );
}

function ForeignFact({ name, value }: { name: string; value: string }) {
  return (
    <Fact name={name}>
      <Foreign text={value} />
    </Fact>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
