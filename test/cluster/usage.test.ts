import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeCluster } from '../support/assets.ts';
import {
  contextEntry,
  create,
  createNamespace,
  createPod,
  writeKubeconfig,
} from '../support/cluster-objects.ts';
import { type ControlPlane, startControlPlane } from '../support/control-plane.ts';
import { runNetkeeper } from '../support/netkeeper-process.ts';
import { makeNetwork, makePod, NETWORKS_ANNOTATION } from '../support/objects.ts';
import { freePort } from '../support/ports.ts';

describeCluster('netkeeper usage on a real API server', () => {
  let cluster: ControlPlane;
  let kubeconfig: string;

  beforeAll(async () => {
    cluster = await startControlPlane();
    kubeconfig = cluster.writeKubeconfig([{ name: 'real', user: 'admin' }]);
  });
  afterAll(() => cluster?.stop());

  const usage = (...args: string[]) => runNetkeeper(['usage', '--kubeconfig', kubeconfig, ...args]);

  /** First, for the tests after it install the CRD. */
  it('says that a cluster has no networks where the CRD is not installed, and takes it for no failure', async () => {
    const run = await usage();
    expect(run).toMatchObject({ code: 0, stdout: '' });
    expect(run.stderr).toContain('real: This cluster has no NetworkAttachmentDefinitions');
  });

  it('shows what is in use by whom, unused, missing and misnamed, as a table', async () => {
    await cluster.installNadCrd();
    await makeScene(cluster);
    const { code, stdout, stderr } = await usage();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.replace(/ {2,}/g, ' | '));
    expect(lines).toEqual([
      'real: 3 networks, 2 in use, 1 more network missing',
      'NAMESPACE | NETWORK | STATE | KIND | PODS | WORKLOADS | USED BY',
      'db | gone | ! missing | 1 | 0 | web/seeker',
      expect.stringMatching(/^web \| by-template \| ● in use \| bridge.* \| 0 \| 1 \| app$/),
      expect.stringMatching(/^web \| idle \| ○ unused \| bridge.* \| 0 \| 0$/),
      'web | net | ● in use | macvlan on eth0, 10.1.0.0/16 via host-local | 5 | 0 | pod-0, pod-1, pod-2 and 2 more',
      expect.stringContaining(`Pod web/broken names no network that counts: ${NETWORKS_ANNOTATION}: `),
    ]);
    expect(stdout).not.toContain('\u001b');
  });

  it('says the same as lines of JSON', async () => {
    const { code, stdout, stderr } = await usage('-o', 'json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    for (const line of lines) {
      expect(line).toMatchObject({
        context: 'real',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/),
      });
    }
    const network = { event: 'network', namespace: 'web' };
    expect(lines).toMatchObject([
      {
        ...{ event: 'network', namespace: 'db', name: 'gone', state: 'missing', pods: 1, workloads: 0 },
        users: [{ kind: 'Pod', namespace: 'web', name: 'seeker' }],
      },
      {
        ...{ ...network, name: 'by-template', state: 'inUse', pods: 0, workloads: 1 },
        users: [{ kind: 'Deployment', namespace: 'web', name: 'app', interfaces: ['eth5'] }],
      },
      { ...network, name: 'idle', state: 'unused', pods: 0, workloads: 0, users: [] },
      { ...network, name: 'net', state: 'inUse', pods: 5, workloads: 0 },
      { event: 'badAnnotation', kind: 'Pod', namespace: 'web', name: 'broken' },
    ]);
    expect(lines).toHaveLength(5);
  });

  it('reads one namespace with -n, and says so where it is empty', async () => {
    const db = await usage('-n', 'db', '-o', 'json');
    expect(db).toMatchObject({ code: 0, stdout: '', stderr: '' });
    const web = await usage('-n', 'web');
    expect(web.stdout).toContain('real: 3 networks, 2 in use');
  });

  it('reads all contexts, tells of one that fails, and ends with 1', async () => {
    const gone = { ...contextEntry(cluster, 'gone'), url: `https://127.0.0.1:${await freePort()}` };
    const file = writeKubeconfig([contextEntry(cluster, 'real'), gone]);
    const run = await runNetkeeper(['usage', '--kubeconfig', file, '--all-contexts']);
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('real: 3 networks');
    expect(run.stderr).toMatch(/^netkeeper: gone: .*Check the network, the VPN and the server address/m);
    expect(run.stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});

/** Five pods on one network, a Deployment on another, one idle, one missing, one bad annotation. */
async function makeScene(cluster: ControlPlane): Promise<void> {
  for (const namespace of ['web', 'db']) await createNamespace(cluster, namespace);
  const config =
    '{"cniVersion":"0.3.1","type":"macvlan","master":"eth0","ipam":{"type":"host-local","subnet":"10.1.0.0/16"}}';
  await create(cluster, makeNetwork('web', 'net', { config }));
  for (const name of ['idle', 'by-template']) await create(cluster, makeNetwork('web', name));
  for (let index = 0; index < 5; index += 1) await createPod(cluster, 'web', `pod-${index}`, 'net, net@eth7');
  await createPod(cluster, 'web', 'seeker', 'db/gone');
  await createPod(cluster, 'web', 'broken', 'net,a/b/c');
  const labels = { app: 'app' };
  const annotations = { [NETWORKS_ANNOTATION]: 'by-template@eth5' };
  const { spec } = makePod('web', 'app');
  await create(cluster, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace: 'web', name: 'app' },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels, annotations }, spec } },
  });
}
