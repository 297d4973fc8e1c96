import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../main/demo/api-server/objects.ts';
import { NAD, useStage } from '../support/keeper-stage.ts';
import { makeNamespace, makeNetwork, makePod, NETWORKS_ANNOTATION } from '../support/objects.ts';

const OWNER = { apiVersion: 'k8s.ovn.org/v1', kind: 'UserDefinedNetwork', name: 'udn', uid: 'u-1' };

/** A Deployment whose pods would use the network. */
function makeDeployment(name: string, networks: string): KubernetesObject {
  const template = { metadata: { annotations: { [NETWORKS_ANNOTATION]: networks } }, spec: {} };
  return { kind: 'Deployment', metadata: { name, namespace: 'web' }, spec: { replicas: 0, template } };
}

describe('a keeper that watches a cluster', () => {
  const stage = useStage();

  it('restores a network that a pending pod refers to, as it was', async () => {
    const labels = { team: 'blue' };
    const annotations = { 'k8s.v1.cni.cncf.io/resourceName': 'intel.com/sriov' };
    const config = '{ "type":"sriov",\n\t"vlan": 1000 }';
    stage.addNetwork('net', { config, metadata: { labels, annotations } });
    stage.addPod('pod', { networks: 'net, net' });
    const keeper = await stage.keep();
    stage.deleteNetwork();

    expect(await keeper.tells('restored')).toMatchObject({
      namespace: 'web',
      name: 'net',
      by: 'self',
      missed: false,
      users: [{ kind: 'Pod', namespace: 'web', name: 'pod' }],
      userCount: 1,
    });
    expect(stage.network()).toMatchObject({ metadata: { labels, annotations }, spec: { config } });
    expect(keeper.told('deleted')).toHaveLength(1);
  });

  it('writes nothing but the network and one Kubernetes Event on it', async () => {
    stage.addNetwork();
    stage.addPod();
    const keeper = await stage.keep();
    stage.deleteNetwork();
    await keeper.tells('restored');
    await keeper.settles();

    const uid = stage.network()?.metadata?.uid;
    expect(stage.server.writes).toMatchObject([
      { method: 'POST', code: 201, body: { kind: NAD } },
      { method: 'POST', code: 201, body: { kind: 'Event', reason: 'Resurrected', regarding: { uid } } },
    ]);
    expect(stage.server.writes.every(({ path }) => path.endsWith('fieldManager=netkeeper'))).toBe(true);
    expect(stage.server.writes.every(({ userAgent }) => userAgent === 'netkeeper/test')).toBe(true);
  });

  it('restores a network that a pod in another namespace uses', async () => {
    stage.server.create(makeNamespace('shop'));
    stage.server.create(makePod('shop', 'pod', { networks: 'web/net@eth1' }));
    stage.addNetwork();
    const keeper = await stage.keep();
    stage.deleteNetwork();
    expect(await keeper.tells('restored')).toMatchObject({ users: [{ namespace: 'shop', name: 'pod' }] });
  });

  it('restores a network whose pod is terminating', async () => {
    stage.addNetwork();
    stage.addPod('pod', { networks: 'net', nodeName: 'node-1' });
    stage.server.delete('Pod', 'web', 'pod');
    const keeper = await stage.keep();
    stage.deleteNetwork();
    await keeper.tells('restored');
  });

  it('lets go a network that nothing uses, and says so once', async () => {
    stage.addNetwork();
    stage.addPod('pod', { networks: 'other' });
    const keeper = await stage.keep();
    stage.deleteNetwork();
    expect(await keeper.tells('letGo')).toMatchObject({ name: 'net', reason: 'unused', missed: false });
    await keeper.passes(180_000);
    expect(keeper.told('letGo')).toHaveLength(1);
    expect(stage.server.writes).toEqual([]);
  });

  it.each(['Succeeded', 'Failed'])('lets go a network whose only pod has %s', async (phase) => {
    stage.addNetwork();
    stage.addPod('pod', { networks: 'net', phase });
    const keeper = await stage.keep();
    stage.deleteNetwork();
    await keeper.tells('letGo', { reason: 'unused' });
  });

  it('lets go a network whose pod finishes while it watches', async () => {
    stage.addNetwork();
    stage.addPod();
    const keeper = await stage.keep();
    stage.server.patch('Pod', 'web', 'pod', { status: { phase: 'Succeeded' } });
    stage.deleteNetwork();
    await keeper.tells('letGo');
    await keeper.passes(60_000);
    expect(stage.server.writes).toEqual([]);
  });

  it('does not bring back a network whose pod was deleted in the same breath', async () => {
    const keeper = await stage.keep();
    for (let round = 0; round < 20; round += 1) {
      const name = `net-${round}`;
      stage.addNetwork(name);
      stage.addPod('pod', { networks: name });
      await keeper.settles();
      stage.deletePod();
      stage.deleteNetwork(name);
      await keeper.tells('letGo', { name });
    }
    await keeper.passes(61_000);
    expect(stage.created()).toEqual([]);
    expect(keeper.told('letGo')).toHaveLength(20);
    expect(keeper.told('stray')).toEqual([]);
  });

  it('brings back a network whose pod was created in the same breath', async () => {
    const keeper = await stage.keep();
    for (let round = 0; round < 20; round += 1) {
      const name = `net-${round}`;
      stage.addNetwork(name);
      await keeper.settles();
      stage.addPod(`pod-${round}`, { networks: name });
      stage.deleteNetwork(name);
      await keeper.tells('restored', { name });
    }
  });

  it('brings back a network when a pod turns up within the minute after it was let go', async () => {
    stage.addNetwork();
    const keeper = await stage.keep();
    stage.deleteNetwork();
    await keeper.tells('letGo');
    await keeper.passes(59_000);
    stage.addPod();
    expect(await keeper.tells('restored')).toMatchObject({ name: 'net', by: 'self' });
  });

  it('asks when a pod turns up later than a minute after the network was let go', async () => {
    stage.addNetwork();
    const keeper = await stage.keep();
    stage.deleteNetwork();
    await keeper.tells('letGo');
    await keeper.passes(61_000);
    stage.addPod();
    expect(await keeper.tellsWithin(10_000, 'asked')).toMatchObject({ name: 'net', reason: 'wasLetGo' });
    await keeper.passes(60_000);
    expect(keeper.told('asked')).toHaveLength(1);
    expect(stage.server.writes).toEqual([]);
  });

  it('asks where the mode is ask, and lets go once the pods are gone', async () => {
    stage.addNetwork();
    stage.addPod();
    const keeper = await stage.keep({ policy: { mode: 'ask' } });
    stage.deleteNetwork();
    expect(await keeper.tells('asked')).toMatchObject({ reason: 'mode', missed: false, userCount: 1 });
    stage.deletePod();
    await keeper.tells('letGo', { reason: 'unused' });
    expect(stage.server.writes).toEqual([]);
  });

  it('asks where only a template refers to it, and restores as soon as a pod does', async () => {
    stage.addNetwork();
    stage.server.create(makeDeployment('app', 'net'));
    const keeper = await stage.keep();
    stage.deleteNetwork();
    expect(await keeper.tells('asked')).toMatchObject({
      reason: 'templatesOnly',
      users: [{ kind: 'Deployment', namespace: 'web', name: 'app' }],
    });
    expect(stage.server.writes).toEqual([]);
    stage.addPod();
    await keeper.tells('restored');
  });

  it.each([
    ['an owner', { ownerReferences: [OWNER] }],
    ['the SR-IOV operator', { annotations: { 'sriovnetwork.openshift.io/owner-ref': 'SriovNetwork/blue' } }],
  ])('gives %s its time, then asks', async (_, metadata) => {
    stage.addNetwork('net', { metadata });
    stage.addPod();
    const keeper = await stage.keep();
    stage.deleteNetwork();
    await keeper.tells('deleted');
    await keeper.passes(9_000);
    expect(keeper.told('asked')).toEqual([]);
    expect(await keeper.tellsWithin(2_000, 'asked')).toMatchObject({ reason: 'owned' });
    expect(stage.server.writes).toEqual([]);
  });

  it('tells when the owner makes its network again in time', async () => {
    stage.addNetwork('net', { metadata: { ownerReferences: [OWNER] } });
    stage.addPod();
    const keeper = await stage.keep();
    stage.deleteNetwork();
    await keeper.tells('deleted');
    stage.addNetwork('net', { metadata: { ownerReferences: [{ ...OWNER, uid: 'u-2' }] } });
    expect(await keeper.tells('restored')).toMatchObject({ by: 'other' });
    await keeper.passes(20_000);
    expect(keeper.told('asked')).toEqual([]);
  });

  it('lets go a network whose namespace is being deleted', async () => {
    stage.addNetwork();
    stage.addPod('pod', { networks: 'net', nodeName: 'node-1' });
    const keeper = await stage.keep();
    stage.server.delete('Namespace', '', 'web');
    stage.deleteNetwork();
    await keeper.tells('letGo', { reason: 'namespaceTerminating' });
    // Its pods take their time, and each of their changes is a new occasion to speak.
    for (let change = 0; change < 5; change += 1) {
      stage.server.patch('Pod', 'web', 'pod', { metadata: { labels: { change: `${change}` } } });
      await keeper.passes(6_000);
    }
    expect(keeper.told('letGo')).toHaveLength(1);
    expect(stage.created()).toEqual([]);
  });

  it('lets go a network whose namespace is being deleted instead of asking', async () => {
    stage.addNetwork();
    stage.addPod('pod', { networks: 'net', nodeName: 'node-1' });
    const keeper = await stage.keep({ policy: { mode: 'ask' } });
    stage.server.delete('Namespace', '', 'web');
    stage.deleteNetwork();
    await keeper.tells('letGo', { reason: 'namespaceTerminating' });
    expect(keeper.told('asked')).toEqual([]);
  });

  it('lets go a network whose namespace is gone while a pod elsewhere uses it', async () => {
    stage.server.create(makeNamespace('shop'));
    stage.server.create(makeNetwork('shop', 'net'));
    stage.addPod('pod', { networks: 'shop/net' });
    const keeper = await stage.keep();
    stage.server.delete('Namespace', '', 'shop');
    stage.server.finishNamespaceDeletion('shop');
    await keeper.tells('letGo', { reason: 'namespaceGone' });
    expect(stage.created()).toEqual([]);
  });

  it('keeps the copies when the CRD goes, and restores what is used once it is back', async () => {
    stage.addNetwork('used');
    stage.addNetwork('unused');
    stage.addPod('pod', { networks: 'used' });
    const keeper = await stage.keep();
    stage.server.removeNadCrd();
    await keeper.tells('letGo', { name: 'used', reason: 'crdGone' });
    await keeper.tells('letGo', { name: 'unused', reason: 'unused' });
    await keeper.tells('phase', { phase: 'failed' });
    expect(keeper.problem).toMatchObject({ code: 'noNadCrd' });
    await keeper.passes(30_000);

    stage.server.installNadCrd();
    expect(await keeper.tellsWithin(10_000, 'restored', { name: 'used' })).toMatchObject({ missed: true });
    expect(keeper.phase).toBe('watching');
    await keeper.passes(60_000);
    expect(stage.created()).toEqual(['web/used']);
  });

  it('restores what the CRD took also when a pod comes while the CRD is away', async () => {
    stage.addNetwork();
    stage.addPod();
    const keeper = await stage.keep();
    stage.server.removeNadCrd();
    await keeper.tells('letGo', { reason: 'crdGone' });
    stage.addPod('pod-2');
    await keeper.passes(30_000);
    expect(keeper.told('asked')).toEqual([]);
    stage.server.installNadCrd();
    await keeper.tellsWithin(10_000, 'restored', { missed: true });
  });

  it('never overwrites another network that was made under the same name', async () => {
    stage.addNetwork();
    stage.addPod();
    const keeper = await stage.keep();
    stage.deleteNetwork();
    const { metadata } = stage.addNetwork('net', { config: '{"type":"macvlan"}' });
    const { message } = await keeper.tells('letGo', { reason: 'replaced' });
    expect(message).toContain('spec.config');
    await keeper.passes(10_000);
    expect(stage.network()?.metadata?.uid).toBe(metadata?.uid);
    expect(keeper.told('letGo')).toHaveLength(1);
    expect(keeper.told('restored')).toEqual([]);
  });

  it('says so when another network takes the name while it asks', async () => {
    stage.addNetwork();
    stage.addPod();
    const keeper = await stage.keep({ policy: { mode: 'ask' } });
    stage.deleteNetwork();
    await keeper.tells('asked');
    stage.addNetwork('net', { config: '{"type":"macvlan"}' });
    await keeper.tells('letGo', { reason: 'replaced' });
  });

  it('stops after three restores within ten minutes, and names who else writes it', async () => {
    stage.addNetwork();
    stage.addPod();
    const keeper = await stage.keep();
    for (let round = 1; round <= 3; round += 1) {
      stage.deleteNetwork();
      await keeper.tells('restored');
      await keeper.passes(60_000);
    }
    stage.deleteNetwork();
    const held = await keeper.tells('held');
    expect(held.fieldManagers).toEqual(['kubectl']);
    await keeper.passes(1_200_000);
    expect(keeper.told('held')).toHaveLength(1);
    expect(stage.created()).toHaveLength(3);
  });

  it('restores again when the three restores are more than ten minutes ago', async () => {
    stage.addNetwork();
    stage.addPod();
    const keeper = await stage.keep();
    for (let round = 1; round <= 3; round += 1) {
      stage.deleteNetwork();
      await keeper.tells('restored');
    }
    await keeper.passes(601_000);
    stage.deleteNetwork();
    await keeper.tells('restored');
  });

  it('calls a network stray whose last user goes soon after it was brought back', async () => {
    stage.addNetwork();
    stage.addPod();
    const keeper = await stage.keep();
    stage.deleteNetwork();
    await keeper.tells('restored');
    await keeper.passes(60_000);
    stage.deletePod();
    await keeper.tells('stray', { name: 'net' });
    stage.addPod();
    await keeper.settles();
    stage.deletePod();
    await keeper.settles();
    expect(keeper.told('stray')).toHaveLength(1);
    expect(stage.network()).toBeDefined();
  });

  it('does not call it stray when its last user goes later than ten minutes after', async () => {
    stage.addNetwork();
    stage.addPod();
    const keeper = await stage.keep();
    stage.deleteNetwork();
    await keeper.tells('restored');
    await keeper.passes(601_000);
    stage.deletePod();
    await keeper.settles();
    expect(keeper.told('stray')).toEqual([]);
  });

  it('does not call a network stray that is gone together with its last user', async () => {
    stage.addNetwork();
    stage.addPod();
    const keeper = await stage.keep();
    stage.deleteNetwork();
    await keeper.tells('restored');
    await keeper.settles();
    // The network's watch is told before the pods'.
    stage.server.watches.silence(({ resource }) => resource === 'pods');
    stage.deletePod();
    stage.deleteNetwork();
    await keeper.tells('letGo', { reason: 'usersGone' });
    await keeper.passes(120_000);
    expect(keeper.told('stray')).toEqual([]);
    expect(stage.created()).toHaveLength(1);
  });

  it('tells once of a network that is missing and of which no copy is known', async () => {
    const keeper = await stage.keep();
    stage.addPod('pod', { networks: 'ghost' });
    expect(await keeper.tellsWithin(6_000, 'missing')).toMatchObject({ namespace: 'web', name: 'ghost' });
    stage.addPod('pod-2', { networks: 'ghost' });
    await keeper.passes(10_000);
    expect(keeper.told('missing')).toHaveLength(1);
  });

  it('does not call a network missing that comes a little after its pod', async () => {
    const keeper = await stage.keep();
    stage.addPod();
    await keeper.passes(2_000);
    stage.addNetwork();
    await keeper.passes(10_000);
    expect(keeper.told('missing')).toEqual([]);
  });

  it('does not call a network missing while it cannot see the networks', async () => {
    const keeper = await stage.keep();
    const ofNetworks = ({ resource }: { resource: string }) => resource === 'network-attachment-definitions';
    stage.server.inject({ effect: { kind: 'answer', code: 500 }, when: ofNetworks });
    stage.server.watches.drop(ofNetworks);
    await keeper.tells('phase', { phase: 'reconnecting' });
    stage.addNetwork();
    stage.addPod();
    await keeper.passes(20_000);
    stage.server.clearFaults();
    await keeper.tellsWithin(10_000, 'phase', { phase: 'watching' });
    await keeper.passes(10_000);
    expect(keeper.told('missing')).toEqual([]);
  });

  it('does not call the ambiguous default network missing in either namespace', async () => {
    const annotations = { 'v1.multus-cni.io/default-network': 'net' };
    const keeper = await stage.keep();
    stage.addPod('pod', { metadata: { annotations } });
    await keeper.passes(10_000);
    expect(keeper.told('missing')).toEqual([]);
  });

  it('restores a bare default network in the namespace of the pod and in that of Multus', async () => {
    const annotations = { 'v1.multus-cni.io/default-network': 'net' };
    stage.addNetwork();
    stage.server.create(makeNetwork('kube-system', 'net'));
    stage.addPod('pod', { metadata: { annotations } });
    const keeper = await stage.keep();
    stage.deleteNetwork();
    await keeper.tells('restored', { namespace: 'web' });
    stage.server.delete(NAD, 'kube-system', 'net');
    await keeper.tells('restored', { namespace: 'kube-system' });
  });

  it('warns while a used network waits for its finalizers, and restores it without them', async () => {
    const labels = { team: 'blue' };
    stage.addNetwork('net', { metadata: { labels, finalizers: ['example.com/hold'] } });
    stage.addPod();
    const keeper = await stage.keep();
    stage.deleteNetwork();
    const { message } = await keeper.tells('deleting');
    expect(message).toContain('example.com/hold');
    // What changes while it goes is not what a person wanted to have.
    stage.server.patch(NAD, 'web', 'net', { metadata: { labels: null } });
    await keeper.settles();
    expect(stage.created()).toEqual([]);
    stage.server.patch(NAD, 'web', 'net', { metadata: { finalizers: null } });
    await keeper.tells('restored');
    expect(keeper.told('deleting')).toHaveLength(1);
    expect(stage.network()?.metadata).toMatchObject({ labels });
    expect(stage.network()?.metadata?.finalizers).toBeUndefined();
  });

  it('restores 200 networks that are deleted at once', async () => {
    for (let number = 0; number < 200; number += 1) {
      stage.addNetwork(`net-${number}`);
      stage.addPod(`pod-${number}`, { networks: `net-${number}` });
    }
    const keeper = await stage.keep();
    for (let number = 0; number < 200; number += 1) stage.deleteNetwork(`net-${number}`);
    for (let number = 0; number < 200; number += 1) await keeper.tells('restored', { name: `net-${number}` });
    expect(new Set(stage.created()).size).toBe(200);
  });

  it('watches only the namespaces that it is told to', async () => {
    stage.server.create(makeNamespace('shop'));
    stage.server.create(makeNetwork('shop', 'net'));
    stage.server.create(makePod('shop', 'pod', { networks: 'net, web/net' }));
    stage.addNetwork();
    stage.addPod();
    const keeper = await stage.keep({ namespaces: ['web'] });
    stage.server.delete(NAD, 'shop', 'net');
    stage.deleteNetwork();
    await keeper.tells('restored', { namespace: 'web' });
    await keeper.settles();
    expect(stage.created()).toEqual(['web/net']);
  });
});
