import type { ContextView } from '../../main/contract/contexts.ts';
import type { NetworkName } from '../../main/contract/networks.ts';

export type View = 'networks' | 'activity' | 'settings';

/** What a person looks at. */
export interface ViewState {
  readonly view: View;
  /** A context's id, or all that are watched; undefined until the person chooses. */
  readonly scope: string | 'all' | undefined;
  /** The network whose details are open. */
  readonly network: NetworkName | undefined;
  /** The journal entry to point out. */
  readonly entry: number | undefined;
}

export const FIRST_VIEW: ViewState = {
  view: 'networks',
  scope: undefined,
  network: undefined,
  entry: undefined,
};

export type ViewChange =
  | { readonly do: 'open'; readonly view: View }
  | { readonly do: 'choose'; readonly scope: string }
  | { readonly do: 'showNetwork'; readonly network: NetworkName }
  | { readonly do: 'closeNetwork' }
  | { readonly do: 'showEntry'; readonly entry: number };

export function changeView(state: ViewState, change: ViewChange): ViewState {
  switch (change.do) {
    case 'open':
      return { ...state, view: change.view, entry: undefined };
    case 'choose':
      return { ...state, scope: change.scope, network: undefined, view: viewOfNetworks(state.view) };
    case 'showNetwork':
      return { ...state, ...scopeWith(state, change.network), view: 'networks', network: change.network };
    case 'closeNetwork':
      return { ...state, network: undefined };
    case 'showEntry':
      return { ...state, view: 'activity', scope: 'all', entry: change.entry };
  }
}

/** A context is chosen to look at its networks or its activity, never at the settings. */
function viewOfNetworks(view: View): View {
  return view === 'settings' ? 'networks' : view;
}

function scopeWith({ scope }: ViewState, { context }: NetworkName): Pick<ViewState, 'scope'> {
  return { scope: scope === 'all' || scope === undefined ? scope : context };
}

/** The context that is looked at; undefined: all that are watched. */
export function scopeContext(
  scope: ViewState['scope'],
  contexts: readonly ContextView[],
): ContextView | undefined {
  if (scope === 'all') return undefined;
  const chosen = contexts.find(({ id }) => id === scope);
  if (chosen !== undefined) return chosen;
  const watched = contexts.filter(({ mode }) => mode !== 'off');
  return watched.length === 1 ? watched[0] : undefined;
}
