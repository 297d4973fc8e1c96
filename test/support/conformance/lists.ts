/** Lists: order, pages, selectors. */
import { describe, expect, it } from 'vitest';
import { makeNetwork, makePod, networksIn, podsIn } from '../objects.ts';
import { namesOf, type Subject } from './cluster.ts';

const RESTART_TIMEOUT_MS = 60_000;

export function listTests({ cluster, request, must, namespace }: Subject): void {
  const addNetworks = async (web: string, names: readonly string[]) => {
    for (const name of names) await must('POST', networksIn(web), makeNetwork(web, name));
  };

  describe('list', () => {
    it('is in the order of etcd’s keys', async () => {
      const [web, webSecond] = [await namespace('list-order'), await namespace('list-order-2')];
      await addNetworks(web, ['b', 'a', 'a-b', 'a.b']);
      await addNetworks(webSecond, ['z']);
      expect(namesOf(await must('GET', networksIn(web)))).toEqual(['a', 'a-b', 'a.b', 'b']);
      const all = await must('GET', networksIn());
      const namespaces = all.items
        ?.map(({ metadata }) => metadata?.namespace)
        .filter((each) => each?.startsWith(web));
      expect([...new Set(namespaces)]).toEqual([webSecond, web]);
    });

    it('names the version and the kind of the list, and of built-in items no kind', async () => {
      const web = await namespace('list-kinds');
      await addNetworks(web, ['net']);
      await must('POST', podsIn(web), makePod(web, 'pod'));
      const [networks, pods] = [await must('GET', networksIn(web)), await must('GET', podsIn(web))];
      const type = { apiVersion: 'k8s.cni.cncf.io/v1', kind: 'NetworkAttachmentDefinition' };
      expect(networks).toMatchObject({ ...type, kind: `${type.kind}List`, items: [type] });
      expect(networks.metadata?.resourceVersion).toMatch(/^\d+$/);
      expect(pods).toMatchObject({ kind: 'PodList', apiVersion: 'v1' });
      expect(pods.items?.[0]).not.toHaveProperty('kind');
      expect(pods.items?.[0]).not.toHaveProperty('apiVersion');
    });

    it('is empty, not 404, in a namespace that is not there', async () => {
      expect((await must('GET', networksIn('nowhere'))).items).toEqual([]);
    });

    it('shows in all pages what was there at the first one', async () => {
      const web = await namespace('list-pages');
      await addNetworks(web, ['a', 'b', 'c', 'd', 'e']);
      const first = await must('GET', `${networksIn(web)}?limit=2`);
      await addNetworks(web, ['bb', 'f']);
      await must('DELETE', `${networksIn(web)}/d`);
      await must('PATCH', `${networksIn(web)}/c`, { metadata: { labels: { late: 'yes' } } });

      const pages = [first];
      for (let page = first; page.metadata?.continue; pages.push(page)) {
        const token = encodeURIComponent(page.metadata.continue);
        page = await must('GET', `${networksIn(web)}?limit=2&continue=${token}`);
      }
      expect(pages.map(namesOf)).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
      expect(pages[1]?.items?.[0]?.metadata?.labels).toBeUndefined();
      expect(new Set(pages.map(({ metadata }) => metadata?.resourceVersion)).size).toBe(1);
      const remaining = pages.map(({ metadata }) => metadata?.remainingItemCount);
      expect(remaining).toEqual([3, 1, undefined]);
    });

    it('fills a page with what is selected', async () => {
      const web = await namespace('list-selected-pages');
      await addNetworks(web, ['a', 'b', 'c', 'd']);
      for (const name of ['b', 'd']) {
        await must('PATCH', `${networksIn(web)}/${name}`, { metadata: { labels: { wanted: 'yes' } } });
      }
      const query = 'labelSelector=wanted%3Dyes&limit=1';
      const first = await must('GET', `${networksIn(web)}?${query}`);
      expect(namesOf(first)).toEqual(['b']);
      const token = encodeURIComponent(first.metadata?.continue ?? '');
      expect(namesOf(await must('GET', `${networksIn(web)}?${query}&continue=${token}`))).toEqual(['d']);
    });

    it('is 410 where the continue token is too old', { timeout: RESTART_TIMEOUT_MS }, async () => {
      const web = await namespace('list-expired');
      await addNetworks(web, ['a', 'b']);
      const first = await must('GET', `${networksIn(web)}?limit=1`);
      await cluster().expireLists();
      const token = encodeURIComponent(first.metadata?.continue ?? '');
      const { status, body } = await request('GET', `${networksIn(web)}?limit=1&continue=${token}`);
      expect(status).toBe(410);
      expect(body).toMatchObject({ kind: 'Status', code: 410, reason: 'Expired' });
      expect(body.message).toContain('The provided continue parameter is too old');
    });

    it.each(['limit=many', 'continue=nonsense', 'labelSelector=a%3D%3D%3Db', 'fieldSelector=metadata.name'])(
      'refuses the query %s',
      async (query) => {
        expect((await request('GET', `${podsIn()}?${query}`)).body).toMatchObject({
          code: 400,
          reason: 'BadRequest',
        });
      },
    );
  });

  describe('selectors', () => {
    it('select pods by phase', async () => {
      const web = await namespace('select-phase');
      for (const name of ['pending', 'running', 'succeeded', 'failed']) {
        await must('POST', podsIn(web), makePod(web, name));
        const phase = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
        await must('PATCH', `${podsIn(web)}/${name}/status`, { status: { phase } });
      }
      const select = async (selector: string) =>
        namesOf(await must('GET', `${podsIn(web)}?fieldSelector=${encodeURIComponent(selector)}`));
      expect(await select('status.phase!=Succeeded,status.phase!=Failed')).toEqual(['pending', 'running']);
      expect(await select('status.phase=Running')).toEqual(['running']);
      expect(await select('status.phase==Running,metadata.name=failed')).toEqual([]);
    });

    it('select by name and namespace, in one namespace or all', async () => {
      const [web, other] = [await namespace('select-name'), await namespace('select-other')];
      for (const each of [web, other]) await addNetworks(each, ['one', 'two']);
      const select = async (path: string, selector: string) =>
        namesOf(await must('GET', `${path}?fieldSelector=${encodeURIComponent(selector)}`));
      expect(await select(networksIn(web), 'metadata.name=one')).toEqual(['one']);
      expect(await select(networksIn(web), 'metadata.name!=one')).toEqual(['two']);
      expect(await select(networksIn(), `metadata.namespace=${other}`)).toEqual(['one', 'two']);
      expect(await select(networksIn(), `metadata.namespace=${other},metadata.name==two`)).toEqual(['two']);
    });

    it('select by labels; a label that is missing is unequal to every value', async () => {
      const web = await namespace('select-labels');
      await must(
        'POST',
        networksIn(web),
        makeNetwork(web, 'red', { metadata: { labels: { color: 'red' } } }),
      );
      await must(
        'POST',
        networksIn(web),
        makeNetwork(web, 'blue', { metadata: { labels: { color: 'blue' } } }),
      );
      await must('POST', networksIn(web), makeNetwork(web, 'none'));
      const select = async (selector: string) =>
        namesOf(await must('GET', `${networksIn(web)}?labelSelector=${encodeURIComponent(selector)}`));
      expect(await select('color=red')).toEqual(['red']);
      expect(await select('color==blue')).toEqual(['blue']);
      expect(await select('color!=red')).toEqual(['blue', 'none']);
      expect(await select('color!=red,color!=blue')).toEqual(['none']);
    });

    it('are refused for a field that cannot be selected by', async () => {
      for (const path of [podsIn(), networksIn()]) {
        const { body } = await request('GET', `${path}?fieldSelector=spec.invented%3Dx`);
        expect(body).toMatchObject({ code: 400, reason: 'BadRequest' });
        expect(body.message).toContain('field label not supported: spec.invented');
      }
      expect((await request('GET', `${networksIn()}?fieldSelector=status.phase%3Dx`)).status).toBe(400);
    });
  });
}
