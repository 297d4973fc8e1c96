import { useDeferredValue, useEffect, useRef, useState } from 'react';
import { useFilter } from './view.tsx';
import type { FilterName } from './view-state.ts';

export interface TypedFilter {
  /** What stands in the field at this moment. */
  readonly typed: string;
  readonly type: (text: string) => void;
  /** What to look for: follows what is typed as soon as there is time. */
  readonly words: string;
}

/** Words that are typed: the field takes each letter at once, the view and the address follow. */
export function useTypedFilter(name: FilterName): TypedFilter {
  const [kept, keep] = useFilter(name);
  const [typed, setTyped] = useState(kept ?? '');
  const words = useDeferredValue(typed);
  const written = useRef(kept);
  useEffect(() => {
    const next = words === '' ? undefined : words;
    if (next === written.current) return;
    written.current = next;
    keep(next);
  }, [words, keep]);
  // The person went back, or the filters were cleared.
  useEffect(() => {
    if (kept === written.current) return;
    written.current = kept;
    setTyped(kept ?? '');
  }, [kept]);
  return { typed, type: setTyped, words };
}
