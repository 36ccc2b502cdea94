import { randomFrom } from '@tideline/scaling';
import type { StepVerdict } from '../src/capacity/capacity.ts';

/** What a simulated server is like. */
export interface SimulatedServerOptions {
  /** Mean time of a request, milliseconds. */
  readonly serviceMs: number;
  /** Standard deviation of that time over its mean: 0 is M/D/1, else times are lognormal. Default: 0. */
  readonly variation?: number;
  readonly seed: number;
}

/** An M/G/1 queue: requests come at random, and are served one after another. */
export class SimulatedServer {
  readonly #serviceMs: number;
  readonly #sigma: number;
  readonly #random: () => number;

  constructor({ serviceMs, variation = 0, seed }: SimulatedServerOptions) {
    this.#serviceMs = serviceMs;
    this.#sigma = Math.sqrt(Math.log(1 + variation ** 2));
    this.#random = randomFrom(seed);
  }

  /** Response time at a percentile of so many requests, milliseconds (Lindley’s recursion, from an empty queue). */
  latencyMs(requestsPerSecond: number, requests: number, percentile: number): number {
    const times = new Float64Array(requests);
    let waitMs = 0;
    for (let index = 0; index < requests; index += 1) {
      const serviceMs = this.#nextServiceMs();
      times[index] = waitMs + serviceMs;
      const gapMs = (-Math.log(1 - this.#random()) / requestsPerSecond) * 1000;
      waitMs = Math.max(0, waitMs + serviceMs - gapMs);
    }
    times.sort();
    return times[Math.ceil((percentile / 100) * requests) - 1] ?? NaN;
  }

  #nextServiceMs(): number {
    if (this.#sigma === 0) return this.#serviceMs;
    const normal = Math.sqrt(-2 * Math.log(1 - this.#random())) * Math.cos(2 * Math.PI * this.#random());
    return this.#serviceMs * Math.exp(this.#sigma * normal - this.#sigma ** 2 / 2);
  }

  /** The rate at which the percentile of very many requests is the limit: bisected to 0.1 %. */
  kneeRequestsPerSecond(limitMs: number, percentile: number): number {
    let [low, high] = [0, 1000 / this.#serviceMs];
    while (high / Math.max(low, 1e-9) > 1.001) {
      const rate = (low + high) / 2;
      if (this.latencyMs(rate, 150_000, percentile) <= limitMs) low = rate;
      else high = rate;
    }
    return (low + high) / 2;
  }
}

/** Answers from a list, then stays with the last of it. */
export const verdictsOf = (verdicts: readonly StepVerdict[]): (() => Promise<StepVerdict>) => {
  let next = 0;
  return () => Promise.resolve(verdicts[Math.min((next += 1), verdicts.length) - 1] ?? 'held');
};
