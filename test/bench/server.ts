/** The API server that is measured against: the in-memory one or a real control plane, each in its own process. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder } from '../support/child.ts';
import { startControlPlane } from '../support/control-plane.ts';
import type { Target } from '../support/http.ts';

export interface Server {
  readonly name: string;
  readonly target: Target;
  readonly kubeconfig: string;
  /** Whether it fills in managedFields by itself, as a real one does. */
  readonly writesManagedFields: boolean;
  stop(): Promise<void>;
}

export async function startInMemoryServer(): Promise<Server> {
  const temporary = makeTemporaryFolder('bench-');
  const child = fork(join(import.meta.dirname, 'in-memory-server.ts'));
  const [url] = await once(child, 'message');
  const kubeconfig = join(temporary.path, 'kubeconfig');
  const named = { name: 'in-memory' };
  writeFileSync(
    kubeconfig,
    JSON.stringify({
      'current-context': named.name,
      clusters: [{ ...named, cluster: { server: url } }],
      users: [{ ...named, user: {} }],
      contexts: [{ ...named, context: { cluster: named.name, user: named.name } }],
    }),
  );
  return {
    name: 'in-memory API server, HTTP',
    target: { url },
    kubeconfig,
    writesManagedFields: false,
    async stop() {
      child.disconnect();
      await once(child, 'exit');
      temporary.remove();
    },
  };
}

export async function startRealServer(): Promise<Server> {
  const cluster = await startControlPlane();
  await cluster.installNadCrd();
  const { body } = await cluster.adminRequest('GET', '/version');
  return {
    name: `etcd and kube-apiserver ${body.gitVersion}, TLS`,
    target: { url: cluster.url, caFile: cluster.caFile, token: cluster.token('admin') },
    kubeconfig: cluster.writeKubeconfig([{ name: 'real', user: 'admin' }]),
    writesManagedFields: true,
    stop: () => cluster.stop(),
  };
}
