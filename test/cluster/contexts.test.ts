import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeCluster } from '../support/assets.ts';
import {
  contextEntry,
  create,
  createNamespace,
  createPod,
  deleteNetwork,
  findNetwork,
  settle,
  writeKubeconfig,
} from '../support/cluster-objects.ts';
import { type ControlPlane, startControlPlane } from '../support/control-plane.ts';
import { type Netkeeper, startNetkeeper } from '../support/netkeeper-process.ts';
import { makeNetwork } from '../support/objects.ts';
import { freePort } from '../support/ports.ts';

describeCluster('two contexts of one kubeconfig', () => {
  let here: ControlPlane;
  let there: ControlPlane;

  beforeAll(async () => {
    [here, there] = await Promise.all([startControlPlane(), startControlPlane()]);
    for (const cluster of [here, there]) {
      await cluster.installNadCrd();
      await createNamespace(cluster, 'web');
    }
  });
  afterAll(() => Promise.all([here?.stop(), there?.stop()]));

  /** Deletes a used network and waits until it is back. */
  const proveKept = async (cluster: ControlPlane, context: string, netkeeper: Netkeeper) => {
    await settle(cluster, netkeeper, context);
  };
  const watchAll = (kubeconfig: string) =>
    startNetkeeper(['watch', '--kubeconfig', kubeconfig, '--all-contexts', '-o', 'json']);

  it('are kept at once, each for itself', async () => {
    const netkeeper = watchAll(writeKubeconfig([contextEntry(here, 'here'), contextEntry(there, 'there')]));
    await netkeeper.watching('here');
    await netkeeper.watching('there');
    for (const cluster of [here, there]) await create(cluster, makeNetwork('web', 'net'));
    await createPod(there, 'web', 'pod', 'net');
    for (const cluster of [here, there]) await deleteNetwork(cluster, 'web', 'net');
    await netkeeper.line({ event: 'restored', context: 'there', name: 'net' });
    await netkeeper.line({ event: 'letGo', context: 'here', name: 'net' });
    expect(await findNetwork(here, 'web', 'net')).toBeUndefined();
    expect(await findNetwork(there, 'web', 'net')).toBeDefined();
  });

  it('an unreachable one is told in words with the remedy, and changes nothing for the other', async () => {
    const gone = { ...contextEntry(there, 'gone'), url: `https://127.0.0.1:${await freePort()}` };
    const netkeeper = watchAll(writeKubeconfig([gone, contextEntry(here, 'here')]));
    const { problem } = await netkeeper.line({ event: 'phase', phase: 'failed', context: 'gone' });
    expect(problem).toEqual({
      code: 'unreachable',
      message: expect.stringContaining(gone.url.replace('https://', '')),
      remedy: expect.stringContaining('Check the network, the VPN and the server address'),
    });
    await netkeeper.watching('here');
    await proveKept(here, 'here', netkeeper);
    expect(netkeeper.all({ context: 'gone', event: 'phase', phase: 'failed' })).toHaveLength(1);
    expect(await netkeeper.end('SIGTERM')).toEqual({ code: 0, signal: null });
  });

  it('one with wrong credentials is told in words with the remedy, and changes nothing for the other', async () => {
    const wrong = { ...contextEntry(there, 'wrong'), token: 'wrong-token-of-nobody' };
    const netkeeper = watchAll(writeKubeconfig([wrong, contextEntry(here, 'here')]));
    const { problem } = await netkeeper.line({ event: 'phase', phase: 'failed', context: 'wrong' });
    expect(problem).toEqual({
      code: 'credentials',
      message: expect.stringMatching(/\w/),
      remedy: expect.stringContaining('mend this user in the kubeconfig'),
    });
    await netkeeper.watching('here');
    await proveKept(here, 'here', netkeeper);
    expect(netkeeper.all({ context: 'wrong', event: 'phase', phase: 'failed' })).toHaveLength(1);
    expect(JSON.stringify(netkeeper.lines) + netkeeper.stderr).not.toContain('token-of');
  });

  it('one whose certificate authority is another is told, and changes nothing for the other', async () => {
    const forged = { ...contextEntry(there, 'forged'), caFile: here.caFile };
    const netkeeper = watchAll(writeKubeconfig([forged, contextEntry(here, 'here')]));
    const { problem } = await netkeeper.line({ event: 'phase', phase: 'failed', context: 'forged' });
    expect(problem).toMatchObject({ message: expect.stringMatching(/certificate/i) });
    await netkeeper.watching('here');
    await proveKept(here, 'here', netkeeper);
  });

  it('one whose server goes away while it is watched does not hold up the other', async () => {
    const second = await there.secondApiServer();
    const there2 = { ...contextEntry(there, 'there'), url: second.url };
    const netkeeper = watchAll(writeKubeconfig([there2, contextEntry(here, 'here')]));
    await netkeeper.watching('there');
    await netkeeper.watching('here');
    await second.stop();
    const { problem } = await netkeeper.line({ event: 'phase', phase: 'reconnecting', context: 'there' });
    expect(problem).toMatchObject({ code: 'unreachable' });
    await proveKept(here, 'here', netkeeper);
    expect(netkeeper.all({ event: 'phase', context: 'here', phase: 'reconnecting' })).toEqual([]);
  });

  it('may be the same server in two namespaces, each kept by its own program', async () => {
    await createNamespace(here, 'left');
    await createNamespace(here, 'right');
    const kubeconfig = writeKubeconfig([contextEntry(here, 'a'), contextEntry(here, 'b')]);
    const keep = (context: string, namespace: string) =>
      startNetkeeper([
        'watch',
        '--kubeconfig',
        kubeconfig,
        '--context',
        context,
        '-n',
        namespace,
        '-o',
        'json',
      ]);
    const [left, right] = [keep('a', 'left'), keep('b', 'right')];
    await Promise.all([left.watching('a'), right.watching('b')]);
    for (const namespace of ['left', 'right']) {
      await create(here, makeNetwork(namespace, 'net'));
      await createPod(here, namespace, 'pod', 'net');
      await deleteNetwork(here, namespace, 'net');
    }
    await left.line({ event: 'restored', namespace: 'left', by: 'self' });
    await right.line({ event: 'restored', namespace: 'right', by: 'self' });
    expect(left.all({ namespace: 'right' })).toEqual([]);
    expect(right.all({ namespace: 'left' })).toEqual([]);
  });
});
