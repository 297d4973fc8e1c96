import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OwnerPool, readOwner } from '../../main/guard/owners.ts';
import { UsageIndex } from '../../main/guard/usage.ts';
import type { UserKind } from '../../main/guard/users.ts';
import { readPod } from '../../main/guard/users.ts';
import { NETWORKS_ANNOTATION } from '../support/objects.ts';

const controller = (kind: string, name: string) => ({
  apiVersion: 'v1',
  kind,
  name,
  uid: 'u',
  controller: true,
});
const owned = (kind: string, name: string, labels?: object) => ({
  ownerReferences: [controller(kind, name)],
  ...(labels !== undefined && { labels }),
});
const podOf = (kind: string, name: string, labels?: object) => ({
  metadata: {
    namespace: 'web',
    name: `pod-of-${name}`,
    uid: 'uid',
    annotations: { [NETWORKS_ANNOTATION]: 'net' },
    ...owned(kind, name, labels),
  },
});

describe('what made a pod', () => {
  it.each(['StatefulSet', 'DaemonSet', 'Job', 'VirtualMachineInstance', 'Node', 'SomethingNew'])(
    'is its controller, such as a %s',
    (kind) => {
      expect(readOwner(owned(kind, 'app-0'))).toEqual({ kind, name: 'app-0' });
    },
  );

  it('is the Deployment whose hash the name of its ReplicaSet ends with', () => {
    const labels = { 'pod-template-hash': '7d4b9c5f6' };
    expect(readOwner(owned('ReplicaSet', 'web-app-7d4b9c5f6', labels))).toEqual({
      kind: 'Deployment',
      name: 'web-app',
    });
  });

  it("is Argo's Rollout where the hash has Argo's name", () => {
    const labels = { 'rollouts-pod-template-hash': '7d4b9c5f6' };
    expect(readOwner(owned('ReplicaSet', 'web-7d4b9c5f6', labels))).toEqual({ kind: 'Rollout', name: 'web' });
  });

  it.each([
    ['there is no hash', 'web-7d4b9c5f6', {}],
    ['it ends with another one', 'web-7d4b9c5f6', { 'pod-template-hash': 'abc' }],
    ['the hash is a part of a longer word', 'web-x7d4', { 'pod-template-hash': '7d4' }],
    ['there would be no name left', '-abc', { 'pod-template-hash': 'abc' }],
    ['the hash is no text', 'web-1', { 'pod-template-hash': 1 }],
    ['the hash is empty', 'web-', { 'pod-template-hash': '' }],
  ])('is the ReplicaSet itself where %s', (_, name, labels) => {
    expect(readOwner(owned('ReplicaSet', name, labels))).toEqual({ kind: 'ReplicaSet', name });
  });

  it('is nothing for a pod without an owner that controls it', () => {
    const { controller: _, ...mere } = controller('ConfigMap', 'app');
    expect(readOwner({})).toBeUndefined();
    expect(readOwner({ ownerReferences: [] })).toBeUndefined();
    expect(readOwner({ ownerReferences: [mere] })).toBeUndefined();
    expect(readOwner({ ownerReferences: [mere, controller('Job', 'run')] })).toEqual({
      kind: 'Job',
      name: 'run',
    });
  });

  it('is texts or nothing, whatever the server sends', () => {
    const anyOwner = fc.oneof(
      fc.jsonValue(),
      fc.record({
        kind: fc.oneof(fc.constantFrom('ReplicaSet', 'Job'), fc.jsonValue()),
        name: fc.oneof(fc.constantFrom('a-b', '-b', ''), fc.jsonValue()),
        controller: fc.oneof(fc.boolean(), fc.jsonValue()),
      }),
    );
    const anyLabels = fc.oneof(
      fc.jsonValue(),
      fc.record({ 'pod-template-hash': fc.oneof(fc.constantFrom('b', ''), fc.jsonValue()) }),
    );
    const anyMetadata = fc.oneof(
      fc.jsonValue(),
      fc.record({ ownerReferences: fc.oneof(fc.jsonValue(), fc.array(anyOwner)), labels: anyLabels }),
    );
    fc.assert(
      fc.property(anyMetadata, (metadata) => {
        const owner = readOwner(metadata);
        if (owner === undefined) return;
        for (const text of [owner.kind, owner.name]) expect(text).toMatch(/./s);
      }),
      { numRuns: 500 },
    );
  });
});

describe('pods of one owner', () => {
  it('share it as one object when they are read with one pool', () => {
    const owners = new OwnerPool();
    const labels = { 'pod-template-hash': 'abc' };
    const [one, two] = [1, 2].map(() => readPod(podOf('ReplicaSet', 'web-abc', labels), owners));
    expect(one?.owner).toEqual({ kind: 'Deployment', name: 'web' });
    expect(two?.owner).toBe(one?.owner);
    expect(readPod(podOf('StatefulSet', 'web'), owners)?.owner).toEqual({ kind: 'StatefulSet', name: 'web' });
  });

  it('have the right one however many there were before', () => {
    const owners = new OwnerPool();
    for (let number = 0; number < 50_000; number += 1) {
      expect(owners.share({ kind: 'Job', name: `job-${number}` }).name).toBe(`job-${number}`);
    }
    const again = owners.share({ kind: 'Job', name: 'job-0' });
    expect(again).toEqual({ kind: 'Job', name: 'job-0' });
    expect(owners.share({ kind: 'Job', name: 'job-0' })).toBe(again);
  });
});

describe('what made a pod, seen beside the workloads that name networks', () => {
  const makerOf = (kind: string, name: string, known: readonly (readonly [UserKind, string, string?])[]) => {
    const usage = new UsageIndex();
    for (const [knownKind, knownName, namespace = 'web'] of known) {
      const attachments = [{ network: 'web/net' }];
      usage.set({ kind: knownKind, namespace, name: knownName, uid: 'u', attachments });
    }
    const pod = readPod(podOf(kind, name));
    return pod && usage.makerOf(pod);
  };

  it('is the VirtualMachine of the instance where there is one', () => {
    const instance = { kind: 'VirtualMachineInstance', name: 'db' };
    expect(makerOf('VirtualMachineInstance', 'db', [['VirtualMachine', 'db']])).toEqual({
      kind: 'VirtualMachine',
      name: 'db',
    });
    expect(makerOf('VirtualMachineInstance', 'db', [])).toEqual(instance);
    expect(makerOf('VirtualMachineInstance', 'db', [['VirtualMachine', 'db', 'other']])).toEqual(instance);
  });

  it('is the CronJob of the Job where there is one, and the Job is not known to stand alone', () => {
    const job = { kind: 'Job', name: 'backup-28934820' };
    expect(makerOf(job.kind, job.name, [['CronJob', 'backup']])).toEqual({ kind: 'CronJob', name: 'backup' });
    expect(makerOf(job.kind, job.name, [])).toEqual(job);
    expect(makerOf('Job', 'backup', [['CronJob', 'backup']])).toEqual({ kind: 'Job', name: 'backup' });
    const both = [
      ['CronJob', 'backup'],
      ['Job', job.name],
    ] as const;
    expect(makerOf(job.kind, job.name, both)).toEqual(job);
  });

  it('is nothing where nothing made it', () => {
    const usage = new UsageIndex();
    const { ownerReferences: _, ...metadata } = podOf('Job', 'x').metadata;
    const pod = readPod({ metadata });
    expect(pod).toBeDefined();
    expect(pod && usage.makerOf(pod)).toBeUndefined();
  });
});
