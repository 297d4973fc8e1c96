import { count, formatNumber } from '../numbers.ts';

/** What networks of a type ride on, as a noun. A Map, because types are of clusters and may be `constructor`. */
const PARENT_KINDS: ReadonlyMap<string, string> = new Map([
  ['bridge', 'Bridge'],
  ['ovs', 'Bridge'],
  ['tap', 'Bridge'],
  ['macvlan', 'Interface'],
  ['ipvlan', 'Interface'],
  ['ipoib', 'Interface'],
  ['vlan', 'Interface'],
  ['sriov', 'Device pool'],
  ['macvtap', 'Device pool'],
  ['host-device', 'Device'],
  ['ovn-k8s-cni-overlay', 'Physical network'],
  ['kube-ovn', 'Provider'],
]);

const KINDS: ReadonlyMap<string, string> = new Map([
  ['Pod', 'pod'],
  ['Deployment', 'Deployment'],
  ['StatefulSet', 'StatefulSet'],
  ['DaemonSet', 'DaemonSet'],
  ['ReplicaSet', 'ReplicaSet'],
  ['Job', 'Job'],
  ['CronJob', 'CronJob'],
  ['VirtualMachine', 'virtual machine'],
]);

const attachments = (value: number) => (value === 0 ? 'no attachments' : count(value, 'attachment'));
const networks = (value: number) => count(value, 'network');
const workloads = (value: number) => count(value, 'workload');
const pods = (value: number) => (value === 0 ? 'no pod yet' : count(value, 'pod'));

export const map = {
  title: 'Map',
  loading: 'Opening the map',
  asking: (context: string) => `Asking who uses which network on ${context}`,
  failed: 'Who uses which network is not known',
  askedBefore: 'The picture is as it was before.',
  noneMatch: 'Nothing on the map matches',
  noneMatchWhat: 'No network, and nothing that uses one, holds these words in this namespace.',
  showAll: 'Show all',

  /** The picture in a sentence. */
  sentence: (shown: { networks: number; workloads: number; attachments: number }) =>
    `${networks(shown.networks)}, used by ${workloads(shown.workloads)} with ${count(shown.attachments, 'attachment')}.`,
  missing: (value: number) =>
    value === 1 ? 'One network is missing.' : `${formatNumber(value)} networks are missing.`,
  omitted: (value: number) => `${count(value, 'more workload')} ${value === 1 ? 'is' : 'are'} not shown.`,
  picture: (context: string) => `Map of ${context}`,
  help: 'Arrow keys go from one to the next, left and right along the lines. Enter opens. The same is there as a table.',

  context: 'Cluster on the map',
  namespace: 'Namespace',
  allNamespaces: 'All namespaces',
  grouping: 'Grouping',
  groupings: {
    auto: 'Grouped as it fits',
    none: 'Not grouped',
    namespace: 'By namespace',
    owner: 'By kind of owner',
  },
  filter: 'Filter the map',
  filterHint: 'Network or workload',
  look: 'Show as',
  looks: { picture: 'Picture', table: 'Table' },
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fit: 'Show all of it',

  columns: ['Rides on', 'Networks', 'Used by'],
  legend: {
    label: 'What the lines mean',
    weight: 'Wider: more attachments',
    template: 'Dotted: template only',
    gone: 'Dashed: not there',
  },

  noParent: 'No parent interface',
  parentKind: (types: readonly string[]) =>
    types.map((type) => PARENT_KINDS.get(type)).find((kind) => kind !== undefined),
  kind: (kind: string) => {
    const known = KINDS.get(kind) ?? kind;
    return known.charAt(0).toUpperCase() + known.slice(1);
  },
  attachments,
  networks,
  workloads,
  pods,
  /** A name follows. */
  groups: {
    namespace: (what: string) => `${what} in`,
    parent: (what: string) => `${what} on`,
    noParent: (what: string) => `${what} on nothing with a name`,
  },
  others: (value: number, what: string) => `${formatNumber(value)} other ${what}${value === 1 ? '' : 's'}`,
  more: (value: number) => `${formatNumber(value)} more`,
  missingNetworks: (value: number) => count(value, 'missing network'),
  ofKind: (value: number, kind: string) => {
    const known = KINDS.get(kind);
    return known === undefined ? `${workloads(value)} of kind ${kind}` : count(value, known);
  },
  things: ['interface', 'network', 'workload'],
  stateCount: (value: number, state: string) => `${formatNumber(value)} ${state.toLowerCase()}`,

  table: {
    title: 'Who uses which network',
    network: 'Network',
    state: 'State',
    parent: 'Rides on',
    workload: 'Used by',
    pods: 'Pods',
    attachments: 'Attachments',
    nobody: 'nobody',
    noParent: 'none',
    unknown: 'unknown',
  },
  panel: {
    label: 'Workload',
    close: 'Close the workload',
    networks: 'Networks',
    pods: 'Pods',
    loading: 'Reading its pods',
    unknown: 'Its pods could not be read.',
    none: 'No pod of it is there now.',
    more: (value: number) => `and ${formatNumber(value)} more`,
    template: 'asked for by its template',
  },
} as const;
