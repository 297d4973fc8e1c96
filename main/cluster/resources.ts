import type { WorkloadKind } from '../guard/users.ts';

/** A collection that is listed and watched. */
export interface Resource {
  readonly kind: string;
  /** Path up to the version, for example `/apis/apps/v1`. */
  readonly root: string;
  readonly plural: string;
  /** API group, '' for the core group; for access reviews and remedies. */
  readonly group: string;
  /** Ask the server for metadata alone (PartialObjectMetadata). */
  readonly metadataOnly: boolean;
  readonly fieldSelector?: string;
}

export const NETWORKS: Resource = {
  kind: 'NetworkAttachmentDefinition',
  root: '/apis/k8s.cni.cncf.io/v1',
  plural: 'network-attachment-definitions',
  group: 'k8s.cni.cncf.io',
  metadataOnly: false,
};

/** Pods that are alive. A pod that ends leaves the selector, and the watch then says DELETED. */
export const PODS: Resource = {
  kind: 'Pod',
  root: '/api/v1',
  plural: 'pods',
  group: '',
  metadataOnly: true,
  fieldSelector: 'status.phase!=Succeeded,status.phase!=Failed',
};

const workload = (kind: WorkloadKind, group: string, version: string, plural: string) => ({
  kind,
  root: `/apis/${group}/${version}`,
  plural,
  group,
  metadataOnly: false,
});

/** Read whole, for their pod template is not in the metadata. VirtualMachine is served only with KubeVirt. */
export const WORKLOADS: readonly (Resource & { readonly kind: WorkloadKind })[] = [
  workload('Deployment', 'apps', 'v1', 'deployments'),
  workload('StatefulSet', 'apps', 'v1', 'statefulsets'),
  workload('DaemonSet', 'apps', 'v1', 'daemonsets'),
  workload('ReplicaSet', 'apps', 'v1', 'replicasets'),
  workload('Job', 'batch', 'v1', 'jobs'),
  workload('CronJob', 'batch', 'v1', 'cronjobs'),
  workload('VirtualMachine', 'kubevirt.io', 'v1', 'virtualmachines'),
];

/** What a right is about, as access reviews and remedies name it. */
export type ResourceName = Pick<Resource, 'group' | 'plural'>;

export const NAMESPACES: ResourceName = { group: '', plural: 'namespaces' };
export const EVENTS: ResourceName = { group: 'events.k8s.io', plural: 'events' };

/** Path of a collection in one namespace or (undefined) in all, with the query given. */
export function collectionPath(
  resource: Resource,
  namespace: string | undefined,
  query: Readonly<Record<string, string>> = {},
): string {
  const scope = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  const search = new URLSearchParams(query).toString();
  return `${resource.root}${scope}/${resource.plural}${search === '' ? '' : `?${search}`}`;
}

/** `pods`, `deployments.apps`: as kubectl and RBAC errors name it. */
export function qualifiedName(resource: ResourceName): string {
  return resource.group === '' ? resource.plural : `${resource.plural}.${resource.group}`;
}
