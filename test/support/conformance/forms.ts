/** The forms in which objects are answered. */
import { describe, expect, it } from 'vitest';
import { makeNetwork, makePod, networksIn, podsIn } from '../objects.ts';
import type { Subject } from './cluster.ts';

export const PARTIAL = { accept: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1' };
export const PARTIAL_LIST = { accept: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1' };
export const PARTIAL_TYPE = { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1' };

export function formTests({ request, must, namespace }: Subject): void {
  describe('PartialObjectMetadata', () => {
    it('is an object without spec and status', async () => {
      const web = await namespace('partial-get');
      const { metadata } = await must('POST', podsIn(web), makePod(web, 'pod', { networks: 'net' }));
      const { body } = await request('GET', `${podsIn(web)}/pod`, undefined, PARTIAL);
      expect(body).toEqual({ ...PARTIAL_TYPE, metadata });
    });

    it('is a list of metadata', async () => {
      const web = await namespace('partial-list');
      const pod = await must('POST', podsIn(web), makePod(web, 'pod', { networks: 'net' }));
      const network = await must('POST', networksIn(web), makeNetwork(web, 'net'));
      for (const [path, object] of [
        [podsIn(web), pod],
        [networksIn(web), network],
      ] as const) {
        const { body } = await request('GET', `${path}?limit=5`, undefined, PARTIAL_LIST);
        expect(body).toMatchObject({ kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1' });
        expect(body.metadata?.resourceVersion).toMatch(/^\d+$/);
        expect(body.items).toEqual([{ ...PARTIAL_TYPE, metadata: object.metadata }]);
      }
    });

    it('has managedFields as the last field of metadata, so that they can be cut out', async () => {
      const web = await namespace('partial-order');
      await must(
        'POST',
        networksIn(web),
        makeNetwork(web, 'net', { metadata: { finalizers: ['example.org/held'] } }),
      );
      const { text } = await request('GET', `${networksIn(web)}/net`, undefined, PARTIAL);
      await must('PATCH', `${networksIn(web)}/net`, { metadata: { finalizers: null } });
      expect(text).toMatch(/,"managedFields":\[.*\]\}\}\n?$/);
    });

    it('is a list with null instead of items where there is none', async () => {
      const web = await namespace('partial-empty');
      const { body } = await request('GET', podsIn(web), undefined, PARTIAL_LIST);
      expect(body.items).toBeNull();
    });

    it('is not what a list is asked for, nor its list one object', async () => {
      const web = await namespace('partial-shapes');
      await must('POST', podsIn(web), makePod(web, 'pod'));
      const list = await request('GET', podsIn(web), undefined, PARTIAL);
      expect(list.body).toMatchObject({ code: 406, reason: 'NotAcceptable' });
      const object = await request('GET', `${podsIn(web)}/pod`, undefined, PARTIAL_LIST);
      expect(object.status).toBeGreaterThanOrEqual(400);
    });
  });

  describe('the Accept header', () => {
    it('is served by the first form that the server has', async () => {
      const unknown = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v9';
      const whole = await request('GET', podsIn(), undefined, { accept: `${unknown},application/json` });
      expect(whole.body.kind).toBe('PodList');
      const partial = await request('GET', podsIn(), undefined, {
        accept: `${PARTIAL_LIST.accept}, application/json`,
      });
      expect(partial.body.kind).toBe('PartialObjectMetadataList');
      const any = await request('GET', podsIn(), undefined, { accept: '*/*' });
      expect(any.body.kind).toBe('PodList');
    });

    it('is 406 where the server has none', async () => {
      const { body } = await request('GET', podsIn(), undefined, { accept: 'text/html' });
      expect(body).toMatchObject({ code: 406, reason: 'NotAcceptable' });
    });
  });

  it('has its custom resources with keys in alphabetical order, the items before the version', async () => {
    const web = await namespace('custom-order');
    await must(
      'POST',
      networksIn(web),
      makeNetwork(web, 'net', { metadata: { labels: { b: '1', a: '2' } } }),
    );
    const { text } = await request('GET', networksIn(web));
    expect(text).toMatch(
      /^\{"apiVersion":.*"items":\[\{"apiVersion":.*"kind":.*"labels":\{"a":"2","b":"1"\}/,
    );
    expect(text).toMatch(/\],"kind":"NetworkAttachmentDefinitionList","metadata":\{/);
  });
}
