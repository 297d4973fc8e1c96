/** The resources that the in-memory API server knows. */

export type Kind =
  | 'Namespace'
  | 'Pod'
  | 'Event'
  | 'Deployment'
  | 'StatefulSet'
  | 'DaemonSet'
  | 'ReplicaSet'
  | 'Job'
  | 'CronJob'
  | 'NetworkAttachmentDefinition'
  | 'VirtualMachine';

export interface Resource {
  readonly kind: Kind;
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly namespaced: boolean;
  /** Defined by a CRD: its JSON has sorted keys, its objects carry kind and apiVersion in lists too. */
  readonly custom: boolean;
}

const builtIn = { namespaced: true, custom: false };
const apps = { ...builtIn, group: 'apps', version: 'v1' };
const batch = { ...builtIn, group: 'batch', version: 'v1' };
const custom = { namespaced: true, custom: true, version: 'v1' };

export const RESOURCES: Readonly<Record<Kind, Resource>> = {
  Namespace: {
    kind: 'Namespace',
    group: '',
    version: 'v1',
    plural: 'namespaces',
    namespaced: false,
    custom: false,
  },
  Pod: { ...builtIn, kind: 'Pod', group: '', version: 'v1', plural: 'pods' },
  Event: { ...builtIn, kind: 'Event', group: 'events.k8s.io', version: 'v1', plural: 'events' },
  Deployment: { ...apps, kind: 'Deployment', plural: 'deployments' },
  StatefulSet: { ...apps, kind: 'StatefulSet', plural: 'statefulsets' },
  DaemonSet: { ...apps, kind: 'DaemonSet', plural: 'daemonsets' },
  ReplicaSet: { ...apps, kind: 'ReplicaSet', plural: 'replicasets' },
  Job: { ...batch, kind: 'Job', plural: 'jobs' },
  CronJob: { ...batch, kind: 'CronJob', plural: 'cronjobs' },
  NetworkAttachmentDefinition: {
    ...custom,
    kind: 'NetworkAttachmentDefinition',
    group: 'k8s.cni.cncf.io',
    plural: 'network-attachment-definitions',
  },
  VirtualMachine: { ...custom, kind: 'VirtualMachine', group: 'kubevirt.io', plural: 'virtualmachines' },
};

export const ALL_RESOURCES: readonly Resource[] = Object.values(RESOURCES);

export function isKind(kind: unknown): kind is Kind {
  return typeof kind === 'string' && Object.hasOwn(RESOURCES, kind);
}

export function apiVersionOf({ group, version }: Resource): string {
  return group ? `${group}/${version}` : version;
}

/** As messages name a resource: `pods`, `network-attachment-definitions.k8s.cni.cncf.io`. */
export function qualified(name: string, group: string): string {
  return group ? `${name}.${group}` : name;
}
