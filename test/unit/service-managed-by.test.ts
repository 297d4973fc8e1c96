import { describe, expect, it } from 'vitest';
import { managedBy } from '../../main/guard/managed-by.ts';
import type { ObjectMeta } from '../../main/guard/manifest.ts';

function managerOf(metadata: Partial<ObjectMeta>): string | undefined {
  return managedBy({ metadata: { name: 'net', namespace: 'web', uid: 'u', ...metadata } });
}

const OWNER = { apiVersion: 'k8s.ovn.org/v1', kind: 'UserDefinedNetwork', name: 'blue', uid: 'u' };

describe('who manages a network', () => {
  it('is its owner before all others', () => {
    const annotations = { 'meta.helm.sh/release-name': 'chart' };
    expect(managerOf({ ownerReferences: [OWNER], annotations })).toBe('UserDefinedNetwork blue');
  });

  it('is the SR-IOV operator where its annotation stands for an owner reference', () => {
    const annotations = { 'sriovnetwork.openshift.io/owner-ref': 'SriovNetwork/blue' };
    expect(managerOf({ annotations })).toBe('SR-IOV operator (SriovNetwork/blue)');
  });

  it('is an owner also where the reference does not tell which', () => {
    expect(managerOf({ ownerReferences: [{ apiVersion: '', kind: '', name: '', uid: '' }] })).toBe(
      'an owner',
    );
  });

  it.each<[string, Partial<ObjectMeta>]>([
    [
      'Argo CD application shop',
      {
        annotations: {
          'argocd.argoproj.io/tracking-id': 'shop:k8s.cni.cncf.io/NetworkAttachmentDefinition:web/net',
        },
      },
    ],
    ['Flux kustomization infra', { labels: { 'kustomize.toolkit.fluxcd.io/name': 'infra' } }],
    ['Flux Helm release multus', { labels: { 'helm.toolkit.fluxcd.io/name': 'multus' } }],
    ['Helm release chart', { annotations: { 'meta.helm.sh/release-name': 'chart' } }],
    ['Helm', { labels: { 'app.kubernetes.io/managed-by': 'Helm' } }],
  ])('is %s by its mark', (manager, metadata) => {
    expect(managerOf(metadata)).toBe(manager);
  });

  it('is nobody where there is no mark', () => {
    expect(managerOf({})).toBeUndefined();
    expect(
      managerOf({ ownerReferences: [], labels: { 'app.kubernetes.io/managed-by': 'me' } }),
    ).toBeUndefined();
  });
});
