import { readJson } from './go-json.ts';

/** What a person wants to know of a network. `summary` says it in one line. */
export type NetworkDescription = NetworkOnNodes | UnreadableNetwork | PluginNetwork;

/** The network has no configuration of its own: each node holds one under the network's name. */
export interface NetworkOnNodes {
  readonly kind: 'onNodes';
  readonly summary: string;
}

/** The configuration is not one, or cannot be parsed: show it as it is. */
export interface UnreadableNetwork {
  readonly kind: 'unreadable';
  /** One sentence. */
  readonly reason: string;
  readonly summary: string;
}

export interface PluginNetwork {
  readonly kind: 'plugin';
  /** Of the main plugin, such as `macvlan`. */
  readonly type: string;
  /** What the network stands on: an interface, bridge, device, pool of devices or physical network. */
  readonly parent?: string;
  /** `300`, or `trunk 100–110 and 200`. */
  readonly vlan?: string;
  /** Subnets, ranges or addresses, as the configuration writes them. */
  readonly subnets: readonly string[];
  /** Who gives out addresses, such as `whereabouts`. */
  readonly ipam?: string;
  /** Further facts in words, such as `MTU 9000`. */
  readonly details: readonly string[];
  /** Types of the plugins that run after the main one. */
  readonly chained: readonly string[];
  readonly summary: string;
}

type Config = Readonly<Record<string, unknown>>;

const RESOURCE_NAME = 'k8s.v1.cni.cncf.io/resourceName';

/** Where each type says what it stands on; the first key that is set counts. Other types may use any of them. */
const PARENT_KEYS: ReadonlyMap<string, readonly string[]> = new Map([
  ['bridge', ['bridge']],
  ['macvlan', ['master']],
  ['ipvlan', ['master']],
  ['ipoib', ['master']],
  ['vlan', ['master']],
  ['sriov', []],
  ['macvtap', []],
  ['host-device', ['device', 'hwaddr', 'pciBusID']],
  ['ovn-k8s-cni-overlay', ['physicalNetworkName']],
  ['tap', ['bridge']],
  ['ptp', []],
  ['ovs', ['bridge']],
  ['kube-ovn', ['provider']],
  ['egress-router', []],
]);
const ANY_PARENT_KEY = ['master', 'bridge', 'device', 'physicalNetworkName', 'provider'];

/** What the plugin takes where the configuration names nothing (containernetworking/plugins). */
const DEFAULT_PARENTS: ReadonlyMap<string, string> = new Map([
  ['bridge', 'cni0'],
  ['macvlan', "the default route's interface"],
  ['ipvlan', "the default route's interface"],
]);

/** Types that give no addresses without an IPAM. Of types that we do not know we cannot say so. */
const LAYER_2_TYPES: ReadonlySet<string> = new Set([
  'bridge',
  'macvlan',
  'ipvlan',
  'ipoib',
  'vlan',
  'sriov',
  'macvtap',
  'host-device',
  'tap',
  'ovs',
]);

const DETAILS = [
  ['topology', 'topology'],
  ['role', 'role'],
  ['mode', 'mode'],
  ['mtu', 'MTU'],
  ['trust', 'trust'],
  ['spoofchk', 'spoof check'],
] as const;

/** A longer word in a configuration is not meant for people. */
const LONGEST_WORD_CHARACTERS = 64;
const MOST_LISTED = 2;

/**
 * Says what a network is, from `spec.config` and the annotations of its object. Takes anything, never throws, and
 * leaves out what it cannot read. The fields are those of each plugin's own documentation.
 */
export function describeNetwork(
  config: unknown,
  annotations: Readonly<Record<string, string>>,
): NetworkDescription {
  if (config === undefined || config === null || config === '') {
    return { kind: 'onNodes', summary: 'configured on the nodes' };
  }
  const parsed = parseConfig(config);
  if (typeof parsed === 'string')
    return { kind: 'unreadable', reason: parsed, summary: 'unreadable configuration' };
  const [main, ...chained] = parsed;
  const facts = {
    type: main.type,
    ...readParent(main, annotations),
    ...readVlan(main.config),
    ...readAddressing(main.config),
    details: readDetails(main.config),
    chained: chained.map(({ type }) => type),
  };
  return { kind: 'plugin', ...facts, summary: summarize(facts, readWord(main.config.topology)) };
}

interface Plugin {
  readonly type: string;
  readonly config: Config;
}

/** The plugins in order, at least one; or the reason why there is none. */
function parseConfig(text: unknown): readonly [Plugin, ...Plugin[]] | string {
  if (typeof text !== 'string') return 'The configuration is not a text.';
  const json = readJson(text);
  if (!json.ok) return `The configuration ${json.problem}.`;
  // Does not throw: readJson takes no text that JSON.parse would not.
  const config: unknown = JSON.parse(text);
  const single = readPlugin(config);
  if (single !== undefined) return [single];
  const [main, ...chained] = readList(readObject(config).plugins).map(readPlugin);
  if (main === undefined) return 'The configuration names no type of network.';
  return [main, ...chained.filter((plugin) => plugin !== undefined)];
}

function readPlugin(value: unknown): Plugin | undefined {
  const config = readObject(value);
  const type = readWord(config.type);
  return type === undefined ? undefined : { type, config };
}

