import { describe, expect, it } from 'vitest';
import type { ApiServer } from '../../main/demo/api-server/server.ts';
import { SettableClock } from '../support/contexts.ts';
import { makePod } from '../support/objects.ts';
import { MemorySettings, useServiceStage } from '../support/service-stage.ts';

const NAD = 'NetworkAttachmentDefinition';
const NETWORKS = 'network-attachment-definitions';

/** The server can make no network for now. */
function refuseCreates(server: ApiServer): { remove(): void } {
  return server.inject({
    effect: { kind: 'answer', code: 503 },
    when: ({ resource, verb }) => resource === NETWORKS && verb === 'create',
  });
}

function countListsOfNetworks(server: ApiServer): () => number {
  let lists = 0;
  server.onRequest(({ resource, verb }) => {
    if (resource === NETWORKS && verb === 'list') lists += 1;
  });
  return () => lists;
}

describe('a context whose mode changes', () => {
  const stage = useServiceStage();

  it('asks instead of restoring, and restores what it asked about, without connecting anew', async () => {
    const east = await stage.addCluster('east');
    stage.addUsedNetwork(east);
    const service = await stage.start();
    await service.reaches('east', { phase: 'watching' });
    const lists = countListsOfNetworks(east);

    await service.does('setMode', { context: stage.id('east'), mode: 'ask' });
    await service.reaches('east', { mode: 'ask', phase: 'watching' });
    east.delete(NAD, 'web', 'net');
    expect(await service.records('asked', { name: 'net' })).toMatchObject({ reason: 'mode', userCount: 1 });
    await service.shows('east', 'web', 'net', 'asked');
    await service.reaches('east', { attention: 1, networks: 0 });
    expect(east.get(NAD, 'web', 'net')).toBeUndefined();

    await service.does('setMode', { context: stage.id('east'), mode: 'restore' });
    await service.records('restored', { name: 'net', by: 'self' });
    await service.shows('east', 'web', 'net', 'inUse');
    await service.reaches('east', { attention: 0, networks: 1, inUse: 1 });
    expect(lists()).toBe(0);
  });

  it('stops for good when it is off, and starts again', async () => {
    const east = await stage.addCluster('east');
    stage.addUsedNetwork(east);
    const service = await stage.start();
    await service.shows('east', 'web', 'net', 'inUse');

    await service.does('setMode', { context: stage.id('east'), mode: 'off' });
    await service.reaches('east', { mode: 'off', phase: 'off', networks: 0, inUse: 0 });
    await service.shows('east', 'web', 'net', undefined);
    expect(await service.asks('retryContext', { context: stage.id('east') })).toMatchObject({ code: 'off' });
    expect(
      await service.asks('restoreNetwork', { context: stage.id('east'), namespace: 'web', name: 'net' }),
    ).toMatchObject({ code: 'off' });

    east.delete(NAD, 'web', 'net');
    await service.does('setMode', { context: stage.id('east'), mode: 'restore' });
    expect(await service.records('restored', { name: 'net' })).toMatchObject({ missed: true });
    await service.shows('east', 'web', 'net', 'inUse');
  });

  it('needs a confirmation where it is protected', async () => {
    await stage.addCluster('east');
    const service = await stage.start();
    const context = stage.id('east');
    await service.does('setProtected', { context, isProtected: true });
    await service.reaches('east', { isProtected: true });
    expect(await service.asks('setMode', { context, mode: 'off' })).toMatchObject({
      ok: false,
      code: 'needsConfirmation',
    });
    await service.reaches('east', { mode: 'restore' });
    await service.does('setMode', { context, mode: 'off', isConfirmed: true });
    await service.reaches('east', { mode: 'off' });
  });

  it('asks about what was deleted longer ago than the user lets copies be old', async () => {
    const east = await stage.addCluster('east');
    stage.addUsedNetwork(east, 'one');
    stage.addUsedNetwork(east, 'two');
    const settings = new MemorySettings();
    const clock = new SettableClock();
    const first = await stage.start({ settings, clock });
    await first.shows('east', 'web', 'two', 'inUse');
    await first.service.stop();
    clock.advance(2 * 86_400_000);

    east.delete(NAD, 'web', 'one');
    const second = await stage.start({ settings, clock });
    await second.records('restored', { name: 'one', missed: true });
    await second.service.stop();
    clock.advance(2 * 86_400_000);

    east.delete(NAD, 'web', 'two');
    settings.set({ ...settings.get(), oldCopyDays: 1 });
    const third = await stage.start({ settings, clock });
    await third.records('asked', { name: 'two', reason: 'oldCopy' });
    await third.does('changeSettings', { oldCopyDays: 7 });
    await third.records('restored', { name: 'two', missed: true });
  });

  it('stays as it was chosen across a restart, wherever kubectl points by then', async () => {
    const settings = new MemorySettings();
    await stage.addCluster('east');
    await stage.addCluster('west');
    const first = await stage.start({ settings });
    await first.does('setMode', { context: stage.id('east'), mode: 'off' });
    await first.service.stop();
    stage.current = 'west';
    const second = await stage.start({ settings });
    await second.reaches('east', { mode: 'off', isCurrent: false });
    await second.reaches('west', { mode: 'off', isCurrent: true });
  });
});

