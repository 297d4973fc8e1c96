import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toYaml } from '../../main/cluster/yaml.ts';
import { readNetworkObject } from '../../main/guard/manifest.ts';
import { KnownNetworks } from '../../main/keeper/known-networks.ts';
import { writeManifest } from '../../main/keeper/network-manifests.ts';
import { loadYaml } from '../support/yaml.ts';

describe('a value as YAML', () => {
  it('is read as the same value again', () => {
    // The lists of JSON hold no -0, and no text of half a character.
    const anyText = fc.string({ unit: 'grapheme', maxLength: 40 });
    const anyValue = fc
      .jsonValue({ noUnicodeString: false })
      .filter((value) => !JSON.stringify(value).includes('-0'));
    const anyObject = fc.dictionary(anyText, fc.oneof(anyText, anyValue));
    fc.assert(
      fc.property(anyObject, (object) => {
        expect(loadYaml(toYaml({ object }) ?? '')).toEqual({ object });
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    'yes',
    'off',
    'n',
    '0777',
    '0o17',
    '1e3',
    '1:30',
    '2001-01-01',
    'null',
    '~',
    '<<',
    '=',
    '.inf',
    '1_000',
  ])('quotes the text %s, which kubectl would take for something else', (text) => {
    expect(toYaml({ text })).toBe(`text: '${text}'\n`);
  });

  it.each(['\u2028', '\u2029', '\u0085', '\u0007', '\r\n'])(
    'escapes %j, which is no text or ends a line',
    (text) => {
      expect(toYaml({ text: `a${text}b` })).toMatch(/^text: "a\\.*b"\n$/);
    },
  );

  it('folds no line, however long', () => {
    const text = 'word '.repeat(500).trim();
    expect(toYaml({ text })).toBe(`text: ${text}\n`);
  });

  it('keeps every key of a Kubernetes object, in its order', () => {
    const object = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'b', later: 1, annotations: { z: '', a: '' } },
    };
    const text = toYaml(object) ?? '';
    expect(
      text
        .match(/^ *\w+/gm)
        ?.map((key) => key.trim())
        .join(' '),
    ).toBe('apiVersion kind metadata name later annotations z a');
    expect(toYaml({})).toBe('{}\n');
  });

  it('is none for what is nested deeper than it can be written', () => {
    let value: unknown = 'end';
    for (let level = 0; level < 50_000; level += 1) value = [value];
    expect(toYaml({ value })).toBeUndefined();
  });
});

describe("a network's manifest", () => {
  it('is what would be created, with its parts in the order in which people read them', () => {
    const known = new KnownNetworks();
    const network = readNetworkObject({
      metadata: {
        name: 'net',
        namespace: 'web',
        uid: 'u-1',
        resourceVersion: '7',
        creationTimestamp: '2026-01-01T00:00:00Z',
        finalizers: ['example.invalid/hold'],
        ownerReferences: [{ apiVersion: 'v1', kind: 'X', name: 'x', uid: 'x' }],
        managedFields: [{ manager: 'kubectl' }],
        labels: { on: 'yes' },
      },
      spec: { config: '{\n  "type": "bridge",\n  "vlan": 7\n}\n' },
    });
    if (network !== undefined) known.observe(network);
    expect(writeManifest(known, 'web/net')).toBe(
      [
        'apiVersion: k8s.cni.cncf.io/v1',
        'kind: NetworkAttachmentDefinition',
        'metadata:',
        '  name: net',
        '  namespace: web',
        '  labels:',
        "    'on': 'yes'",
        'spec:',
        '  config: |',
        '    {',
        '      "type": "bridge",',
        '      "vlan": 7',
        '    }',
        '',
      ].join('\n'),
    );
  });

  it('is none where no copy is known', () => {
    expect(writeManifest(new KnownNetworks(), 'web/net')).toBeUndefined();
  });
});
