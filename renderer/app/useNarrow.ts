import { useSyncExternalStore } from 'react';

/** Narrower, and contexts beside what is looked at would leave too little of it: at 200 % of a small window. */
const NARROW = window.matchMedia('(width < 700px)');

function subscribe(listener: () => void): () => void {
  NARROW.addEventListener('change', listener);
  return () => NARROW.removeEventListener('change', listener);
}

/** Whether the contexts have no room beside what is looked at, and open over it instead. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => NARROW.matches);
}
