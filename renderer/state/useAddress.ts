import { useCallback, useEffect, useReducer, useRef } from 'react';
import { fromQuery, toQuery } from './address.ts';
import type { ViewChange, ViewState } from './view-state.ts';
import { changeView } from './view-state.ts';

/**
 * What a person looks at, kept in the address of the page. Another view, context or network is a step that the
 * browser's Back undoes; what narrows a view is not, or Back would undo one letter at a time.
 */
export function useAddress(): readonly [ViewState, (change: ViewChange) => void] {
  const [state, dispatch] = useReducer(changeView, undefined, () => fromQuery(window.location.search));
  const isStep = useRef(false);
  const change = useCallback((next: ViewChange) => {
    isStep.current = next.do !== 'filter' && next.do !== 'goTo';
    dispatch(next);
  }, []);
  useEffect(() => {
    const query = toQuery(state);
    if (query === window.location.search) return;
    const address = window.location.pathname + query;
    if (isStep.current) window.history.pushState(null, '', address);
    else window.history.replaceState(null, '', address);
  }, [state]);
  useEffect(() => {
    const goTo = () => dispatch({ do: 'goTo', state: fromQuery(window.location.search) });
    window.addEventListener('popstate', goTo);
    return () => window.removeEventListener('popstate', goTo);
  }, []);
  return [state, change];
}
