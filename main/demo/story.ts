/** What happens in the demo clusters. Each step is what somebody does; what NetKeeper does about it, one sees. */
import type { ApiServer } from './api-server/server.ts';

export interface DemoClusters {
  readonly east: ApiServer;
  readonly west: ApiServer;
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
    act: ({ east }) => east.delete(NETWORK, 'storage', 'ceph-public'),
  },
  {
    afterMs: PAUSE_MS,
    say: 'Somebody deletes a network that nothing uses: kubectl --context demo-east -n payments delete net-attach-def old-dmz',
    act: ({ east }) => east.delete(NETWORK, 'payments', 'old-dmz'),
  },
  {
    afterMs: PAUSE_MS,
    say: 'In the other cluster a pod and its network are deleted in one breath: kubectl --context demo-west -n lab delete --force pod/probe-1 net-attach-def/scratch',
    act: ({ west }) => {
      west.delete('Pod', 'lab', 'probe-1', { gracePeriodSeconds: 0 });
      west.delete(NETWORK, 'lab', 'scratch');
    },
  },
  {
    afterMs: PAUSE_MS,
    say: 'A chart is uninstalled, and its network happens to go before its pod: helm --kube-context demo-west -n lab uninstall bench',
    act: ({ west }) => west.delete(NETWORK, 'lab', 'bench'),
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

function deleteTenantBlue({ west }: DemoClusters): void {
  west.delete(NETWORK, 'vms', 'tenant-blue');
}
