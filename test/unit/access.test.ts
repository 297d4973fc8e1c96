import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  describePermission,
  findMissing,
  type Permission,
  permissionsToRestore,
  permissionsToWatch,
} from '../../main/cluster/access.ts';
import type { Connection } from '../../main/cluster/api.ts';
import { readClusterIdentity } from '../../main/cluster/requests.ts';
import type { Rule } from '../../main/demo/api-server/access.ts';
import { type ApiServer, startApiServer } from '../../main/demo/api-server/server.ts';
import { connectTo } from '../support/contexts.ts';

const TOKEN = 'token-1';
const { signal } = new AbortController();
const names = (permissions: readonly Permission[]) => permissions.map(describePermission);

describe('rights', () => {
  let server: ApiServer;
  let connection: Connection;
  const grant = (...rules: readonly Rule[]) => server.setUser(TOKEN, { name: 'user', rules });

  beforeEach(async () => {
    server = await startApiServer();
    grant();
    connection = connectTo({ cluster: { server: server.url }, user: { token: TOKEN } });
  });
  afterEach(async () => {
    await connection.close();
    await server.close();
  });

  it('that are missing are named with verb, resource and where', async () => {
    grant({ verbs: ['list', 'watch'], apiGroups: [''], resources: ['pods'] });
    expect(names(await findMissing(connection, permissionsToWatch([undefined]), signal))).toEqual([
      'list network-attachment-definitions.k8s.cni.cncf.io in all namespaces',
      'watch network-attachment-definitions.k8s.cni.cncf.io in all namespaces',
    ]);
    expect(names(await findMissing(connection, permissionsToRestore(['web']), signal))).toEqual([
      'create network-attachment-definitions.k8s.cni.cncf.io in namespace web',
    ]);
  });

  it('are asked for each namespace that is watched', async () => {
    grant({ verbs: ['*'], apiGroups: ['*'], resources: ['*'], namespace: 'web' });
    const permissions = permissionsToWatch(['web', 'shop']);
    expect(permissions).toHaveLength(8);
    const missing = await findMissing(connection, permissions, signal);
    expect(missing.every(({ namespace }) => namespace === 'shop')).toBe(true);
    expect(missing).toHaveLength(4);
  });

  it.each([403, 404])('are taken to be there where the server answers reviews with %i', async (code) => {
    const isReview = ({ path }: { path: string }) => path.endsWith('selfsubjectaccessreviews');
    server.inject({ effect: { kind: 'answer', code }, when: isReview });
    expect(await findMissing(connection, permissionsToWatch([undefined]), signal)).toEqual([]);
  });

  it('cannot be told where the server is out of order', async () => {
    server.inject({ effect: { kind: 'answer', code: 500 } });
    await expect(findMissing(connection, permissionsToWatch([undefined]), signal)).rejects.toMatchObject({
      code: 'server',
    });
  });

  it('to read kube-system decide what a cluster is known by', async () => {
    const hidden = await readClusterIdentity(connection, 'server and CA', signal);
    expect(hidden).toMatch(/^server-[0-9a-f]{32}$/);
    expect(await readClusterIdentity(connection, 'server and CA', signal)).toBe(hidden);
    expect(await readClusterIdentity(connection, 'another', signal)).not.toBe(hidden);
    grant({ verbs: ['get'], apiGroups: [''], resources: ['namespaces'] });
    const uid = server.get('Namespace', '', 'kube-system')?.metadata?.uid;
    expect(await readClusterIdentity(connection, 'server and CA', signal)).toBe(`uid-${uid}`);
  });
});
