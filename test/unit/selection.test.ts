import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type NetworkReference,
  parseDefaultNetwork,
  parseNetworkSelection,
  parseNetworkStatus,
} from '../../main/guard/selection.ts';

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
function parse(annotation: string, podNamespace = 'podns'): readonly string[] | 'error' {
  const selection = parseNetworkSelection(annotation, podNamespace);
  return selection.ok ? selection.references.map(write) : 'error';
}

function write({ namespace, name, interface: device }: NetworkReference): string {
  return `${namespace}/${name}${device === undefined ? '' : `@${device}`}`;
}

describe('parseNetworkSelection answers as Multus to', () => {
  test.each(vectors)('$annotation', ({ annotation, podNamespace, references }) => {
    expect(parse(annotation, podNamespace)).toEqual(references ?? 'error');
  });
});
