/** Who may do what, and in which words it is refused. */
import { describe, expect, it } from 'vitest';
import { openWatch, send, type Target } from '../http.ts';
import { makeNetwork, NAMESPACES, networksIn, podsIn } from '../objects.ts';
import type { Subject } from './cluster.ts';

const REVIEWS = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
const NADS = 'network-attachment-definitions';
const NAD_GROUP = 'k8s.cni.cncf.io';

export function accessTests({ cluster, namespace, request }: Subject): void {
  const may = async (target: Target, attributes: Record<string, string>): Promise<unknown> => {
    const review = {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: attributes },
    };
    const answer = await send(target, 'POST', REVIEWS, { body: review });
    expect(answer.status).toBe(201);
    return answer.body.status?.allowed;
  };

  describe('access', () => {
    it('is 401 for a token that nobody has', async () => {
      const { status, body } = await send({ ...cluster().admin, token: 'nobody' }, 'GET', podsIn());
      expect(status).toBe(401);
      expect(body).toMatchObject({
        kind: 'Status',
        code: 401,
        reason: 'Unauthorized',
        message: 'Unauthorized',
      });
    });

    it('is 403 without a token, as system:anonymous', async () => {
      const { token: _token, ...anonymous } = cluster().admin;
      const { body } = await send(anonymous, 'GET', podsIn());
      const what = 'cannot list resource "pods" in API group "" at the cluster scope';
      const message = `pods is forbidden: User "system:anonymous" ${what}`;
      expect(body).toMatchObject({ code: 403, reason: 'Forbidden', message, details: { kind: 'pods' } });
    });

    it('is not needed for the version and the health', async () => {
      const version = await send(cluster().users.stranger, 'GET', '/version');
      expect(version.body).toMatchObject({
        major: expect.any(String),
        gitVersion: expect.stringMatching(/^v1\./),
      });
      const health = await send(cluster().users.stranger, 'GET', '/readyz');
      expect([health.status, health.text]).toEqual([200, 'ok']);
    });

    it.each([
      ['GET', podsIn(), 'pods is forbidden', 'list resource "pods" in API group ""', 'at the cluster scope'],
      [
        ...['GET', networksIn('default'), `${NADS}.${NAD_GROUP} is forbidden`],
        ...[`list resource "${NADS}" in API group "${NAD_GROUP}"`, 'in the namespace "default"'],
      ],
      [
        ...['GET', `${networksIn('default')}/net`, `${NADS}.${NAD_GROUP} "net" is forbidden`],
        ...[`get resource "${NADS}" in API group "${NAD_GROUP}"`, 'in the namespace "default"'],
      ],
      [
        ...['POST', networksIn('default'), `${NADS}.${NAD_GROUP} is forbidden`],
        ...[`create resource "${NADS}" in API group "${NAD_GROUP}"`, 'in the namespace "default"'],
      ],
      [
        ...['DELETE', `${podsIn('default')}/pod`, 'pods "pod" is forbidden'],
        ...['delete resource "pods" in API group ""', 'in the namespace "default"'],
      ],
      [
        ...['PATCH', `${podsIn('default')}/pod/status`, 'pods "pod" is forbidden'],
        ...['patch resource "pods/status" in API group ""', 'in the namespace "default"'],
      ],
      [
        ...['GET', `${NAMESPACES}/kube-system`, 'namespaces "kube-system" is forbidden'],
        ...['get resource "namespaces" in API group ""', 'in the namespace "kube-system"'],
      ],
      [
        'GET',
        NAMESPACES,
        'namespaces is forbidden',
        'list resource "namespaces" in API group ""',
        'at the cluster scope',
      ],
    ])(
      'is refused to a stranger: %s %s',
      async (method = '', path = '', subject = '', what = '', scope = '') => {
        const body = method === 'GET' ? undefined : {};
        const answer = await send(cluster().users.stranger, method, path, { body });
        expect(answer.status).toBe(403);
        expect(answer.body).toMatchObject({ kind: 'Status', code: 403, reason: 'Forbidden' });
        expect(answer.body.message).toBe(`${subject}: User "stranger" cannot ${what} ${scope}`);
      },
    );

    it('is refused for a watch before it begins', async () => {
      const watch = await openWatch(cluster().users.stranger, `${podsIn()}?watch=true`);
      expect(watch.status).toBe(403);
      watch.close();
    });

    it('is what was granted, verb by verb, and access reviews say the same', async () => {
      const { reader } = cluster().users;
      const group = { group: NAD_GROUP, resource: NADS };
      expect(await may(reader, { ...group, verb: 'list' })).toBe(false);
      await cluster().grant('reader', [
        { apiGroups: [NAD_GROUP], resources: [NADS], verbs: ['get', 'list', 'watch'] },
      ]);
      expect(await may(reader, { ...group, verb: 'list' })).toBe(true);
      expect(await may(reader, { ...group, verb: 'watch', namespace: 'default' })).toBe(true);
      expect(await may(reader, { ...group, verb: 'create', namespace: 'default' })).toBe(false);
      expect(await may(reader, { group: '', resource: 'pods', verb: 'list' })).toBe(false);
      expect((await send(reader, 'GET', networksIn())).status).toBe(200);
      expect((await send(reader, 'GET', podsIn())).status).toBe(403);
      const created = await send(reader, 'POST', networksIn('default'), {
        body: makeNetwork('default', 'net'),
      });
      expect(created.status).toBe(403);
    });

    it('can be granted in one namespace only', async () => {
      const web = await namespace('access-namespace');
      const { writer } = cluster().users;
      const rules = [{ apiGroups: [NAD_GROUP], resources: [NADS], verbs: ['list', 'create'] }];
      await cluster().grant('writer', rules, web);
      const attributes = { group: NAD_GROUP, resource: NADS, verb: 'create' };
      expect(await may(writer, { ...attributes, namespace: web })).toBe(true);
      expect(await may(writer, { ...attributes, namespace: 'default' })).toBe(false);
      expect(await may(writer, attributes)).toBe(false);
      expect((await send(writer, 'POST', networksIn(web), { body: makeNetwork(web, 'net') })).status).toBe(
        201,
      );
      expect((await send(writer, 'GET', networksIn(web))).status).toBe(200);
      expect((await send(writer, 'GET', networksIn())).status).toBe(403);
    });

    it('to everything is the admin’s', async () => {
      expect(await may(cluster().admin, { group: '', resource: 'pods', verb: 'delete' })).toBe(true);
    });
  });

  it('has a cluster identity: the uid of kube-system, which stays', async () => {
    const uid = async () => (await request('GET', `${NAMESPACES}/kube-system`)).body.metadata?.uid;
    expect(await uid()).toMatch(/^[0-9a-f-]{36}$/);
    expect(await uid()).toBe(await uid());
  });
}
