/**
 * The CRD of networks comes and goes. These tests are the last ones: they take every network with them. Networks
 * with finalizers would hold the real CRD back; the other tests leave none.
 */
import { describe, expect, it } from 'vitest';
import { openWatch } from '../http.ts';
import { makeNetwork, networksIn } from '../objects.ts';
import { namesOf, type Subject } from './cluster.ts';

const CRD_TIMEOUT_MS = 30_000;

export function crdTests({ cluster, request, must, namespace, version }: Subject): void {
  describe('the CRD of networks', { timeout: CRD_TIMEOUT_MS }, () => {
    it('takes every network with it when it goes, ends the watches, and leaves a 404', async () => {
      const web = await namespace('crd-goes');
      await must('POST', networksIn(web), makeNetwork(web, 'net'));
      const watch = await openWatch(
        cluster().admin,
        `${networksIn(web)}?watch=true&resourceVersion=${await version()}`,
      );
      await cluster().removeNadCrd();
      expect(await watch.next()).toMatchObject({ type: 'DELETED', object: { metadata: { name: 'net' } } });
      expect(await watch.next()).toBeUndefined();
      for (const [method, path] of [
        ['GET', networksIn()],
        ['GET', `${networksIn()}?watch=true`],
        ['GET', `${networksIn(web)}/net`],
        ['POST', networksIn(web)],
      ] as const) {
        const answer = await request(method, path, method === 'POST' ? makeNetwork(web, 'net') : undefined);
        expect(answer.status, `${method} ${path}`).toBe(404);
        expect(answer.text.trim()).toBe('404 page not found');
      }
    });

    it('has no network when it comes back', async () => {
      await cluster().installNadCrd();
      expect(namesOf(await must('GET', networksIn()))).toEqual([]);
    });
  });
}
