import type { CapacityStep, StepVerdict } from './capacity.ts';
import { type RateInterval, halfWidth, kneeInterval } from './knee-interval.ts';

/** Relative distance of neighbouring rates where the knee is crossed. */
export const resolution = 0.06;
/** The climb doubles the rate. */
const climbFactor = 2;
/** Bisection ends when the bracket is this narrow. */
const narrowRatio = 1.2;
/** Pairs of turns without which there is no end, but for time. */
const leastPairs = 6;
const mostPairs = 40;
/** Half width that is good enough, as a share of the value. */
const goodHalfWidth = 0.09;
/** A step that the generator or its machine kept from an answer is made again so often in all. */
const mostTries = 3;
/** Below it nothing is looked for, requests per second. */
const lowestRate = 0.2;

/** What a search found. */
export type KneeSearch =
  | {
      readonly kind: 'found';
      readonly requestsPerSecond: RateInterval;
      readonly method: 'repeated-crossings' | 'bracket';
      readonly limitedBy: Exclude<StepVerdict, 'held' | 'generator' | 'machine'>;
    }
  | {
      readonly kind: 'refused';
      /** time: it ran out below the knee. objective: it does not hold at any rate. */
      readonly because: 'generator' | 'machine' | 'time' | 'objective';
      /** Highest rate that held; null when none did. */
      readonly heldRequestsPerSecond: number | null;
    };

export type StepPurpose = CapacityStep['purpose'];

/** What a search works on; tests give a simulated server. */
export interface SearchSurroundings {
  /** Drives one step and judges it. */
  readonly runStep: (requestsPerSecond: number, purpose: StepPurpose) => Promise<StepVerdict>;
  /** Whether another step at a rate ends before the time limit. */
  readonly hasTime: (requestsPerSecond: number) => boolean;
  readonly startRequestsPerSecond: number;
}

/** An end that comes out of the middle of a search. */
class Ended extends Error {
  override readonly name = 'Ended';
  readonly because: 'generator' | 'machine' | 'time';

  constructor(because: Ended['because']) {
    super(because);
    this.because = because;
  }
}

const isInconclusive = (verdict: StepVerdict): verdict is 'generator' | 'machine' =>
  verdict === 'generator' || verdict === 'machine';

/**
 * Searches the highest rate at which the objective holds: doubles the rate until it does not (or halves it until it does),
 * bisects in logarithms until the two are 20 % apart, then crosses the knee again and again in steps of 6 %, up where it held
 * and down where it did not, until `kneeInterval` is 9 % wide to each side, or time runs out.
 */
export async function searchKnee(surroundings: SearchSurroundings): Promise<KneeSearch> {
  const search = new Search(surroundings);
  try {
    return await search.run();
  } catch (error) {
    if (error instanceof Ended) return search.endedBy(error.because);
    throw error;
  }
}

class Search {
  readonly #surroundings: SearchSurroundings;
  #held: number | null = null;
  #failed: { readonly rate: number; readonly verdict: StepVerdict } | null = null;
  readonly #turns: number[] = [];
  readonly #broken: StepVerdict[] = [];
  readonly #outcomes: { readonly rate: number; readonly holds: boolean }[] = [];

  constructor(surroundings: SearchSurroundings) {
    this.#surroundings = surroundings;
  }

