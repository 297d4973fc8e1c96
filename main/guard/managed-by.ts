import type { NetworkObject } from './manifest.ts';

/**
 * Who makes and prunes a network, in words: its owner, Argo CD, Flux or Helm. Undefined where nobody has left a mark.
 * https://argo-cd.readthedocs.io/en/stable/user-guide/resource_tracking/
 * https://fluxcd.io/flux/components/kustomize/kustomizations/ (labels of what is applied)
 * https://helm.sh/docs/chart_best_practices/labels/
 */
export function managedBy({ metadata }: Pick<NetworkObject, 'metadata'>): string | undefined {
  const { ownerReferences = [], annotations = {}, labels = {} } = metadata;
  const [owner] = ownerReferences;
  if (owner !== undefined) return `${owner.kind} ${owner.name}`.trim() || 'an owner';
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
