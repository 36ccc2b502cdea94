/**
 * Takes turns by weight, as evenly as weights allow: smooth weighted round robin, so that weights 3 and 1
 * give a, a, b, a and never a, a, a, b, a, a, a, b by chance of who asks.
 */
export function endpointRotation<T>(
  endpoints: readonly { readonly weight: number; readonly value: T }[],
): () => T {
  const [only] = endpoints;
  if (only === undefined) throw new RangeError('a rotation needs at least one endpoint; got none');
  if (endpoints.length === 1) return () => only.value;

  const total = endpoints.reduce((sum, { weight }) => sum + weight, 0);
  const turns = endpoints.map(({ weight, value }) => ({ weight, value, credit: 0 }));
  return () => {
    let [best] = turns as [(typeof turns)[number]];
    for (const turn of turns) {
      turn.credit += turn.weight;
      if (turn.credit > best.credit) best = turn;
    }
    best.credit -= total;
    return best.value;
  };
}
