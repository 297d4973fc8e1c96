import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeCluster } from '../support/assets.ts';
import {
  ALLOWED_WRITES,
  create,
  createNamespace,
  createPod,
  deleteNetwork,
  findNetwork,
  listNetworks,
  settle,
  writesOfNetkeeper,
} from '../support/cluster-objects.ts';
import { type ControlPlane, startControlPlane } from '../support/control-plane.ts';
import { expectStatus } from '../support/control-plane-processes.ts';
import { startNetkeeper } from '../support/netkeeper-process.ts';
import { makeNetwork, makePod, NAMESPACES, NETWORKS_ANNOTATION, networksIn } from '../support/objects.ts';

describeCluster('the ways in which a network ends', () => {
  let cluster: ControlPlane;
  let kubeconfig: string;

  beforeAll(async () => {
    cluster = await startControlPlane();
    await cluster.installNadCrd();
    kubeconfig = cluster.writeKubeconfig([{ name: 'real', user: 'admin' }]);
  });
  afterAll(() => cluster?.stop());

  const watch = async (...more: string[]) => {
    const netkeeper = startNetkeeper(['watch', '--kubeconfig', kubeconfig, '-o', 'json', ...more]);
    await netkeeper.watching();
    return netkeeper;
  };
  const patchNetwork = async (namespace: string, name: string, patch: unknown) => {
    expectStatus(await cluster.adminRequest('PATCH', `${networksIn(namespace)}/${name}`, patch), 200);
  };

  it('with a finalizer: told while it waits, back only when the finalizer is gone, and without it', async () => {
    await createNamespace(cluster, 'finalizers');
    const metadata = { finalizers: ['example.invalid/teardown'], labels: { keep: 'me' } };
    const { spec } = await create(cluster, makeNetwork('finalizers', 'net', { metadata }));
    await createPod(cluster, 'finalizers', 'pod', 'net');
    const netkeeper = await watch();

    await deleteNetwork(cluster, 'finalizers', 'net');
    const deleting = await netkeeper.line({ event: 'deleting', namespace: 'finalizers', name: 'net' });
    expect(deleting).toMatchObject({
      userCount: 1,
      message: expect.stringContaining('example.invalid/teardown'),
    });
    await settle(cluster, netkeeper);
    expect(netkeeper.about('finalizers', 'net')).toEqual([deleting]);

    // Whoever tears it down may write to it meanwhile; what comes back is how it was before.
    await patchNetwork('finalizers', 'net', {
      metadata: { labels: { keep: 'not' } },
      spec: { config: '{}' },
    });
    await patchNetwork('finalizers', 'net', { metadata: { finalizers: null } });
    await netkeeper.line({ event: 'restored', namespace: 'finalizers', name: 'net' });
    const back = await findNetwork(cluster, 'finalizers', 'net');
    expect(back?.spec).toEqual(spec);
    expect(back?.metadata?.labels).toEqual({ keep: 'me' });
    expect(back?.metadata).not.toHaveProperty('finalizers');
    expect(netkeeper.about('finalizers', 'net').map(({ event }) => event)).toEqual([
      'deleting',
      'deleted',
      'restored',
    ]);
  });

  it('with an owner: not restored at once, and asked about when the owner had its time', async () => {
    await createNamespace(cluster, 'owners');
    const owner = await create(cluster, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { namespace: 'owners', name: 'owner' },
    });
    const uid = owner.metadata?.uid ?? '';
    const ownerReferences = [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid }];
    for (const name of ['left', 'made-again']) {
      await create(cluster, makeNetwork('owners', name, { metadata: { ownerReferences } }));
      await createPod(cluster, 'owners', `pod-${name}`, name);
    }
    const netkeeper = await watch();
    for (const name of ['left', 'made-again']) await deleteNetwork(cluster, 'owners', name);
    await settle(cluster, netkeeper);
    expect(await listNetworks(cluster, 'owners')).toEqual([]);
    await create(cluster, makeNetwork('owners', 'made-again', { metadata: { ownerReferences } }));
    await netkeeper.line({ event: 'restored', namespace: 'owners', name: 'made-again', by: 'other' });

    const asked = await netkeeper.line({ event: 'asked', namespace: 'owners', name: 'left' });
    expect(asked).toMatchObject({ reason: 'owned', message: expect.stringContaining('ConfigMap owner') });
    expect(netkeeper.all({ event: 'asked' })).toEqual([asked]);
    expect(await listNetworks(cluster, 'owners')).toEqual(['made-again']);
  });

  it('with its namespace: let go, and nothing is created in it', async () => {
    await createNamespace(cluster, 'ending');
    for (const name of ['early', 'late']) {
      await create(cluster, makeNetwork('ending', name));
      await createPod(cluster, 'ending', `pod-${name}`, name);
    }
    const netkeeper = await watch();
    expectStatus(await cluster.adminRequest('DELETE', `${NAMESPACES}/ending`), 200);
    // The server's admission learns of it a moment later.
    const dryRun = `${networksIn('ending')}?dryRun=All`;
    const tryToCreate = () => cluster.adminRequest('POST', dryRun, makeNetwork('ending', 'try'));
    await expect.poll(async () => (await tryToCreate()).status).toBe(403);
    // The namespace controller deletes by kind, in no order: here a network goes while its pod still lives.
    await deleteNetwork(cluster, 'ending', 'early');
    const letGo = await netkeeper.line({ event: 'letGo', namespace: 'ending', name: 'early' });
    expect(letGo).toMatchObject({ reason: 'namespaceTerminating' });
    await cluster.finishNamespaceDeletion('ending');
    await netkeeper.line({ event: 'letGo', namespace: 'ending', name: 'late' });
    await settle(cluster, netkeeper);
    expect(netkeeper.all({ event: 'restored', namespace: 'ending' })).toEqual([]);
    expect(netkeeper.all({ event: 'letGo', namespace: 'ending' })).toHaveLength(2);
    expect(netkeeper.all({ event: 'failed' })).toEqual([]);

    await createNamespace(cluster, 'ending');
    await settle(cluster, netkeeper);
    expect(await listNetworks(cluster, 'ending')).toEqual([]);
  });

  it('that only workloads refer to: asked about, not restored, until a pod of theirs comes', async () => {
    await createNamespace(cluster, 'templates');
    await create(cluster, makeNetwork('templates', 'net'));
    const labels = { app: 'app' };
    await create(cluster, {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { namespace: 'templates', name: 'app' },
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels, annotations: { [NETWORKS_ANNOTATION]: 'net' } },
          spec: makePod('templates', 'app').spec,
        },
      },
    });
    const netkeeper = await watch();
    await deleteNetwork(cluster, 'templates', 'net');
    const asked = await netkeeper.line({ event: 'asked', namespace: 'templates' });
    expect(asked).toMatchObject({
      reason: 'templatesOnly',
      users: [{ kind: 'Deployment', namespace: 'templates', name: 'app' }],
    });
    await settle(cluster, netkeeper);
    expect(await listNetworks(cluster, 'templates')).toEqual([]);
    await createPod(cluster, 'templates', 'app-1', 'net');
    await netkeeper.line({ event: 'restored', namespace: 'templates', by: 'self' });
  });

  it('in mode ask: asked about, and nothing is written', async () => {
    await createNamespace(cluster, 'asking');
    await create(cluster, makeNetwork('asking', 'used'));
    await create(cluster, makeNetwork('asking', 'unused'));
    await createPod(cluster, 'asking', 'pod', 'used');
    const netkeeper = await watch('--mode', 'ask');
    for (const name of ['used', 'unused']) await deleteNetwork(cluster, 'asking', name);
    const asked = await netkeeper.line({ event: 'asked', namespace: 'asking' });
    expect(asked).toMatchObject({ name: 'used', reason: 'mode', missed: false, userCount: 1 });
    await netkeeper.line({ event: 'letGo', namespace: 'asking', name: 'unused' });
    await netkeeper.end('SIGTERM');
    expect(netkeeper.all({ event: 'asked' })).toHaveLength(1);
    expect(await listNetworks(cluster, 'asking')).toEqual([]);
  });

  /** Late, for it takes the networks of all other tests with it. */
  it('with the whole CRD: kept, and back all at once, marked as missed, when the CRD is there again', async () => {
    await createNamespace(cluster, 'crd');
    const names = Array.from({ length: 20 }, (_, index) => `net-${index}`);
    for (const name of names) {
      await create(cluster, makeNetwork('crd', name));
      await createPod(cluster, 'crd', `pod-${name}`, name);
    }
    await create(cluster, makeNetwork('crd', 'unused'));
    const netkeeper = await watch();
    await cluster.removeNadCrd();
    const { problem } = await netkeeper.line({ event: 'phase', problem: { code: 'noNadCrd' } });
    expect(problem).toMatchObject({ remedy: expect.stringContaining('Nothing to do') });
    expect(netkeeper.all({ event: 'restored', namespace: 'crd' })).toEqual([]);

    await cluster.installNadCrd();
    for (const name of names) {
      await netkeeper.line({ event: 'restored', namespace: 'crd', name, by: 'self', missed: true });
    }
    await settle(cluster, netkeeper);
    expect((await listNetworks(cluster, 'crd')).sort()).toEqual(names.sort());
    expect(netkeeper.all({ event: 'restored', namespace: 'crd' })).toHaveLength(names.length);
    expect(netkeeper.all({ event: 'failed' })).toEqual([]);
  });

  /** Last, so that the log holds all of the above. */
  it('writes nothing else', () => {
    expect(writesOfNetkeeper(cluster)).toEqual(ALLOWED_WRITES);
  });
});
