import { afterAll, beforeAll, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { describeCluster } from '../support/assets.ts';
import {
  ALLOWED_WRITES,
  create,
  createNamespace,
  createPod,
  deleteNetwork,
  deletePod,
  findNetwork,
  grantKeeping,
  listNetworks,
  readsOfNetkeeper,
  settle,
  writesOfNetkeeper,
} from '../support/cluster-objects.ts';
import { type ControlPlane, startControlPlane } from '../support/control-plane.ts';
import { until } from '../support/control-plane-processes.ts';
import { startNetkeeper } from '../support/netkeeper-process.ts';
import { makeNetwork, makePod, NAMESPACES, podsIn } from '../support/objects.ts';

/** Blanks, key order, escapes and marks that any re-serialising would change. */
const CONFIG = `{
  "cniVersion": "0.3.1", "type": "macvlan",\t"master": "eth0",
  "name": "a\\u0062c <&> \u{1F578}", "ipam": { "type": "host-local", "subnet": "192.168.1.0/24" } }
`;

describeCluster('netkeeper watch on a real API server', () => {
  let cluster: ControlPlane;
  let kubeconfig: string;

  beforeAll(async () => {
    cluster = await startControlPlane({ users: ['keeper'] });
    await cluster.installNadCrd();
    await grantKeeping(cluster, 'keeper');
    kubeconfig = cluster.writeKubeconfig([{ name: 'real', user: 'keeper' }]);
  });
  afterAll(() => cluster?.stop());

  const watch = async () => {
    const netkeeper = startNetkeeper(['watch', '--kubeconfig', kubeconfig, '-o', 'json']);
    await netkeeper.watching();
    return netkeeper;
  };

  it('keeps the Quickstart: a used network comes back, an unused one stays away', async () => {
    await createNamespace(cluster, 'quickstart');
    const labels = { team: 'net', 'example.invalid/tier': '' };
    const annotations = { note: 'line 1\nline "2"', 'example.invalid/resource': 'x/y' };
    const metadata = { labels, annotations };
    const deleted = await create(
      cluster,
      makeNetwork('quickstart', 'foo-network', { config: CONFIG, metadata }),
    );
    await createPod(cluster, 'quickstart', 'foo-pod', 'foo-network, foo-network');
    const netkeeper = await watch();

    await deleteNetwork(cluster, 'quickstart', 'foo-network');
    const restored = await netkeeper.line({ event: 'restored', name: 'foo-network' });
    expect(restored).toMatchObject({
      context: 'real',
      namespace: 'quickstart',
      by: 'self',
      missed: false,
      userCount: 1,
      users: [{ kind: 'Pod', namespace: 'quickstart', name: 'foo-pod' }],
      message: expect.stringMatching(/^Brought back quickstart\/foo-network: 1 pod uses it /),
    });
    const back = await findNetwork(cluster, 'quickstart', 'foo-network');
    expect(back?.spec).toEqual({ config: CONFIG });
    expect(back?.metadata).toMatchObject({ labels, annotations });
    expect(back?.metadata?.annotations).toEqual(annotations);
    expect(back?.metadata?.labels).toEqual(labels);
    expect(back?.metadata?.uid).not.toBe(deleted.metadata?.uid);

    await deletePod(cluster, 'quickstart', 'foo-pod');
    await deleteNetwork(cluster, 'quickstart', 'foo-network');
    await netkeeper.line({ event: 'letGo', name: 'foo-network' });
    await settle(cluster, netkeeper);
    expect(await listNetworks(cluster, 'quickstart')).toEqual([]);
    expect(netkeeper.all({ event: 'restored', name: 'foo-network' })).toHaveLength(1);
    expect(netkeeper.all({ event: 'letGo', name: 'foo-network' })).toHaveLength(1);
    expect(netkeeper.all({ event: 'failed' })).toEqual([]);
  });

  it.each([
    ['a JSON annotation', 'json', 'net', '[{"name": "net", "interface": "eth1"}]', {}],
    ['namespace/name@interface', 'slash', 'net', 'slash/net@eth1', {}],
    [
      'the default-network annotation',
      'default-net',
      'net',
      undefined,
      { 'v1.multus-cni.io/default-network': 'default-net/net' },
    ],
    ['a JSON annotation where its name has a dot', 'dot', 'net.v1', '[{"name": "net.v1"}]', {}],
    [
      'network-status alone, after its annotation was edited',
      'status',
      'net',
      '',
      { 'k8s.v1.cni.cncf.io/network-status': '[{"name":"status/net","interface":"net1"}]' },
    ],
  ])('brings back a network that a pod names by %s', async (_, namespace, name, networks, annotations) => {
    await createNamespace(cluster, namespace);
    const { spec } = await create(cluster, makeNetwork(namespace, name));
    const pod = { ...(networks !== undefined && { networks }), metadata: { annotations } };
    await create(cluster, makePod(namespace, 'pod', pod));
    const netkeeper = await watch();

    await deleteNetwork(cluster, namespace, name);
    await netkeeper.line({ event: 'restored', namespace, name, by: 'self' });
    expect((await findNetwork(cluster, namespace, name))?.spec).toEqual(spec);

    await deletePod(cluster, namespace, 'pod');
    await deleteNetwork(cluster, namespace, name);
    await netkeeper.line({ event: 'letGo', namespace, name });
    await settle(cluster, netkeeper);
    expect(await findNetwork(cluster, namespace, name)).toBeUndefined();
    expect(netkeeper.all({ event: 'restored', namespace, name })).toHaveLength(1);
    expect(netkeeper.all({ event: 'letGo', namespace, name })).toHaveLength(1);
  });

  it('brings back a network that a pod in another namespace uses', async () => {
    await createNamespace(cluster, 'networks');
    await createNamespace(cluster, 'pods');
    await create(cluster, makeNetwork('networks', 'net'));
    await create(cluster, makeNetwork('pods', 'net'));
    await createPod(cluster, 'pods', 'pod', 'networks/net');
    const netkeeper = await watch();

    await deleteNetwork(cluster, 'pods', 'net');
    await deleteNetwork(cluster, 'networks', 'net');
    const restored = await netkeeper.line({ event: 'restored', namespace: 'networks', name: 'net' });
    expect(restored.users).toEqual([{ kind: 'Pod', namespace: 'pods', name: 'pod' }]);
    await netkeeper.line({ event: 'letGo', namespace: 'pods', name: 'net' });
    expect(await listNetworks(cluster, 'pods')).toEqual([]);
  });

  it('does not count pods that have succeeded or failed, and finds those that were created while it ran', async () => {
    await createNamespace(cluster, 'phases');
    const netkeeper = await watch();
    for (const phase of ['Succeeded', 'Failed', 'Running']) {
      const name = phase.toLowerCase();
      await create(cluster, makeNetwork('phases', name));
      await createPod(cluster, 'phases', name, name);
      const status = { status: { phase } };
      expect(
        (await cluster.adminRequest('PATCH', `${NAMESPACES}/phases/pods/${name}/status`, status)).status,
      ).toBe(200);
      await deleteNetwork(cluster, 'phases', name);
    }
    await netkeeper.line({ event: 'restored', name: 'running' });
    for (const name of ['succeeded', 'failed']) await netkeeper.line({ event: 'letGo', name });
    await settle(cluster, netkeeper);
    expect(await listNetworks(cluster, 'phases')).toEqual(['running']);
  });

  it('counts a terminating pod until it is gone', async () => {
    await createNamespace(cluster, 'terminating');
    await create(cluster, makeNetwork('terminating', 'net'));
    await create(cluster, makePod('terminating', 'pod', { networks: 'net', nodeName: 'node' }));
    const netkeeper = await watch();
    const path = `${podsIn('terminating')}/pod?gracePeriodSeconds=30`;
    const { body } = await cluster.adminRequest('DELETE', path);
    expect(body.metadata).toHaveProperty('deletionTimestamp');
    await deleteNetwork(cluster, 'terminating', 'net');
    await netkeeper.line({ event: 'restored', namespace: 'terminating' });
    await deletePod(cluster, 'terminating', 'pod');
    await deleteNetwork(cluster, 'terminating', 'net');
    await netkeeper.line({ event: 'letGo', namespace: 'terminating' });
    await settle(cluster, netkeeper);
    expect(await listNetworks(cluster, 'terminating')).toEqual([]);
  });

  it('signs what it creates: field manager, Kubernetes Event and User-Agent', async () => {
    await createNamespace(cluster, 'signed');
    await create(cluster, makeNetwork('signed', 'net'));
    await createPod(cluster, 'signed', 'pod', 'net');
    const netkeeper = await watch();
    await deleteNetwork(cluster, 'signed', 'net');
    const { message } = await netkeeper.line({ event: 'restored', namespace: 'signed' });

    const back = await findNetwork(cluster, 'signed', 'net');
    expect(back?.metadata?.managedFields?.map(({ manager }) => manager)).toEqual(['netkeeper']);
    const readEvents = async () => {
      const answer = await cluster.adminRequest('GET', '/apis/events.k8s.io/v1/namespaces/signed/events');
      return answer.body.items ?? [];
    };
    await until('the Event is there', async () => (await readEvents()).length > 0);
    const events = await readEvents();
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      reason: 'Resurrected',
      type: 'Normal',
      note: message,
      reportingController: 'netkeeper.dev/netkeeper',
      regarding: {
        kind: 'NetworkAttachmentDefinition',
        namespace: 'signed',
        name: 'net',
        uid: back?.metadata?.uid,
      },
    });
    const agents = cluster
      .readAuditLog()
      .filter(({ user }) => user.username === 'keeper')
      .map(({ userAgent }) => userAgent);
    expect(new Set(agents)).toEqual(new Set([`netkeeper/${packageJson.version}`]));
  });

  /** Last, so that the log holds all of the above. */
  it('has written nothing but networks, Events on them, and questions about its rights', () => {
    expect(writesOfNetkeeper(cluster)).toEqual(ALLOWED_WRITES);
    expect([...readsOfNetkeeper(cluster)].sort()).toEqual([
      '/version',
      'cronjobs',
      'daemonsets',
      'deployments',
      'jobs',
      'namespaces',
      'network-attachment-definitions',
      'pods',
      'replicasets',
      'statefulsets',
      'virtualmachines',
    ]);
  });
});
