import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeCluster } from '../support/assets.ts';
import {
  create,
  createNamespace,
  createPod,
  deleteNetwork,
  findNetwork,
  grantKeeping,
} from '../support/cluster-objects.ts';
import { type ControlPlane, startControlPlane } from '../support/control-plane.ts';
import { makeNetwork } from '../support/objects.ts';
import { type ServiceUnderTest, useServiceStage } from '../support/service-stage.ts';

describeCluster('the undoing of a restore on a real API server', () => {
  const stage = useServiceStage();
  let cluster: ControlPlane;

  beforeAll(async () => {
    cluster = await startControlPlane({ users: ['keeper'] });
    await cluster.installNadCrd();
    await createNamespace(cluster, 'web');
    await grantKeeping(cluster, 'keeper');
  });
  afterAll(() => cluster?.stop());

  const name = () => ({ context: stage.id('real'), namespace: 'web', name: 'net' });
  const undo = (service: ServiceUnderTest) => service.asks('undoRestore', { ...name(), isConfirmed: true });
  /** Answers' codes of all deletions that the keeper asked for. */
  const deletions = () =>
    cluster
      .readAuditLog()
      .filter(({ verb, user }) => user.username === 'keeper' && verb.startsWith('delete'))
      .map(({ verb, objectRef, responseStatus }) => [verb, objectRef?.name, responseStatus?.code]);

  it('needs the right to delete, and takes away once, for good, what was brought back', async () => {
    await create(cluster, makeNetwork('web', 'net'));
    await createPod(cluster, 'web', 'pod', 'net');
    stage.servers.real = { server: cluster.url, 'certificate-authority': cluster.caFile };
    stage.users.real = { token: cluster.token('keeper') };
    stage.current = 'real';
    const service = await stage.start();
    await service.reaches('real', { phase: 'watching' });
    await deleteNetwork(cluster, 'web', 'net');
    await service.records('restored', { name: 'net', by: 'self' });
    const isOffered = async () => (await service.does('networkDetail', name())).canUndo;
    await expect.poll(isOffered).toBe(true);

    expect(await undo(service)).toMatchObject({
      ok: false,
      code: 'forbidden',
      message: expect.stringContaining(
        'User "keeper" cannot delete resource "network-attachment-definitions"',
      ),
    });
    expect(await findNetwork(cluster, 'web', 'net')).toBeDefined();
    await cluster.grant('keeper', [
      { apiGroups: ['k8s.cni.cncf.io'], resources: ['network-attachment-definitions'], verbs: ['delete'] },
    ]);
    expect(await undo(service)).toEqual({ ok: true, value: null });
    await service.records('letGo', { name: 'net', reason: 'released' });
    await create(cluster, makeNetwork('web', 'probe'));
    await createPod(cluster, 'web', 'pod-of-probe', 'probe');
    await service.shows('real', 'web', 'probe', 'inUse');
    await deleteNetwork(cluster, 'web', 'probe');
    await service.records('restored', { name: 'probe' });
    expect(await findNetwork(cluster, 'web', 'net')).toBeUndefined();
    expect(deletions()).toEqual([
      ['delete', 'net', 403],
      ['delete', 'net', 200],
    ]);

    // From here on it is a network like any other.
    await create(cluster, makeNetwork('web', 'net'));
    await service.until('there again', () =>
      [...service.networks.values()].find((each) => each.name === 'net' && each.state === 'inUse'),
    );
    await deleteNetwork(cluster, 'web', 'net');
    await service.until('restored again', () =>
      service.entries.filter((each) => each.event === 'restored' && each.name === 'net').length === 2
        ? true
        : undefined,
    );
    expect(deletions()).toHaveLength(2);
  });
});
