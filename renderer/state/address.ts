import type { NetworkName } from '../../main/contract/networks.ts';
import type { FilterName, ViewState } from './view-state.ts';
import { FILTER_NAMES, FIRST_VIEW, VIEWS } from './view-state.ts';

/** The view as the query of an address: `?view=activity&event=restored`; '' for what is shown at first. */
export function toQuery({ view, scope, network, entry, filters }: ViewState): string {
  const query = new URLSearchParams();
  if (view !== FIRST_VIEW.view) query.set('view', view);
  if (scope === 'all') query.set('context', '*');
  else for (const id of scope ?? []) query.append('context', id);
  if (network !== undefined) {
    query.set('network', `${network.namespace}/${network.name}`);
    query.set('on', network.context);
  }
  if (entry !== undefined) query.set('entry', String(entry));
  for (const name of FILTER_NAMES) {
    const value = filters[name];
    if (value !== undefined) query.set(name, value);
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** What a query says; parts that make no sense are left out. */
export function fromQuery(text: string): ViewState {
  const query = new URLSearchParams(text);
  const view = VIEWS.find((one) => one === query.get('view')) ?? FIRST_VIEW.view;
  const ids = query.getAll('context');
  const entry = Number(query.get('entry') ?? Number.NaN);
  const filters = FILTER_NAMES.flatMap((name): (readonly [FilterName, string])[] => {
    const value = query.get(name);
    return value === null ? [] : [[name, value]];
  });
  return {
    view,
    scope: scopeFrom(ids),
    network: networkFrom(query.get('network'), query.get('on')),
    entry: Number.isSafeInteger(entry) && entry >= 0 ? entry : undefined,
    filters: Object.fromEntries(filters),
  };
}

function scopeFrom(ids: readonly string[]): ViewState['scope'] {
  if (ids.includes('*')) return 'all';
  return ids.length === 0 ? undefined : ids;
}

/** A namespace has no slash; whatever follows the first one is the name. */
function networkFrom(network: string | null, context: string | null): NetworkName | undefined {
  if (network === null || context === null) return undefined;
  const slash = network.indexOf('/');
  if (slash < 0) return undefined;
  return { context, namespace: network.slice(0, slash), name: network.slice(slash + 1) };
}
