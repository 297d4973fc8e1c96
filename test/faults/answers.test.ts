import { describe, expect, it } from 'vitest';
import type { Effect } from '../../main/demo/api-server/faults.ts';
import type { KubernetesObject } from '../../main/demo/api-server/objects.ts';
import type { ApiRequest } from '../../main/demo/api-server/request.ts';
import type { KeeperUnderTest } from '../support/keeper-harness.ts';
import { NAD, useStage } from '../support/keeper-stage.ts';

const isCreate = ({ verb, resource }: ApiRequest) =>
  verb === 'create' && resource === 'network-attachment-definitions';
const isLiveRead = ({ verb, resource, query }: ApiRequest) =>
  verb === 'list' && resource === 'pods' && (query.get('fieldSelector') ?? '').includes('metadata.name');
const ofNetworks = ({ resource }: ApiRequest) => resource === 'network-attachment-definitions';

describe('what the server answers to the create', () => {
  const stage = useStage();
  const answer = (code: number, more: object = {}): Effect => ({ kind: 'answer', code, ...more });

  /** A keeper, and a used network that is deleted while `effect` waits for the create. */
  async function deleteUnder(effect: Effect, times = 1): Promise<KeeperUnderTest> {
    stage.addNetwork();
    stage.addPod();
    const keeper = await stage.keep();
    stage.server.inject({ effect, when: isCreate, times });
    stage.deleteNetwork();
    return keeper;
  }

  it('201: it is restored', async () => {
    const keeper = await deleteUnder({ kind: 'delay', delayMs: 1 });
    await keeper.tells('restored', { by: 'self' });
  });

  it('409, the same content: somebody else restored it', async () => {
    stage.addNetwork();
    stage.addPod();
    const keeper = await stage.keep();
    // Nothing of the other one's create is seen before our own is answered.
    stage.server.watches.silence(ofNetworks);
    const network = stage.network();
    const deleted = stage.server.onRequest((request) => {
      if (isCreate(request) && network !== undefined && stage.network() === undefined) {
        stage.server.create({ ...network, metadata: { name: 'net', namespace: 'web' } });
      }
    });
    stage.deleteNetwork();
    await keeper.passes(80_000);
    expect(await keeper.tells('restored')).toMatchObject({ by: 'other' });
    expect(keeper.told('failed')).toEqual([]);
    expect(stage.created()).toEqual([]);
    deleted();
  });

  it('409, being deleted: it waits, and restores when that one is gone', async () => {
    stage.addNetwork();
    stage.addPod();
    const keeper = await stage.keep();
    const config = '{"type":"macvlan"}';
    const stop = stage.server.onRequest((request) => {
      if (!isCreate(request) || stage.network() !== undefined) return;
      stop();
      stage.addNetwork('net', { config, metadata: { finalizers: ['example.com/hold'] } });
      stage.deleteNetwork();
    });
    stage.deleteNetwork();
    await keeper.passes(30_000);
    expect(keeper.told('restored')).toEqual([]);
    expect(keeper.told('failed')).toEqual([]);
    stage.server.patch(NAD, 'web', 'net', { metadata: { finalizers: null } });
    await keeper.tellsWithin(10_000, 'restored', { by: 'self' });
    expect(stage.network()?.spec).toEqual({ config });
  });

  it('409 though nothing is there: again, but not without a pause', async () => {
    const keeper = await deleteUnder(answer(409), 5);
    await keeper.settles();
    let creates = 0;
    stage.server.onRequest((request) => {
      if (isCreate(request)) creates += 1;
    });
    await keeper.settles();
    expect(creates).toBe(0);
    await keeper.tellsWithin(60_000, 'restored', { by: 'self' });
  });

  it.each([
    ['403 from RBAC', 403, undefined, 'forbidden', 'verb create on network-attachment-definitions'],
    ['403 from admission', 403, 'admission webhook "x" denied the request: no', 'refused', 'denied'],
    ['400 from admission', 400, 'admission webhook "x" says: too old', 'refused', 'too old'],
    ['422', 422, 'spec.config: Required value', 'refused', 'Required value'],
  ])(
    '%s: failed, in words, and tried again each minute without another',
    async (_, code, message, reason, words) => {
      const keeper = await deleteUnder(answer(code, message === undefined ? {} : { message }), 3);
      const failed = await keeper.tells('failed');
      expect(failed).toMatchObject({ reason, name: 'net', userCount: 1 });
      expect(failed.message).toContain(words);
      await keeper.tellsWithin(200_000, 'restored', { by: 'self' });
      expect(keeper.told('failed')).toHaveLength(1);
    },
  );

  it('403: let go when the last user goes', async () => {
    const keeper = await deleteUnder(answer(403), 1000);
    await keeper.tells('failed');
    stage.deletePod();
    await keeper.tells('letGo');
    await keeper.passes(180_000);
    expect(stage.created()).toEqual([]);
  });

  it('403, the CRD is terminating: let go, and the copy is kept', async () => {
    const message = 'create not allowed while custom resource definition is terminating';
    const keeper = await deleteUnder(answer(405, { message, reason: 'MethodNotAllowed' }));
    await keeper.tells('letGo', { reason: 'crdGone' });
  });

  it.each([500, 503, 504, 429])('%i: again, with back-off', async (code) => {
    const keeper = await deleteUnder(answer(code), 4);
    await keeper.settles();
    expect(keeper.told('restored')).toEqual([]);
    await keeper.tellsWithin(30_000, 'restored', { by: 'self' });
    expect(keeper.told('failed')).toEqual([]);
  });

  it('429 with Retry-After: not before that', async () => {
    const keeper = await deleteUnder(answer(429, { retryAfterSeconds: 20 }));
    await keeper.passes(19_000);
    expect(stage.created()).toEqual([]);
    await keeper.tellsWithin(2_000, 'restored', { by: 'self' });
  });

  it('no answer at all: again after the time limit', async () => {
    const keeper = await deleteUnder({ kind: 'stall' });
    await keeper.tellsWithin(20_000, 'restored', { by: 'self' });
  });

  it('a dropped connection: again', async () => {
    const keeper = await deleteUnder({ kind: 'drop' }, 3);
    await keeper.tellsWithin(20_000, 'restored', { by: 'self' });
  });

  it('a connection that drops after the create was carried out: restored once, by us', async () => {
    const keeper = await deleteUnder({ kind: 'dropReply' });
    await keeper.tellsWithin(20_000, 'restored', { by: 'self' });
    await keeper.passes(10_000);
    expect(stage.created()).toHaveLength(1);
    expect(keeper.told('restored')).toHaveLength(1);
  });

  it('a connection that drops after the create, and the pod goes: told as restored, and stray', async () => {
    const keeper = await deleteUnder({ kind: 'dropReply' });
    await keeper.settles();
    expect(stage.network()).toBeDefined();
    stage.deletePod();
    await keeper.tellsWithin(20_000, 'restored', { by: 'self' });
    await keeper.tells('stray');
  });

  it('401: the context fails at once, and nothing is tried again', async () => {
    const keeper = await deleteUnder(answer(401), 100);
    await keeper.tells('phase', { phase: 'failed' });
    expect(keeper.problem).toMatchObject({ code: 'credentials' });
    let requests = 0;
    stage.server.onRequest(() => {
      requests += 1;
    });
    await keeper.passes(300_000);
    expect(requests).toBe(0);
  });

  it.each([
    ['500', answer(500)],
    ['429', answer(429)],
    ['a drop', { kind: 'drop' }],
  ] as const)('the live read meets %s: again', async (_, effect) => {
    stage.addNetwork();
    stage.addPod();
    const keeper = await stage.keep();
    stage.server.inject({ effect, when: isLiveRead, times: 2 });
    stage.deleteNetwork();
    await keeper.tellsWithin(20_000, 'restored', { by: 'self' });
  });

  it('an outage in the middle of a restore: restored when the server is back', async () => {
    const keeper = await deleteUnder({ kind: 'drop' });
    stage.server.inject({ effect: { kind: 'drop' } });
    stage.server.watches.drop();
    await keeper.tells('phase', { phase: 'reconnecting' });
    await keeper.passes(60_000);
    stage.server.clearFaults();
    await keeper.tellsWithin(30_000, 'restored', { by: 'self' });
    expect(keeper.told('deleted')).toHaveLength(1);
  });

  it('an outage in the middle of a restore, and the pod goes meanwhile: let go', async () => {
    const keeper = await deleteUnder({ kind: 'drop' });
    stage.server.inject({ effect: { kind: 'drop' } });
    stage.server.watches.drop();
    await keeper.tells('phase', { phase: 'reconnecting' });
    stage.deletePod();
    await keeper.passes(60_000);
    stage.server.clearFaults();
    await keeper.tellsWithin(30_000, 'letGo', { reason: 'usersGone' });
    expect(stage.created()).toEqual([]);
  });

  it('the Kubernetes Event is refused: the restore counts all the same', async () => {
    stage.addNetwork();
    stage.addPod();
    const keeper = await stage.keep();
    const events = stage.server.inject({
      effect: answer(403),
      when: ({ resource }) => resource === 'events',
    });
    for (let round = 0; round < 2; round += 1) {
      stage.deleteNetwork();
      await keeper.tells('restored');
      await keeper.settles();
    }
    // Once refused, it is not asked for again.
    expect(events.hits).toBe(1);
    expect(keeper.told('failed')).toEqual([]);
  });

  it('a second deletion before the answer: its create waits for that of the first', async () => {
    stage.addNetwork();
    stage.addPod();
    const keeper = await stage.keep();
    const arrivals: { readonly answeredBefore: number }[] = [];
    stage.server.onRequest((request) => {
      if (!isCreate(request)) return;
      arrivals.push({ answeredBefore: stage.server.writes.filter(({ body }) => isNetwork(body)).length });
    });
    stage.server.inject({ effect: { kind: 'delay', delayMs: 50 }, when: isCreate, times: 1 });
    stage.deleteNetwork();
    await expect.poll(() => arrivals.length).toBe(1);
    stage.addNetwork();
    stage.deleteNetwork();
    // A pod's event in between decides nothing anew.
    stage.addPod('pod-2');
    await keeper.tells('restored');
    await keeper.passes(5_000);
    // It may know already that the first create did for both.
    expect(arrivals.slice(1).filter(({ answeredBefore }) => answeredBefore === 0)).toEqual([]);
    expect(keeper.told('restored')).toMatchObject([{ by: 'self' }]);
    expect(keeper.told('deleted')).toHaveLength(2);
    expect(stage.network()).toBeDefined();
  });
});

function isNetwork(body: unknown): boolean {
  return (body as KubernetesObject).kind === NAD;
}
