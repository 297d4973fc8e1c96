import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ALL_RULES } from '../../main/demo/api-server/access.ts';
import { type ApiServer, startApiServer } from '../../main/demo/api-server/server.ts';
import { openWatch, send, type Target } from '../support/http.ts';
import { makeNamespace, makeNetwork, makePod, NAMESPACES, networksIn, podsIn } from '../support/objects.ts';

const BOOKMARK_INTERVAL_MS = 20;
const BOOKMARKS = 'watch=true&allowWatchBookmarks=true';

describe('the in-memory API server', () => {
  let server: ApiServer;
  let client: Target;
  const watchNetworks = (query = '') => openWatch(client, `${networksIn('web')}?watch=true&${query}`);

  beforeEach(async () => {
    server = await startApiServer({ bookmarkIntervalMs: BOOKMARK_INTERVAL_MS });
    client = { url: server.url };
    server.create(makeNamespace('web'));
  });

  afterEach(() => server.close());

  /** The measure of "nothing comes" is another watch, which gets an event and a bookmark in the meantime. */
  async function expectSilence(next: Promise<unknown>): Promise<void> {
    let hasSpoken = false;
    const speak = () => {
      hasSpoken = true;
    };
    next.then(speak, speak);
    const other = await openWatch(client, `${networksIn('web')}?${BOOKMARKS}`);
    server.create(makeNetwork('web', 'net'));
    expect(await other.next()).toMatchObject({ type: 'ADDED' });
    expect(await other.next()).toMatchObject({ type: 'BOOKMARK' });
    expect(hasSpoken).toBe(false);
    other.close();
  }

  describe('faults of requests', () => {
    it('drops the connection before anything is done, as often as told', async () => {
      const fault = server.inject({
        effect: { kind: 'drop' },
        when: ({ verb }) => verb === 'create',
        times: 2,
      });
      const create = () => send(client, 'POST', networksIn('web'), { body: makeNetwork('web', 'net') });
      await expect(create()).rejects.toMatchObject({ code: 'ECONNRESET' });
      expect((await send(client, 'GET', networksIn('web'))).body.items).toEqual([]);
      await expect(create()).rejects.toMatchObject({ code: 'ECONNRESET' });
      expect((await create()).status).toBe(201);
      expect(fault.hits).toBe(2);
    });

    it('drops the connection after the write is done', async () => {
      server.inject({ effect: { kind: 'dropReply' }, times: 1 });
      const created = send(client, 'POST', networksIn('web'), { body: makeNetwork('web', 'net') });
      await expect(created).rejects.toMatchObject({ code: 'ECONNRESET' });
      expect(server.get('NetworkAttachmentDefinition', 'web', 'net')).toBeDefined();
      expect(server.writes).toMatchObject([{ method: 'POST', code: 201 }]);
    });

    it('stalls, while others are answered', async () => {
      server.inject({ effect: { kind: 'stall' }, when: ({ resource }) => resource === 'pods' });
      const stalled = send(client, 'GET', podsIn()).then(
        () => 'answered',
        () => 'broken',
      );
      expect((await send(client, 'GET', networksIn())).status).toBe(200);
      await server.close();
      expect(await stalled).toBe('broken');
    });

    it('delays', async () => {
      server.inject({ effect: { kind: 'delay', delayMs: 60 } });
      const start = performance.now();
      expect((await send(client, 'GET', podsIn())).status).toBe(200);
      expect(performance.now() - start).toBeGreaterThan(50);
    });

    it.each([
      [401, 'Unauthorized'],
      [403, 'Forbidden'],
      [409, 'Conflict'],
      [410, 'Expired'],
      [429, 'TooManyRequests'],
      [500, 'InternalError'],
      [503, 'ServiceUnavailable'],
    ])('answers %i with the reason %s', async (code, reason) => {
      const fault = server.inject({ effect: { kind: 'answer', code } });
      const answer = await send(client, 'GET', podsIn());
      expect(answer.status).toBe(code);
      expect(answer.body).toMatchObject({ kind: 'Status', status: 'Failure', code, reason });
      fault.remove();
      expect((await send(client, 'GET', podsIn())).status).toBe(200);
    });

    it('tells when to come again', async () => {
      server.inject({ effect: { kind: 'answer', code: 429, retryAfterSeconds: 3 } });
      const answer = await send(client, 'GET', podsIn());
      expect(answer.headers['retry-after']).toBe('3');
      expect(answer.body.details).toEqual({ retryAfterSeconds: 3 });
      server.clearFaults();
      expect((await send(client, 'GET', podsIn())).status).toBe(200);
    });

    it('answers in other words where told', async () => {
      const effect = {
        kind: 'answer',
        code: 400,
        reason: 'BadRequest',
        message: 'admission webhook says no',
      } as const;
      server.inject({ effect });
      expect((await send(client, 'GET', podsIn())).body).toMatchObject({
        message: 'admission webhook says no',
      });
    });

    it('opens a watch with an ERROR event', async () => {
      server.inject({ effect: { kind: 'errorEvent', code: 410 }, when: ({ verb }) => verb === 'watch' });
      const watch = await watchNetworks();
      expect(await watch.next()).toMatchObject({ type: 'ERROR', object: { code: 410, reason: 'Expired' } });
      expect(await watch.next()).toBeUndefined();
    });

    it('opens a watch on which nothing ever comes', async () => {
      server.inject({ effect: { kind: 'silence' }, times: 1 });
      const silent = await openWatch(client, `${networksIn('web')}?${BOOKMARKS}`);
      await expectSilence(silent.next());
      silent.close();
    });
  });

  describe('faults of open watches', () => {
    it('ends them in good order', async () => {
      const watch = await watchNetworks();
      expect(server.watches.count()).toBe(1);
      server.watches.end();
      expect(await watch.next()).toBeUndefined();
    });

    it('drops those that are chosen', async () => {
      const [networks, pods] = [await watchNetworks(), await openWatch(client, `${podsIn()}?watch=true`)];
      server.watches.drop(({ resource }) => resource === 'pods');
      await expect(pods.next()).rejects.toMatchObject({ code: 'ECONNRESET' });
      server.create(makeNetwork('web', 'net'));
      expect(await networks.next()).toMatchObject({ type: 'ADDED' });
      networks.close();
    });

    it('silences them: the connection stays, without bookmarks', async () => {
      const watch = await openWatch(client, `${networksIn('web')}?${BOOKMARKS}`);
      expect(await watch.next()).toMatchObject({ type: 'BOOKMARK' });
      server.watches.silence();
      await expectSilence(watch.next());
      watch.close();
    });

    it('cuts them in the middle of the next event', async () => {
      const watch = await watchNetworks();
      server.watches.cutInNextEvent();
      server.create(makeNetwork('web', 'net'));
      await expect(watch.next()).rejects.toThrow();
      const again = await watchNetworks();
      expect(await again.next()).toMatchObject({ type: 'ADDED', object: { metadata: { name: 'net' } } });
      again.close();
    });

    it('sends garbage', async () => {
      const watch = await watchNetworks();
      server.watches.sendGarbage();
      await expect(watch.next()).rejects.toThrow(SyntaxError);
      watch.close();
    });
  });

  describe('faults of the whole server', () => {
    it('refuses connections in a pause, ends the watches, and comes back on the same port', async () => {
      const watch = await watchNetworks();
      await server.pause();
      await expect(watch.next()).rejects.toThrow();
      await expect(send(client, 'GET', podsIn())).rejects.toMatchObject({ code: 'ECONNREFUSED' });
      server.create(makeNetwork('web', 'meanwhile'));
      await server.resume();
      const { body } = await send(client, 'GET', networksIn('web'));
      expect(body.items).toHaveLength(1);
    });

    it('forgets old versions', async () => {
      const { body } = await send(client, 'GET', networksIn());
      server.compact();
      const watch = await watchNetworks(`resourceVersion=${body.metadata?.resourceVersion}`);
      expect(await watch.next()).toMatchObject({ type: 'ERROR', object: { code: 410 } });
    });

    it('keeps only so many changes for watches', async () => {
      const small = await startApiServer({ historySize: 2 });
      small.create(makeNetwork('default', 'first'));
      for (const name of ['a', 'b', 'c', 'd']) small.create(makeNetwork('default', name));
      const first = small.get('NetworkAttachmentDefinition', 'default', 'first')?.metadata?.resourceVersion;
      const watch = await openWatch(
        { url: small.url },
        `${networksIn()}?watch=true&resourceVersion=${first}`,
      );
      expect(await watch.next()).toMatchObject({ type: 'ERROR', object: { code: 410 } });
      await small.close();
    });

    it('becomes another cluster: empty, with another identity', async () => {
      const identity = async () =>
        (await send(client, 'GET', `${NAMESPACES}/kube-system`)).body.metadata?.uid;
      const before = await identity();
      server.create(makeNetwork('web', 'net'));
      const watch = await watchNetworks();
      server.becomeAnotherCluster();
      await expect(watch.next().then(() => watch.next())).rejects.toThrow();
      expect(await identity()).not.toBe(before);
      expect(server.list('NetworkAttachmentDefinition')).toEqual([]);
    });
  });

  describe('what it tells its tests', () => {
    it('is every write of a client, with its outcome, and no read, review or write of the test’s', async () => {
      const headers = { 'user-agent': 'netkeeper/0.1.0' };
      const body = makeNetwork('web', 'net');
      server.create(makePod('web', 'pod'));
      await send(client, 'GET', podsIn());
      await send(client, 'POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', { body: {} });
      for (const _ of [1, 2])
        await send(client, 'POST', `${networksIn('web')}?fieldManager=netkeeper`, { body, headers });
      await send(client, 'DELETE', `${networksIn('web')}/net`, { headers });
      const path = `${networksIn('web')}?fieldManager=netkeeper`;
      expect(server.writes).toEqual([
        { method: 'POST', path, userAgent: 'netkeeper/0.1.0', body, code: 201 },
        { method: 'POST', path, userAgent: 'netkeeper/0.1.0', body, code: 409 },
        {
          method: 'DELETE',
          path: `${networksIn('web')}/net`,
          userAgent: 'netkeeper/0.1.0',
          body: '',
          code: 200,
        },
      ]);
    });

    it('is each request as it arrives', async () => {
      const seen: string[] = [];
      const stop = server.onRequest(({ verb, resource, namespace }) =>
        seen.push(`${verb} ${resource} ${namespace}`),
      );
      await send(client, 'GET', podsIn('web'));
      await send(client, 'GET', networksIn());
      stop();
      await send(client, 'GET', podsIn());
      expect(seen).toEqual(['list pods web', 'list network-attachment-definitions ']);
    });
  });

  it.each([
    ['GET', '/%', undefined],
    ['GET', `${NAMESPACES}/%E0%A4%A/pods`, undefined],
    ['OPTIONS', podsIn(), undefined],
    ['POST', podsIn('web'), null],
    ['POST', podsIn('web'), []],
    ['POST', podsIn('web'), { metadata: 5 }],
    ['POST', podsIn('web'), { metadata: { name: 5 } }],
    ['PUT', `${podsIn('web')}/pod`, { metadata: null }],
    ['PATCH', `${networksIn('web')}/net`, { metadata: 'none' }],
    ['DELETE', podsIn('web'), undefined],
  ])('refuses %s %s with the body %j', async (method, path, body) => {
    server.create(makePod('web', 'pod'));
    server.create(makeNetwork('web', 'net'));
    const { status } = await send(client, method, path, { body });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });

  describe('what its tests do', () => {
    it('reaches watches as what clients do', async () => {
      const watch = await openWatch(client, `${podsIn('web')}?watch=true`);
      server.create(makePod('web', 'pod', { nodeName: 'node-1', phase: 'Running' }));
      server.patch('Pod', 'web', 'pod', { status: { phase: 'Failed' } });
      server.delete('Pod', 'web', 'pod');
      const events = [await watch.next(), await watch.next(), await watch.next(), await watch.next()];
      expect(events.map((event) => event?.type)).toEqual(['ADDED', 'MODIFIED', 'MODIFIED', 'DELETED']);
      expect(events.map((event) => event?.object.status?.phase)).toEqual([
        'Running',
        'Failed',
        'Failed',
        'Failed',
      ]);
      watch.close();
    });

    it('ends a pod on a node when it says so', () => {
      server.create(makePod('web', 'pod', { nodeName: 'node-1', phase: 'Running' }));
      server.delete('Pod', 'web', 'pod');
      expect(server.get('Pod', 'web', 'pod')?.metadata?.deletionTimestamp).toBeDefined();
      server.delete('Pod', 'web', 'pod', { gracePeriodSeconds: 0 });
      expect(server.get('Pod', 'web', 'pod')).toBeUndefined();
    });

    it('ends a namespace with its content, where no finalizer holds it', () => {
      server.create(makeNetwork('web', 'net', { metadata: { finalizers: ['example.org/held'] } }));
      server.create(makePod('web', 'pod', { nodeName: 'node-1' }));
      server.delete('Namespace', '', 'web');
      expect(server.finishNamespaceDeletion('web')).toBe(false);
      expect(server.list('Pod', 'web')).toEqual([]);
      server.patch('NetworkAttachmentDefinition', 'web', 'net', { metadata: { finalizers: null } });
      expect(server.finishNamespaceDeletion('web')).toBe(true);
      expect(server.get('Namespace', '', 'web')).toBeUndefined();
    });

    it('keeps to the same rules as clients', () => {
      expect(() => server.create(makeNetwork('nowhere', 'net'))).toThrow('namespaces "nowhere" not found');
      server.create(makeNetwork('web', 'net'));
      expect(() => server.create(makeNetwork('web', 'net'))).toThrow('already exists');
      expect(() => server.delete('Pod', 'web', 'gone')).toThrow('pods "gone" not found');
      expect(() => server.create({ kind: 'Invention' })).toThrow('no kind Invention');
    });

    it('changes what a token may do', async () => {
      server.setUser('secret', { name: 'viewer', rules: ALL_RULES });
      const viewer = { ...client, token: 'secret' };
      expect((await send(viewer, 'GET', podsIn())).status).toBe(200);
      expect((await send(client, 'GET', podsIn())).status).toBe(403);
      server.setUser('secret', { name: 'viewer', rules: [] });
      expect((await send(viewer, 'GET', podsIn())).status).toBe(403);
    });

    it('serves KubeVirt only where it is told to, and the CRD of networks unless told not to', async () => {
      const path = '/apis/kubevirt.io/v1/virtualmachines';
      expect((await send(client, 'GET', path)).status).toBe(404);
      const other = await startApiServer({ kubevirt: true, nadCrd: false });
      expect((await send({ url: other.url }, 'GET', path)).status).toBe(200);
      expect((await send({ url: other.url }, 'GET', networksIn())).status).toBe(404);
      other.installNadCrd();
      expect((await send({ url: other.url }, 'GET', networksIn())).status).toBe(200);
      await other.close();
    });
  });
});
