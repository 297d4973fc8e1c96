/** Creating and changing objects. */
import { describe, expect, it } from 'vitest';
import { MERGE_PATCH_TYPE } from '../http.ts';
import { makeNamespace, makeNetwork, makePod, NAMESPACES, networksIn, podsIn } from '../objects.ts';
import type { Subject } from './cluster.ts';

const NADS = 'network-attachment-definitions.k8s.cni.cncf.io';
const NAD_DETAILS = { group: 'k8s.cni.cncf.io', kind: 'network-attachment-definitions' };
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function writeTests({ request, must, namespace }: Subject): void {
  describe('create', () => {
    it('fills in what is the server’s to say, and keeps the rest', async () => {
      const web = await namespace('create-fills');
      const given = makeNetwork(web, 'net', {
        config: '{ "type":  "bridge" }',
        metadata: {
          labels: { a: '1' },
          annotations: { b: '2' },
          uid: 'mine',
          creationTimestamp: '2001-01-01T00:00:00Z',
        },
      });
      const answer = await request('POST', networksIn(web), given);
      expect(answer.status).toBe(201);
      expect(answer.body).toMatchObject({ apiVersion: given.apiVersion, kind: given.kind, spec: given.spec });
      const { metadata = {} } = answer.body;
      expect(metadata).toMatchObject({
        name: 'net',
        namespace: web,
        labels: { a: '1' },
        annotations: { b: '2' },
      });
      expect(metadata.generation).toBe(1);
      expect(metadata.uid).toMatch(UUID);
      expect(metadata.resourceVersion).toMatch(/^\d+$/);
      expect(metadata.creationTimestamp).toMatch(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      expect(metadata.creationTimestamp).not.toContain('2001');
    });

    it('tells the field manager of the query, else the program of the User-Agent', async () => {
      const web = await namespace('create-managers');
      const managers = async (path: string, headers: Record<string, string>, name: string) => {
        const { body } = await request('POST', path, makeNetwork(web, name), headers);
        return body.metadata?.managedFields?.map(({ manager, operation }) => ({ manager, operation }));
      };
      const agent = { 'user-agent': 'helm/3.0 (linux)' };
      expect(await managers(`${networksIn(web)}?fieldManager=netkeeper`, agent, 'queried')).toEqual([
        { manager: 'netkeeper', operation: 'Update' },
      ]);
      expect(await managers(networksIn(web), agent, 'told')).toEqual([
        { manager: 'helm', operation: 'Update' },
      ]);
    });

    it('gives a pod the phase Pending, whatever it is told', async () => {
      const web = await namespace('create-pending');
      const { status } = await must('POST', podsIn(web), makePod(web, 'pod', { phase: 'Running' }));
      expect(status).toMatchObject({ phase: 'Pending' });
    });

    it('makes a namespace Active', async () => {
      const body = await must('POST', NAMESPACES, makeNamespace('create-active'));
      expect(body).toMatchObject({ spec: { finalizers: ['kubernetes'] }, status: { phase: 'Active' } });
    });

    it('makes a name from generateName', async () => {
      const web = await namespace('create-generates');
      const { name: _name, ...metadata } = { ...makeNetwork(web, '').metadata, generateName: 'net-' };
      const { metadata: created } = await must('POST', networksIn(web), {
        ...makeNetwork(web, ''),
        metadata,
      });
      expect(created?.name).toMatch(/^net-[a-z0-9]{5}$/);
    });

    it('refuses a name that is there already', async () => {
      const web = await namespace('create-twice');
      await must('POST', networksIn(web), makeNetwork(web, 'net'));
      const { status, body } = await request('POST', networksIn(web), makeNetwork(web, 'net'));
      expect(status).toBe(409);
      expect(body).toMatchObject({
        ...{ kind: 'Status', apiVersion: 'v1', status: 'Failure', code: 409, reason: 'AlreadyExists' },
        ...{ message: `${NADS} "net" already exists`, details: { ...NAD_DETAILS, name: 'net' } },
      });
    });

    it('refuses the name of an object that is still being deleted, and says so', async () => {
      const web = await namespace('create-over-deleted');
      await must(
        'POST',
        networksIn(web),
        makeNetwork(web, 'net', { metadata: { finalizers: ['example.org/held'] } }),
      );
      await must('DELETE', `${networksIn(web)}/net`);
      const { body } = await request('POST', networksIn(web), makeNetwork(web, 'net'));
      expect(body).toMatchObject({
        ...{ code: 409, reason: 'AlreadyExists' },
        message: `object is being deleted: ${NADS} "net" already exists`,
      });
      await must('PATCH', `${networksIn(web)}/net`, { metadata: { finalizers: null } });
    });

    it('is 404 in a namespace that is not there', async () => {
      const { body } = await request('POST', networksIn('nowhere'), makeNetwork('nowhere', 'net'));
      expect(body).toMatchObject({
        ...{ code: 404, reason: 'NotFound', message: 'namespaces "nowhere" not found' },
        details: { kind: 'namespaces', name: 'nowhere' },
      });
    });

    it('is 403 with the cause NamespaceTerminating in a namespace that is being deleted', async () => {
      const web = await namespace('create-terminating');
      await must('DELETE', `${NAMESPACES}/${web}`);
      // The admission plugin reads namespaces from a watch, which may be a moment behind.
      let tries = 0;
      const tryToCreate = async () => {
        tries += 1;
        return (await request('POST', networksIn(web), makeNetwork(web, `early-${tries}`))).status;
      };
      await expect.poll(tryToCreate).toBe(403);
      const { status, body } = await request('POST', networksIn(web), makeNetwork(web, 'net'));
      expect(status).toBe(403);
      const why = `unable to create new content in namespace ${web} because it is being terminated`;
      const cause = { reason: 'NamespaceTerminating', message: `namespace ${web} is being terminated` };
      expect(body).toMatchObject({
        ...{ code: 403, reason: 'Forbidden', message: `${NADS} "net" is forbidden: ${why}` },
        details: { ...NAD_DETAILS, name: 'net', causes: [{ ...cause, field: 'metadata.namespace' }] },
      });
    });

    it('refuses a resourceVersion', async () => {
      const web = await namespace('create-version');
      const answer = await request(
        'POST',
        networksIn(web),
        makeNetwork(web, 'net', { metadata: { resourceVersion: '5' } }),
      );
      expect(answer.status).toBe(500);
      expect(answer.body.message).toBe('resourceVersion should not be set on objects to be created');
    });

    it('refuses an object without a name', async () => {
      const web = await namespace('create-nameless');
      const { status, body } = await request('POST', podsIn(web), { ...makePod(web, ''), metadata: {} });
      expect(status).toBe(422);
      const message = 'Required value: name or generateName is required';
      expect(body).toMatchObject({
        ...{ code: 422, reason: 'Invalid', message: `Pod "" is invalid: metadata.name: ${message}` },
        details: { kind: 'Pod', causes: [{ reason: 'FieldValueRequired', message, field: 'metadata.name' }] },
      });
    });

    it('refuses the namespace of another path', async () => {
      const web = await namespace('create-elsewhere');
      const { body } = await request('POST', networksIn(web), makeNetwork('default', 'net'));
      expect(body).toMatchObject({ code: 400, reason: 'BadRequest' });
      expect(body.message).toContain('the namespace of the provided object does not match');
    });

    it('refuses a namespaced object without a namespace in the path', async () => {
      expect((await request('POST', podsIn(), makePod('default', 'pod'))).status).toBe(405);
    });

    it('refuses a body that is not JSON', async () => {
      const answer = await request('POST', networksIn('default'), 'not an object');
      expect(answer.body).toMatchObject({ code: 400, reason: 'BadRequest' });
    });
  });

  describe('update and patch', () => {
    it('replaces an object at its version', async () => {
      const web = await namespace('update-replaces');
      const created = await must(
        'POST',
        networksIn(web),
        makeNetwork(web, 'net', { metadata: { labels: { a: '1' } } }),
      );
      const { resourceVersion, uid } = created.metadata ?? {};
      const changed = makeNetwork(web, 'net', {
        config: 'other',
        metadata: { resourceVersion: resourceVersion ?? '' },
      });
      const updated = await must('PUT', `${networksIn(web)}/net`, changed);
      expect(updated.spec).toEqual({ config: 'other' });
      expect(updated.metadata?.uid).toBe(uid);
      expect(updated.metadata?.labels).toBeUndefined();
      expect(updated.metadata?.generation).toBe(2);
      expect(Number(updated.metadata?.resourceVersion)).toBeGreaterThan(Number(resourceVersion));
    });

    it('refuses an old version', async () => {
      const web = await namespace('update-conflict');
      const created = await must('POST', networksIn(web), makeNetwork(web, 'net'));
      await must('PATCH', `${networksIn(web)}/net`, { metadata: { labels: { a: '1' } } });
      const { status, body } = await request('PUT', `${networksIn(web)}/net`, created);
      expect(status).toBe(409);
      const why =
        'the object has been modified; please apply your changes to the latest version and try again';
      const message = `Operation cannot be fulfilled on ${NADS} "net": ${why}`;
      expect(body).toMatchObject({
        code: 409,
        reason: 'Conflict',
        message,
        details: { ...NAD_DETAILS, name: 'net' },
      });
    });

    it('needs a version for a custom resource, and none for a pod', async () => {
      const web = await namespace('update-unversioned');
      await must('POST', networksIn(web), makeNetwork(web, 'net'));
      await must('POST', podsIn(web), makePod(web, 'pod'));
      const { body } = await request('PUT', `${networksIn(web)}/net`, makeNetwork(web, 'net'));
      expect(body).toMatchObject({ code: 422, reason: 'Invalid' });
      expect(body.details?.causes).toMatchObject([
        { reason: 'FieldValueInvalid', field: 'metadata.resourceVersion' },
      ]);
      const pod = makePod(web, 'pod', { metadata: { labels: { a: '1' } } });
      expect((await must('PUT', `${podsIn(web)}/pod`, pod)).metadata?.labels).toEqual({ a: '1' });
    });

    it('merges a patch: null removes, the rest is kept', async () => {
      const web = await namespace('patch-merges');
      await must(
        'POST',
        networksIn(web),
        makeNetwork(web, 'net', { metadata: { labels: { a: '1', b: '2' } } }),
      );
      const patch = { metadata: { labels: { a: null, c: '3' } } };
      const patched = await must('PATCH', `${networksIn(web)}/net`, patch);
      expect(patched.metadata?.labels).toEqual({ b: '2', c: '3' });
      expect(patched.metadata?.generation).toBe(1);
      expect(patched.spec).toEqual(makeNetwork(web, 'net').spec);
    });

    it('leaves the version where a patch changes nothing', async () => {
      const web = await namespace('patch-nothing');
      const created = await must(
        'POST',
        networksIn(web),
        makeNetwork(web, 'net', { metadata: { labels: { a: '1' } } }),
      );
      const patched = await must('PATCH', `${networksIn(web)}/net`, { metadata: { labels: { a: '1' } } });
      expect(patched.metadata?.resourceVersion).toBe(created.metadata?.resourceVersion);
    });

    it('refuses a patch of an old version', async () => {
      const web = await namespace('patch-conflict');
      await must('POST', networksIn(web), makeNetwork(web, 'net'));
      const patch = { metadata: { resourceVersion: '1', labels: { a: '1' } } };
      expect((await request('PATCH', `${networksIn(web)}/net`, patch)).body).toMatchObject({
        code: 409,
        reason: 'Conflict',
      });
    });

    it('refuses an unknown kind of patch', async () => {
      const web = await namespace('patch-type');
      await must('POST', networksIn(web), makeNetwork(web, 'net'));
      const headers = { 'content-type': 'text/plain' };
      const { body } = await request('PATCH', `${networksIn(web)}/net`, {}, headers);
      expect(body).toMatchObject({ code: 415, reason: 'UnsupportedMediaType' });
      expect(body.message).toContain(MERGE_PATCH_TYPE);
    });

    it('changes the phase of a pod through its status only', async () => {
      const web = await namespace('patch-status');
      await must('POST', podsIn(web), makePod(web, 'pod'));
      const patch = { metadata: { labels: { a: '1' } }, status: { phase: 'Running' } };
      const main = await must('PATCH', `${podsIn(web)}/pod`, patch);
      expect(main).toMatchObject({ metadata: { labels: { a: '1' } }, status: { phase: 'Pending' } });
      const status = await must('PATCH', `${podsIn(web)}/pod/status`, { status: { phase: 'Running' } });
      expect(status).toMatchObject({ metadata: { labels: { a: '1' } }, status: { phase: 'Running' } });
    });
  });

  describe('what is not there', () => {
    it.each(['GET', 'DELETE', 'PUT', 'PATCH'])('is 404 to %s, with the name', async (method) => {
      const body =
        method === 'PUT' ? makeNetwork('default', 'gone', { metadata: { resourceVersion: '1' } }) : undefined;
      const answer = await request(method, `${networksIn('default')}/gone`, method === 'PATCH' ? {} : body);
      expect(answer.body).toMatchObject({
        ...{ kind: 'Status', code: 404, reason: 'NotFound', message: `${NADS} "gone" not found` },
        details: { ...NAD_DETAILS, name: 'gone' },
      });
    });

    it('is 404 with a Status for an unknown resource of a known group', async () => {
      const { body } = await request('GET', '/apis/apps/v1/inventions');
      const message = 'the server could not find the requested resource';
      expect(body).toMatchObject({ code: 404, reason: 'NotFound', message });
    });

    it('is 404 in plain text for an unknown group', async () => {
      const answer = await request('GET', '/apis/invented.example.org/v1/inventions');
      expect(answer.status).toBe(404);
      expect(answer.headers['content-type']).toContain('text/plain');
      expect(answer.text.trim()).toBe('404 page not found');
    });
  });
}
