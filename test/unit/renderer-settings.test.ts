import { describe, expect, test } from 'vitest';
import type { KubeconfigFile } from '../../main/contract/updates.ts';
import { listFiles, refusePath, whyNoContexts } from '../../renderer/state/kubeconfig-files.ts';
import { findContexts, moveTo, placeAfterStep } from '../../renderer/views/settings/order.ts';
import { makeContext } from '../support/window-fixtures.ts';

describe('the order of contexts', () => {
  const ids = ['a', 'b', 'c', 'd'];

  test.each<[string, readonly string[], string, 'before' | 'after', string]>([
    ['one to the front', ['c'], 'a', 'before', 'c a b d'],
    ['one to the end', ['a'], 'd', 'after', 'b c d a'],
    ['one to where it is', ['b'], 'a', 'after', 'a b c d'],
    ['several, which stay in their order', ['d', 'a'], 'b', 'after', 'b a d c'],
    ['one onto itself', ['b'], 'b', 'before', 'a b c d'],
    ['one to a context that is gone', ['b'], 'x', 'before', 'a b c d'],
  ])('moves %s', (_what, moved, id, position, after) => {
    expect(moveTo(ids, new Set(moved), { id, position }).join(' ')).toBe(after);
  });

  test('a step leads past the next one that is shown', () => {
    const shown = ['a', 'c', 'd'];
    expect(placeAfterStep(shown, 'c', 'up')).toEqual({ id: 'a', position: 'before' });
    expect(placeAfterStep(shown, 'a', 'down')).toEqual({ id: 'c', position: 'after' });
    expect(placeAfterStep(shown, 'd', 'first')).toEqual({ id: 'a', position: 'before' });
    expect(placeAfterStep(shown, 'a', 'last')).toEqual({ id: 'd', position: 'after' });
  });

  test('there is no step beyond the ends', () => {
    for (const step of ['up', 'first'] as const) expect(placeAfterStep(ids, 'a', step)).toBeUndefined();
    for (const step of ['down', 'last'] as const) expect(placeAfterStep(ids, 'd', step)).toBeUndefined();
    expect(placeAfterStep(ids, 'x', 'up')).toBeUndefined();
  });

  test('finds contexts by all words in name, label, group and server', () => {
    const contexts = [
      makeContext('prod-eu', { group: 'Europe' }),
      makeContext('prod-us', { label: 'Main cluster' }),
      makeContext('lab'),
    ];
    const found = (words: string) => findContexts(contexts, words).map(({ name }) => name);
    expect(found('')).toEqual(['prod-eu', 'prod-us', 'lab']);
    expect(found('PROD')).toEqual(['prod-eu', 'prod-us']);
    expect(found('europe prod')).toEqual(['prod-eu']);
    expect(found('main')).toEqual(['prod-us']);
    expect(found('lab.example.com')).toEqual(['lab']);
    expect(found('prod lab')).toEqual([]);
  });
});

describe('kubeconfig files', () => {
  const file = (name: string, parts: Partial<KubeconfigFile> = {}): KubeconfigFile => ({
    file: name,
    source: 'own',
    isThere: true,
    contexts: 1,
    problems: [],
    ...parts,
  });

  test('tells what became of each', () => {
    const found = [
      file('/good'),
      file('/absent', { isThere: false, contexts: 0, problems: ['does not exist'] }),
      file('/partly', { source: 'added', problems: ['no such user'] }),
      file('/broken', { source: 'added', contexts: 0, problems: ['no YAML'] }),
      file('/removed', { source: 'added' }),
    ];
    const listed = listFiles(found, ['/partly', '/broken', '/new']);
    expect(listed.map(({ file: path, state }) => `${path} ${state}`)).toEqual([
      '/good read',
      '/absent absent',
      '/partly partly',
      '/broken unreadable',
      '/new unknown',
    ]);
  });

  test.each([
    ['/srv/other', undefined],
    ['C:\\clusters\\config', undefined],
    ['\\\\server\\share\\config', undefined],
    ['/srv/there', 'isThere'],
    ['config', 'isRelative'],
    ['~/.kube/config', 'isRelative'],
    ['./config', 'isRelative'],
  ] as const)('of %s says %s', (path, reason) => {
    expect(refusePath(path, ['/srv/there'])).toBe(reason);
  });

  test('says why there are no contexts', () => {
    const absent = file('/absent', { isThere: false, contexts: 0 });
    const empty = file('/empty', { contexts: 0 });
    const broken = file('/broken', { contexts: 0, problems: ['no YAML'] });
    expect(whyNoContexts([])).toEqual({ kind: 'none' });
    expect(whyNoContexts([absent])).toEqual({ kind: 'none' });
    expect(whyNoContexts([absent, empty])).toEqual({ kind: 'empty', files: [empty] });
    expect(whyNoContexts([empty, broken])).toEqual({ kind: 'unreadable', files: [broken] });
  });
});
