import type { NetworkName } from '../../../main/contract/networks.ts';
import { isDeceptive } from '../../format.ts';

/** How a context is told to kubectl. */
export interface KubectlContext {
  readonly name: string;
  /** Only where kubectl does not find the context by itself. */
  readonly kubeconfig: string | undefined;
}

const PLAIN = /^[A-Za-z0-9_@:,./-]+$/;
/** Line feeds end lines and tabs indent; any other control character makes a terminal do something. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const COMMANDS_TO_TERMINAL = /[\0-\x08\x0b-\x1f\x7f-\x9f]/;

/** The text as one word of a POSIX shell. */
export function quoteForShell(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * The command that shows a network, to be pasted into a shell.
 *
 * @returns undefined where a name holds what would make a terminal do something, or what a person cannot see
 */
export function getCommand(context: KubectlContext, network: NetworkName): string | undefined {
  const { namespace, name } = network;
  if (isDeceptive(namespace) || isDeceptive(name)) return undefined;
  const words = ['-n', quoteForShell(namespace), 'get', 'net-attach-def'];
  // A name that begins like an option is none behind the double dash.
  const target = name.startsWith('-') ? ['-o', 'yaml', '--', name] : [name, '-o', 'yaml'];
  return join(context, [...words, ...target.map(quoteForShell)]);
}

/**
 * The command that creates a network from its manifest, to be pasted into a shell; without a line feed at its end,
 * so that it runs only when the person says so.
 *
 * @returns undefined where the context or the manifest holds what would make a terminal do something
 */
export function applyCommand(context: KubectlContext, manifest: string): string | undefined {
  if (COMMANDS_TO_TERMINAL.test(manifest)) return undefined;
  const command = join(context, ['apply', '-f', '-']);
  if (command === undefined) return undefined;
  const end = endMarkFor(manifest);
  return `${command} <<'${end}'\n${manifest.replace(/\n?$/, '\n')}${end}`;
}

/** A manifest to start from, with the name and namespace that is missing; the type is to be filled in. */
export function starterManifest({ namespace, name }: NetworkName): string {
  return `apiVersion: k8s.cni.cncf.io/v1
kind: NetworkAttachmentDefinition
metadata:
  name: ${quoteForYaml(name)}
  namespace: ${quoteForYaml(namespace)}
spec:
  config: |
    {
      "cniVersion": "1.0.0",
      "name": ${quoteForYaml(name)},
      "type": "TYPE"
    }
`;
}

function join({ name, kubeconfig }: KubectlContext, words: readonly string[]): string | undefined {
  if (isDeceptive(name) || isDeceptive(kubeconfig ?? '')) return undefined;
  const file = kubeconfig === undefined ? [] : ['--kubeconfig', quoteForShell(kubeconfig)];
  return ['kubectl', ...file, '--context', quoteForShell(name), ...words].join(' ');
}

/** A line that the text does not have. */
function endMarkFor(text: string): string {
  const lines = new Set(text.split('\n'));
  let mark = 'EOF';
  while (lines.has(mark)) mark += '_';
  return mark;
}

const BEYOND_ASCII = /[^ -~]/g;

/** In double quotes, which JSON and YAML read alike; nothing beyond ASCII, so that nothing hides. */
function quoteForYaml(text: string): string {
  return JSON.stringify(text).replace(
    BEYOND_ASCII,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
