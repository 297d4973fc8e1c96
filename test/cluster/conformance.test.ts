import { describeCluster } from '../support/assets.ts';
import { CONFORMANCE_USERS, describeConformance } from '../support/conformance.ts';
import { startControlPlane } from '../support/control-plane.ts';
import { send } from '../support/http.ts';
import { makeNamespace, NAMESPACES, networksIn, podsIn } from '../support/objects.ts';

async function startRealCluster() {
  const cluster = await startControlPlane({ users: CONFORMANCE_USERS });
  await cluster.installNadCrd();
  const target = (user: string) => ({ url: cluster.url, caFile: cluster.caFile, token: cluster.token(user) });
  const admin = target('admin');
  let fillers = 0;
  /** etcd is compacted below its current version, so there must be a newer one than those known. */
  const compact = async () => {
    await send(admin, 'POST', NAMESPACES, { body: makeNamespace(`filler-${++fillers}`) });
    await cluster.compact();
  };
  return {
    admin,
    users: { reader: target('reader'), writer: target('writer'), stranger: target('stranger') },
    grant: cluster.grant,
    async finishNamespaceDeletion(name: string) {
      for (const path of [networksIn(name), podsIn(name)]) {
        await send(admin, 'DELETE', `${path}?gracePeriodSeconds=0`);
      }
      const { body } = await send(admin, 'GET', `${NAMESPACES}/${name}`);
      await send(admin, 'PUT', `${NAMESPACES}/${name}/finalize`, {
        body: { ...body, spec: { finalizers: [] } },
      });
    },
    installNadCrd: cluster.installNadCrd,
    removeNadCrd: cluster.removeNadCrd,
    expireLists: compact,
    /** The API server remembers for watches what it has seen itself, so it has to start anew. */
    async expireWatches() {
      await compact();
      await cluster.stopApiServer();
      await cluster.startApiServer();
    },
    stop: cluster.stop,
  };
}

describeConformance('the real API server', startRealCluster, describeCluster);
