import type { NetworkObject } from './manifest.ts';

/** An owner reference cannot point into another namespace; the SR-IOV operator then leaves this in its place. */
const SRIOV_OWNER = 'sriovnetwork.openshift.io/owner-ref';

/** Who makes the network again by itself if it goes, in words; undefined where nobody does. */
export function ownerOf({ metadata }: Pick<NetworkObject, 'metadata'>): string | undefined {
  const owner = metadata.ownerReferences?.[0];
  if (owner !== undefined) return `${owner.kind} ${owner.name}`.trim() || 'an owner';
  const sriov = metadata.annotations?.[SRIOV_OWNER];
  return sriov ? `SR-IOV operator (${sriov})` : undefined;
}

/**
 * Who makes and prunes a network, in words: its owner, Argo CD, Flux or Helm. Undefined where nobody has left a mark.
 * https://argo-cd.readthedocs.io/en/stable/user-guide/resource_tracking/
 * https://fluxcd.io/flux/components/kustomize/kustomizations/ (labels of what is applied)
 * https://helm.sh/docs/chart_best_practices/labels/
 */
export function managedBy({ metadata }: Pick<NetworkObject, 'metadata'>): string | undefined {
  const { annotations = {}, labels = {} } = metadata;
  const owner = ownerOf({ metadata });
  if (owner !== undefined) return owner;
  // `APP:GROUP/KIND:NAMESPACE/NAME`
  const argo = annotations['argocd.argoproj.io/tracking-id']?.split(':')[0];
  if (argo) return `Argo CD application ${argo}`;
  const kustomization = labels['kustomize.toolkit.fluxcd.io/name'];
  if (kustomization) return `Flux kustomization ${kustomization}`;
  const fluxRelease = labels['helm.toolkit.fluxcd.io/name'];
  if (fluxRelease) return `Flux Helm release ${fluxRelease}`;
  const release = annotations['meta.helm.sh/release-name'];
  if (release) return `Helm release ${release}`;
  return labels['app.kubernetes.io/managed-by'] === 'Helm' ? 'Helm' : undefined;
}
