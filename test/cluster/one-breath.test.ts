import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeCluster } from '../support/assets.ts';
import {
  ALLOWED_WRITES,
  create,
  createNamespace,
  createPod,
  deleteNetwork,
  deletePod,
  listNetworks,
  settle,
  writesOfNetkeeper,
} from '../support/cluster-objects.ts';
import { type ControlPlane, startControlPlane } from '../support/control-plane.ts';
import { startNetkeeper } from '../support/netkeeper-process.ts';
import { makeNetwork } from '../support/objects.ts';

const TIMES = 100;
const names = (prefix: string) => Array.from({ length: TIMES }, (_, index) => `${prefix}-${index}`);

/** Pods and networks come over different watches, and nothing orders one against the other. */
describeCluster('in one breath, on a real API server', () => {
  let cluster: ControlPlane;
  let kubeconfig: string;

  beforeAll(async () => {
    cluster = await startControlPlane();
    await cluster.installNadCrd();
    kubeconfig = cluster.writeKubeconfig([{ name: 'real', user: 'admin' }]);
  });
  afterAll(() => cluster?.stop());

  const watch = async () => {
    const netkeeper = startNetkeeper(['watch', '--kubeconfig', kubeconfig, '-o', 'json']);
    await netkeeper.watching();
    return netkeeper;
  };

  it(`a pod deleted, then its network: the network never comes back, ${TIMES} times`, async () => {
    await createNamespace(cluster, 'gone');
    const netkeeper = await watch();
    for (const name of names('gone')) {
      await create(cluster, makeNetwork('gone', name));
      await createPod(cluster, 'gone', name, name);
    }
    for (const name of names('gone')) {
      await deletePod(cluster, 'gone', name);
      await deleteNetwork(cluster, 'gone', name);
    }
    for (const name of names('gone')) await netkeeper.line({ event: 'letGo', name });
    await settle(cluster, netkeeper);
    expect(await listNetworks(cluster, 'gone')).toEqual([]);
    expect(netkeeper.all({ namespace: 'gone', event: 'restored' })).toEqual([]);
    expect(netkeeper.all({ namespace: 'gone', event: 'letGo' })).toHaveLength(TIMES);
  });

  it(`a pod created, then its network deleted: the network always comes back, ${TIMES} times`, async () => {
    await createNamespace(cluster, 'needed');
    const netkeeper = await watch();
    for (const name of names('needed')) await create(cluster, makeNetwork('needed', name));
    for (const name of names('needed')) {
      await createPod(cluster, 'needed', name, name);
      await deleteNetwork(cluster, 'needed', name);
    }
    for (const name of names('needed')) await netkeeper.line({ event: 'restored', name });
    await settle(cluster, netkeeper);
    expect((await listNetworks(cluster, 'needed')).sort()).toEqual(names('needed').sort());
    expect(netkeeper.all({ namespace: 'needed', event: 'restored', by: 'self' })).toHaveLength(TIMES);
  });

  it(`a pod and its network created, the network deleted, ${TIMES} times, each after the one before is back`, async () => {
    await createNamespace(cluster, 'new');
    const netkeeper = await watch();
    for (const name of names('new')) {
      await create(cluster, makeNetwork('new', name));
      await createPod(cluster, 'new', name, name);
      await deleteNetwork(cluster, 'new', name);
      await netkeeper.line({ event: 'restored', name, by: 'self' });
    }
    expect((await listNetworks(cluster, 'new')).sort()).toEqual(names('new').sort());
  });

  it('a pod deleted and created anew under its name, then its network deleted: the network comes back', async () => {
    await createNamespace(cluster, 'renewed');
    const netkeeper = await watch();
    for (const name of names('renewed').slice(0, 20)) {
      await create(cluster, makeNetwork('renewed', name));
      await createPod(cluster, 'renewed', name, name);
      await deletePod(cluster, 'renewed', name);
      await createPod(cluster, 'renewed', name, name);
      await deleteNetwork(cluster, 'renewed', name);
    }
    for (const name of names('renewed').slice(0, 20)) await netkeeper.line({ event: 'restored', name });
    expect(await listNetworks(cluster, 'renewed')).toHaveLength(20);
  });

  it('a network brought back whose pods go right after is told to be stray, once', async () => {
    await createNamespace(cluster, 'helm');
    await create(cluster, makeNetwork('helm', 'net'));
    for (const pod of ['a', 'b', 'c']) await createPod(cluster, 'helm', pod, 'net');
    const netkeeper = await watch();
    await deleteNetwork(cluster, 'helm', 'net');
    await netkeeper.line({ event: 'restored', namespace: 'helm' });
    for (const pod of ['a', 'b', 'c']) await deletePod(cluster, 'helm', pod);
    await netkeeper.line({ event: 'stray', namespace: 'helm', name: 'net' });
    await settle(cluster, netkeeper);
    expect(netkeeper.all({ event: 'stray' })).toHaveLength(1);
    expect(await listNetworks(cluster, 'helm')).toEqual(['net']);
  });

  /** Last, so that the log holds all of the above. */
  it('writes nothing else', () => {
    expect(writesOfNetkeeper(cluster)).toEqual(ALLOWED_WRITES);
  });
});