describe('a pause', () => {
  const stage = useServiceStage();

  it('has nothing restored, and what is still gone is decided on when the user resumes', async () => {
    const east = await stage.addCluster('east');
    stage.addUsedNetwork(east);
    stage.addUsedNetwork(east, 'other');
    const service = await stage.start();
    await service.reaches('east', { phase: 'watching' });
    await service.does('pause', {});
    expect((await service.snapshot()).settings.pausedUntil).toBe('never');

    east.delete(NAD, 'web', 'net');
    east.delete(NAD, 'web', 'other');
    expect(await service.records('asked', { name: 'net' })).toMatchObject({ reason: 'paused' });
    await service.records('asked', { name: 'other', reason: 'paused' });
    east.delete('Pod', 'web', 'pod-of-other', { gracePeriodSeconds: 0 });
    await service.shows('east', 'web', 'other', 'letGo');
    expect(east.get(NAD, 'web', 'net')).toBeUndefined();

    await service.does('resume', {});
    await service.records('restored', { name: 'net' });
    expect(east.get(NAD, 'web', 'other')).toBeUndefined();
    expect((await service.snapshot()).settings.pausedUntil).toBeUndefined();
  });

  it('ends by itself when its time is over', async () => {
    const east = await stage.addCluster('east');
    stage.addUsedNetwork(east);
    const settings = new MemorySettings();
    const service = await stage.start({ settings });
    await service.reaches('east', { phase: 'watching' });
    settings.set({ ...settings.get(), pausedUntil: Date.now() + 1_500 });
    east.delete(NAD, 'web', 'net');
    await service.records('asked', { reason: 'paused' });
    await service.records('restored', { name: 'net' });
    expect(settings.get()).not.toHaveProperty('pausedUntil');
  });

  it('stops a restore that the server has not let through yet', async () => {
    const east = await stage.addCluster('east');
    stage.addUsedNetwork(east);
    const service = await stage.start();
    await service.reaches('east', { phase: 'watching' });
    const fault = refuseCreates(east);
    east.delete(NAD, 'web', 'net');
    await service.shows('east', 'web', 'net', 'restoring');
    await service.does('pause', { minutes: 60 });
    await service.records('asked', { reason: 'paused' });
    fault.remove();
    await service.shows('east', 'web', 'net', 'asked');
    expect(east.get(NAD, 'web', 'net')).toBeUndefined();
  });
});

