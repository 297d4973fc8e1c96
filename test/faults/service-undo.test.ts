import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ApiRequest } from '../../main/demo/api-server/request.ts';
import type { ApiServer } from '../../main/demo/api-server/server.ts';
import { makeNamespace, makeNetwork, networksIn } from '../support/objects.ts';
import { type ServiceUnderTest, useServiceStage } from '../support/service-stage.ts';

const NAD = 'NetworkAttachmentDefinition';
const NETWORKS = 'network-attachment-definitions';
const ON_NETWORKS = ({ resource }: ApiRequest) => resource === NETWORKS;

describe('the undoing of a restore', () => {
  const stage = useServiceStage();

  const name = () => ({ context: stage.id('east'), namespace: 'web', name: 'net' });
  const undo = (service: ServiceUnderTest) => service.asks('undoRestore', { ...name(), isConfirmed: true });
  const uidOf = (east: ApiServer) => east.get(NAD, 'web', 'net')?.metadata?.uid;
  const deletes = (east: ApiServer) => east.writes.filter(({ method }) => method === 'DELETE');
  const creates = (east: ApiServer) =>
    east.writes.filter(({ method, path }) => method === 'POST' && path.startsWith(networksIn('web')));
  const isOffered = async (service: ServiceUnderTest) =>
    (await service.does('networkDetail', name())).canUndo;

  /** A cluster in which a network that a pod uses was deleted, and brought back by us. */
  const startRestored = async () => {
    const east = await stage.addCluster('east');
    stage.addUsedNetwork(east);
    const service = await stage.start();
    await service.reaches('east', { phase: 'watching' });
    await restore(east, service);
    return { east, service };
  };
  const restore = async (east: ApiServer, service: ServiceUnderTest) => {
    const before = service.entries.length;
    east.delete(NAD, 'web', 'net');
    await service.until('restored', () =>
      service.entries.slice(before).find(({ event, by }) => event === 'restored' && by === 'self'),
    );
    await expect.poll(() => isOffered(service)).toBe(true);
  };
  /** When this resolves, the loop has dealt with all that happened before. */
  let probes = 0;
  const settle = async (east: ApiServer, service: ServiceUnderTest) => {
    probes += 1;
    const probe = `probe-${probes}`;
    stage.addUsedNetwork(east, probe);
    await service.shows('east', 'web', probe, 'inUse');
    east.delete(NAD, 'web', probe);
    await service.records('restored', { name: probe });
  };

  it('deletes what was brought back, by one request for its uid, and lets it stay away', async () => {
    const { east, service } = await startRestored();
    const uid = uidOf(east);
    const madeBefore = creates(east).length;
    expect(await undo(service)).toEqual({ ok: true, value: null });

    const entry = await service.records('letGo', { name: 'net' });
    expect(entry).toMatchObject({
      reason: 'released',
      message: 'web/net stays away: a person undid its restore',
    });
    await service.shows('east', 'web', 'net', 'letGo');
    await settle(east, service);
    expect(uidOf(east)).toBeUndefined();
    expect(deletes(east)).toMatchObject([
      {
        path: `${networksIn('web')}/net`,
        body: { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid } },
        code: 200,
      },
    ]);
    expect(creates(east)).toHaveLength(madeBefore + 1);
    expect(service.entries.filter((each) => each.name === 'net').map(({ event }) => event)).toEqual([
      'deleted',
      'restored',
      'deleted',
      'letGo',
    ]);
  });

  it('keeps the copy, from which a person can bring the network back and undo that again', async () => {
    const { east, service } = await startRestored();
    await undo(service);
    await service.shows('east', 'web', 'net', 'letGo');
    expect(await isOffered(service)).toBe(false);
    await service.does('restoreNetwork', name());
    await expect.poll(() => isOffered(service)).toBe(true);
    expect(await undo(service)).toMatchObject({ ok: true });
    await service.until('let go twice', () =>
      service.entries.filter(({ event }) => event === 'letGo').length === 2 ? true : undefined,
    );
    await settle(east, service);
    expect(uidOf(east)).toBeUndefined();
  });

  it('works for what a person had brought back in mode ask', async () => {
    const east = await stage.addCluster('east');
    stage.addUsedNetwork(east);
    const service = await stage.start();
    await service.does('setMode', { context: name().context, mode: 'ask' });
    await service.reaches('east', { phase: 'watching', mode: 'ask' });
    east.delete(NAD, 'web', 'net');
    await service.records('asked');
    await service.does('restoreNetwork', name());
    await expect.poll(() => isOffered(service)).toBe(true);
    expect(await undo(service)).toMatchObject({ ok: true });
    await service.records('letGo', { reason: 'released' });
    await service.shows('east', 'web', 'net', 'letGo');
    expect(service.entries.filter(({ event }) => event === 'asked')).toHaveLength(1);
  });

  it('is the way to be rid of a stray', async () => {
    const { east, service } = await startRestored();
    east.delete('Pod', 'web', 'pod-of-net', { gracePeriodSeconds: 0 });
    await service.records('stray');
    expect(await isOffered(service)).toBe(true);
    expect(await undo(service)).toMatchObject({ ok: true });
    await service.records('letGo', { reason: 'released' });
    expect(uidOf(east)).toBeUndefined();
  });

  it('concerns that one network alone: one that is made later under its name is kept as any other', async () => {
    const { east, service } = await startRestored();
    await undo(service);
    await service.records('letGo');
    east.create(makeNetwork('web', 'net'));
    await service.until('there again', () =>
      [...service.networks.values()].find((each) => each.name === 'net' && each.state === 'inUse'),
    );
    expect(await isOffered(service)).toBe(false);
    await restore(east, service);
    expect(uidOf(east)).toBeDefined();
  });

  it('needs the confirmation', async () => {
    const { east, service } = await startRestored();
    for (const isConfirmed of [false, undefined, 'true']) {
      expect(await service.asks('undoRestore', { ...name(), isConfirmed })).toMatchObject({
        code: 'badRequest',
      });
    }
    expect(deletes(east)).toEqual([]);
  });

  it('is refused for whatever we did not bring back, and nothing is asked of the server', async () => {
    const { east, service } = await startRestored();
    stage.addUsedNetwork(east, 'theirs');
    await service.shows('east', 'web', 'theirs', 'inUse');
    const theirs = { ...name(), name: 'theirs', isConfirmed: true };
    expect(await service.asks('undoRestore', theirs)).toMatchObject({ code: 'notOurs' });
    expect(await service.asks('undoRestore', { ...theirs, name: 'never' })).toMatchObject({
      code: 'notOurs',
    });

    // Somebody else is quicker than we are.
    east.inject({
      effect: { kind: 'delay', delayMs: 300 },
      when: ({ verb, resource }) => resource === 'pods' && verb === 'list',
    });
    east.delete(NAD, 'web', 'net');
    east.create(makeNetwork('web', 'net'));
    await service.records('restored', { by: 'other' });
    expect(await undo(service)).toMatchObject({ ok: false, code: 'notOurs' });
    expect(deletes(east)).toEqual([]);
  });

  it('is refused for what was found after a create without an answer: it may be of somebody else', async () => {
    const east = await stage.addCluster('east');
    stage.addUsedNetwork(east);
    const service = await stage.start();
    await service.reaches('east', { phase: 'watching' });
    east.inject({
      effect: { kind: 'dropReply' },
      when: ({ verb, resource }) => resource === NETWORKS && verb === 'create',
      times: 1,
    });
    east.delete(NAD, 'web', 'net');
    await service.records('restored', { by: 'self' });
    await settle(east, service);
    expect(await undo(service)).toMatchObject({ ok: false, code: 'notOurs' });
  });

  it('leaves another network alone that stands under the name by now, though we have not heard of it', async () => {
    const { east, service } = await startRestored();
    east.watches.silence(ON_NETWORKS);
    east.delete(NAD, 'web', 'net');
    const theirs = east.create(makeNetwork('web', 'net', { config: '{"type":"macvlan"}' }));
    expect(await undo(service)).toMatchObject({ ok: false, code: 'replaced' });
    expect(uidOf(east)).toBe(theirs.metadata?.uid);
    expect(deletes(east)).toMatchObject([{ code: 409 }]);
  });

  it('without the right says which one is missing, and the network is kept as before', async () => {
    const east = await stage.addCluster('east');
    stage.addUsedNetwork(east);
    stage.users.east = { token: 'keeper-token' };
    const verbs = ['get', 'list', 'watch', 'create'];
    east.setUser('keeper-token', { name: 'ada', rules: [{ verbs, apiGroups: ['*'], resources: ['*'] }] });
    const service = await stage.start();
    await service.reaches('east', { phase: 'watching' });
    await restore(east, service);

    expect(await undo(service)).toEqual({
      ok: false,
      code: 'forbidden',
      message: expect.stringMatching(
        /User "ada" cannot delete resource .* Missing: verb delete on network-attachment-definitions\.k8s\.cni\.cncf\.io in namespace web\.$/,
      ),
      remedy: expect.stringContaining('docs/permissions.md'),
    });
    expect(await isOffered(service)).toBe(true);
    await restore(east, service);
    expect(service.entries.some(({ event }) => event === 'letGo')).toBe(false);
  });

  it('that a webhook refuses is told in its words', async () => {
    const { east, service } = await startRestored();
    const message = 'admission webhook "guard.example.com" denied the request: ask the network team';
    east.inject({ effect: { kind: 'answer', code: 403, message }, when: ({ verb }) => verb === 'delete' });
    expect(await undo(service)).toMatchObject({
      code: 'refused',
      message: `Could not delete web/net: ${message}`,
    });
    await restore(east, service);
  });

  it('of a network that somebody else deletes in that moment changes nothing: it is brought back as ever', async () => {
    const { east, service } = await startRestored();
    east.watches.silence(ON_NETWORKS);
    east.delete(NAD, 'web', 'net');
    expect(await undo(service)).toMatchObject({ ok: false, code: 'gone' });
    east.watches.drop(ON_NETWORKS);
    await service.until('restored twice', () =>
      service.entries.filter(({ event }) => event === 'restored').length === 2 ? true : undefined,
    );
    expect(uidOf(east)).toBeDefined();
  });

  it.each([
    ['seen live', false],
    ['missed', true],
  ])('holds also where the answer is lost, and its end is %s later', async (_, isMissed) => {
    const { east, service } = await startRestored();
    east.watches.silence(ON_NETWORKS);
    east.inject({ effect: { kind: 'dropReply' }, when: ({ verb }) => verb === 'delete' });
    expect(await undo(service)).toMatchObject({ ok: true });
    if (isMissed) east.compact();
    east.watches.drop(ON_NETWORKS);
    await service.records('letGo', { reason: 'released', missed: isMissed });
    await settle(east, service);
    expect(uidOf(east)).toBeUndefined();
    expect(deletes(east)).toHaveLength(1);
  });

  it('holds where nothing is known of what became of it, and a second try finds it done', async () => {
    const { east, service } = await startRestored();
    east.watches.silence(ON_NETWORKS);
    east.inject({ effect: { kind: 'dropReply' }, when: ({ verb }) => verb === 'delete', times: 1 });
    const blind = east.inject({
      effect: { kind: 'answer', code: 503 },
      when: ({ verb, resource }) => resource === NETWORKS && verb === 'get',
    });
    expect(await undo(service)).toMatchObject({
      code: 'unanswered',
      message: expect.stringContaining('is not known'),
    });
    expect(await undo(service)).toMatchObject({ ok: true });
    blind.remove();
    east.watches.drop(ON_NETWORKS);
    await service.records('letGo', { reason: 'released' });
    await settle(east, service);
    expect(uidOf(east)).toBeUndefined();
  });

  it('that did not reach the server leaves the network kept as before', async () => {
    const { east, service } = await startRestored();
    east.inject({ effect: { kind: 'drop' }, when: ({ verb }) => verb === 'delete' });
    expect(await undo(service)).toMatchObject({
      ok: false,
      code: 'unanswered',
      message: expect.stringContaining('still stands'),
    });
    await restore(east, service);
  });

  it('of which nothing is known is forgotten once the network is seen to stand', async () => {
    const { east, service } = await startRestored();
    east.inject({ effect: { kind: 'drop' }, when: ({ verb }) => verb === 'delete' });
    const blind = east.inject({
      effect: { kind: 'answer', code: 503 },
      when: ({ verb, resource }) => resource === NETWORKS && verb === 'get',
    });
    expect(await undo(service)).toMatchObject({ code: 'unanswered' });
    const isMarked = () => copiesOf(stage.folder).includes('"released":true');
    await expect.poll(isMarked).toBe(true);
    blind.remove();
    await expect.poll(isMarked, { timeout: 8_000 }).toBe(false);
    await restore(east, service);
  });

  it('holds across the end of the program, also where its end was not seen any more', async () => {
    const { east, service } = await startRestored();
    east.watches.silence(ON_NETWORKS);
    expect(await undo(service)).toMatchObject({ ok: true });
    await service.service.stop();
    const next = await stage.start();
    await next.records('letGo', { name: 'net', reason: 'released', missed: true });
    await settle(east, next);
    expect(uidOf(east)).toBeUndefined();
  });

  it('that the program began and did not carry out is forgotten by the next one', async () => {
    const { east, service } = await startRestored();
    east.inject({ effect: { kind: 'stall' }, when: ({ verb }) => verb === 'delete' });
    const asked = new Promise<void>((resolve) => {
      east.onRequest(({ verb }) => verb === 'delete' && resolve());
    });
    const undoing = undo(service);
    await asked;
    await service.service.stop();
    expect(await undoing).toMatchObject({ ok: false });
    expect(copiesOf(stage.folder)).toContain('"released":true');
    const next = await stage.start();
    await next.reaches('east', { phase: 'watching' });
    east.delete(NAD, 'web', 'net');
    await next.records('restored', { name: 'net' });
  });

  it('is asked of no other cluster than the one whose network it is', async () => {
    const { east, service } = await startRestored();
    east.watches.silence();
    east.becomeAnotherCluster();
    east.create(makeNamespace('web'));
    east.create(makeNetwork('web', 'net'));
    expect(await undo(service)).toMatchObject({ ok: false });
    expect(deletes(east)).toEqual([]);
  });

  it('is carried out once, however often it is asked for at once', async () => {
    const { east, service } = await startRestored();
    const replies = await Promise.all([undo(service), undo(service), undo(service)]);
    expect(replies.map(({ ok }) => ok)).toEqual([true, true, true]);
    expect(deletes(east)).toHaveLength(1);
  });
});

/** All that is on disk about the networks of all clusters. */
function copiesOf(folder: string): string {
  const state = join(folder, 'state');
  return readdirSync(state, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
}
