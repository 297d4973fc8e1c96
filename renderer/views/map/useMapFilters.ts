import { useFilter } from '../../state/view.tsx';
import type { Grouping } from './grouping.ts';
import { GROUPINGS } from './grouping.ts';

export const LOOKS = ['picture', 'table'] as const;
export type Look = (typeof LOOKS)[number];

/** What narrows the map and how it is shown, as the address has it; what is as at first is not in there. */
export interface MapFilters {
  readonly words: string;
  readonly namespace: string | undefined;
  readonly grouping: Grouping;
  readonly look: Look;
  readonly setWords: (words: string) => void;
  readonly setNamespace: (namespace: string | undefined) => void;
  readonly setGrouping: (grouping: Grouping) => void;
  readonly setLook: (look: Look) => void;
}

export function useMapFilters(): MapFilters {
  const [words = '', setWords] = useFilter('map-words');
  const [namespace, setNamespace] = useFilter('map-namespace');
  const [grouping, setGrouping] = useFilter('map-group');
  const [look, setLook] = useFilter('map-look');
  return {
    words,
    namespace,
    grouping: GROUPINGS.find((one) => one === grouping) ?? 'auto',
    look: look === 'table' ? 'table' : 'picture',
    setWords: (next) => setWords(next === '' ? undefined : next),
    setNamespace,
    setGrouping: (next) => setGrouping(next === 'auto' ? undefined : next),
    setLook: (next) => setLook(next === 'picture' ? undefined : next),
  };
}
