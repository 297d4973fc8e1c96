/** Deleting objects, at once or by and by. */
import { describe, expect, it } from 'vitest';
import { openWatch, type Watch } from '../http.ts';
import { makeNetwork, makePod, NAMESPACES, networksIn, podsIn } from '../objects.ts';
import { namesOf, type Subject } from './cluster.ts';

export function deleteTests({ cluster, request, must, namespace, version }: Subject): void {
  const watchFromNow = async (path: string): Promise<Watch> =>
    openWatch(cluster().admin, `${path}?watch=true&resourceVersion=${await version()}`);

  describe('delete', () => {
    it('removes a network at once, and tells its last state under a new version', async () => {
      const web = await namespace('delete-network');
      const watch = await watchFromNow(networksIn(web));
      const created = await must(
        'POST',
        networksIn(web),
        makeNetwork(web, 'net', { metadata: { labels: { a: '1' } } }),
      );
      const answer = await must('DELETE', `${networksIn(web)}/net`);
      const { uid } = created.metadata ?? {};
      expect(answer).toMatchObject({ kind: 'Status', status: 'Success', details: { name: 'net', uid } });
      expect((await watch.next())?.type).toBe('ADDED');
      const deleted = await watch.next();
      expect(deleted?.type).toBe('DELETED');
      expect(deleted?.object).toMatchObject({
        spec: created.spec ?? {},
        metadata: { uid, labels: { a: '1' } },
      });
      expect(deleted?.object.metadata?.deletionTimestamp).toBeUndefined();
      const versions = [deleted?.object, created].map((object) => Number(object?.metadata?.resourceVersion));
      expect(versions[0]).toBeGreaterThan(versions[1] ?? 0);
      watch.close();
    });

    it('removes an object only if it has the uid that it is meant for', async () => {
      const web = await namespace('delete-uid');
      const { metadata } = await must('POST', networksIn(web), makeNetwork(web, 'net'));
      const options = (uid: string) => ({ apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid } });
      const refused = await request('DELETE', `${networksIn(web)}/net`, options('another-uid'));
      expect(refused).toMatchObject({
        status: 409,
        body: { reason: 'Conflict', details: { name: 'net', kind: 'NetworkAttachmentDefinition' } },
      });
      expect(refused.body.message).toBe(
        'Operation cannot be fulfilled on NetworkAttachmentDefinition.k8s.cni.cncf.io "net": ' +
          `the UID in the precondition (another-uid) does not match the UID in record (${metadata?.uid}). ` +
          'The object might have been deleted and then recreated',
      );
      await must('GET', `${networksIn(web)}/net`);
      await must('DELETE', `${networksIn(web)}/net`, options(metadata?.uid ?? ''));
      expect((await request('GET', `${networksIn(web)}/net`)).status).toBe(404);
      expect((await request('DELETE', `${networksIn(web)}/net`, options(metadata?.uid ?? ''))).status).toBe(
        404,
      );
    });

    it('keeps a network with finalizers until the last one is removed', async () => {
      const web = await namespace('delete-finalizers');
      await must(
        'POST',
        networksIn(web),
        makeNetwork(web, 'net', { metadata: { finalizers: ['example.org/held'] } }),
      );
      const watch = await watchFromNow(networksIn(web));
      const answer = await must('DELETE', `${networksIn(web)}/net`);
      expect(answer.kind).toBe('NetworkAttachmentDefinition');
      expect(answer.metadata?.deletionTimestamp).toMatch(/Z$/);

      const again = await must('DELETE', `${networksIn(web)}/net`);
      expect(again.metadata?.deletionTimestamp).toBe(answer.metadata?.deletionTimestamp);
      await must('PATCH', `${networksIn(web)}/net`, { metadata: { finalizers: null } });
      expect((await request('GET', `${networksIn(web)}/net`)).status).toBe(404);

      const [modified, deleted] = [await watch.next(), await watch.next()];
      expect(modified?.type).toBe('MODIFIED');
      expect(modified?.object.metadata).toMatchObject({ generation: 2, deletionGracePeriodSeconds: 0 });
      expect(deleted?.type).toBe('DELETED');
      expect(deleted?.object.metadata).toMatchObject({
        deletionTimestamp: answer.metadata?.deletionTimestamp,
      });
      watch.close();
    });

    it('lets a pod on a node end in its grace period', async () => {
      const web = await namespace('delete-grace');
      await must('POST', podsIn(web), makePod(web, 'pod', { nodeName: 'node-1' }));
      const answer = await must('DELETE', `${podsIn(web)}/pod`);
      expect(answer.kind).toBe('Pod');
      expect(answer.metadata).toMatchObject({ deletionGracePeriodSeconds: 30 });
      expect(Date.parse(answer.metadata?.deletionTimestamp ?? '')).toBeGreaterThan(Date.now() + 20_000);
      await must('GET', `${podsIn(web)}/pod`);

      await must('DELETE', `${podsIn(web)}/pod?gracePeriodSeconds=0`);
      expect((await request('GET', `${podsIn(web)}/pod`)).status).toBe(404);
    });

    it('takes the grace period from the body, and from the pod', async () => {
      const web = await namespace('delete-periods');
      const pod = makePod(web, 'own', { nodeName: 'node-1' });
      await must('POST', podsIn(web), { ...pod, spec: { ...pod.spec, terminationGracePeriodSeconds: 7 } });
      await must('POST', podsIn(web), makePod(web, 'told', { nodeName: 'node-1' }));
      const own = await must('DELETE', `${podsIn(web)}/own`);
      const told = await must('DELETE', `${podsIn(web)}/told`, { gracePeriodSeconds: 3 });
      expect(own.metadata?.deletionGracePeriodSeconds).toBe(7);
      expect(told.metadata?.deletionGracePeriodSeconds).toBe(3);
    });

    it('never makes the grace period of a pod longer', async () => {
      const web = await namespace('delete-longer');
      await must('POST', podsIn(web), makePod(web, 'pod', { nodeName: 'node-1' }));
      await must('DELETE', `${podsIn(web)}/pod`, { gracePeriodSeconds: 3 });
      const again = await must('DELETE', `${podsIn(web)}/pod`, { gracePeriodSeconds: 60 });
      expect(again.metadata?.deletionGracePeriodSeconds).toBe(3);
    });

    it.each([
      ['without a node', {}, undefined],
      ['that has succeeded', { nodeName: 'node-1' }, 'Succeeded'],
      ['that has failed', { nodeName: 'node-1' }, 'Failed'],
    ])('removes a pod %s at once, in two events', async (what, options, phase) => {
      const web = await namespace(`delete-pod-${what.replaceAll(' ', '-')}`);
      await must('POST', podsIn(web), makePod(web, 'pod', options));
      if (phase) await must('PATCH', `${podsIn(web)}/pod/status`, { status: { phase } });
      const watch = await watchFromNow(podsIn(web));
      await must('DELETE', `${podsIn(web)}/pod`);
      expect((await request('GET', `${podsIn(web)}/pod`)).status).toBe(404);
      const [modified, deleted] = [await watch.next(), await watch.next()];
      expect(modified).toMatchObject({
        type: 'MODIFIED',
        object: { metadata: { deletionGracePeriodSeconds: 0 } },
      });
      expect(deleted).toMatchObject({
        type: 'DELETED',
        object: { metadata: { deletionGracePeriodSeconds: 0 } },
      });
      watch.close();
    });

    it('makes a namespace Terminating, which goes when its content is gone', async () => {
      const web = await namespace('delete-namespace');
      await must('POST', networksIn(web), makeNetwork(web, 'net'));
      await must('POST', podsIn(web), makePod(web, 'pod', { nodeName: 'node-1' }));
      const watch = await watchFromNow(networksIn(web));
      const answer = await must('DELETE', `${NAMESPACES}/${web}`);
      expect(answer).toMatchObject({ kind: 'Namespace', status: { phase: 'Terminating' } });
      expect(answer.metadata?.deletionTimestamp).toBeDefined();
      expect(namesOf(await must('GET', networksIn(web)))).toEqual(['net']);

      await cluster().finishNamespaceDeletion(web);
      expect(await watch.next()).toMatchObject({ type: 'DELETED', object: { metadata: { name: 'net' } } });
      expect((await request('GET', `${NAMESPACES}/${web}`)).status).toBe(404);
      expect(namesOf(await must('GET', podsIn(web)))).toEqual([]);
      watch.close();
    });
  });
}