  async run(): Promise<KneeSearch> {
    await this.#climb();
    if (this.#held === null) return { kind: 'refused', because: 'objective', heldRequestsPerSecond: null };
    await this.#bisect();
    // What stands above is no failure of the target: where it fails is not known.
    if (this.#failed === null || isInconclusive(this.#failed.verdict))
      throw new Ended(this.#failed?.verdict === 'machine' ? 'machine' : 'generator');
    await this.#cross();
    return this.#found();
  }

  /** The best answer once the search could not go on. */
  endedBy(because: Ended['because']): KneeSearch {
    const isBracketed = this.#held !== null && this.#failed !== null && !isInconclusive(this.#failed.verdict);
    if (because === 'time' && isBracketed) return this.#found();
    return { kind: 'refused', because, heldRequestsPerSecond: this.#held };
  }

  async #climb(): Promise<void> {
    let rate = this.#surroundings.startRequestsPerSecond;
    while (this.#failed === null || this.#held === null) {
      const verdict = await this.#step(rate, 'climb');
      if (verdict === 'held') {
        this.#held = rate;
        rate *= climbFactor;
      } else {
        this.#failed = { rate, verdict };
        rate /= climbFactor;
        if (this.#held === null && rate < lowestRate) return;
      }
    }
  }

  async #bisect(): Promise<void> {
    while (this.#held !== null && this.#failed !== null && this.#failed.rate / this.#held > narrowRatio) {
      const rate = Math.sqrt(this.#held * this.#failed.rate);
      const verdict = await this.#step(rate, 'bisect');
      if (verdict === 'held') this.#held = rate;
      else this.#failed = { rate, verdict };
    }
  }

  /** Walks up and down. The first turns are made in double steps, to come near, and do not count. */
  async #cross(): Promise<void> {
    let rate = Math.sqrt((this.#held ?? NaN) * (this.#failed?.rate ?? NaN));
    let before: { readonly rate: number; readonly holds: boolean } | null = null;
    let approaching = 2;
    while (!this.#isGoodEnough()) {
      const verdict = await this.#step(rate, approaching > 0 ? 'approach' : 'repeat');
      if (isInconclusive(verdict)) throw new Ended(verdict);
      const holds = verdict === 'held';
      if (!holds) this.#broken.push(verdict);
      if (before !== null && before.holds !== holds) {
        if (approaching > 0) approaching -= 1;
        else this.#turns.push(Math.sqrt(rate * before.rate));
      }
      before = { rate, holds };
      const factor = (1 + resolution) ** (approaching > 0 ? 2 : 1);
      rate = holds ? rate * factor : rate / factor;
    }
  }

  #isGoodEnough(): boolean {
    const pairs = Math.floor(this.#turns.length / 2);
    if (pairs < leastPairs) return false;
    const interval = kneeInterval(this.#turns, resolution);
    return pairs >= mostPairs || (interval !== null && halfWidth(interval) <= goodHalfWidth);
  }

  #found(): KneeSearch {
    const interval = kneeInterval(this.#turns, resolution);
    return {
      kind: 'found',
      requestsPerSecond: interval ?? this.#bracket(),
      method: interval === null ? 'bracket' : 'repeated-crossings',
      limitedBy: this.#whatBroke(),
    };
  }

  /** From the highest rate that held to the lowest that did not; where these cross, from one to the other and a step beyond. */
  #bracket(): RateInterval {
    const held = Math.max(...this.#outcomes.filter(({ holds }) => holds).map(({ rate }) => rate));
    const failed = Math.min(...this.#outcomes.filter(({ holds }) => !holds).map(({ rate }) => rate));
    const [low, high] = held < failed ? [held, failed] : [failed / (1 + resolution), held * (1 + resolution)];
    return { value: Math.sqrt(low * high), low, high };
  }

  /** What broke most often near the knee, and without repeats at the bracket’s upper end. */
  #whatBroke(): Extract<KneeSearch, { kind: 'found' }>['limitedBy'] {
    const broken = this.#broken.length > 0 ? this.#broken : [this.#failed?.verdict];
    const count = (verdict: StepVerdict): number => broken.filter((one) => one === verdict).length;
    return (['latency', 'errors', 'cpu-share'] as const).reduce((most, one) =>
      count(one) > count(most) ? one : most,
    );
  }

  async #step(rate: number, purpose: StepPurpose): Promise<StepVerdict> {
    const { hasTime, runStep } = this.#surroundings;
    for (let tries = 1; ; tries += 1) {
      if (!hasTime(rate)) throw new Ended('time');
      const verdict = await runStep(rate, purpose);
      if (isInconclusive(verdict)) {
        if (tries === mostTries) return verdict;
        continue;
      }
      this.#outcomes.push({ rate, holds: verdict === 'held' });
      return verdict;
    }
  }
}
