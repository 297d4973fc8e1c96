import { afterAll, beforeAll, expect, it } from 'vitest';
import type { KubernetesObject } from '../../main/demo/api-server/objects.ts';
import { describeCluster } from '../support/assets.ts';
import {
  ALLOWED_WRITES,
  create,
  createNamespace,
  createPod,
  deleteNetwork,
  findNetwork,
  grantKeeping,
  settle,
  writesOfNetkeeper,
} from '../support/cluster-objects.ts';
import { type ControlPlane, startControlPlane } from '../support/control-plane.ts';
import { openWatch, send } from '../support/http.ts';
import { startNetkeeper } from '../support/netkeeper-process.ts';
import { makeNetwork, networksIn } from '../support/objects.ts';

const TIMES = 30;
const NAMES = Array.from({ length: TIMES }, (_, index) => `net-${index}`);

describeCluster('more than one who brings networks back', () => {
  let cluster: ControlPlane;
  let kubeconfig: string;

  beforeAll(async () => {
    cluster = await startControlPlane({ users: ['keeper', 'controller'] });
    await cluster.installNadCrd();
    for (const user of ['keeper', 'controller']) await grantKeeping(cluster, user);
    kubeconfig = cluster.writeKubeconfig([{ name: 'real', user: 'keeper' }]);
  });
  afterAll(() => cluster?.stop());

  const watch = async () => {
    const netkeeper = startNetkeeper(['watch', '--kubeconfig', kubeconfig, '-o', 'json']);
    await netkeeper.watching();
    return netkeeper;
  };
  const createUsed = async (namespace: string) => {
    await createNamespace(cluster, namespace);
    for (const name of NAMES) {
      await create(cluster, makeNetwork(namespace, name));
      await createPod(cluster, namespace, `pod-${name}`, name);
    }
  };

  it(`two keepers race without a failure: one brings it back, to the other it was somebody else, ${TIMES} times`, async () => {
    await createUsed('two');
    const keepers = await Promise.all([watch(), watch()]);
    for (const name of NAMES) {
      await deleteNetwork(cluster, 'two', name);
      const told = await Promise.all(keepers.map((keeper) => keeper.line({ event: 'restored', name })));
      expect(told.map(({ by }) => by).sort()).toEqual(['other', 'self']);
    }
    for (const keeper of keepers) {
      expect(keeper.all({ event: 'restored' })).toHaveLength(TIMES);
      expect(keeper.all({ event: 'failed' })).toEqual([]);
    }
    expect(createsOf('keeper', 'two').filter((code) => code === 201)).toHaveLength(TIMES);
  });

  it(`the old controller's way of creating races without a failure, ${TIMES} times`, async () => {
    await createUsed('old');
    const controller = await startOldController('old');
    const netkeeper = await watch();
    for (const name of NAMES) {
      await deleteNetwork(cluster, 'old', name);
      await netkeeper.line({ event: 'restored', namespace: 'old', name });
    }
    await controller.handled(TIMES);
    controller.stop();
    expect(netkeeper.all({ event: 'restored', namespace: 'old' })).toHaveLength(TIMES);
    expect(netkeeper.all({ event: 'failed' })).toEqual([]);
    // Whoever the server saw first is whom it is told to be.
    const ours = netkeeper.all({ event: 'restored', namespace: 'old', by: 'self' }).length;
    expect(controller.created()).toBe(TIMES - ours);
  });

  it('somebody else who is first is told as such', async () => {
    await createNamespace(cluster, 'first');
    await create(cluster, makeNetwork('first', 'net'));
    await createPod(cluster, 'first', 'pod', 'net');
    const netkeeper = await watch();
    netkeeper.signal('SIGSTOP');
    await deleteNetwork(cluster, 'first', 'net');
    const theirs = await create(cluster, makeNetwork('first', 'net'));
    netkeeper.signal('SIGCONT');
    const restored = await netkeeper.line({ event: 'restored', namespace: 'first', name: 'net' });
    expect(restored).toMatchObject({ by: 'other', message: expect.stringContaining('Somebody else') });
    await settle(cluster, netkeeper);
    expect((await findNetwork(cluster, 'first', 'net'))?.metadata?.uid).toBe(theirs.metadata?.uid);
    expect(netkeeper.about('first', 'net').map(({ event }) => event)).toEqual(['deleted', 'restored']);
  });

  it('another network that somebody made under the old name is left alone, and told', async () => {
    await createNamespace(cluster, 'replaced');
    await create(cluster, makeNetwork('replaced', 'net'));
    await createPod(cluster, 'replaced', 'pod', 'net');
    const netkeeper = await watch();
    netkeeper.signal('SIGSTOP');
    await deleteNetwork(cluster, 'replaced', 'net');
    const theirs = await create(cluster, makeNetwork('replaced', 'net', { config: '{"type":"ipvlan"}' }));
    netkeeper.signal('SIGCONT');
    const letGo = await netkeeper.line({ event: 'letGo', namespace: 'replaced', name: 'net' });
    expect(letGo).toMatchObject({ reason: 'replaced', message: expect.stringContaining('spec.config') });
    await settle(cluster, netkeeper);
    expect((await findNetwork(cluster, 'replaced', 'net'))?.spec).toEqual(theirs.spec);
    expect(netkeeper.all({ event: 'failed' })).toEqual([]);
  });

  it('somebody who keeps deleting is noticed: after three times it stays away until a person decides', async () => {
    await createNamespace(cluster, 'fight');
    await cluster.adminRequest(
      'POST',
      `${networksIn('fight')}?fieldManager=argocd`,
      makeNetwork('fight', 'net'),
    );
    await createPod(cluster, 'fight', 'pod', 'net');
    const netkeeper = await watch();
    for (const count of [1, 2, 3]) {
      await deleteNetwork(cluster, 'fight', 'net');
      await netkeeper.line({ event: 'restored', namespace: 'fight' }, count);
    }
    await deleteNetwork(cluster, 'fight', 'net');
    const held = await netkeeper.line({ event: 'held', namespace: 'fight', name: 'net' });
    expect(held).toMatchObject({ fieldManagers: ['argocd'], message: expect.stringContaining('argocd') });
    await settle(cluster, netkeeper);
    expect(netkeeper.all({ event: 'held' })).toHaveLength(1);
    expect(await findNetwork(cluster, 'fight', 'net')).toBeUndefined();
  });

  /** Last, so that the log holds all of the above. */
  it('writes nothing else', () => {
    expect(writesOfNetkeeper(cluster)).toEqual(ALLOWED_WRITES);
  });

  /** Answers' codes of a user's creates of networks in one namespace. */
  function createsOf(user: string, namespace: string): (number | undefined)[] {
    return cluster
      .readAuditLog()
      .filter(({ verb, user: { username }, objectRef }) => {
        const isNetwork = objectRef?.resource === 'network-attachment-definitions';
        return verb === 'create' && username === user && isNetwork && objectRef.namespace === namespace;
      })
      .map(({ responseStatus }) => responseStatus?.code);
  }

  /** The old Go controller's way: on a deletion it posts the object that it was told of, and takes what comes. */
  async function startOldController(namespace: string) {
    const target = { url: cluster.url, caFile: cluster.caFile, token: cluster.token('controller') };
    const { body } = await send(target, 'GET', networksIn(namespace));
    const version = body.metadata?.resourceVersion;
    const watching = await openWatch(
      target,
      `${networksIn(namespace)}?watch=true&resourceVersion=${version}`,
    );
    const codes: number[] = [];
    let wake = () => {};
    const run = async () => {
      for (let event = await watching.next(); event; event = await watching.next()) {
        if (event.type !== 'DELETED') continue;
        const again = withoutLife(event.object);
        codes.push((await send(target, 'POST', networksIn(namespace), { body: again })).status);
        wake();
      }
    };
    const running = run().catch(() => {});
    return {
      created: () => codes.filter((code) => code === 201).length,
      async handled(count: number) {
        while (codes.length < count)
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        expect(new Set(codes.filter((code) => code !== 201 && code !== 409))).toEqual(new Set());
      },
      async stop() {
        watching.close();
        await running;
      },
    };
  }
});

function withoutLife(object: KubernetesObject): KubernetesObject {
  const { resourceVersion: _version, uid: _uid, ...metadata } = object.metadata ?? {};
  return { ...object, metadata };
}
