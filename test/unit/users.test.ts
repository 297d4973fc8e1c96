import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPod, readWorkload, WORKLOAD_KINDS, type WorkloadKind } from '../../main/guard/users.ts';

const NETWORKS = 'k8s.v1.cni.cncf.io/networks';
const STATUS = 'k8s.v1.cni.cncf.io/network-status';
const OLD_STATUS = 'k8s.v1.cni.cncf.io/networks-status';
const DEFAULT = 'v1.multus-cni.io/default-network';

const metadata = { namespace: 'web', name: 'user', uid: 'uid-1' };
const pod = (annotations: object) => ({ metadata: { ...metadata, annotations } });
const template = (annotations: object) => ({ metadata: { annotations } });
const NAMES_NET = template({ [NETWORKS]: 'net' });
const statusOf = (...entries: object[]) => JSON.stringify(entries);

function networksOf(user: ReturnType<typeof readPod>): string[] | undefined {
  return user?.attachments.map(({ network }) => network);
}

describe('a pod', () => {
  it('uses the networks of its annotation, each as often as it is named', () => {
    const user = readPod(pod({ [NETWORKS]: 'net, other/far@eth7, net' }));
    expect(user).toMatchObject({ kind: 'Pod', namespace: 'web', name: 'user', uid: 'uid-1' });
    expect(user?.attachments).toEqual([
      { network: 'web/net' },
      { network: 'other/far', interface: 'eth7' },
      { network: 'web/net' },
    ]);
  });

  it('is no user without annotations, or with ones that name nothing', () => {
    expect(readPod({ metadata })).toBeUndefined();
    expect(readPod(pod({}))).toBeUndefined();
    expect(readPod(pod({ [NETWORKS]: '' }))).toBeUndefined();
  });

  it('uses its own default network', () => {
    expect(readPod(pod({ [DEFAULT]: 'infra/net' }))?.attachments).toEqual([{ network: 'infra/net' }]);
  });

  it('may mean either of two by a bare default network', () => {
    const user = readPod(pod({ [DEFAULT]: 'net' }));
    expect(networksOf(user)?.sort()).toEqual(['kube-system/net', 'web/net']);
    expect(user?.attachments.every(({ ambiguous }) => ambiguous)).toBe(true);
  });

  it.each([STATUS, OLD_STATUS])('uses what %s says is attached, though it is asked for no more', (name) => {
    const status = statusOf(
      { name: 'cluster-default', default: true },
      { name: 'web/net', interface: 'net1' },
    );
    expect(readPod(pod({ [name]: status }))?.attachments).toMatchObject([
      { network: 'web/net', interface: 'net1', isStatusOnly: true },
    ]);
  });

  it('counts a network once that is asked for and attached', () => {
    const status = statusOf({ name: 'web/net', interface: 'net1', ips: ['10.0.0.2'] });
    expect(networksOf(readPod(pod({ [NETWORKS]: 'net', [STATUS]: status })))).toEqual(['web/net']);
  });

  it('with a bad annotation is told with the reason, and uses none of what is in it', () => {
    const user = readPod(pod({ [NETWORKS]: 'net, a/b/c' }));
    expect(user?.attachments).toEqual([]);
    expect(user?.problem).toMatch(/^k8s\.v1\.cni\.cncf\.io\/networks: ./);
  });

  it('with a bad annotation still uses what another one names', () => {
    const user = readPod(
      pod({ [NETWORKS]: 'a/b/c', [DEFAULT]: 'infra/net', [STATUS]: statusOf({ name: 'web/x' }) }),
    );
    expect(networksOf(user)).toEqual(['infra/net', 'web/x']);
    expect(user?.problem).toBeDefined();
  });

  it('with a status that cannot be read uses what it asks for', () => {
    expect(networksOf(readPod(pod({ [NETWORKS]: 'net', [STATUS]: 'not JSON' })))).toEqual(['web/net']);
  });

  it('may be its metadata alone', () => {
    const partial = { kind: 'PartialObjectMetadata', ...pod({ [NETWORKS]: 'net' }) };
    expect(networksOf(readPod(partial))).toEqual(['web/net']);
  });
});

