import { describe, expect, it } from 'vitest';
import type { ApiServer } from '../../main/demo/api-server/server.ts';
import { makeNetwork, makePod, NETWORKS_ANNOTATION } from '../support/objects.ts';
import { type ServiceUnderTest, useServiceStage } from '../support/service-stage.ts';

const NAD = 'NetworkAttachmentDefinition';
const CONFIG = '{ "type":"bridge",\n\t"vlan": 7 }';

describe('a network in detail', () => {
  const stage = useServiceStage();

  const name = (network = 'net') => ({ context: stage.id('east'), namespace: 'web', name: network });
  const detailOf = (service: ServiceUnderTest, network = 'net') =>
    service.does('networkDetail', name(network));
  const forecastOf = async (service: ServiceUnderTest, network = 'net') =>
    (await detailOf(service, network)).ifDeleted;
  const startWith = async (prepare: (east: ApiServer) => void) => {
    const east = await stage.addCluster('east');
    prepare(east);
    const service = await stage.start();
    await service.reaches('east', { phase: 'watching' });
    return { east, service };
  };

  it('has the object as it would be created, there or gone', async () => {
    const { east, service } = await startWith((server) => {
      server.create(makeNetwork('web', 'net', { config: CONFIG, metadata: { labels: { team: 'blue' } } }));
    });
    const { manifest } = await detailOf(service);
    expect(manifest).toBe(
      'apiVersion: k8s.cni.cncf.io/v1\nkind: NetworkAttachmentDefinition\nmetadata:\n  name: net\n  namespace: web\n' +
        '  labels:\n    team: blue\nspec:\n  config: "{ \\"type\\":\\"bridge\\",\\n\\t\\"vlan\\": 7 }"\n',
    );
    east.delete(NAD, 'web', 'net');
    await service.records('letGo');
    expect(await detailOf(service)).toMatchObject({ manifest, config: CONFIG, canUndo: false });
    expect(
      await service.does('manifests', {
        context: stage.id('east'),
        networks: [name(), name('never')].map(({ namespace, name }) => ({ namespace, name })),
      }),
    ).toEqual([
      { namespace: 'web', name: 'net', manifest },
      { namespace: 'web', name: 'never' },
    ]);
  });

  it('says what would be done if it went, as things are now', async () => {
    const { east, service } = await startWith((server) => {
      stage.addUsedNetwork(server);
      server.create(makeNetwork('web', 'spare'));
      const owner = { apiVersion: 'k8s.ovn.org/v1', kind: 'UserDefinedNetwork', name: 'udn', uid: 'u-1' };
      server.create(makeNetwork('web', 'owned', { metadata: { ownerReferences: [owner] } }));
      server.create(makePod('web', 'pod-of-owned', { networks: 'owned, absent' }));
      server.create(makeNetwork('web', 'template'));
      server.create({
        kind: 'Deployment',
        metadata: { namespace: 'web', name: 'deployment' },
        spec: { template: { metadata: { annotations: { [NETWORKS_ANNOTATION]: 'template' } } } },
      });
    });
    expect(await forecastOf(service)).toEqual({ action: 'restore', why: '1 pod uses it' });
    expect(await forecastOf(service, 'spare')).toEqual({
      action: 'letGo',
      why: 'no pod and no workload refers to it',
    });
    expect(await forecastOf(service, 'owned')).toMatchObject({ action: 'waitForOwner' });
    expect(await forecastOf(service, 'template')).toEqual({
      action: 'ask',
      why: '1 workload refers to it, but no pod uses it yet',
    });
    await service.shows('east', 'web', 'absent', 'missing');
    expect(await detailOf(service, 'absent')).not.toHaveProperty('ifDeleted');

    const { context } = name();
    await service.does('pause', {});
    expect(await forecastOf(service)).toEqual({
      action: 'ask',
      why: '1 pod uses it, but restoring is paused',
    });
    await service.does('resume', {});
    await service.does('setMode', { context, mode: 'ask' });
    expect(await forecastOf(service)).toEqual({ action: 'ask', why: '1 pod uses it' });
    east.delete(NAD, 'web', 'net');
    await service.shows('east', 'web', 'net', 'asked');
    expect(await detailOf(service)).not.toHaveProperty('ifDeleted');
  });

  it('says that it would be held once it was brought back too often, and does so', async () => {
    const { east, service } = await startWith((server) => stage.addUsedNetwork(server));
    await service.does('changeSettings', { fightLimit: 1 });
    east.delete(NAD, 'web', 'net');
    await service.records('restored');
    await expect.poll(() => detailOf(service)).toMatchObject({ canUndo: true });
    const forecast = await forecastOf(service);
    expect(forecast).toMatchObject({
      action: 'hold',
      why: expect.stringContaining('1 time within 10 minutes'),
    });
    east.delete(NAD, 'web', 'net');
    const { message } = await service.records('held');
    expect(message).toContain(forecast?.why);
  });

  it('has the configuration of the one that stood under its name before', async () => {
    const { east, service } = await startWith((server) => {
      server.create(makeNetwork('web', 'net', { config: CONFIG }));
    });
    expect(await detailOf(service)).not.toHaveProperty('previousConfig');
    east.delete(NAD, 'web', 'net');
    east.create(makeNetwork('web', 'net', { config: '{"type":"macvlan"}' }));
    await service.until('the other one', () =>
      [...service.networks.values()].some(({ type }) => type === 'macvlan') ? true : undefined,
    );
    expect(await detailOf(service)).toMatchObject({ config: '{"type":"macvlan"}', previousConfig: CONFIG });
  });

  it('can be undone where we brought back what stands there, and not otherwise', async () => {
    const { east, service } = await startWith((server) => stage.addUsedNetwork(server));
    expect(await detailOf(service)).toMatchObject({ canUndo: false });
    east.delete(NAD, 'web', 'net');
    await service.records('restored');
    await expect.poll(() => detailOf(service)).toMatchObject({ canUndo: true });

    east.delete(NAD, 'web', 'net');
    await service.until('brought back twice', () =>
      service.entries.filter(({ event }) => event === 'restored').length === 2 ? true : undefined,
    );
    await expect.poll(() => detailOf(service)).toMatchObject({ canUndo: true });
    east.delete('Pod', 'web', 'pod-of-net', { gracePeriodSeconds: 0 });
    await service.records('stray');
    expect(await detailOf(service)).toMatchObject({ canUndo: true });
    east.delete(NAD, 'web', 'net');
    await service.records('letGo');
    expect(await detailOf(service)).toMatchObject({ canUndo: false });
    east.create(makeNetwork('web', 'net'));
    await service.shows('east', 'web', 'net', 'unused');
    expect(await detailOf(service)).toMatchObject({ canUndo: false });
  });

  it('cannot be had as a manifest while its context is off', async () => {
    const { service } = await startWith((server) => stage.addUsedNetwork(server));
    await service.does('setMode', { context: name().context, mode: 'off' });
    const networks = [{ namespace: 'web', name: 'net' }];
    expect(await service.asks('manifests', { context: name().context, networks })).toMatchObject({
      code: 'off',
    });
  });
});

