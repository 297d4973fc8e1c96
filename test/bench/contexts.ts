/**
 * What an idle watched context costs: the memory of `netkeeper watch` with few and with many contexts, all at one
 * in-memory API server of six networks and a hundred pods, after everything is read and collected.
 *
 *     npm run bench:contexts
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildIfNeeded, NETKEEPER } from '../../scripts/build-if-needed.ts';
import { makeTemporaryFolder } from '../support/child.ts';
import { send } from '../support/http.ts';
import { makeNamespace, makeNetwork, makePod } from '../support/objects.ts';
import { startInMemoryServer } from './server.ts';

const FEW = 1;
const MANY = 41;
const NETWORKS = 6;
const PODS = 100;
const MIB = 1024 * 1024;

interface Memory {
  readonly rss: number;
  readonly heapUsed: number;
}

buildIfNeeded();
const server = await startInMemoryServer();
const folder = makeTemporaryFolder('bench-contexts-');
try {
  await fill();
  const few = await measure(FEW);
  const many = await measure(MANY);
  const each = (key: keyof Memory) => ((many[key] - few[key]) / (MANY - FEW) / MIB).toFixed(2);
  const row = (name: string, { rss, heapUsed }: Memory) =>
    `${name.padEnd(12)}  ${(rss / MIB).toFixed(0).padStart(7)}  ${(heapUsed / MIB).toFixed(0).padStart(8)}`;
  console.log('contexts      RSS MiB  heap MiB');
  console.log(row(String(FEW), few));
  console.log(row(String(MANY), many));
  console.log(`each more     ${each('rss').padStart(7)}  ${each('heapUsed').padStart(8)}`);
} finally {
  folder.remove();
  await server.stop();
}

async function fill(): Promise<void> {
  const create = (path: string, body: unknown) => send(server.target, 'POST', path, { body });
  await create('/api/v1/namespaces', makeNamespace('web'));
  for (let index = 0; index < NETWORKS; index += 1) {
    const path = '/apis/k8s.cni.cncf.io/v1/namespaces/web/network-attachment-definitions';
    await create(path, makeNetwork('web', `net-${index}`));
  }
  for (let index = 0; index < PODS; index += 1) {
    const networks = `net-${index % NETWORKS}`;
    await create('/api/v1/namespaces/web/pods', makePod('web', `pod-${index}`, { networks }));
  }
}

/** Memory once as many contexts are watched. */
async function measure(contexts: number): Promise<Memory> {
  const names = Array.from({ length: contexts }, (_, index) => `context-${index}`);
  const kubeconfig = join(folder.path, `kubeconfig-${contexts}`);
  const config = {
    clusters: names.map((name) => ({ name, cluster: { server: server.target.url } })),
    contexts: names.map((name) => ({ name, context: { cluster: name } })),
  };
  writeFileSync(kubeconfig, JSON.stringify(config));
  const probe = join(import.meta.dirname, 'memory-probe.ts');
  const flags = ['watch', '--all-contexts', '--kubeconfig', kubeconfig, '--no-state', '-o', 'json'];
  const child = spawn(process.execPath, ['--expose-gc', '--import', probe, NETKEEPER, ...flags], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  if (child.stdout === null) throw new Error('netkeeper has no standard output.');
  let watching = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    if (JSON.parse(line).phase === 'watching') watching += 1;
    if (watching === contexts) break;
  }
  child.send('memory');
  const [memory] = await once(child, 'message');
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
  return memory;
}
