import { strings } from '../strings.ts';
import styles from './ClusterRole.module.css';
import { CopyButton } from './CopyButton.tsx';
import { CLUSTER_ROLE } from './cluster-role.ts';

/** The rights to ask an administrator for, to copy. */
export function ClusterRole() {
  return (
    <section className={styles.role} aria-label={strings.networks.clusterRole}>
      <div className={styles.header}>
        <p>{strings.networks.clusterRoleWhat}</p>
        <CopyButton text={CLUSTER_ROLE} />
      </div>
      <pre className={styles.yaml}>{CLUSTER_ROLE}</pre>
    </section>
  );
}
