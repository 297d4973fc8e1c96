import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeCluster } from '../support/assets.ts';
import { type ControlPlane, startControlPlane } from '../support/control-plane.ts';
import { send } from '../support/http.ts';
import { networksIn } from '../support/objects.ts';

describeCluster('the control plane for tests', () => {
  let cluster: ControlPlane;

  beforeAll(async () => {
    cluster = await startControlPlane({ users: ['viewer'] });
  });

  afterAll(async () => {
    await cluster.stop();
    expect(existsSync(cluster.caFile)).toBe(false);
  });

  it('gives a user what was granted and no more', async () => {
    const viewer = { url: cluster.url, caFile: cluster.caFile, token: cluster.token('viewer') };
    expect((await send(viewer, 'GET', '/api/v1/pods')).status).toBe(403);
    await cluster.grant('viewer', [{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }]);
    expect((await send(viewer, 'GET', '/api/v1/pods')).status).toBe(200);
    expect((await send(viewer, 'GET', '/api/v1/nodes')).status).toBe(403);
  });

  it('installs and removes the CRD of networks', async () => {
    await cluster.installNadCrd();
    expect((await cluster.adminRequest('GET', networksIn())).status).toBe(200);
    await cluster.removeNadCrd();
    expect((await cluster.adminRequest('GET', networksIn())).status).toBe(404);
  });

  it('keeps its objects over a crash, and serves them from a second API server meanwhile', async () => {
    const second = await cluster.secondApiServer();
    await cluster.stopApiServer();
    await expect(cluster.adminRequest('GET', '/version')).rejects.toThrow('ECONNREFUSED');
    const admin = { url: second.url, caFile: cluster.caFile, token: cluster.token('admin') };
    const created = await send(admin, 'POST', '/api/v1/namespaces', { body: { metadata: { name: 'kept' } } });
    expect(created.status).toBe(201);
    await cluster.startApiServer();
    expect((await cluster.adminRequest('GET', '/api/v1/namespaces/kept')).status).toBe(200);
    await second.stop();
  });
});
