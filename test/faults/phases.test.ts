import { describe, expect, it } from 'vitest';
import { ALL_RULES, type User } from '../../main/demo/api-server/access.ts';
import type { ApiRequest } from '../../main/demo/api-server/request.ts';
import { startKeeper } from '../support/keeper-harness.ts';
import { useStage } from '../support/keeper-stage.ts';
import { makeNamespace, makeNetwork, makePod } from '../support/objects.ts';

const READ = ['get', 'list', 'watch'];
const VIEWER: User = { name: 'viewer', rules: [{ verbs: READ, apiGroups: ['*'], resources: ['*'] }] };
const ADMIN: User = { name: 'admin', rules: ALL_RULES };
const NOBODY: User = { name: 'nobody', rules: [] };
const TOKEN = 'token-1';
const ofNetworks = ({ resource }: ApiRequest) => resource === 'network-attachment-definitions';
const ofPods = ({ resource }: ApiRequest) => resource === 'pods';

describe('the phase of a context', () => {
  const stage = useStage();

  it('goes from connecting over syncing to watching', async () => {
    stage.addNetwork();
    stage.addPod();
    const keeper = await stage.keep();
    expect(keeper.told('phase').map(({ phase }) => phase)).toEqual(['connecting', 'syncing', 'watching']);
    expect(keeper.told('synced')).toMatchObject([{ networks: 1, pods: 1, attachments: 1 }]);
    await keeper.stop();
    expect(keeper.phase).toBe('off');
  });

  it('is failed while the server cannot be reached, and watching when it can', async () => {
    await stage.server.pause();
    const keeper = stage.start();
    await keeper.tells('phase', { phase: 'failed' });
    expect(keeper.problem).toMatchObject({ code: 'unreachable' });
    expect(keeper.problem?.remedy).not.toBe('');
    await keeper.passes(20_000);
    await stage.server.resume();
    await keeper.tellsWithin(10_000, 'phase', { phase: 'watching' });
    expect(keeper.told('phase', { phase: 'failed' })).toHaveLength(1);
  });

  it('is reconnecting during an outage, and watching again after it, each told once', async () => {
    const keeper = await stage.keep();
    stage.server.inject({ effect: { kind: 'drop' } });
    stage.server.watches.drop();
    await keeper.tells('phase', { phase: 'reconnecting' });
    await keeper.passes(120_000);
    stage.server.clearFaults();
    await keeper.tellsWithin(10_000, 'phase', { phase: 'watching' });
    await keeper.passes(120_000);
    const phases = keeper.told('phase').map(({ phase }) => phase);
    expect(phases.slice(0, 5)).toEqual(['connecting', 'syncing', 'watching', 'reconnecting', 'watching']);
    expect(keeper.told('synced')).toHaveLength(1);
  });

  it('stays watching through a 410', async () => {
    const keeper = await stage.keep();
    // A watch that ends at once would be a failure.
    await keeper.passes(2_000);
    stage.server.compact();
    stage.server.watches.end();
    await keeper.passes(10_000);
    expect(keeper.told('phase').map(({ phase }) => phase)).toEqual(['connecting', 'syncing', 'watching']);
  });

  it('is failed with wrong credentials, and nothing is asked of the server until they change', async () => {
    stage.server.setUser('another-token', ADMIN);
    let change = () => {};
    const accessChanged = () =>
      new Promise<void>((resolve) => {
        change = resolve;
      });
    const keeper = stage.start({ token: TOKEN, accessChanged });
    await keeper.tells('phase', { phase: 'failed' });
    expect(keeper.problem).toMatchObject({ code: 'credentials' });
    await keeper.settles();
    let requests = 0;
    stage.server.onRequest(() => {
      requests += 1;
    });
    await keeper.passes(300_000);
    expect(requests).toBe(0);
    stage.server.setUser(TOKEN, ADMIN);
    change();
    await keeper.tells('phase', { phase: 'watching' });
  });

  it('is failed when the credentials are revoked while it watches', async () => {
    stage.server.setUser(TOKEN, ADMIN);
    const keeper = await stage.keep({ token: TOKEN });
    stage.server.setUser(TOKEN, undefined);
    stage.server.watches.end();
    await keeper.tellsWithin(5_000, 'phase', { phase: 'failed' });
    expect(keeper.problem).toMatchObject({ code: 'credentials' });
  });

  it('is failed without rights, names them, and is watching soon after they are granted', async () => {
    stage.server.setUser(TOKEN, NOBODY);
    const keeper = stage.start({ token: TOKEN });
    await keeper.tells('phase', { phase: 'failed' });
    expect(keeper.problem).toMatchObject({ code: 'forbidden' });
    expect(keeper.problem?.message).toContain('list network-attachment-definitions.k8s.cni.cncf.io');
    expect(keeper.problem?.message).toContain('watch pods');
    expect(keeper.problem?.remedy).toContain('-n NAMESPACE');
    stage.server.setUser(TOKEN, ADMIN);
    await keeper.tellsWithin(40_000, 'phase', { phase: 'watching' });
  });

  it('is watching with one namespace alone, for who has rights in no other', async () => {
    const rules = [{ verbs: [...READ, 'create'], apiGroups: ['*'], resources: ['*'], namespace: 'web' }];
    stage.server.setUser(TOKEN, { name: 'tenant', rules });
    stage.addNetwork();
    stage.addPod();
    const keeper = await stage.keep({ token: TOKEN, namespaces: ['web'] });
    expect(keeper.problem).toBeUndefined();
    stage.deleteNetwork();
    await keeper.tells('restored');
  });

  it('is watching, with the problem said, for a viewer: a deletion gives one failed line', async () => {
    stage.server.setUser(TOKEN, VIEWER);
    stage.addNetwork();
    stage.addPod();
    const keeper = await stage.keep({ token: TOKEN });
    expect(keeper.phase).toBe('watching');
    expect(keeper.problem).toMatchObject({ code: 'readOnly' });
    stage.deleteNetwork();
    const { message } = await keeper.tells('failed', { reason: 'forbidden' });
    expect(message).toContain('create');
    expect(message).toContain('network-attachment-definitions.k8s.cni.cncf.io');
    expect(message).toContain('docs/permissions.md');
    await keeper.passes(300_000);
    expect(keeper.told('failed')).toHaveLength(1);
  });

  it('loses that problem with the first create that works', async () => {
    stage.server.setUser(TOKEN, VIEWER);
    stage.addNetwork();
    stage.addPod();
    const keeper = await stage.keep({ token: TOKEN });
    stage.server.setUser(TOKEN, ADMIN);
    stage.deleteNetwork();
    await keeper.tells('restored', { by: 'self' });
    expect(keeper.phase).toBe('watching');
    expect(keeper.problem).toBeUndefined();
    expect(keeper.told('phase').at(-1)).not.toHaveProperty('problem');
  });

  it('goes on without a kind of workload that may not be read', async () => {
    const resources = ['network-attachment-definitions', 'pods', 'namespaces'];
    stage.server.setUser(TOKEN, { name: 'narrow', rules: [{ verbs: ['*'], apiGroups: ['*'], resources }] });
    stage.addNetwork();
    const keeper = await stage.keep({ token: TOKEN });
    stage.deleteNetwork();
    await keeper.tells('letGo', { reason: 'unused' });
  });

  it('cannot say that nothing uses a network while the pods cannot be seen', async () => {
    stage.addNetwork();
    const keeper = await stage.keep();
    stage.server.inject({ effect: { kind: 'answer', code: 500 }, when: ofPods });
    stage.server.watches.drop(ofPods);
    await keeper.tells('phase', { phase: 'reconnecting' });
    stage.addPod();
    stage.deleteNetwork();
    await keeper.tells('deleted');
    await keeper.passes(120_000);
    expect(keeper.told('letGo')).toEqual([]);
    stage.server.clearFaults();
    await keeper.tellsWithin(90_000, 'restored');
  });

  it('lets go what nothing uses once the pods can be seen again', async () => {
    stage.addNetwork();
    const keeper = await stage.keep();
    stage.server.inject({ effect: { kind: 'answer', code: 500 }, when: ofPods });
    stage.server.watches.drop(ofPods);
    await keeper.tells('phase', { phase: 'reconnecting' });
    stage.deleteNetwork();
    await keeper.tells('deleted');
    stage.server.clearFaults();
    await keeper.tellsWithin(90_000, 'letGo', { reason: 'unused' });
  });
});

