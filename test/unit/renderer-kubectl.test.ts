import { spawnSync } from 'node:child_process';
import { loadYaml } from '@kubernetes/client-node';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  applyCommand,
  getCommand,
  quoteForShell,
  starterManifest,
} from '../../renderer/views/detail/kubectl.ts';

const PROD = { name: 'prod-eu', kubeconfig: undefined };
const NETWORK = { context: 'x', namespace: 'storage', name: 'ceph-public' };

/** Runs a command with a kubectl that prints its arguments, one a line, and then what it is given to read. */
function run(command: string | undefined): { readonly words: readonly string[]; readonly input: string } {
  if (command === undefined) throw new Error('There is no command.');
  const kubectl =
    'kubectl() { for word; do printf "%s\\0" "$word"; done; printf "\\1"; case "$*" in *apply*) cat;; esac; }';
  const { stdout, stderr, status } = spawnSync('sh', ['-c', `${kubectl}\n${command}\n`], {
    encoding: 'utf8',
  });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  const [words = '', input = ''] = stdout.split('\u0001');
  return { words: words.split('\0').slice(0, -1), input };
}

describe('quotes for a shell', () => {
  test.each([
    ['prod-eu', 'prod-eu'],
    ['arn:aws:eks:eu-1:12:cluster/prod', 'arn:aws:eks:eu-1:12:cluster/prod'],
    ['', "''"],
    ['my prod', "'my prod'"],
    ["it's", "'it'\\''s'"],
    ['$(reboot)', "'$(reboot)'"],
    ['=ls', "'=ls'"],
    ['~', "'~'"],
  ])('%s', (text, quoted) => {
    expect(quoteForShell(text)).toBe(quoted);
  });

  test('so that a shell reads back what was given, whatever it is', () => {
    const text = fc
      .string({ unit: 'binary-ascii' })
      .filter((one) => !one.includes('\0') && !one.includes('\u0001'));
    fc.assert(
      fc.property(text, (one) => {
        expect(run(`kubectl ${quoteForShell(one)}`).words).toEqual([one]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the command that shows a network', () => {
  test('names context, namespace and network', () => {
    expect(getCommand(PROD, NETWORK)).toBe(
      'kubectl --context prod-eu -n storage get net-attach-def ceph-public -o yaml',
    );
  });

  test('names the kubeconfig file where kubectl would not find the context by itself', () => {
    expect(getCommand({ name: 'lab', kubeconfig: "/home/ada/my lab's/config" }, NETWORK)).toMatch(
      /^kubectl --kubeconfig '\/home\/ada\/my lab'\\''s\/config' --context lab /,
    );
  });

  test('gives hostile names to kubectl as they are, and to nothing else', () => {
    const hostile = { context: 'x', namespace: '"; reboot #', name: '$(reboot) `reboot` \\ | & > /tmp/x *' };
    expect(run(getCommand({ name: "a' || reboot '", kubeconfig: undefined }, hostile)).words).toEqual([
      '--context',
      "a' || reboot '",
      '-n',
      hostile.namespace,
      'get',
      'net-attach-def',
      hostile.name,
      '-o',
      'yaml',
    ]);
  });

  test('does not let a name be an option', () => {
    const command = getCommand(PROD, { ...NETWORK, name: '--all' });
    expect(run(command).words.slice(-4)).toEqual(['-o', 'yaml', '--', '--all']);
  });

  test.each(['a\nreboot', 'a\u0003reboot\n', 'a\u001b[2K', 'a\u202eb', 'a\u200bb', 'a\u2028b'])(
    'is not made of %j: a terminal would do something, or a person would not see it',
    (name) => {
      expect(getCommand(PROD, { ...NETWORK, name })).toBeUndefined();
      expect(getCommand(PROD, { ...NETWORK, namespace: name })).toBeUndefined();
      expect(getCommand({ ...PROD, name }, NETWORK)).toBeUndefined();
      expect(getCommand({ ...PROD, kubeconfig: name }, NETWORK)).toBeUndefined();
    },
  );
});

describe('the command that makes a network', () => {
  test('carries the manifest', () => {
    const manifest = 'kind: NetworkAttachmentDefinition\nmetadata: {}\n';
    expect(applyCommand(PROD, manifest)).toBe(`kubectl --context prod-eu apply -f - <<'EOF'\n${manifest}EOF`);
  });

  test.each([
    ['quotes and variables', `config: '{"a": "$HOME \`reboot\` $(reboot) \\\\"}'\n`],
    ['what ends it', 'a: |\nEOF\nreboot\nEOF_\n'],
    ['no line feed at its end', 'a: 1'],
    ['tabs', 'a: |\n  {\n\t"b": 1}\n'],
  ])('gives %s to kubectl as they are', (_what, manifest) => {
    const { words, input } = run(applyCommand(PROD, manifest));
    expect(words).toEqual(['--context', 'prod-eu', 'apply', '-f', '-']);
    expect(input).toBe(manifest.endsWith('\n') ? manifest : `${manifest}\n`);
  });

  test.each(['a: \u0003', 'a: \r\n', 'a: \u001b', 'a: \u009b', 'a: \u007f'])(
    'is not made of %j: a terminal would do something',
    (manifest) => {
      expect(applyCommand(PROD, manifest)).toBeUndefined();
    },
  );
});

describe('the manifest to start from', () => {
  test('has the name, the namespace, and a configuration whose type is to be filled in', () => {
    const manifest = loadYaml<{ metadata: unknown; spec: { config: string } }>(starterManifest(NETWORK));
    expect(manifest.metadata).toEqual({ name: 'ceph-public', namespace: 'storage' });
    expect(JSON.parse(manifest.spec.config)).toEqual({
      cniVersion: '1.0.0',
      name: 'ceph-public',
      type: 'TYPE',
    });
  });

  test.each(['true', '1e3', 'a: b', '"\n- x', '\u202e#', "it's \\ {}"])('keeps the name %j', (name) => {
    const text = starterManifest({ ...NETWORK, name });
    const manifest = loadYaml<{ metadata: { name: string }; spec: { config: string } }>(text);
    expect(manifest.metadata.name).toBe(name);
    expect(JSON.parse(manifest.spec.config).name).toBe(name);
    expect(text).toMatch(/^[\n -~]*$/);
  });
});
