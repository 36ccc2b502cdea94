import type { WarmupCounts } from '../evaluate/scaling-decision.ts';
import { randomFrom } from './seeded-random.ts';
import type { SimulatedFleet, SimulatedStart } from './simulated-fleet.ts';

/**
 * Share of an instance’s start after which EC2 calls it running and the group puts it in service. What its user data
 * then installs and starts falls into the health check grace period, as at AWS.
 */
export const inServiceShare = 0.3;

interface Launched {
  readonly servesAtSeconds: number;
  /** When its metrics begin to count: its warm-up begins when it is in service, which is before it serves. */
  readonly warmAtSeconds: number;
}

/** Instance counts of a simulated Auto Scaling group: new ones serve after their boot and count after their warm-up. */
export class SimulatedInstances implements SimulatedFleet {
  running: number;
  /** Instances whose warm-up is over. */
  measured: number;
  /** Ascending by when they serve. */
  readonly #booting: Launched[] = [];
  /** Serving; ascending instants at which they are warm. */
  readonly #warming: number[] = [];
  readonly #options: SimulatedStart & { readonly warmupSeconds: number; readonly isProtected: boolean };
  readonly #random: () => number;

  constructor(
    running: number,
    options: SimulatedStart & { readonly warmupSeconds: number; readonly isProtected: boolean },
  ) {
    this.running = running;
    this.measured = running;
    this.#options = options;
    this.#random = randomFrom(options.seed);
  }

  get instances(): number {
    return this.running + this.#booting.length;
  }

  get warmup(): WarmupCounts {
    return { warm: this.measured, warming: this.#warming.length + this.#booting.length };
  }

  get nextChangeSeconds(): number {
    return Math.min(this.#booting[0]?.servesAtSeconds ?? Infinity, this.#warming[0] ?? Infinity);
  }

  advance(nowSeconds: number): void {
    for (let next = this.#booting[0]; next !== undefined && next.servesAtSeconds <= nowSeconds;) {
      this.#booting.shift();
      this.running += 1;
      this.#warming.push(next.warmAtSeconds);
      next = this.#booting[0];
    }
    this.#warming.sort(ascending);
    while ((this.#warming[0] ?? Infinity) <= nowSeconds) {
      this.#warming.shift();
      this.measured += 1;
    }
  }

  /**
   * Gives up those that do not serve yet first, then the coldest; a surplus instance counts no longer from now on. Where
   * instances are protected from scale-in, all of them stay.
   */
  setDesired(desired: number, nowSeconds: number): void {
    if (!this.#options.isProtected) this.#giveUp(desired);
    while (this.running + this.#booting.length < desired) this.#launch(nowSeconds);
    this.#booting.sort((left, right) => left.servesAtSeconds - right.servesAtSeconds);
  }

  #giveUp(desired: number): void {
    while (this.running + this.#booting.length > desired && this.#booting.length > 0) this.#booting.pop();
    this.running = Math.min(this.running, desired);
    while (this.measured + this.#warming.length > desired && this.#warming.length > 0) this.#warming.pop();
    this.measured = Math.min(this.measured, desired);
  }

  #launch(nowSeconds: number): void {
    const { startSeconds, warmupSeconds } = this.#options;
    const bootSeconds = startSeconds.min + this.#random() * (startSeconds.max - startSeconds.min);
    const servesAtSeconds = nowSeconds + bootSeconds;
    const inServiceAtSeconds = nowSeconds + bootSeconds * inServiceShare;
    this.#booting.push({
      servesAtSeconds,
      warmAtSeconds: Math.max(servesAtSeconds, inServiceAtSeconds + warmupSeconds),
    });
  }
}

const ascending = (left: number, right: number): number => left - right;
