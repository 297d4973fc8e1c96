/** Two clusters in this process, as contexts of a kubeconfig that is in no file. */

import type { KubeContext } from '../cluster/kubeconfig.ts';
import { mergeKubeconfigs } from '../cluster/kubeconfig.ts';
import type { ApiServer } from './api-server/server.ts';
import { startApiServer } from './api-server/server.ts';
import { populateEast, populateWest } from './population.ts';
import type { DemoClusters } from './story.ts';

export interface Demo {
  readonly clusters: DemoClusters;
  readonly contexts: readonly KubeContext[];
  stop(): Promise<void>;
}

/** Starts both clusters, filled. They listen on 127.0.0.1 alone. */
export async function startDemo(): Promise<Demo> {
  const [east, west] = await Promise.all([startApiServer(), startApiServer()]);
  populateEast(east);
  populateWest(west);
  return {
    clusters: { east, west },
    contexts: contextsOf({ 'demo-east': east, 'demo-west': west }),
    stop: async () => {
      await Promise.all([east.close(), west.close()]);
    },
  };
}

function contextsOf(servers: Readonly<Record<string, ApiServer>>): readonly KubeContext[] {
  const entries = Object.entries(servers);
  const [first] = Object.keys(servers);
  const text = JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: entries.map(([name, { url }]) => ({ name, cluster: { server: url } })),
    contexts: entries.map(([name]) => ({ name, context: { cluster: name } })),
    'current-context': first,
  });
  return mergeKubeconfigs([{ file: 'demo', text }]).contexts;
}
