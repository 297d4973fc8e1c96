import { useMemo } from 'react';
import type { NetworkDetail, NetworkView } from '../../../main/contract/networks.ts';
import { Section } from '../../components/Section.tsx';
import { strings } from '../../strings.ts';
import styles from './NetworkUsers.module.css';
import { UserTree } from './UserTree.tsx';
import { countUsers, gatherUsers } from './user-tree.ts';

const text = strings.detail;

/** Who uses a network, and with which interface and addresses. */
export function NetworkUsers({ network, detail }: { network: NetworkView; detail: NetworkDetail }) {
  const { users, userCount } = detail;
  const nodes = useMemo(() => gatherUsers(users), [users]);
  const more = userCount - users.length;
  return (
    <Section
      title={text.users}
      action={
        users.length > 0 && (
          <span className={styles.muted}>{text.counts(network.pods, countUsers(nodes).workloads)}</span>
        )
      }
    >
      {users.length === 0 ? (
        <p className={styles.muted}>{more > 0 ? text.unknownUsers : text.noUsers}</p>
      ) : (
        <UserTree nodes={nodes} home={network.namespace} />
      )}
      {users.length > 0 && more > 0 && <p className={styles.muted}>{text.moreUsers(more)}</p>}
    </Section>
  );
}
