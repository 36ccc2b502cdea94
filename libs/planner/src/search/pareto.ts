/** Those that no other beats: none is at least as low in every measure and lower in one. Of equal ones the first. */
export function paretoFront<Item>(
  items: readonly Item[],
  measures: (item: Item) => readonly number[],
): readonly Item[] {
  const measured = items.map((item) => ({ item, values: measures(item) }));
  // Whatever beats an item stands before it in this order.
  const ordered = measured
    .map((each, place) => ({ ...each, place }))
    .sort((a, b) => compare(a.values, b.values) || a.place - b.place);
  const front: typeof ordered = [];
  for (const candidate of ordered)
    if (!front.some(({ values }) => values.every((value, index) => value <= (candidate.values[index] ?? 0))))
      front.push(candidate);
  return front.map(({ item }) => item);
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const difference = value - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