describe('the map of usage', () => {
  const stage = useServiceStage();

  it('shows a Deployment and its pods as one user of each network that they name', async () => {
    const east = await stage.addCluster('east');
    const template = { metadata: { annotations: { [NETWORKS_ANNOTATION]: 'net, extra' } } };
    east.create(makeNetwork('web', 'net'));
    east.create({ kind: 'Deployment', metadata: { namespace: 'web', name: 'app' }, spec: { template } });
    const labels = { 'pod-template-hash': 'abc' };
    const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'app-abc', uid: 'u', controller: true };
    for (const name of ['app-abc-1', 'app-abc-2']) {
      east.create(makePod('web', name, { networks: 'net', metadata: { labels, ownerReferences: [owner] } }));
    }
    east.create(makePod('web', 'lone', { networks: 'net,net' }));
    const service = await stage.start();
    await service.reaches('east', { phase: 'watching' });
    const context = stage.id('east');
    expect(await service.does('usageMap', { context })).toEqual({
      users: [
        { kind: 'Deployment', namespace: 'web', name: 'app', pods: 2 },
        { kind: 'Pod', namespace: 'web', name: 'lone', pods: 1 },
      ],
      links: [
        { namespace: 'web', name: 'net', user: 0, attachments: 2 },
        { namespace: 'web', name: 'extra', user: 0, attachments: 0 },
        { namespace: 'web', name: 'net', user: 1, attachments: 2 },
      ],
      omittedUsers: 0,
    });
    await service.does('setMode', { context, mode: 'off' });
    expect(await service.asks('usageMap', { context })).toMatchObject({ code: 'off' });
  });
});