describe('a person', () => {
  const stage = useServiceStage();
  const name = () => ({ context: stage.id('east'), namespace: 'web', name: 'net' });

  it('brings back a network that was asked about', async () => {
    const east = await stage.addCluster('east');
    stage.addUsedNetwork(east);
    const service = await stage.start();
    await service.does('setMode', { context: stage.id('east'), mode: 'ask' });
    await service.reaches('east', { phase: 'watching' });
    east.delete(NAD, 'web', 'net');
    await service.shows('east', 'web', 'net', 'asked');
    await service.does('restoreNetwork', name());
    expect(east.get(NAD, 'web', 'net')).toBeDefined();
    await service.records('restored', { by: 'self' });
    await service.shows('east', 'web', 'net', 'inUse');
  });

  it('brings back a network that nothing uses, and it is not called stray for that', async () => {
    const east = await stage.addCluster('east');
    stage.addUsedNetwork(east);
    east.delete('Pod', 'web', 'pod-of-net', { gracePeriodSeconds: 0 });
    const service = await stage.start();
    await service.shows('east', 'web', 'net', 'unused');
    east.delete(NAD, 'web', 'net');
    await service.records('letGo', { reason: 'unused' });
    await service.does('restoreNetwork', name());
    await service.shows('east', 'web', 'net', 'unused');
    expect(service.entries.map(({ event }) => event)).toEqual(['deleted', 'letGo', 'restored']);
  });

  it('brings back a network that is held', async () => {
    const east = await stage.addCluster('east');
    stage.addUsedNetwork(east);
    const service = await stage.start();
    await service.does('changeSettings', { fightLimit: 1 });
    await service.reaches('east', { phase: 'watching' });
    east.delete(NAD, 'web', 'net');
    await service.records('restored');
    await service.shows('east', 'web', 'net', 'inUse');
    east.delete(NAD, 'web', 'net');
    await service.records('held');
    await service.shows('east', 'web', 'net', 'held');
    await service.does('restoreNetwork', name());
    await service.shows('east', 'web', 'net', 'inUse');
  });

  it("is told the server's refusal, and the network stays asked about", async () => {
    const east = await stage.addCluster('east');
    stage.addUsedNetwork(east);
    const service = await stage.start();
    await service.does('setMode', { context: stage.id('east'), mode: 'ask' });
    await service.reaches('east', { phase: 'watching' });
    east.delete(NAD, 'web', 'net');
    await service.shows('east', 'web', 'net', 'asked');

    const fault = refuseCreates(east);
    expect(await service.asks('restoreNetwork', name())).toMatchObject({ ok: false, code: 'server' });
    await service.shows('east', 'web', 'net', 'asked');
    fault.remove();

    east.delete('Namespace', '', 'web');
    expect(await service.asks('restoreNetwork', name())).toMatchObject({
      ok: false,
      code: 'namespaceTerminating',
      message: 'web/net could not be brought back: its namespace is being deleted.',
    });
    await service.shows('east', 'web', 'net', 'letGo');
  });

  it('cannot bring back what is there, nor what is not known', async () => {
    const east = await stage.addCluster('east');
    stage.addUsedNetwork(east);
    const service = await stage.start();
    await service.shows('east', 'web', 'net', 'inUse');
    expect(await service.asks('restoreNetwork', name())).toMatchObject({ code: 'notGone' });
    expect(await service.asks('letGoNetwork', name())).toMatchObject({ code: 'notGone' });
    expect(await service.asks('restoreNetwork', { ...name(), name: 'never' })).toMatchObject({
      code: 'notGone',
    });
    expect(await service.asks('restoreNetwork', { ...name(), context: 'none' })).toMatchObject({
      code: 'unknownContext',
    });
  });

  it('lets a network go for good: also across a restart and whatever comes to refer to it', async () => {
    const east = await stage.addCluster('east');
    stage.addUsedNetwork(east);
    const settings = new MemorySettings();
    const service = await stage.start({ settings });
    await service.does('setMode', { context: stage.id('east'), mode: 'ask' });
    await service.reaches('east', { phase: 'watching' });
    east.delete(NAD, 'web', 'net');
    await service.shows('east', 'web', 'net', 'asked');
    await service.does('letGoNetwork', name());
    await service.records('letGo', { reason: 'released' });
    await service.shows('east', 'web', 'net', 'letGo');
    await service.does('setMode', { context: stage.id('east'), mode: 'restore' });
    await service.service.stop();

    const again = await stage.start({ settings });
    await again.shows('east', 'web', 'net', 'letGo');
    east.create(makePod('web', 'late', { networks: 'net' }));
    east.create(makePod('web', 'mark', { networks: 'mark' }));
    // Later than the release could have been forgotten: the grace for a missing network is over.
    await again.shows('east', 'web', 'mark', 'missing');
    await again.shows('east', 'web', 'net', 'letGo');
    expect(again.entries.filter(({ name }) => name === 'net')).toEqual([]);

    await again.does('restoreNetwork', name());
    await again.shows('east', 'web', 'net', 'inUse');
    east.delete(NAD, 'web', 'net');
    await again.records('restored', { missed: false });
  });
});
