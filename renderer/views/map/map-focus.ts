import { createContext, use, useSyncExternalStore } from 'react';

/** Which node has the keyboard, and what stays lit while one is pointed at. Told to those alone whom it concerns. */
export class MapFocus {
  #lit: ReadonlySet<string> | undefined;
  #kept: ReadonlySet<string> | undefined;
  #active: string | undefined;
  /** The active node is to take the focus as soon as it is drawn. */
  #wantsFocus = false;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** undefined: nothing is pointed at. */
  light(lit: ReadonlySet<string> | undefined): void {
    if (lit === this.#lit) return;
    this.#lit = lit;
    this.#tell();
  }

  /** Lines to what is not among it are dim while nothing is pointed at; nodes are not, for they are to be read. */
  keepLit(kept: ReadonlySet<string> | undefined): void {
    this.#kept = kept;
    this.#tell();
  }

  activate(id: string | undefined, wantsFocus = false): void {
    if (id === this.#active && !wantsFocus) return;
    this.#active = id;
    this.#wantsFocus = wantsFocus;
    this.#tell();
  }

  active(): string | undefined {
    return this.#active;
  }

  isNodeDim(id: string): boolean {
    return this.#lit !== undefined && !this.#lit.has(id);
  }

  isLineDim(id: string): boolean {
    const lit = this.#lit ?? this.#kept;
    return lit !== undefined && !lit.has(id);
  }

  /** Whether the node is to take the focus now; it is told once. */
  takeFocus(id: string): boolean {
    if (!this.#wantsFocus || id !== this.#active) return false;
    this.#wantsFocus = false;
    return true;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

export const MapFocusContext = createContext<MapFocus | undefined>(undefined);

export function useMapFocus(): MapFocus {
  const focus = use(MapFocusContext);
  if (focus === undefined) throw new Error('There is no map around this node.');
  return focus;
}

export function useIsNodeDim(id: string): boolean {
  const focus = useMapFocus();
  return useSyncExternalStore(focus.subscribe, () => focus.isNodeDim(id));
}

export function useIsLineDim(id: string): boolean {
  const focus = useMapFocus();
  return useSyncExternalStore(focus.subscribe, () => focus.isLineDim(id));
}

export function useIsActive(id: string): boolean {
  const focus = useMapFocus();
  return useSyncExternalStore(focus.subscribe, () => focus.active() === id);
}