describe('a cluster without the CRD', () => {
  const stage = useStage({ nadCrd: false });

  it('is said to have none, and is watched when it appears', async () => {
    const keeper = stage.start();
    await keeper.tells('phase', { phase: 'failed' });
    expect(keeper.problem).toMatchObject({ code: 'noNadCrd' });
    await keeper.passes(60_000);
    expect(keeper.told('phase', { phase: 'failed' })).toHaveLength(1);
    stage.server.installNadCrd();
    await keeper.tellsWithin(10_000, 'phase', { phase: 'watching' });
  });
});

describe('several keepers', () => {
  const stage = useStage();

  it('race for one network: one restores it, and the other says that somebody else did', async () => {
    stage.addNetwork();
    stage.addPod();
    const keepers = [await stage.keep(), await stage.keep()];
    for (let round = 0; round < 3; round += 1) {
      stage.deleteNetwork();
      const told = await Promise.all(keepers.map((keeper) => keeper.tells('restored')));
      expect(told.map(({ by }) => by).sort()).toEqual(['other', 'self']);
      for (const keeper of keepers) await keeper.settles();
    }
    expect(stage.created()).toHaveLength(3);
    for (const keeper of keepers) expect(keeper.told('failed')).toEqual([]);
  });

  it('one that cannot reach its cluster changes nothing for another', async () => {
    const broken = startKeeper({ url: 'http://127.0.0.1:9' }, { context: 'broken' });
    stage.addNetwork();
    stage.addPod();
    const keeper = await stage.keep({ context: 'good' });
    await broken.tells('phase', { phase: 'failed' });
    stage.deleteNetwork();
    await keeper.tells('restored');
    await broken.stop();
  });

  it('stops at once while the server answers nothing', async () => {
    const keeper = await stage.keep();
    stage.server.inject({ effect: { kind: 'stall' } });
    stage.server.watches.drop();
    await keeper.passes(5_000);
    await keeper.stop();
  });

  it('stops at once while it connects to a server that answers nothing', async () => {
    stage.server.inject({ effect: { kind: 'stall' } });
    const keeper = stage.start();
    await keeper.settles();
    await keeper.stop();
  });

  it('do nothing on another cluster that takes the address', async () => {
    stage.addNetwork();
    stage.addPod();
    const keeper = await stage.keep({ stateDirectory: stage.stateDirectory });
    await keeper.passes(1_000);
    stage.server.becomeAnotherCluster();
    stage.server.create(makeNamespace('web'));
    stage.addPod();
    await keeper.tellsWithin(20_000, 'synced', { networks: 0 });
    await keeper.tellsWithin(10_000, 'missing');
    await keeper.passes(60_000);
    expect(stage.server.writes).toEqual([]);
    expect(keeper.told('deleted')).toEqual([]);
    // What is kept of the two is kept apart.
    stage.addNetwork();
    await keeper.settles();
    stage.deleteNetwork();
    await keeper.tells('restored');
  });

  it('do nothing on another cluster when the watches ended in good order', async () => {
    stage.addNetwork();
    stage.addPod();
    const keeper = await stage.keep();
    stage.server.watches.end();
    stage.server.becomeAnotherCluster();
    stage.server.create(makeNamespace('web'));
    stage.server.create(makeNetwork('web', 'net', { config: '{"type":"vlan"}' }));
    stage.server.create(makePod('web', 'pod', { networks: 'net' }));
    stage.deleteNetwork();
    await keeper.tellsWithin(20_000, 'synced', { networks: 0 });
    await keeper.passes(30_000);
    expect(stage.created()).toEqual([]);
  });

  it('do not go on with a restore on another cluster that has pods of the same names', async () => {
    stage.addNetwork();
    stage.addPod();
    const keeper = await stage.keep();
    const refused = stage.server.inject({
      effect: { kind: 'drop' },
      when: (request) => ofNetworks(request) && request.verb === 'create',
    });
    stage.deleteNetwork();
    await expect.poll(() => refused.hits).toBe(1);
    stage.server.becomeAnotherCluster();
    stage.server.create(makeNamespace('web'));
    stage.addPod();
    refused.remove();
    await keeper.passes(60_000);
    expect(stage.created()).toEqual([]);
  });
});