function readParent(
  { type, config }: Plugin,
  annotations: Readonly<Record<string, string>>,
): { parent?: string } {
  const keys = PARENT_KEYS.get(type) ?? ANY_PARENT_KEY;
  const named = keys.map((key) => readWord(config[key])).find((word) => word !== undefined);
  // OVN-Kubernetes: a localnet is named after the physical network, unless it names another.
  const localnet = config.topology === 'localnet' ? readWord(config.name) : undefined;
  const parent = named ?? localnet ?? readWord(annotations[RESOURCE_NAME]) ?? DEFAULT_PARENTS.get(type);
  return parent === undefined ? {} : { parent };
}

function readVlan(config: Config): { vlan?: string } {
  const id = [config.vlan, config.vlanId, config.vlanID].map(readVlanId).find((vlan) => vlan !== undefined);
  if (id !== undefined) return { vlan: id };
  const trunk = [...readList(config.vlanTrunk), ...readList(config.trunk)].map(readTrunkPart);
  const parts = trunk.filter((part) => part !== undefined);
  return parts.length === 0 ? {} : { vlan: `trunk ${listInWords(parts)}` };
}

function readTrunkPart(value: unknown): string | undefined {
  const { id, minID, maxID } = readObject(value);
  const [from, to] = [readVlanId(minID), readVlanId(maxID)];
  if (from !== undefined && to !== undefined) return `${from}–${to}`;
  return readVlanId(id);
}

/** VLAN 0 is none. */
function readVlanId(value: unknown): string | undefined {
  const id = typeof value === 'string' && /^[0-9]{1,4}$/.test(value) ? Number(value) : value;
  return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? String(id) : undefined;
}

function readAddressing(config: Config): { subnets: readonly string[]; ipam?: string } {
  const ipam = readObject(config.ipam);
  const type = readWord(ipam.type);
  const subnets = [
    ...readRange(ipam),
    ...readList(ipam.ranges).flatMap(readList).flatMap(readRange),
    ...readList(ipam.ipRanges).flatMap(readRange),
    ...readList(ipam.addresses).flatMap((item) => readWord(readObject(item).address) ?? []),
    ...readOverlaySubnets(config.subnets),
    ...readList(readObject(config.ip).addresses).flatMap((address) => readWord(address) ?? []),
  ];
  return { subnets, ...(type !== undefined && { ipam: type }) };
}

/** A subnet of host-local or whereabouts, or the part of it that is given out. */
function readRange(value: unknown): readonly string[] {
  const range = readObject(value);
  const subnet = readWord(range.subnet) ?? readWord(range.range);
  const start = readWord(range.rangeStart) ?? readWord(range.range_start);
  const end = readWord(range.rangeEnd) ?? readWord(range.range_end);
  if (start !== undefined && end !== undefined) return [`${start}–${end}`];
  if (subnet === undefined) return [];
  if (start !== undefined) return [`${subnet} from ${start}`];
  return [end === undefined ? subnet : `${subnet} up to ${end}`];
}

/** OVN-Kubernetes: `10.128.0.0/16/24,fd00::/48/64`, where the second number is the prefix of each node's part. */
function readOverlaySubnets(value: unknown): readonly string[] {
  if (typeof value !== 'string') return [];
  return value.split(',').flatMap((item) => {
    const subnet = readWord(item.trim());
    if (subnet === undefined) return [];
    const [network, prefix, nodePrefix] = subnet.split('/');
    return [nodePrefix === undefined ? subnet : `${network}/${prefix} (/${nodePrefix} per node)`];
  });
}

function readDetails(config: Config): readonly string[] {
  return DETAILS.flatMap(([key, label]) => {
    const value = config[key];
    const word = typeof value === 'number' || typeof value === 'boolean' ? String(value) : readWord(value);
    return word === undefined ? [] : [`${label} ${word}`];
  });
}

function summarize(
  { type, parent, vlan, subnets, ipam }: Omit<PluginNetwork, 'kind' | 'summary'>,
  topology: string | undefined,
): string {
  const kind = topology === undefined ? type : `${type} (${topology})`;
  const parts = [parent === undefined ? kind : `${kind} on ${parent}`];
  if (vlan !== undefined) parts.push(`VLAN ${vlan}`);
  const addresses = subnets.length > 0 ? listInWords(subnets) : 'addresses';
  if (ipam !== undefined) parts.push(`${addresses} via ${ipam}`);
  else if (subnets.length > 0) parts.push(addresses);
  else if (LAYER_2_TYPES.has(type) || topology !== undefined) parts.push('L2 only');
  return parts.join(', ');
}

function listInWords(items: readonly string[]): string {
  const more = items.length - MOST_LISTED;
  const listed = items.slice(0, MOST_LISTED);
  return more > 0 ? `${listed.join(', ')} and ${more} more` : listed.join(' and ');
}

/** A text that is not empty, clipped. */
function readWord(value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  return value.length > LONGEST_WORD_CHARACTERS ? `${value.slice(0, LONGEST_WORD_CHARACTERS)}…` : value;
}

function readList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** An empty object where there is none. */
function readObject(value: unknown): Config {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
