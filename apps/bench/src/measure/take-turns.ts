/** Results of each contender, one per round. */
export type RoundsOf<Name extends string, Result> = Readonly<Record<Name, readonly Result[]>>;

/**
 * Measures every contender once per round, one after the other: A B B A, never A A B B. Every other round goes backwards, so
 * that none always comes after the same one, whose caches and heat it would inherit.
 */
export async function takeTurns<Name extends string, Result>(
  contenders: readonly Name[],
  rounds: number,
  measure: (contender: Name, round: number) => Promise<Result>,
): Promise<RoundsOf<Name, Result>> {
  const results = Object.fromEntries(contenders.map((name) => [name, [] as Result[]])) as Record<
    Name,
    Result[]
  >;
  for (let round = 1; round <= rounds; round += 1) {
    const inTurn = round % 2 === 1 ? contenders : contenders.toReversed();
    for (const name of inTurn) results[name].push(await measure(name, round));
  }
  return results;
}
