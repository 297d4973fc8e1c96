import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  differences,
  type NetworkObject,
  readNetworkObject,
  restorableManifest,
  sameContent,
} from '../../main/guard/manifest.ts';

/** A network as an API server gives it, with everything that a restore has to leave behind. */
function seenNetwork(): unknown {
  return {
    apiVersion: 'k8s.cni.cncf.io/v1',
    kind: 'NetworkAttachmentDefinition',
    metadata: {
      name: 'foo-network',
      namespace: 'web',
      uid: '0c5b3c6e',
      resourceVersion: '4711',
      generation: 3,
      generateName: 'foo-',
      selfLink: '/apis/x',
      creationTimestamp: '2026-08-01T10:00:00Z',
      deletionTimestamp: '2026-08-02T10:00:00Z',
      deletionGracePeriodSeconds: 0,
      labels: { app: 'web' },
      annotations: { 'k8s.v1.cni.cncf.io/resourceName': 'intel.com/sriov' },
      finalizers: ['example.com/hold'],
      ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'c', uid: 'u', controller: true }],
      managedFields: [{ manager: 'kubectl-create', operation: 'Update' }],
    },
    spec: { config: '{ "type":"bridge",\n\t"vlan":1.0 }', other: { kept: [1, null] } },
  };
}

function read(value: unknown): NetworkObject {
  const network = readNetworkObject(value);
  if (network === undefined) throw new Error('not a network');
  return network;
}

describe('readNetworkObject', () => {
  test('reads what a server gives', () => {
    expect(read(seenNetwork())).toEqual({
      apiVersion: 'k8s.cni.cncf.io/v1',
      kind: 'NetworkAttachmentDefinition',
      metadata: {
        name: 'foo-network',
        namespace: 'web',
        uid: '0c5b3c6e',
        resourceVersion: '4711',
        creationTimestamp: '2026-08-01T10:00:00Z',
        deletionTimestamp: '2026-08-02T10:00:00Z',
        labels: { app: 'web' },
        annotations: { 'k8s.v1.cni.cncf.io/resourceName': 'intel.com/sriov' },
        finalizers: ['example.com/hold'],
        ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'c', uid: 'u', controller: true }],
        managedFields: [{ manager: 'kubectl-create' }],
      },
      spec: { config: '{ "type":"bridge",\n\t"vlan":1.0 }', other: { kept: [1, null] } },
    });
  });

  test.each([
    undefined,
    null,
    'text',
    [],
    {},
    { metadata: null },
    { metadata: [] },
    { metadata: { name: 'a' } },
    { metadata: { namespace: 'a' } },
    { metadata: { name: '', namespace: 'a' } },
    { metadata: { name: 1, namespace: 'a' } },
  ])('finds no network in %j', (value) => {
    expect(readNetworkObject(value)).toBeUndefined();
  });

  test('leaves out parts of a wrong type and keeps the rest', () => {
    const network = read({
      metadata: {
        name: 'a',
        namespace: 'b',
        uid: 7,
        resourceVersion: {},
        labels: { good: 'yes', bad: 1, worse: null },
        annotations: 'none',
        finalizers: ['kept', 1],
        ownerReferences: [null, { kind: 'Owner', controller: 'yes' }],
        managedFields: [{ manager: 1 }, 'x'],
      },
      spec: 'text',
    });
    expect(network).toEqual({
      apiVersion: 'k8s.cni.cncf.io/v1',
      kind: 'NetworkAttachmentDefinition',
      metadata: {
        name: 'a',
        namespace: 'b',
        uid: '',
        labels: { good: 'yes' },
        finalizers: ['kept'],
        ownerReferences: [{ apiVersion: '', kind: 'Owner', name: '', uid: '' }],
        managedFields: [{}],
      },
    });
  });

  test('keeps a label called __proto__ as a label', () => {
    const network = read(JSON.parse('{"metadata":{"name":"a","namespace":"b","labels":{"__proto__":"x"}}}'));
    expect(Object.entries(network.metadata.labels ?? {})).toEqual([['__proto__', 'x']]);
  });

  test('never throws, and gives a network that can be restored and compared', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.anything(), (value, metadata, spec) => {
        for (const candidate of [
          value,
          { metadata },
          { metadata: { name: 'a', namespace: 'b', ...Object(metadata) }, spec },
        ]) {
          const network = readNetworkObject(candidate);
          if (network === undefined) continue;
          restorableManifest(network);
          expect(differences(network, { spec: { config: 'x' } }).length).toBeLessThanOrEqual(10);
        }
      }),
    );
  });
});

