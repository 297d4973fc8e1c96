import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readJson } from '../../main/guard/go-json.ts';
import {
  type NetworkReference,
  type NetworkSelection,
  type NetworkStatus,
  parseDefaultNetwork,
  parseNetworkSelection,
  parseNetworkStatus,
} from '../../main/guard/selection.ts';
import { goTraps } from './vectors/go-traps.ts';

interface Vector {
  readonly annotation: string;
  readonly podNamespace: string;
  readonly references?: readonly string[];
  readonly error?: string;
}

/** What Multus' own parser answers to these annotations. */
const vectors: readonly Vector[] = JSON.parse(
  readFileSync(new URL('./vectors/network-selection.json', import.meta.url), 'utf8'),
);

/** `namespace/name[@interface]` per reference, or `error`. */
function write(selection: NetworkSelection): readonly string[] | 'error' {
  return selection.ok ? selection.references.map(writeReference) : 'error';
}

function writeReference({ namespace, name, interface: device }: NetworkReference): string {
  return `${namespace}/${name}${device === undefined ? '' : `@${device}`}`;
}

const parse = (annotation: string, podNamespace = 'podns') =>
  write(parseNetworkSelection(annotation, podNamespace));

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const label = fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,20}[a-z0-9])?$/);
const device = fc.stringMatching(/^[A-Za-z0-9_.-]{1,15}$/);
const space = fc.constantFrom('', ' ', '\t', '\n', '\r', '\u0085', '\u00a0', '\u2028');
const anyText = fc.string({ unit: 'binary' });
/** Texts without lone surrogates: Go has no others. */
const goText = anyText.map((text) => text.toWellFormed());

const listReference = fc.record(
  { namespace: label, name: label, interface: device },
  { requiredKeys: ['namespace', 'name'] },
);
const jsonReference = fc.record(
  {
    namespace: goText.filter((text) => text !== ''),
    name: goText,
    interface: goText.filter((text) => text !== ''),
  },
  { requiredKeys: ['namespace', 'name'] },
);

/** Texts that look enough like annotations to get far into the parser. */
const annotationLike = fc.oneof(
  anyText,
  fc
    .array(
      fc.constantFrom(
        ...'[]{}",:@/\\-',
        '"name"',
        '"ips"',
        'net1',
        '\\u',
        '1e9',
        'null',
        ' ',
        '\u0085',
        '\ud800',
      ),
    )
    .map((parts) => parts.join('')),
  fc.json(),
  fc.constantFrom(...vectors).map(({ annotation }) => annotation),
);

describe('parseNetworkSelection answers as Multus to', () => {
  test.each(vectors)('$annotation', ({ annotation, podNamespace, references }) => {
    expect(parse(annotation, podNamespace)).toEqual(references ?? 'error');
  });
});

describe('parseNetworkSelection answers as Go to', () => {
  test.each(goTraps)('$about', ({ annotation, answer }) => {
    expect(parse(annotation)).toEqual(answer);
  });
});

