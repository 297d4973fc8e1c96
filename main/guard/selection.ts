import { quote } from './quote.ts';
import type { SelectedNetwork, SelectedNetworks } from './selection-json.ts';
import { readJsonSelection } from './selection-json.ts';

/** One attachment to a network that an annotation asks for. A name may be "": it can never be found. */
export interface NetworkReference {
  readonly namespace: string;
  readonly name: string;
  readonly interface?: string;
}

export type NetworkSelection =
  | { readonly ok: true; readonly references: readonly NetworkReference[] }
  /** `error` is one sentence for people. */
  | { readonly ok: false; readonly error: string };

/** A network that a pod is attached to, by the word of whoever attached it. */
export interface NetworkAttachment {
  readonly namespace: string;
  readonly name: string;
  readonly interface?: string;
  readonly ips: readonly string[];
  readonly mac?: string;
}

export type NetworkStatus =
  | { readonly ok: true; readonly attachments: readonly NetworkAttachment[] }
  | { readonly ok: false; readonly error: string };

/** Multus' own namespace where its configuration names none (defaultMultusNamespace in pkg/types/conf.go). */
const MULTUS_NAMESPACE = 'kube-system';

/** Linux: IFNAMSIZ without the final NUL. */
const LONGEST_INTERFACE_BYTES = 15;

/** What Go's unicode.IsSpace is true for. JavaScript's trim() takes the BOM too, and leaves NEL (U+0085). */
const SPACES =
  '\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000';

/**
 * Reads the annotation `k8s.v1.cni.cncf.io/networks` and gives its references in order, duplicates included, or
 * the reason why it counts for nothing. Answers as Multus' parsePodNetworkAnnotation (pkg/k8sclient/k8sclient.go)
 * does; only what makes Multus crash is an error here. Takes any text and never throws.
 */
export function parseNetworkSelection(annotation: string, podNamespace: string): NetworkSelection {
  const selected = readSelection(annotation);
  if (!selected.ok) return selected;
  return { ok: true, references: selected.networks.map((network) => toReference(network, podNamespace)) };
}

/**
 * Reads the annotation `v1.multus-cni.io/default-network`, which takes the place of the cluster's default network
 * for one pod: the same grammar, but exactly one network, so that "" is an error. A name without a namespace
 * gives two references, since Multus looks in its own namespace and Kube-OVN in the pod's.
 */
export function parseDefaultNetwork(annotation: string, podNamespace: string): NetworkSelection {
  const selected = readSelection(annotation);
  if (!selected.ok) return selected;
  const [network, ...more] = selected.networks;
  if (network === undefined || more.length > 0) {
    return { ok: false, error: `Exactly one default network is needed, not ${selected.networks.length}.` };
  }
  const namespaces = new Set(
    network.namespace === '' ? [MULTUS_NAMESPACE, podNamespace] : [network.namespace],
  );
  return { ok: true, references: [...namespaces].map((namespace) => toReference(network, namespace)) };
}

/**
 * Reads the annotation `k8s.v1.cni.cncf.io/network-status` (`networks-status` before Multus 4), in which Multus
 * tells what it attached. An entry whose name is `namespace/name` is a network; one with another name (the
 * cluster's default network, a CNI configuration of the node) and every odd part is left out.
 */
export function parseNetworkStatus(annotation: string): NetworkStatus {
  const entries = readStatusEntries(annotation);
  if (entries === undefined) return { ok: false, error: 'The network status is not a JSON list.' };
  return { ok: true, attachments: entries.flatMap(readStatusEntry) };
}

function readSelection(annotation: unknown): SelectedNetworks {
  if (annotation === undefined || annotation === '') return { ok: true, networks: [] };
  if (typeof annotation !== 'string') return { ok: false, error: 'The annotation is not a text.' };
  // Multus never falls back from one form to the other.
  return /[[{"]/.test(annotation) ? readJsonSelection(annotation) : readListSelection(annotation);
}

function toReference(network: SelectedNetwork, defaultNamespace: string): NetworkReference {
  return {
    namespace: network.namespace || defaultNamespace,
    name: network.name,
    ...(network.interface !== '' && { interface: network.interface }),
  };
}

function readListSelection(text: string): SelectedNetworks {
  const networks: SelectedNetwork[] = [];
  // Go reads UTF-8, which has no lone surrogates.
  for (const item of text.toWellFormed().split(',')) {
    const network = readItem(trimSpace(item));
    if ('problem' in network) return { ok: false, error: network.problem };
    networks.push(network);
  }
  return { ok: true, networks };
}

/** `[namespace/]name[@interface]`, with space allowed around each part (parsePodNetworkObjectName). */
function readItem(item: string): SelectedNetwork | { readonly problem: string } {
  const slashed = item.split('/');
  if (slashed.length > 2) return { problem: `${quote(item)} has more than one "/".` };
  const [nameAndInterface = '', namespacePart = ''] = slashed.reverse();
  const [namePart = '', interfacePart = '', ...more] = nameAndInterface.split('@');
  if (more.length > 0) return { problem: `${quote(item)} has more than one "@".` };
  const network = {
    namespace: trimSpace(namespacePart),
    name: trimSpace(namePart),
    interface: trimSpace(interfacePart),
  };
  const wrongName = [network.namespace, network.name].find((name) => !isLabel(name));
  if (wrongName !== undefined) {
    return {
      problem: `${quote(wrongName)} is not a name that a list can hold (a-z, 0-9 and "-" between them).`,
    };
  }
  if (!isInterfaceName(network.interface)) {
    return { problem: `${quote(network.interface)} is not an interface name (at most 15 bytes, no space).` };
  }
  return network;
}

/** Empty, or `[a-z0-9]([-a-z0-9]*[a-z0-9])?` without the backtracking. */
function isLabel(name: string): boolean {
  return !/[^-a-z0-9]/.test(name) && !name.startsWith('-') && !name.endsWith('-');
}

function isInterfaceName(name: string): boolean {
  if (name.length > LONGEST_INTERFACE_BYTES || /[ \t\n\v\f\r]/.test(name)) return false;
  return new TextEncoder().encode(name).length <= LONGEST_INTERFACE_BYTES;
}

/** strings.TrimSpace. A loop, because a regular expression takes quadratic time for a long run of spaces. */
function trimSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && SPACES.includes(text.charAt(start))) start += 1;
  while (end > start && SPACES.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function readStatusEntries(annotation: unknown): readonly unknown[] | undefined {
  if (annotation === undefined || annotation === '') return [];
  if (typeof annotation !== 'string') return undefined;
  try {
    const entries: unknown = JSON.parse(annotation);
    return Array.isArray(entries) ? entries : undefined;
  } catch {
    return undefined;
  }
}

function readStatusEntry(entry: unknown): readonly NetworkAttachment[] {
  if (typeof entry !== 'object' || entry === null) return [];
  const { name: path, interface: device, ips, mac }: Readonly<Record<string, unknown>> = { ...entry };
  if (typeof path !== 'string') return [];
  const [namespace = '', name = '', ...more] = path.split('/');
  if (namespace === '' || name === '' || more.length > 0) return [];
  return [
    {
      namespace,
      name,
      ...(typeof device === 'string' && device !== '' && { interface: device }),
      ips: Array.isArray(ips) ? ips.filter((ip) => typeof ip === 'string') : [],
      ...(typeof mac === 'string' && mac !== '' && { mac }),
    },
  ];
}
