/** What happens in the demo clusters. Each step is what somebody does; what NetKeeper does about it, one sees. */
import type { ApiServer } from './api-server/server.ts';

/** What of a cluster the story needs. */
export type Stage = Pick<ApiServer, 'get' | 'delete' | 'finishNamespaceDeletion'>;

export interface DemoClusters {
  readonly east: Stage;
  readonly west: Stage;
}

export interface Step {
  /** Since the step before, in ms. */
  readonly afterMs: number;
  /** What is about to happen, for people. */
  readonly say: string;
  readonly act: (clusters: DemoClusters) => void;
}

const NETWORK = 'NetworkAttachmentDefinition';
const PAUSE_MS = 3_000;
/** Between deletions by somebody who does not give up. */
const INSIST_MS = 1_200;

export const STORY: readonly Step[] = [
  {
    afterMs: 1_500,
    say: 'Somebody deletes a network that 14 pods use: kubectl --context demo-east -n storage delete net-attach-def ceph-public',
    act: ({ east }) => deleteNetwork(east, 'storage', 'ceph-public'),
  },
  {
    afterMs: PAUSE_MS,
    say: 'Somebody deletes a network that nothing uses: kubectl --context demo-east -n payments delete net-attach-def old-dmz',
    act: ({ east }) => deleteNetwork(east, 'payments', 'old-dmz'),
  },
  {
    afterMs: PAUSE_MS,
    say: 'In the other cluster a pod and its network are deleted in one breath: kubectl --context demo-west -n lab delete --force pod/probe-1 net-attach-def/scratch',
    act: ({ west }) => {
      west.delete('Pod', 'lab', 'probe-1', { gracePeriodSeconds: 0 });
      deleteNetwork(west, 'lab', 'scratch');
    },
  },
  {
    afterMs: PAUSE_MS,
    say: 'A chart is uninstalled, and its network happens to go before its pod: helm --kube-context demo-west -n lab uninstall bench',
    act: ({ west }) => deleteNetwork(west, 'lab', 'bench'),
  },
  {
    afterMs: 1_000,
    say: '... and here goes the pod',
    act: ({ west }) => west.delete('Pod', 'lab', 'probe-2', { gracePeriodSeconds: 0 }),
  },
  {
    afterMs: PAUSE_MS,
    say: 'A whole namespace goes, with all that is in it: kubectl --context demo-east delete namespace staging',
    act: ({ east }) => {
      east.delete('Namespace', '', 'staging');
      east.finishNamespaceDeletion('staging');
    },
  },
  {
    afterMs: PAUSE_MS,
    say: 'Somebody does not give up and deletes the same network again and again: kubectl --context demo-west -n vms delete net-attach-def tenant-blue',
    act: deleteTenantBlue,
  },
  { afterMs: INSIST_MS, say: '... again', act: deleteTenantBlue },
  { afterMs: INSIST_MS, say: '... and again', act: deleteTenantBlue },
  { afterMs: INSIST_MS, say: '... and a fourth time', act: deleteTenantBlue },
];

interface DemoNetwork {
  readonly cluster: keyof DemoClusters;
  readonly namespace: string;
  readonly name: string;
}

/** Networks in use that somebody deletes after the story, one after the other. */
export const AFTER_THE_STORY: readonly DemoNetwork[] = [
  { cluster: 'east', namespace: 'payments', name: 'dmz' },
  { cluster: 'west', namespace: 'vms', name: 'tenant-green' },
  { cluster: 'east', namespace: 'telco', name: 'sriov-fronthaul' },
  { cluster: 'east', namespace: 'storage', name: 'backup' },
  { cluster: 'west', namespace: 'lab', name: 'metrics' },
  { cluster: 'east', namespace: 'telco', name: 'midhaul' },
  { cluster: 'east', namespace: 'storage', name: 'ceph-cluster' },
  { cluster: 'east', namespace: 'telco', name: 'timing' },
  { cluster: 'east', namespace: 'telco', name: 'oam' },
  { cluster: 'east', namespace: 'storage', name: 'ceph-public' },
];

/** Deletes it if it is there: whoever looks on may have let it stay away. */
export function deleteNetwork(server: Stage, namespace: string, name: string): void {
  if (server.get(NETWORK, namespace, name) !== undefined) server.delete(NETWORK, namespace, name);
}

function deleteTenantBlue({ west }: DemoClusters): void {
  deleteNetwork(west, 'vms', 'tenant-blue');
}
