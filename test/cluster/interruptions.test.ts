import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeCluster } from '../support/assets.ts';
import {
  ALLOWED_WRITES,
  contextEntry,
  create,
  createNamespace,
  createPod,
  deleteNetwork,
  deletePod,
  findNetwork,
  grantKeeping,
  listNetworks,
  settle,
  writeKubeconfig,
  writesOfNetkeeper,
} from '../support/cluster-objects.ts';
import { type ControlPlane, startControlPlane } from '../support/control-plane.ts';
import { expectStatus } from '../support/control-plane-processes.ts';
import { send } from '../support/http.ts';
import { type Line, startNetkeeper, temporaryFolder } from '../support/netkeeper-process.ts';
import { makeNetwork, networksIn, podsIn } from '../support/objects.ts';

describeCluster('what is deleted while nobody can see it', () => {
  let cluster: ControlPlane;
  let kubeconfig: string;

  beforeAll(async () => {
    cluster = await startControlPlane({ users: ['keeper'] });
    await cluster.installNadCrd();
    // Not the admin: a server that is starting refuses everybody else until it has read its roles.
    await grantKeeping(cluster, 'keeper');
    kubeconfig = cluster.writeKubeconfig([{ name: 'real', user: 'keeper' }]);
  });
  afterAll(() => cluster?.stop());

  const watchWith = (stateDirectory: string, file = kubeconfig) =>
    startNetkeeper(['watch', '--kubeconfig', file, '--state-dir', stateDirectory, '-o', 'json']);

  it.each(['SIGKILL', 'SIGTERM'] as const)(
    'is restored within a second of synced when the program starts again after %s',
    async (signal) => {
      const namespace = `after-${signal.toLowerCase()}`;
      const state = temporaryFolder();
      await createNamespace(cluster, namespace);
      const { spec } = await create(cluster, makeNetwork(namespace, 'used'));
      await create(cluster, makeNetwork(namespace, 'unused'));
      await createPod(cluster, namespace, 'pod', 'used');
      const first = watchWith(state);
      await first.watching();
      // What was restored just now is on disk too.
      await deleteNetwork(cluster, namespace, 'used');
      await first.line({ event: 'restored', namespace });
      await settle(cluster, first);
      await first.end(signal);

      for (const name of ['used', 'unused']) await deleteNetwork(cluster, namespace, name);
      const second = watchWith(state);
      const restored = await second.line({ event: 'restored', namespace, name: 'used' });
      expect(restored).toMatchObject({ missed: true, by: 'self' });
      const synced = await second.line({ event: 'synced' });
      expect(timeOf(restored) - timeOf(synced)).toBeLessThan(1000);
      expect((await findNetwork(cluster, namespace, 'used'))?.spec).toEqual(spec);

      const letGo = await second.line({ event: 'letGo', namespace, name: 'unused' });
      expect(letGo).toMatchObject({ missed: true, reason: 'unused' });
      await settle(cluster, second);
      expect(second.all({ event: 'restored', namespace })).toHaveLength(1);
      expect(await findNetwork(cluster, namespace, 'unused')).toBeUndefined();
    },
  );

  it('is not restored when its pods went too, or when no copies are kept', async () => {
    await createNamespace(cluster, 'no-copies');
    const state = temporaryFolder();
    for (const name of ['kept', 'dropped']) {
      await create(cluster, makeNetwork('no-copies', name));
      await createPod(cluster, 'no-copies', name, name);
    }
    const first = watchWith(state);
    await first.watching();
    await settle(cluster, first);
    await first.end('SIGKILL');
    for (const name of ['kept', 'dropped']) await deleteNetwork(cluster, 'no-copies', name);
    await deletePod(cluster, 'no-copies', 'dropped');

    const forgetful = startNetkeeper(['watch', '--kubeconfig', kubeconfig, '--no-state', '-o', 'json']);
    const missing = await forgetful.line({ event: 'missing', namespace: 'no-copies', name: 'kept' });
    expect(missing.message).toContain('no-copies/kept does not exist and no copy of it is known');
    await forgetful.end('SIGTERM');
    expect(await findNetwork(cluster, 'no-copies', 'kept')).toBeUndefined();

    const second = watchWith(state);
    await second.line({ event: 'restored', namespace: 'no-copies', name: 'kept', missed: true });
    await second.line({ event: 'letGo', namespace: 'no-copies', name: 'dropped', missed: true });
    expect(await findNetwork(cluster, 'no-copies', 'dropped')).toBeUndefined();
  });

  it('is restored when the API server is there again, deleted through another one meanwhile', async () => {
    await createNamespace(cluster, 'outage');
    const { spec } = await create(cluster, makeNetwork('outage', 'used'));
    await create(cluster, makeNetwork('outage', 'left'));
    await createPod(cluster, 'outage', 'pod', 'used');
    await createPod(cluster, 'outage', 'leaving', 'left');
    const netkeeper = watchWith(temporaryFolder());
    await netkeeper.watching();
    const second = await cluster.secondApiServer();
    await cluster.stopApiServer();
    const { problem } = await netkeeper.line({ event: 'phase', phase: 'reconnecting' });
    expect(problem).toMatchObject({
      code: 'unreachable',
      remedy: expect.stringContaining('tried again by itself'),
    });

    const other = { url: second.url, caFile: cluster.caFile, token: cluster.token('admin') };
    for (const path of [
      `${networksIn('outage')}/used`,
      `${networksIn('outage')}/left`,
      `${podsIn('outage')}/leaving?gracePeriodSeconds=0`,
    ]) {
      expectStatus(await send(other, 'DELETE', path), 200);
    }
    await second.stop();
    await cluster.startApiServer();

    await netkeeper.line({ event: 'restored', namespace: 'outage', name: 'used' });
    expect((await findNetwork(cluster, 'outage', 'used'))?.spec).toEqual(spec);
    await netkeeper.line({ event: 'letGo', namespace: 'outage', name: 'left' });
    await netkeeper.line({ event: 'phase', phase: 'watching' }, 2);
    await settle(cluster, netkeeper);
    expect(netkeeper.all({ event: 'restored', namespace: 'outage' })).toHaveLength(1);
    expect(netkeeper.all({ event: 'failed' })).toEqual([]);
    expect(await findNetwork(cluster, 'outage', 'left')).toBeUndefined();
  });

  it('is restored by each of two programs that keep a namespace each and share one state folder', async () => {
    const state = temporaryFolder();
    const keep = (namespace: string) =>
      startNetkeeper([
        ...['watch', '--kubeconfig', kubeconfig, '--state-dir', state, '-n', namespace, '-o', 'json'],
      ]);
    for (const namespace of ['left', 'right']) {
      await createNamespace(cluster, namespace);
      await create(cluster, makeNetwork(namespace, 'net'));
      await createPod(cluster, namespace, 'pod', 'net');
    }
    for (const namespace of ['left', 'right']) {
      const first = keep(namespace);
      await first.watching();
      await first.end('SIGTERM');
    }
    for (const namespace of ['left', 'right']) await deleteNetwork(cluster, namespace, 'net');
    for (const namespace of ['left', 'right']) {
      await keep(namespace).line({ event: 'restored', namespace, name: 'net', missed: true });
    }
  });

  it('a cluster made anew under the same context name gets nothing from the old one', async () => {
    const state = temporaryFolder();
    const file = writeKubeconfig([contextEntry(cluster, 'kind')]);
    await createNamespace(cluster, 'anew');
    await create(cluster, makeNetwork('anew', 'net'));
    await createPod(cluster, 'anew', 'pod', 'net');
    const first = watchWith(state, file);
    await first.watching();
    await settle(cluster, first);
    await first.end('SIGKILL');

    const anew = await startControlPlane();
    try {
      await anew.installNadCrd();
      await createNamespace(anew, 'anew');
      await createPod(anew, 'anew', 'pod', 'net');
      writeKubeconfig([contextEntry(anew, 'kind')], file);
      const second = watchWith(state, file);
      await second.line({ event: 'missing', namespace: 'anew', name: 'net' });
      await settle(anew, second);
      expect(second.about('anew', 'net').map(({ event }) => event)).toEqual(['missing']);
      expect(await findNetwork(anew, 'anew', 'net')).toBeUndefined();
      await second.end('SIGTERM');
    } finally {
      await anew.stop();
    }
    // And the old one, should it come back, has lost nothing.
    await deleteNetwork(cluster, 'anew', 'net');
    writeKubeconfig([contextEntry(cluster, 'kind')], file);
    await watchWith(state, file).line({ event: 'restored', namespace: 'anew', name: 'net', missed: true });
  });

  it('a cluster made anew at the same address, while the program runs, gets nothing from the old one', async () => {
    await createNamespace(cluster, 'same');
    await create(cluster, makeNetwork('same', 'net'));
    await createPod(cluster, 'same', 'pod', 'net');
    const netkeeper = watchWith(temporaryFolder());
    await netkeeper.watching();

    await cluster.startAnew();
    await grantKeeping(cluster, 'keeper');
    await netkeeper.line({ event: 'phase', problem: { code: 'noNadCrd' } });
    await createNamespace(cluster, 'same');
    await createPod(cluster, 'same', 'pod', 'net');
    await cluster.installNadCrd();
    await netkeeper.line({ event: 'missing', namespace: 'same', name: 'net' });
    await settle(cluster, netkeeper);
    expect(netkeeper.about('same', 'net').map(({ event }) => event)).toEqual(['missing']);
    expect(await listNetworks(cluster, 'same')).toEqual([]);
  });

  /** Last, so that the log holds all of the above. */
  it('writes nothing else', () => {
    expect(writesOfNetkeeper(cluster)).toEqual(ALLOWED_WRITES);
  });
});

function timeOf(line: Line): number {
  return Date.parse(line.time);
}
