import { describe, expect, it } from 'vitest';
import { useServiceStage } from '../support/service-stage.ts';

const NAD = 'NetworkAttachmentDefinition';

describe('a service on its first start', () => {
  const stage = useServiceStage();

  it("keeps the kubeconfig's current context, and touches no other", async () => {
    const east = await stage.addCluster('east');
    const west = await stage.addCluster('west');
    const askedWest: string[] = [];
    west.onRequest(({ path }) => askedWest.push(path));
    stage.addUsedNetwork(east);
    const service = await stage.start();
    await service.reaches('east', {
      mode: 'restore',
      phase: 'watching',
      isCurrent: true,
      networks: 1,
      inUse: 1,
    });
    await service.reaches('west', { mode: 'off', phase: 'off', isCurrent: false });

    east.delete(NAD, 'web', 'net');
    expect(await service.records('restored', { name: 'net' })).toMatchObject({
      context: stage.id('east'),
      contextName: 'east',
      by: 'self',
      userCount: 1,
    });
    await service.shows('east', 'web', 'net', 'inUse');
    expect(east.get(NAD, 'web', 'net')).toBeDefined();
    expect(askedWest).toEqual([]);
  });
});
