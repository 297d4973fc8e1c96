/** What a host may tell a service, and hear of it. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startDemo } from '../../main/demo/demo.ts';
import { demoSources } from '../../main/keeper/demo-sources.ts';
import type { KeeperEvent } from '../../main/keeper/events.ts';
import { createService } from '../../main/keeper/service.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { makeNamespace, makeNetwork, makePod } from '../support/objects.ts';
import { useServiceStage } from '../support/service-stage.ts';

const NAD = 'NetworkAttachmentDefinition';
describe('a service and its host', () => {
  const stage = useServiceStage();

  it('tells its host everything that happens, with the context', async () => {
    const east = await stage.addCluster('east');
    stage.addUsedNetwork(east);
    const heard: [string, KeeperEvent['event']][] = [];
    const service = await stage.start({ onEvent: ({ key }, { event }) => heard.push([key, event]) });
    await service.reaches('east', { phase: 'watching' });
    east.delete(NAD, 'web', 'net');
    await service.records('restored');
    expect(new Set(heard.map(([key]) => key))).toEqual(new Set([stage.id('east')]));
    const events = heard.map(([, event]) => event);
    expect(events).toEqual(['phase', 'phase', 'synced', 'phase', 'deleted', 'restored']);
  });

  it('goes on when its host fails at what it hears', async () => {
    const east = await stage.addCluster('east');
    stage.addUsedNetwork(east);
    const service = await stage.start({
      onEvent: () => {
        throw new Error('no');
      },
    });
    await service.reaches('east', { phase: 'watching' });
    east.delete(NAD, 'web', 'net');
    await service.records('restored');
  });

  it('keeps only the namespaces that its host names, in every context', async () => {
    const east = await stage.addCluster('east');
    stage.addUsedNetwork(east);
    for (const object of [
      makeNamespace('other'),
      makeNetwork('other', 'net'),
      makePod('other', 'pod', { networks: 'net' }),
    ]) {
      east.create(object);
    }
    const service = await stage.start({ namespaces: ['web'] });
    await service.reaches('east', { phase: 'watching' });
    await service.shows('east', 'web', 'net', 'inUse');
    expect([...service.networks.values()].map(({ namespace }) => namespace)).toEqual(['web']);
  });

  it('names the folder in which things are kept, and says that nothing is a demo', async () => {
    await stage.addCluster('east');
    const service = await stage.start();
    expect(await service.snapshot()).toMatchObject({
      dataFolder: join(stage.folder, 'state'),
      isDemo: false,
    });
  });

  it('says that demo clusters are a demo, of which nothing is kept', async () => {
    const demo = await startDemo();
    const service = createService({
      ...demoSources(demo.contexts),
      homeDirectory: stage.folder,
      env: {},
      clock: new FakeClock(),
      random: () => 0.5,
      userAgent: 'netkeeper/test',
      version: '0.0.0',
      log: () => {},
    });
    const reply = await service.invoke('snapshot', {});
    await service.stop();
    await demo.stop();
    expect(reply).toMatchObject({ ok: true, value: { isDemo: true } });
    expect(reply).not.toHaveProperty('value.dataFolder');
  });
});
