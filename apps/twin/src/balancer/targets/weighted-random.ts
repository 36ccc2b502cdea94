import type { Routable, Router } from './routing.ts';

/** Each target at random, by its weight. */
export class WeightedRandom<T extends Routable> implements Router<T> {
  readonly #random: () => number;

  /** @param random from 0 to below 1 */
  constructor(random: () => number) {
    this.#random = random;
  }

  choose(candidates: readonly T[]): T | undefined {
    let total = 0;
    for (const { weight } of candidates) total += weight;
    let left = this.#random() * total;
    for (const candidate of candidates) {
      left -= candidate.weight;
      if (left < 0) return candidate;
    }
    return candidates.at(-1);
  }
}
