import type { ContextView } from '../../main/contract/contexts.ts';
import type { NetworkName } from '../../main/contract/networks.ts';

export const VIEWS = ['networks', 'map', 'activity', 'settings'] as const;
export type View = (typeof VIEWS)[number];

/** What a person looks at. All of it is in the address, so that it can be kept, shared and gone back to. */
export interface ViewState {
  readonly view: View;
  /** The ids of contexts, or all that are watched; undefined until the person chooses. */
  readonly scope: readonly string[] | 'all' | undefined;
  /** The network whose details are open. */
  readonly network: NetworkName | undefined;
  /** The journal entry to point out. */
  readonly entry: number | undefined;
  /** What narrows and orders the views, by the name of its parameter; an absent one is as it is at first. */
  readonly filters: Filters;
}

export type Filters = Readonly<Partial<Record<FilterName, string>>>;

/** Parameters that views keep in the address; each belongs to one view. */
export const FILTER_NAMES = [
  'words',
  'state',
  'type',
  'namespace',
  'sort',
  'columns',
  'map-context',
  'map-namespace',
  'map-group',
  'map-words',
  'map-look',
  'event',
  'event-words',
  'period',
  'from',
  'section',
] as const;
export type FilterName = (typeof FILTER_NAMES)[number];

export const FIRST_VIEW: ViewState = {
  view: 'networks',
  scope: undefined,
  network: undefined,
  entry: undefined,
  filters: {},
};

export type ViewChange =
  | { readonly do: 'open'; readonly view: View }
  | { readonly do: 'choose'; readonly scope: readonly string[] | 'all' }
  | { readonly do: 'showNetwork'; readonly network: NetworkName }
  | { readonly do: 'closeNetwork' }
  | { readonly do: 'showEntry'; readonly entry: number }
  /** undefined: as it is at first */
  | { readonly do: 'filter'; readonly filters: Readonly<Partial<Record<FilterName, string | undefined>>> }
  /** The person went back or forward. */
  | { readonly do: 'goTo'; readonly state: ViewState };

export function changeView(state: ViewState, change: ViewChange): ViewState {
  switch (change.do) {
    case 'open':
      return { ...state, view: change.view, entry: undefined };
    case 'choose':
      return { ...state, scope: change.scope, network: undefined, view: viewOfContexts(state.view) };
    case 'showNetwork':
      return { ...state, scope: scopeWith(state.scope, change.network), ...opening(state, change.network) };
    case 'closeNetwork':
      return { ...state, network: undefined };
    case 'showEntry':
      return { ...state, view: 'activity', scope: 'all', entry: change.entry, filters: {} };
    case 'filter':
      return { ...state, filters: withFilters(state.filters, change.filters) };
    case 'goTo':
      return change.state;
  }
}

/** A context is chosen to look at its networks, its map or its activity, never at the settings. */
function viewOfContexts(view: View): View {
  return view === 'settings' ? 'networks' : view;
}

/** The details open beside the table, or beside the map where that is what the person looks at. */
function opening({ view }: ViewState, network: NetworkName): Pick<ViewState, 'view' | 'network'> {
  return { view: view === 'map' ? 'map' : 'networks', network };
}

function scopeWith(scope: ViewState['scope'], { context }: NetworkName): ViewState['scope'] {
  if (scope === 'all' || scope === undefined || scope.includes(context)) return scope;
  return [context];
}

function withFilters(
  before: Filters,
  change: Readonly<Partial<Record<FilterName, string | undefined>>>,
): Filters {
  const after = Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(after);
}

/** The contexts that are looked at. */
export interface Scope {
  /** In the order of the sidebar. */
  readonly contexts: readonly ContextView[];
  /** The one that is looked at, if it is one alone. */
  readonly only: ContextView | undefined;
  /** All that are watched, whichever they are. */
  readonly isAll: boolean;
}

export function scopeOf(chosen: ViewState['scope'], contexts: readonly ContextView[]): Scope {
  if (chosen !== 'all' && chosen !== undefined) {
    const found = contexts.filter(({ id }) => chosen.includes(id));
    if (found.length > 0)
      return { contexts: found, only: found.length === 1 ? found[0] : undefined, isAll: false };
  }
  const watched = contexts.filter(({ mode }) => mode !== 'off');
  const only = chosen === undefined && watched.length === 1 ? watched[0] : undefined;
  return { contexts: watched, only, isAll: only === undefined };
}
