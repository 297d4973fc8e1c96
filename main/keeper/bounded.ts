/** As Promise.all over `make` of each item, with at most `atOnce` of them under way. Keeps the order. */
export async function mapBounded<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  make: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  // All workers take from one iterator: each item goes to whoever is free first.
  const waiting = items.entries();
  const work = async () => {
    for (const [index, item] of waiting) results[index] = await make(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work));
  return results;
}
