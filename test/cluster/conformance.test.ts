import { describeCluster } from '../support/assets.ts';
import { type ClusterUnderTest, CONFORMANCE_USERS, describeConformance } from '../support/conformance.ts';
import { startControlPlane } from '../support/control-plane.ts';
import { makeNamespace, NAMESPACES } from '../support/objects.ts';

async function startRealCluster(): Promise<ClusterUnderTest> {
  const cluster = await startControlPlane({ users: CONFORMANCE_USERS });
  await cluster.installNadCrd();
  const target = (user: string) => ({ url: cluster.url, caFile: cluster.caFile, token: cluster.token(user) });
  let fillers = 0;
  /** The version that etcd is compacted at stays readable, so there must be a newer one than those known. */
  const compact = async () => {
    await cluster.adminRequest('POST', NAMESPACES, makeNamespace(`filler-${++fillers}`));
    await cluster.compact();
  };
  return {
    admin: target('admin'),
    users: { reader: target('reader'), writer: target('writer'), stranger: target('stranger') },
    grant: (user, rules, namespace) => cluster.grant(user, rules, namespace),
    finishNamespaceDeletion: (name) => cluster.finishNamespaceDeletion(name),
    installNadCrd: () => cluster.installNadCrd(),
    removeNadCrd: () => cluster.removeNadCrd(),
    expireLists: compact,
    /** The API server remembers for watches what it has seen itself, so it has to start anew. */
    async expireWatches() {
      await compact();
      await cluster.stopApiServer();
      await cluster.startApiServer();
    },
    stop: () => cluster.stop(),
  };
}

describeConformance('the real API server', startRealCluster, describeCluster);