describe('restorableManifest', () => {
  test('keeps name, namespace, labels, annotations and spec, and nothing else of the metadata', () => {
    expect(restorableManifest(read(seenNetwork()))).toEqual({
      apiVersion: 'k8s.cni.cncf.io/v1',
      kind: 'NetworkAttachmentDefinition',
      metadata: {
        name: 'foo-network',
        namespace: 'web',
        labels: { app: 'web' },
        annotations: { 'k8s.v1.cni.cncf.io/resourceName': 'intel.com/sriov' },
      },
      spec: { config: '{ "type":"bridge",\n\t"vlan":1.0 }', other: { kept: [1, null] } },
    });
  });

  test('keeps a network without spec, labels and annotations without them', () => {
    expect(restorableManifest(read({ metadata: { name: 'a', namespace: 'b', uid: 'u' } }))).toStrictEqual({
      apiVersion: 'k8s.cni.cncf.io/v1',
      kind: 'NetworkAttachmentDefinition',
      metadata: { name: 'a', namespace: 'b' },
    });
  });

  test('keeps other top-level keys, but no status', () => {
    const manifest = restorableManifest(
      read({ metadata: { name: 'a', namespace: 'b' }, data: { x: 1 }, status: { phase: 'old' } }),
    );
    expect(manifest).toHaveProperty('data', { x: 1 });
    expect(manifest).not.toHaveProperty('status');
  });

  test('leaves the deleted object as it was', () => {
    const network = read({ ...Object(seenNetwork()), status: { phase: 'old' } });
    const before = structuredClone(network);
    restorableManifest(network);
    expect(network).toStrictEqual(before);
  });

  test('gives back any spec, labels and annotations exactly', () => {
    const texts = fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }));
    const spec = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(texts, texts, spec, (labels, annotations, spec) => {
        const seen = JSON.stringify({ metadata: { name: 'a', namespace: 'b', labels, annotations }, spec });
        const created = JSON.parse(JSON.stringify(restorableManifest(read(JSON.parse(seen)))));
        expect(created.metadata.labels).toStrictEqual(JSON.parse(seen).metadata.labels);
        expect(created.metadata.annotations).toStrictEqual(JSON.parse(seen).metadata.annotations);
        expect(created.spec).toStrictEqual(JSON.parse(seen).spec);
      }),
    );
  });
});

describe('sameContent', () => {
  test('does not look at the order of keys, labels, annotations or the uid', () => {
    const a = read({
      metadata: { name: 'a', namespace: 'b', uid: '1' },
      spec: { x: 1, y: { p: 1, q: [2] } },
    });
    const b = read({
      metadata: { name: 'a', namespace: 'b', uid: '2', labels: { l: 'm' } },
      spec: { y: { q: [2], p: 1 }, x: 1 },
    });
    expect(sameContent(a, b)).toBe(true);
  });

  test('tells a config apart that differs in one space', () => {
    expect(sameContent({ spec: { config: '{}' } }, { spec: { config: '{ }' } })).toBe(false);
  });

  test('takes no spec and an empty spec for the same', () => {
    expect(sameContent({}, { spec: {} })).toBe(true);
  });

  test('says yes to every copy of a spec, and to no spec with one more key', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (spec) => {
        const copy = structuredClone(spec);
        expect(sameContent({ spec }, { spec: copy })).toBe(true);
        expect(sameContent({ spec }, { spec: { ...copy, 'one more key': null } })).toBe(false);
      }),
    );
  });

  test('compares specs nested deeper than the stack', () => {
    const deep = (end: string): unknown => JSON.parse(`${'['.repeat(200_000)}${end}${']'.repeat(200_000)}`);
    expect(sameContent({ spec: { a: deep('1') } }, { spec: { a: deep('1') } })).toBe(true);
    expect(sameContent({ spec: { a: deep('1') } }, { spec: { a: deep('2') } })).toBe(false);
  });
});

describe('differences', () => {
  test.each([
    [{ config: 'a' }, { config: 'b' }, ['spec.config']],
    [{ config: 'a' }, {}, ['spec.config']],
    [{}, { config: 'a' }, ['spec.config']],
    [{ a: { b: [1, { c: 2 }] } }, { a: { b: [1, { c: 3 }] } }, ['spec.a.b.1.c']],
    [{ a: [1] }, { a: [1, 2] }, ['spec.a.1']],
    [{ a: [] }, { a: {} }, ['spec.a']],
    [{ a: null }, { a: {} }, ['spec.a']],
    [{ a: 1, b: { c: 1 } }, { b: { c: 2 }, a: 2 }, ['spec.a', 'spec.b.c']],
  ])('between %j and %j are %j', (left, right, expected) => {
    expect(differences({ spec: left }, { spec: right })).toEqual(expected);
  });

  test('are at most ten, and short', () => {
    const many = Object.fromEntries(Array.from({ length: 300_000 }, (_, index) => [`key${index}`, index]));
    expect(differences({ spec: many }, {})).toHaveLength(10);
    const [path] = differences({ spec: { ['x'.repeat(1_000_000)]: 1 } }, {});
    expect(path).toHaveLength(100);
  });
});
