import type { ReactNode } from 'react';
import { createContext, use, useCallback, useMemo } from 'react';
import type { FilterName, Scope, ViewChange, ViewState } from './view-state.ts';
import { scopeOf } from './view-state.ts';
import { useWindowState } from './window.tsx';

interface ViewModel {
  readonly view: ViewState;
  readonly change: (change: ViewChange) => void;
}

const ViewContext = createContext<ViewModel | undefined>(undefined);

export function ViewProvider({ view, change, children }: ViewModel & { children: ReactNode }) {
  const model = useMemo(() => ({ view, change }), [view, change]);
  return <ViewContext value={model}>{children}</ViewContext>;
}

/** What the person looks at, and how to change it. */
export function useView(): ViewModel {
  const model = use(ViewContext);
  if (model === undefined) throw new Error('There is no view around this component.');
  return model;
}

/** The contexts that are looked at. Only where a state is there. */
export function useScope(): Scope {
  const { scope } = useView().view;
  const contexts = useWindowState((state) => state.contexts);
  return useMemo(() => scopeOf(scope, contexts), [scope, contexts]);
}

/** One of the parameters that narrow or order a view; undefined: as it is at first. */
export function useFilter(
  name: FilterName,
): readonly [string | undefined, (value: string | undefined) => void] {
  const { view, change } = useView();
  const set = useCallback(
    (value: string | undefined) => change({ do: 'filter', filters: { [name]: value } }),
    [change, name],
  );
  return [view.filters[name], set];
}

/** Opens the settings at one of their sections. */
export function useOpenSettings(): (section: string) => void {
  const { change } = useView();
  return useCallback(
    (section: string) => {
      change({ do: 'filter', filters: { section } });
      change({ do: 'open', view: 'settings' });
    },
    [change],
  );
}
