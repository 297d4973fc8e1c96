import type { ContextView } from '../../main/contract/contexts.ts';

/** What of a context changes only when a person or a kubeconfig changes it. */
const LOOKS = [
  'id',
  'name',
  'label',
  'colour',
  'group',
  'file',
  'server',
  'mode',
  'isProtected',
  'isCurrent',
] as const satisfies readonly (keyof ContextView)[];

/** Gives the list that it gave before, for as long as each context in it is called, marked and set the same. */
export type LooksKeeper = (contexts: readonly ContextView[]) => readonly ContextView[];

/**
 * A keeper for what shows contexts but not how they are: phases and counts change ten times a second, and may be older
 * in its list than they are, except for whether a context is off.
 */
export function createLooksKeeper(): LooksKeeper {
  let kept: readonly ContextView[] = [];
  return (contexts) => {
    const isSame =
      contexts.length === kept.length && contexts.every((context, index) => looksLike(context, kept[index]));
    if (!isSame) kept = contexts;
    return kept;
  };
}

function looksLike(a: ContextView, b: ContextView | undefined): boolean {
  if (b === undefined || (a.phase === 'off') !== (b.phase === 'off')) return false;
  return LOOKS.every((look) => a[look] === b[look]);
}
