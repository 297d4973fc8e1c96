import type { NetworkView } from '../../../main/contract/networks.ts';
import { spellOut } from '../../format.ts';
import { strings } from '../../strings.ts';

export const FORMATS = ['yaml', 'json', 'csv'] as const;
export type Format = (typeof FORMATS)[number];

const COLUMNS = [
  'context',
  'contextName',
  'namespace',
  'name',
  'state',
  'summary',
  'type',
  'parent',
  'pods',
  'workloads',
  'managedBy',
  'createdAt',
] as const;

type ExportedNetwork = NetworkView & { readonly contextName: string };

/** @param nameOf what the kubeconfig calls a context, by its id */
export function toJson(networks: readonly NetworkView[], nameOf: (id: string) => string): string {
  const exported = withContextName(networks, nameOf).map((network) =>
    Object.fromEntries(COLUMNS.map((column) => [column, network[column]])),
  );
  return `${JSON.stringify(exported, undefined, 2)}\n`;
}

/** RFC 4180: a header line, CRLF, and quotes around what needs them. */
export function toCsv(networks: readonly NetworkView[], nameOf: (id: string) => string): string {
  const lines = withContextName(networks, nameOf).map((network) =>
    COLUMNS.map((column) => toCell(network[column])).join(','),
  );
  return [COLUMNS.join(','), ...lines].map((line) => `${line}\r\n`).join('');
}

function withContextName(
  networks: readonly NetworkView[],
  nameOf: (id: string) => string,
): readonly ExportedNetwork[] {
  return networks.map((network) => ({ ...network, contextName: nameOf(network.context) }));
}

/**
 * A spreadsheet takes a cell that begins with one of these for a formula, and a cluster's words could be one:
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
const FORMULA_START = /^[=+\-@\t\r]/;

function toCell(value: string | number | undefined): string {
  const text = String(value ?? '');
  const harmless = FORMULA_START.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

export interface Manifest {
  readonly namespace: string;
  readonly name: string;
  readonly manifest?: string | undefined;
}

/** Manifests of one context one after the other; of a network without one, a comment that says so. */
export function toYaml(context: string, manifests: readonly Manifest[]): string {
  const text = strings.networks;
  const documents = manifests.flatMap(({ manifest }) => (manifest === undefined ? [] : [withEnd(manifest)]));
  const missing = manifests
    .filter(({ manifest }) => manifest === undefined)
    .map(({ namespace, name }) => comment(text.noCopy(`${namespace}/${name}`, context)));
  const head = [comment(text.onContext(context)), ...missing].join('');
  return `---\n${head}${documents.join('---\n')}`;
}

/** On one line, whatever a name holds: what comes after a line's end would be no comment. */
function comment(text: string): string {
  return `# ${spellOut(text).replace(/\s+/g, ' ')}\n`;
}

function withEnd(document: string): string {
  return document.endsWith('\n') ? document : `${document}\n`;
}

/** The networks of each context, in the order in which they come. */
export function byContext<Network extends { readonly context: string }>(
  networks: readonly Network[],
): readonly (readonly [string, readonly Network[]])[] {
  return [...Map.groupBy(networks, ({ context }) => context)];
}

/** In pieces of at most `most`. */
export function inPieces<One>(all: readonly One[], most: number): readonly (readonly One[])[] {
  const pieces: (readonly One[])[] = [];
  for (let from = 0; from < all.length; from += most) pieces.push(all.slice(from, from + most));
  return pieces;
}
