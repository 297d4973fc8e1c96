import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeCluster } from '../support/assets.ts';
import {
  CREATOR_RULES,
  create,
  createNamespace,
  createPod,
  deleteNetwork,
  findNetwork,
  VIEWER_RULES,
} from '../support/cluster-objects.ts';
import { type ControlPlane, startControlPlane } from '../support/control-plane.ts';
import { runNetkeeper, startNetkeeper, temporaryFolder } from '../support/netkeeper-process.ts';
import { makeNetwork } from '../support/objects.ts';

const NETWORKS = 'network-attachment-definitions.k8s.cni.cncf.io';

describeCluster('a user with few rights', () => {
  let cluster: ControlPlane;

  beforeAll(async () => {
    cluster = await startControlPlane({ users: ['viewer', 'tenant', 'stranger'] });
    await cluster.installNadCrd();
    for (const namespace of ['web', 'other']) {
      await createNamespace(cluster, namespace);
      for (const name of ['net-1', 'net-2', 'net-3']) {
        await create(cluster, makeNetwork(namespace, name));
        await createPod(cluster, namespace, `pod-${name}`, name);
      }
    }
    await cluster.grant('viewer', VIEWER_RULES);
    // No right to leave Events: that must not be missed.
    await cluster.grant('tenant', [...VIEWER_RULES, ...CREATOR_RULES.slice(0, 1)], 'web');
  });
  afterAll(() => cluster?.stop());

  const watchAs = (user: string, ...more: string[]) => {
    const kubeconfig = cluster.writeKubeconfig([{ name: 'real', user }]);
    return startNetkeeper(['watch', '--kubeconfig', kubeconfig, '-o', 'json', ...more]);
  };

  it('who may only look is watching, is told once which right is missing, and has it mended by granting it', async () => {
    const netkeeper = watchAs('viewer');
    const { problem } = await netkeeper.watching();
    expect(problem).toEqual({
      code: 'readOnly',
      message: expect.stringContaining(`create ${NETWORKS} in all namespaces`),
      remedy: expect.stringContaining('ClusterRole'),
    });

    await deleteNetwork(cluster, 'web', 'net-1');
    const failed = await netkeeper.line({ event: 'failed', name: 'net-1' });
    expect(failed).toMatchObject({ namespace: 'web', reason: 'forbidden', userCount: 1 });
    expect(failed.message).toContain('User "viewer" cannot create resource');
    expect(failed.message).toContain(`verb create on ${NETWORKS} in namespace web`);
    expect(failed.message).toMatch(/To grant it, .*ClusterRole/);

    await cluster.grant('viewer', CREATOR_RULES);
    await deleteNetwork(cluster, 'web', 'net-2');
    await netkeeper.line({ event: 'restored', name: 'net-2', by: 'self' });
    expect(netkeeper.all({ event: 'failed' })).toEqual([failed]);
    expect(netkeeper.all({ event: 'restored', name: 'net-1' })).toEqual([]);
  });

  it('who has rights in one namespace alone keeps that one with -n', async () => {
    const netkeeper = watchAs('tenant', '-n', 'web');
    expect(await netkeeper.watching()).not.toHaveProperty('problem');
    await deleteNetwork(cluster, 'other', 'net-3');
    await deleteNetwork(cluster, 'web', 'net-3');
    await netkeeper.line({ event: 'restored', namespace: 'web', name: 'net-3', by: 'self' });
    expect(await findNetwork(cluster, 'other', 'net-3')).toBeUndefined();
    expect(netkeeper.all({ namespace: 'other' })).toEqual([]);
    expect(await netkeeper.end('SIGINT')).toEqual({ code: 0, signal: null });
  });

  it('who may not even read which cluster it is has missed deletions restored', async () => {
    await create(cluster, makeNetwork('web', 'missed'));
    await createPod(cluster, 'web', 'pod-missed', 'missed');
    const state = temporaryFolder();
    const first = watchAs('tenant', '-n', 'web', '--state-dir', state);
    await first.watching();
    await first.end('SIGTERM');
    await deleteNetwork(cluster, 'web', 'missed');
    const second = watchAs('tenant', '-n', 'web', '--state-dir', state);
    await second.line({ event: 'restored', name: 'missed', by: 'self', missed: true });
    expect(second.all({ event: 'failed' })).toEqual([]);
  });

  it('who has rights in one namespace alone is told about -n when it watches all', async () => {
    const netkeeper = watchAs('tenant');
    const { problem } = await netkeeper.line({ event: 'phase', phase: 'failed' });
    expect(problem).toEqual({
      code: 'forbidden',
      message: expect.stringContaining(`list ${NETWORKS} in all namespaces`),
      remedy: expect.stringContaining('-n NAMESPACE'),
    });
  });

  it('who may do nothing is told all that is missing, and ends with 1 as nothing was ever watched', async () => {
    const netkeeper = watchAs('stranger');
    const { problem } = await netkeeper.line({ event: 'phase', phase: 'failed' });
    expect(problem).toMatchObject({ code: 'forbidden', message: expect.stringContaining('watch pods') });
    expect(await netkeeper.end('SIGTERM')).toEqual({ code: 1, signal: null });
  });

  it('sees the usage of its namespace, and is told what is missing for more', async () => {
    const kubeconfig = cluster.writeKubeconfig([{ name: 'real', user: 'tenant' }]);
    const one = await runNetkeeper(['usage', '--kubeconfig', kubeconfig, '-n', 'web']);
    expect(one).toMatchObject({ code: 0, stderr: '' });
    expect(one.stdout).toMatch(/web +net-2 +● in use/);
    const all = await runNetkeeper(['usage', '--kubeconfig', kubeconfig]);
    expect(all).toMatchObject({ code: 1, stdout: '' });
    expect(all.stderr).toContain('cannot list resource');
  });

  it('is told by the doctor which rights are missing, and what is lost without them', async () => {
    const doctor = async (user: string, ...more: string[]) => {
      const kubeconfig = cluster.writeKubeconfig([{ name: 'real', user }]);
      const run = await runNetkeeper(['doctor', '--kubeconfig', kubeconfig, '-o', 'json', ...more]);
      const lines = run.stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      const titles = (status: string) =>
        lines.filter((line) => line.status === status).map(({ title }) => title);
      const messageOf = (title: string) => lines.find((line) => line.title === title).message;
      return { code: run.code, warning: titles('warning'), failed: titles('failed'), messageOf };
    };
    const tenant = await doctor('tenant', '-n', 'web');
    expect(tenant).toMatchObject({
      code: 0,
      warning: ['See namespaces', 'Leave an Event'],
      failed: [],
    });
    expect(tenant.messageOf('Credentials')).toMatch(/^A client certificate in the |^A token in the /);
    expect(tenant.messageOf('Reachable')).toMatch(/^The server runs Kubernetes v\d/);
    // KubeVirt is not served here.
    expect(tenant.messageOf('See workloads')).toMatch(/^Workloads may be listed and watched/);
    expect(tenant.messageOf('Undo a restore')).toContain(`may not delete ${NETWORKS} in namespace web`);

    const everywhere = await doctor('tenant');
    expect(everywhere).toMatchObject({ code: 1, failed: ['See networks', 'See pods'] });
    expect(everywhere.messageOf('See pods')).toContain('list and watch pods in all namespaces');
    expect((await doctor('stranger', '-n', 'web')).code).toBe(1);
  });
});