describe('a workload', () => {
  const owned = { ...metadata, ownerReferences: [{ kind: 'Deployment', name: 'app', uid: 'u' }] };

  it.each<WorkloadKind>(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'VirtualMachine'])(
    'of kind %s refers to the networks of its template, not of its own annotations',
    (kind) => {
      const object = {
        metadata: { ...metadata, annotations: { [NETWORKS]: 'own' } },
        spec: { template: NAMES_NET },
      };
      const user = readWorkload(kind, object);
      expect(user?.kind).toBe(kind);
      expect(networksOf(user)).toEqual(['web/net']);
    },
  );

  it('of kind CronJob has its template in that of the Job', () => {
    const spec = { jobTemplate: { spec: { template: NAMES_NET } } };
    expect(networksOf(readWorkload('CronJob', { metadata, spec }))).toEqual(['web/net']);
    expect(readWorkload('CronJob', { metadata, spec: { template: NAMES_NET } })).toBeUndefined();
  });

  it.each<WorkloadKind>(['ReplicaSet', 'Job'])(
    'of kind %s does not count where another one owns it',
    (kind) => {
      expect(readWorkload(kind, { metadata: owned, spec: { template: NAMES_NET } })).toBeUndefined();
    },
  );

  it('of another kind counts also where something owns it', () => {
    expect(readWorkload('Deployment', { metadata: owned, spec: { template: NAMES_NET } })).toBeDefined();
  });

  it.each(['Complete', 'Failed'])('that is a Job and %s refers to nothing any more', (type) => {
    const job = {
      metadata,
      spec: { template: NAMES_NET },
      status: { conditions: [{ type, status: 'True' }] },
    };
    expect(readWorkload('Job', job)).toBeUndefined();
  });

  it('that is a Job and not at its end still does', () => {
    const conditions = [{ type: 'Suspended', status: 'True' }, { type: 'Complete', status: 'False' }, null];
    expect(
      readWorkload('Job', { metadata, spec: { template: NAMES_NET }, status: { conditions } }),
    ).toBeDefined();
  });

  it('that is a VirtualMachine refers to the Multus networks of its spec too, also when it is stopped', () => {
    const networks = [
      { name: 'default', pod: {} },
      { name: 'one', multus: { networkName: 'net' } },
      { name: 'two', multus: { networkName: 'other/far', default: true } },
      { name: 'three', multus: { networkName: '' } },
    ];
    const object = {
      metadata,
      spec: { running: false, template: { ...template({ [NETWORKS]: 'annotated' }), spec: { networks } } },
    };
    expect(networksOf(readWorkload('VirtualMachine', object))).toEqual([
      'web/annotated',
      'web/net',
      'other/far',
    ]);
    expect(networksOf(readWorkload('Deployment', object))).toEqual(['web/annotated']);
  });

  it('does not refer to what the status in its template says', () => {
    const spec = { template: template({ [STATUS]: statusOf({ name: 'web/net' }) }) };
    expect(readWorkload('Deployment', { metadata, spec })).toBeUndefined();
  });
});

describe('whatever the server sends', () => {
  const anyJson = fc.jsonValue();
  const anyAnnotations = fc.oneof(
    anyJson,
    fc.dictionary(
      fc.constantFrom(NETWORKS, STATUS, OLD_STATUS, DEFAULT),
      fc.oneof(anyJson, fc.string(), fc.json()),
    ),
  );
  const anyMetadata = fc.oneof(
    anyJson,
    fc.record({
      namespace: fc.oneof(fc.constant('web'), anyJson),
      name: fc.oneof(fc.constant('user'), anyJson),
      uid: fc.constant('u'),
      annotations: anyAnnotations,
      ownerReferences: anyJson,
    }),
  );
  const anyTemplate = fc.oneof(
    anyJson,
    fc.record({
      metadata: fc.record({ annotations: anyAnnotations }),
      spec: fc.oneof(
        anyJson,
        fc.record({
          networks: fc.array(
            fc.oneof(anyJson, fc.record({ multus: fc.oneof(anyJson, fc.record({ networkName: anyJson })) })),
          ),
        }),
      ),
    }),
  );
  const anyObject = fc.oneof(
    anyJson,
    fc.record({
      metadata: anyMetadata,
      spec: fc.oneof(
        anyJson,
        fc.record({
          template: anyTemplate,
          jobTemplate: fc.record({ spec: fc.record({ template: anyTemplate }) }),
        }),
      ),
      status: fc.oneof(anyJson, fc.record({ conditions: fc.oneof(anyJson, fc.array(anyJson)) })),
    }),
  );

  it('gives a user whose parts are what they should be, or none, and never throws', () => {
    fc.assert(
      fc.property(anyObject, fc.constantFrom(...WORKLOAD_KINDS), (object, kind) => {
        for (const user of [readPod(object), readWorkload(kind, object)]) {
          if (user === undefined) continue;
          const { namespace, name, uid, attachments } = user;
          expect([namespace, name, uid].every((text) => typeof text === 'string')).toBe(true);
          for (const { network } of attachments) expect(network).toContain('/');
        }
      }),
      { numRuns: 500 },
    );
  });
});
