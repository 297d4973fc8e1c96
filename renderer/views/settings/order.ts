import type { ContextView } from '../../../main/contract/contexts.ts';

/** Where something that is dragged is dropped. */
export interface Place {
  readonly id: string;
  readonly position: 'before' | 'after';
}

/** The ids with the moved ones at that place, in the order that they have among themselves. */
export function moveTo(
  ids: readonly string[],
  moved: ReadonlySet<string>,
  { id, position }: Place,
): readonly string[] {
  if (moved.has(id)) return ids;
  const others = ids.filter((one) => !moved.has(one));
  const at = others.indexOf(id);
  if (at < 0) return ids;
  const index = position === 'before' ? at : at + 1;
  return [...others.slice(0, index), ...ids.filter((one) => moved.has(one)), ...others.slice(index)];
}

export type Step = 'up' | 'down' | 'first' | 'last';

/**
 * Where a step leads, among those that are shown: with a filter the next one may be far away in the whole order.
 * `undefined` where it leads nowhere.
 */
export function placeAfterStep(shown: readonly string[], id: string, step: Step): Place | undefined {
  const index = shown.indexOf(id);
  const isUp = step === 'up' || step === 'first';
  const target = { up: shown[index - 1], down: shown[index + 1], first: shown[0], last: shown.at(-1) }[step];
  if (index < 0 || target === undefined || target === id) return undefined;
  return { id: target, position: isUp ? 'before' : 'after' };
}

/** The contexts that have all the words in name, group or server. */
export function findContexts(contexts: readonly ContextView[], typed: string): readonly ContextView[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return contexts;
  return contexts.filter((context) => {
    const { label = '', name, group = '', server } = context;
    const text = `${label} ${name} ${group} ${server}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
