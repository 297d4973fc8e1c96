/** Workloads and events: that they are served, in the smallest form that a real API server takes. */
import { describe, expect, it } from 'vitest';
import { makePod } from '../objects.ts';
import { namesOf, type Subject } from './cluster.ts';
import { PARTIAL_LIST, PARTIAL_TYPE } from './forms.ts';

const LABELS = { app: 'demo' };
const POD_SPEC = makePod('', '').spec;
const WORKLOAD = {
  selector: { matchLabels: LABELS },
  template: { metadata: { labels: LABELS }, spec: POD_SPEC },
};
const JOB = { template: { spec: { ...POD_SPEC, restartPolicy: 'Never' } } };

interface Example {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly content: (namespace: string) => object;
}

const EXAMPLES: readonly Example[] = [
  { apiVersion: 'apps/v1', kind: 'Deployment', plural: 'deployments', content: () => ({ spec: WORKLOAD }) },
  {
    ...{ apiVersion: 'apps/v1', kind: 'StatefulSet', plural: 'statefulsets' },
    content: () => ({ spec: { ...WORKLOAD, serviceName: 'demo' } }),
  },
  { apiVersion: 'apps/v1', kind: 'DaemonSet', plural: 'daemonsets', content: () => ({ spec: WORKLOAD }) },
  { apiVersion: 'apps/v1', kind: 'ReplicaSet', plural: 'replicasets', content: () => ({ spec: WORKLOAD }) },
  { apiVersion: 'batch/v1', kind: 'Job', plural: 'jobs', content: () => ({ spec: JOB }) },
  { apiVersion: 'events.k8s.io/v1', kind: 'Event', plural: 'events', content: makeEventContent },
];

export function resourceTests({ request, must, namespace }: Subject): void {
  describe('the other resources', () => {
    it('have groups that can be asked for, and 404 for one that is not served', async () => {
      expect(await must('GET', '/apis/apps/v1')).toMatchObject({
        kind: 'APIResourceList',
        groupVersion: 'apps/v1',
      });
      expect((await request('GET', '/apis/kubevirt.io/v1')).status).toBe(404);
    });

    it.each(EXAMPLES)('have $apiVersion $kind', async ({ apiVersion, kind, plural, content }) => {
      const web = await namespace(`resource-${plural}`);
      const path = `/apis/${apiVersion}/namespaces/${web}/${plural}`;
      const object = { apiVersion, kind, metadata: { name: 'one', namespace: web } };
      const { metadata: { uid } = {} } = await must('POST', path, { ...object, ...content(web) });
      expect(await must('GET', `${path}/one`)).toMatchObject({ ...object, metadata: { uid } });
      const list = await must('GET', path);
      expect(list).toMatchObject({ apiVersion, kind: `${kind}List` });
      expect(namesOf(list)).toEqual(['one']);

      const partial = await request('GET', `/apis/${apiVersion}/${plural}`, undefined, PARTIAL_LIST);
      const metadata = expect.objectContaining({ uid });
      expect(partial.body.items).toContainEqual({ ...PARTIAL_TYPE, metadata });
      const deleted = await must('DELETE', `${path}/one?propagationPolicy=Background`);
      expect(deleted).toMatchObject({ kind: 'Status', status: 'Success' });
      expect((await request('GET', `${path}/one`)).status).toBe(404);
    });
  });
}

/** The real server refuses an event whose `regarding` has another namespace than the event. */
function makeEventContent(namespace: string): object {
  return {
    eventTime: '2026-01-02T03:04:05.000006Z',
    reportingController: 'example.org/tester',
    reportingInstance: 'tester-1',
    action: 'Test',
    reason: 'Tested',
    type: 'Normal',
    regarding: { kind: 'Pod', name: 'pod', namespace },
  };
}
