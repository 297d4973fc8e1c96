import { describe, expect, it } from 'vitest';
import type { ContextView } from '../../main/contract/contexts.ts';
import { fromQuery, toQuery } from '../../renderer/state/address.ts';
import type { ViewState } from '../../renderer/state/view-state.ts';
import { changeView, FIRST_VIEW, scopeOf } from '../../renderer/state/view-state.ts';
import { makeContext } from '../support/window-fixtures.ts';

const NETWORK = { context: '/home/ada/.kube/config#prod & co', namespace: 'storage', name: 'ceph/public' };

describe('the address', () => {
  it.each<[string, ViewState]>([
    ['what is shown at first', FIRST_VIEW],
    ['all contexts', { ...FIRST_VIEW, scope: 'all' }],
    ['several contexts', { ...FIRST_VIEW, scope: ['a#b', '/home/ada/.kube/config#prod & co?'] }],
    ['a network', { ...FIRST_VIEW, view: 'map', network: NETWORK }],
    ['an entry', { ...FIRST_VIEW, view: 'activity', entry: 0 }],
    ['filters', { ...FIRST_VIEW, filters: { words: 'ceph #1 & %', sort: '-pods', state: 'missing' } }],
  ])('holds %s', (_, state) => {
    expect(fromQuery(toQuery(state))).toEqual(state);
  });

  it('is empty for what is shown at first', () => {
    expect(toQuery(FIRST_VIEW)).toBe('');
  });

  it.each([
    '?view=nonsense',
    '?entry=-1',
    '?entry=1e99',
    '?network=no-slash&on=a',
    '?network=a/b',
    '?unknown=1',
    '?%',
  ])('leaves out what makes no sense: %s', (query) => {
    expect(fromQuery(query)).toEqual(FIRST_VIEW);
  });
});

describe('what is looked at', () => {
  const [prod, lab, old] = [makeContext('prod'), makeContext('lab'), makeContext('old', { mode: 'off' })];
  const names = (contexts: readonly ContextView[]) => contexts.map(({ name }) => name);

  it('is at first the only context that is watched', () => {
    expect(scopeOf(undefined, [prod, old])).toMatchObject({ only: prod, isAll: false });
  });

  it('is at first all that are watched, where there are several', () => {
    const { contexts, only, isAll } = scopeOf(undefined, [prod, lab, old]);
    expect([names(contexts), only, isAll]).toEqual([['prod', 'lab'], undefined, true]);
  });

  it('is what was chosen, in the order of the sidebar, off or not', () => {
    expect(names(scopeOf([old.id, prod.id], [prod, lab, old]).contexts)).toEqual(['prod', 'old']);
  });

  it('is all that are watched once the chosen one is in no kubeconfig any more', () => {
    expect(scopeOf(['gone'], [prod, lab])).toMatchObject({ isAll: true });
  });

  it('comes to hold the context of a network that is shown', () => {
    const state = changeView({ ...FIRST_VIEW, scope: [lab.id] }, { do: 'showNetwork', network: NETWORK });
    expect(state).toMatchObject({ view: 'networks', scope: [NETWORK.context], network: NETWORK });
  });

  it('is not narrowed any more when an entry is to be pointed out', () => {
    const before: ViewState = { ...FIRST_VIEW, scope: [lab.id], filters: { event: 'asked' } };
    expect(changeView(before, { do: 'showEntry', entry: 3 })).toMatchObject({
      view: 'activity',
      scope: 'all',
      entry: 3,
      filters: {},
    });
  });
});