describe('readJson', () => {
  test('takes exactly the texts that JSON.parse takes', () => {
    const changes = fc.constantFrom(
      '',
      ...',"\\0-+e. \n\u0000\u007f]}{[:té',
      '\ufeff',
      '\ud800',
      '\\u00',
      '1.',
      'true',
    );
    const nearJson = fc.tuple(fc.json(), fc.nat(), fc.nat(2), changes).map(([json, at, cut, change]) => {
      const index = at % (json.length + 1);
      return json.slice(0, index) + change + json.slice(index + cut);
    });
    fc.assert(
      fc.property(nearJson, (text) => {
        expect(readJson(text).ok).toBe(isJson(text));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('parseNetworkSelection', () => {
  test('reads back every list, whatever space is around its parts', () => {
    const item = fc.tuple(listReference, fc.array(space, { minLength: 6, maxLength: 6 }));
    fc.assert(
      fc.property(fc.array(item, { minLength: 1 }), (items) => {
        const annotation = items.map(([reference, [a, b, c, d, e, f]]) => {
          const interfacePart = reference.interface === undefined ? '' : `@${d}${reference.interface}${e}`;
          return `${a}${reference.namespace}${b}/${c}${reference.name}${interfacePart}${f}`;
        });
        expect(parseNetworkSelection(annotation.join(','), 'podns')).toStrictEqual({
          ok: true,
          references: items.map(([reference]) => ({ ...reference })),
        });
      }),
    );
  });

  test('reads back every JSON selection, whatever its texts are', () => {
    fc.assert(
      fc.property(fc.array(jsonReference), fc.constantFrom(undefined, 1, '\t'), (references, indent) => {
        const annotation = JSON.stringify(references, null, indent);
        expect(parseNetworkSelection(annotation, 'podns')).toStrictEqual({
          ok: true,
          references: references.map((reference) => ({ ...reference })),
        });
      }),
    );
  });

  test('takes the same list in JSON for the same selection', () => {
    fc.assert(
      fc.property(fc.array(listReference, { minLength: 1 }), (references) => {
        expect(parse(JSON.stringify(references))).toEqual(parse(references.map(writeReference).join(',')));
      }),
    );
  });

  test("means the pod's own namespace where none is named", () => {
    fc.assert(
      fc.property(label, label, (name, podNamespace) => {
        expect(parse(name, podNamespace)).toEqual([`${podNamespace}/${name}`]);
        expect(parse(JSON.stringify([{ name }]), podNamespace)).toEqual([`${podNamespace}/${name}`]);
      }),
    );
  });

  test('keeps duplicates, in order', () => {
    fc.assert(
      fc.property(fc.array(listReference, { minLength: 1 }), (references) => {
        const once = references.map(writeReference);
        expect(parse([...once, ...once].join(','))).toEqual([...once, ...once]);
      }),
    );
  });

  test('refuses the whole list for one bad item anywhere', () => {
    const bad = fc.constantFrom(
      'A',
      'a.b',
      'a b',
      'a/b/c',
      'a@b@c',
      '-a',
      'a-',
      'a@0123456789abcdef',
      'a@b c',
      'é/a',
    );
    fc.assert(
      fc.property(fc.array(listReference), bad, fc.array(listReference), (before, item, after) => {
        const items = [...before.map(writeReference), item, ...after.map(writeReference)];
        expect(parse(items.join(','))).toBe('error');
      }),
    );
  });

  test('refuses the whole JSON for one bad element anywhere', () => {
    const bad = fc.constantFrom<unknown>(
      null,
      'net1',
      [],
      1,
      { name: 1 },
      { name: 'a', namespace: ['x'] },
      { name: 'a', ips: ['x'] },
      { name: 'a', mac: 'x' },
      { name: 'a', 'default-route': 'x' },
      { name: 'a', bandwidth: { egressBurst: 1.5 } },
      { name: 'a', 'cni-args': [] },
    );
    fc.assert(
      fc.property(fc.array(jsonReference), bad, fc.array(jsonReference), (before, element, after) => {
        expect(parse(JSON.stringify([...before, element, ...after]))).toBe('error');
      }),
    );
  });

  test('does not care about members that it does not know, wherever they are', () => {
    const known = 'name namespace ips mac infiniband-guid interface interfaceRequest portMappings bandwidth';
    const names = new Set(
      `${known} deviceID ipam-claim-reference cni-args default-route`.toLowerCase().split(' '),
    );
    const unknown = fc.dictionary(
      anyText.filter((key) => !names.has(key.toLowerCase().replaceAll('ſ', 's'))),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(unknown, jsonReference, unknown, (before, reference, after) => {
        const annotation = `[${JSON.stringify({ ...before, ...reference, ...after })}]`;
        expect(parse(annotation)).toEqual([writeReference(reference)]);
      }),
    );
  });

  test('never throws, and gives its reason in one short printable sentence', () => {
    fc.assert(
      fc.property(annotationLike, goText, (annotation, podNamespace) => {
        const selection = parseNetworkSelection(annotation, podNamespace);
        if (selection.ok) return;
        expect(selection.error).toMatch(/^[^\p{C}]+\.$/u);
        expect(selection.error.length).toBeLessThan(250);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['ns1/net1/if1', '"ns1/net1/if1" has more than one "/".'],
    ['net1, net2@a@b', '"net2@a@b" has more than one "@".'],
    ['ok,Net_1', '"Net_1" is not a name that a list can hold (a-z, 0-9 and "-" between them).'],
    ['a@0123456789abcdef', '"0123456789abcdef" is not an interface name (at most 15 bytes, no space).'],
    ['{"name":"a"}', 'The JSON must be a list of networks.'],
    ['[{"name":"a"}', 'The JSON ends too early.'],
    ["[{'name':'a'}]", 'The JSON has an unexpected "\'" at character 3.'],
    ['[{"name":"a"},null]', 'Network 2 in the list must be an object.'],
    ['[{},{"namespace":[]}]', 'Network 2 in the list: "namespace" must be a text.'],
    [
      '[{"portMappings":[{"hostPort":1.5}]}]',
      'Network 1 in the list: "portMappings.hostPort" must be a whole number of 64 bits.',
    ],
    ['[{"ips":["10.0.0"]}]', 'Network 1 in the list: "ips" holds "10.0.0", which is not an IP address.'],
    [
      '[{"mac":"\\u001b[2J"}]',
      'Network 1 in the list: "mac" is "\ufffd[2J", which is not a hardware address.',
    ],
  ])('says of %s: %s', (annotation, error) => {
    expect(parseNetworkSelection(annotation, 'podns')).toEqual({ ok: false, error });
  });

  test('takes no longer than the length of a text asks for', () => {
    const pieces = [
      '[',
      '{"a":',
      '"',
      '\\',
      '"\\u0041',
      'a',
      ' ',
      ',',
      '-',
      '@',
      '/',
      '1',
      '{},',
      '\ud800',
      '\u0000',
    ];
    const started = performance.now();
    for (const piece of pieces) {
      const text = piece.repeat(300_000 / piece.length);
      for (const annotation of [
        text,
        `a${text}b`,
        `[${text}`,
        `[{"name":"${text}"}]`,
        `[{"ips":["${text}"]}]`,
      ]) {
        expect(parseNetworkSelection(annotation, 'podns').ok).toBeTypeOf('boolean');
      }
    }
    // 75 texts; one quadratic step in one of them takes longer than this.
    expect(performance.now() - started).toBeLessThan(8_000);
  });

  test('takes an absent annotation for an empty one and refuses what is no text', () => {
    const parseAnything = parseNetworkSelection as (
      annotation: unknown,
      podNamespace: string,
    ) => NetworkSelection;
    expect(parseAnything(undefined, 'podns')).toEqual({ ok: true, references: [] });
    for (const value of [null, 1, {}, [], Symbol('net1'), () => 'net1']) {
      expect(parseAnything(value, 'podns').ok).toBe(false);
    }
  });
});

describe('parseDefaultNetwork', () => {
  test.each([
    ['net1', ['kube-system/net1', 'podns/net1']],
    [' net1@eth5 ', ['kube-system/net1@eth5', 'podns/net1@eth5']],
    ['ns1/net1', ['ns1/net1']],
    ['/net1', ['kube-system/net1', 'podns/net1']],
    ['[{"name":"my.net"}]', ['kube-system/my.net', 'podns/my.net']],
    ['[{"name":"net1","namespace":"ns1"}]', ['ns1/net1']],
    ['', 'error'],
    ['[]', 'error'],
    ['net1,net2', 'error'],
    ['net1,', 'error'],
    ['[{"name":"a"},{"name":"a"}]', 'error'],
    ['Net1', 'error'],
    ['[null]', 'error'],
  ] as const)('reads %s', (annotation, expected) => {
    expect(write(parseDefaultNetwork(annotation, 'podns'))).toEqual(expected);
  });

  test("gives one reference where the pod is in Multus' own namespace", () => {
    expect(write(parseDefaultNetwork('net1', 'kube-system'))).toEqual(['kube-system/net1']);
  });

  test('never throws', () => {
    fc.assert(
      fc.property(annotationLike, goText, (annotation, podNamespace) => {
        const selection = parseDefaultNetwork(annotation, podNamespace);
        if (selection.ok) expect([1, 2]).toContain(selection.references.length);
      }),
    );
  });
});

describe('parseNetworkStatus', () => {
  test('reads what Multus 4 writes', () => {
    const status = [
      {
        name: 'cbr0',
        interface: 'eth0',
        ips: ['10.244.1.5'],
        mac: '0a:58',
        default: true,
        dns: {},
        gateway: ['10.244.1.1'],
      },
      {
        name: 'web/foo-network',
        interface: 'net1',
        ips: ['10.1.0.7', 'fd00::7'],
        mac: '02:00',
        mtu: 1500,
        dns: {},
      },
      {
        name: 'web/sriov-network',
        interface: 'net2',
        dns: {},
        'device-info': { type: 'pci', version: '1.1.0' },
      },
    ];
    expect(parseNetworkStatus(JSON.stringify(status, null, '    '))).toStrictEqual({
      ok: true,
      attachments: [
        {
          namespace: 'web',
          name: 'foo-network',
          interface: 'net1',
          ips: ['10.1.0.7', 'fd00::7'],
          mac: '02:00',
        },
        { namespace: 'web', name: 'sriov-network', interface: 'net2', ips: [] },
      ],
    });
  });

  test('keeps an entry with a usable name however odd the rest is', () => {
    const status =
      '[{"name":"a/b","interface":1,"ips":["::1",2,null],"mac":{},"toString":1,"__proto__":{"mac":"x"}}]';
    expect(parseNetworkStatus(status)).toStrictEqual({
      ok: true,
      attachments: [{ namespace: 'a', name: 'b', ips: ['::1'] }],
    });
  });

  test.each(['net1', '', '/', 'a/', '/b', 'a/b/c'])('finds no network in the name "%s"', (name) => {
    expect(parseNetworkStatus(JSON.stringify([{ name }]))).toEqual({ ok: true, attachments: [] });
  });

  test.each(['[null,1,"a/b",[],{},{"name":1},{"name":{"toString":1}}]', '[]', ''])(
    'finds no network in %s',
    (status) => {
      expect(parseNetworkStatus(status)).toEqual({ ok: true, attachments: [] });
    },
  );

  test.each(['null', '{}', '"a/b"', 'a/b', '[', '[{]'])('refuses %s', (status) => {
    expect(parseNetworkStatus(status)).toEqual({
      ok: false,
      error: 'The network status is not a JSON list.',
    });
  });

  test('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(annotationLike, fc.anything()), (status) => {
        const parseAnything = parseNetworkStatus as (annotation: unknown) => NetworkStatus;
        expect(parseAnything(status).ok).toBeTypeOf('boolean');
      }),
    );
  });
});
