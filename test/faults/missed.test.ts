import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../main/demo/api-server/objects.ts';
import type { ApiRequest } from '../../main/demo/api-server/request.ts';
import { NAD, useStage } from '../support/keeper-stage.ts';

const ofNetworks = ({ resource }: ApiRequest) => resource === 'network-attachment-definitions';
const DAY_MS = 86_400_000;

describe('what is deleted while nobody watches', () => {
  const stage = useStage();
  const keep = () => stage.keep({ stateDirectory: stage.stateDirectory });
  const folder = () => join(stage.stateDirectory, 'last-known');

  it.each(['stop', 'kill'] as const)(
    'is restored after a %s, marked missed, and only what is used',
    async (end) => {
      const labels = { team: 'blue' };
      stage.addNetwork('net', { metadata: { labels } });
      stage.addNetwork('unused');
      stage.addPod();
      const first = await keep();
      await first.passes(1_000);
      await expect.poll(() => namesOnDisk(folder())).toEqual(['net', 'unused']);
      const { spec } = stage.network() ?? {};
      await first[end]();
      stage.deleteNetwork();
      stage.deleteNetwork('unused');

      const second = stage.restart(first);
      expect(await second.tells('restored')).toMatchObject({ name: 'net', by: 'self', missed: true });
      expect(await second.tells('letGo')).toMatchObject({ name: 'unused', missed: true });
      expect(stage.network()).toMatchObject({ spec, metadata: { labels } });
      const order = second.events.map(({ event }) => event).filter((event) => event !== 'phase');
      expect(order[0]).toBe('synced');
    },
  );

  it('is asked about where the copy is older than a week', async () => {
    stage.addNetwork();
    stage.addPod();
    const first = await keep();
    await first.stop();
    stage.deleteNetwork();
    first.clock.advance(8 * DAY_MS);
    const second = stage.restart(first);
    expect(await second.tells('asked')).toMatchObject({ reason: 'oldCopy', missed: true });
    expect(stage.created()).toEqual([]);
  });

  it('is not brought back where it was let go before', async () => {
    stage.addNetwork();
    const first = await keep();
    stage.deleteNetwork();
    await first.tells('letGo');
    await first.passes(61_000);
    await first.stop();
    stage.addPod();
    const second = stage.restart(first);
    expect(await second.tells('asked')).toMatchObject({ reason: 'wasLetGo' });
    await second.passes(30_000);
    expect(stage.created()).toEqual([]);
  });

  it('is decided anew where it was let go less than a minute before', async () => {
    stage.addNetwork();
    const first = await keep();
    stage.deleteNetwork();
    await first.tells('letGo');
    await first.stop();
    stage.addPod();
    await stage.restart(first).tells('restored', { missed: true });
  });

  it('is found after a gap in the watch that no event tells of', async () => {
    stage.addNetwork();
    stage.addNetwork('unused');
    stage.addPod();
    const keeper = await keep();
    stage.server.inject({ effect: { kind: 'drop' } });
    stage.server.watches.drop();
    await keeper.tells('phase', { phase: 'reconnecting' });
    stage.deleteNetwork();
    stage.deleteNetwork('unused');
    stage.server.compact();
    await keeper.passes(20_000);
    stage.server.clearFaults();
    await keeper.tellsWithin(10_000, 'restored', { missed: true });
    await keeper.tellsWithin(10_000, 'letGo', { name: 'unused', missed: true });
    expect(keeper.told('deleted')).toHaveLength(2);
  });

  it('is told by the watch as live where the watch can go on from where it was', async () => {
    stage.addNetwork();
    stage.addPod();
    const keeper = await keep();
    stage.server.watches.drop(ofNetworks);
    stage.deleteNetwork();
    await keeper.tellsWithin(10_000, 'restored', { missed: false });
  });

  it('is not told where the network was only replaced meanwhile', async () => {
    stage.addNetwork();
    stage.addPod();
    const keeper = await keep();
    stage.server.watches.silence(ofNetworks);
    stage.deleteNetwork();
    stage.addNetwork('net', { config: '{"type":"vlan"}' });
    stage.server.compact();
    await keeper.passes(90_000);
    expect(keeper.told('deleted')).toEqual([]);
    expect(stage.created()).toEqual([]);
  });

  it('is never told twice, however often everything is listed anew', async () => {
    stage.addNetwork();
    stage.addNetwork('unused');
    stage.addPod();
    stage.addPod('pod-2', { networks: 'ghost' });
    const keeper = await keep();
    stage.deleteNetwork();
    stage.deleteNetwork('unused');
    await keeper.tells('restored');
    await keeper.tells('letGo');
    for (let round = 0; round < 5; round += 1) {
      stage.server.compact();
      stage.server.watches.end();
      await keeper.passes(20_000);
    }
    for (const [event, times] of [
      ['deleted', 2],
      ['restored', 1],
      ['letGo', 1],
      ['missing', 1],
      ['synced', 1],
    ] as const) {
      expect(keeper.told(event), event).toHaveLength(times);
    }
  });

  it('is restored in the namespaces that are watched, and the copies of others are kept', async () => {
    stage.addNetwork();
    stage.addPod();
    const first = await keep();
    await first.stop();
    stage.deleteNetwork();
    const second = stage.restart(first, { namespaces: ['default'] });
    await second.tells('synced');
    await second.passes(10_000);
    await second.stop();
    expect(stage.created()).toEqual([]);
    await stage.restart(first).tells('restored', { missed: true });
  });

  it('goes on without copies where the file is damaged, and puts it aside', async () => {
    stage.addNetwork();
    const first = await keep();
    await first.stop();
    const [file = ''] = readdirSync(folder());
    writeFileSync(join(folder(), file), '{"version":1,"seenAt":');
    const second = stage.restart(first);
    await second.tells('synced');
    expect(second.logged.join()).toContain('damaged');
    await second.stop();
    expect(readdirSync(folder()).filter((name) => name.includes('damaged'))).toHaveLength(1);
  });

  it('is kept for the eyes of the owner alone', async () => {
    stage.addNetwork();
    const keeper = await keep();
    await keeper.stop();
    const [file = ''] = readdirSync(folder());
    expect(statSync(join(folder(), file)).mode & 0o777).toBe(0o600);
    expect(statSync(folder()).mode & 0o777).toBe(0o700);
    expect(readFileSync(join(folder(), file), 'utf8')).toContain(NAD);
  });
});

function namesOnDisk(folder: string): string[] {
  const file = readdirSync(folder).find((name) => name.endsWith('.json'));
  if (file === undefined) return [];
  const { copies } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as {
    copies: { copy: KubernetesObject }[];
  };
  return copies.map(({ copy }) => copy.metadata?.name ?? '').sort();
}
