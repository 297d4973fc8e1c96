/**
 * `next`, or `before` where both say the same: what is the same object has not changed, and is not drawn anew.
 * For what came as JSON.
 */
export function keepSame<Value>(before: Value | undefined, next: Value): Value {
  return before !== undefined && isSame(before, next) ? before : next;
}

/** The list with the objects of the one before wherever they say the same; the one before if all of them do. */
export function keepSameItems<Item extends { readonly id: string }>(
  before: readonly Item[],
  next: readonly Item[],
): readonly Item[] {
  const known = new Map(before.map((item) => [item.id, item]));
  const items = next.map((item) => keepSame(known.get(item.id), item));
  const isAllKept = items.length === before.length && items.every((item, index) => item === before[index]);
  return isAllKept ? before : items;
}

function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSame(Reflect.get(a, key), Reflect.get(b, key)))
  );
}
