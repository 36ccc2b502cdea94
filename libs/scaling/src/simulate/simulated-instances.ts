import { type WarmPool, lifecyclePollSeconds } from '@tideline/config';
import type { WarmupCounts } from '../evaluate/scaling-decision.ts';
import { randomFrom } from './seeded-random.ts';
import type { SimulatedFleet, SimulatedStart } from './simulated-fleet.ts';
import { SimulatedWarmPool } from './simulated-warm-pool.ts';

/**
 * Share of an instance’s start after which EC2 calls it running and the group puts it in service. What its user data
 * then installs and starts falls into the health check grace period, as at AWS.
 */
export const inServiceShare = 0.3;

/** What an instance that leaves a warm pool takes until it serves. */
export const warmStartBounds = (
  { poolState }: WarmPool,
  warmStartSeconds: SimulatedStart['startSeconds'],
): SimulatedStart['startSeconds'] =>
  poolState === 'Running' ? { min: lifecyclePollSeconds, max: lifecyclePollSeconds } : warmStartSeconds;

export interface SimulatedInstancesOptions extends SimulatedStart {
  readonly warmupSeconds: number;
  readonly isProtected: boolean;
  readonly warmPool: WarmPool | null;
  readonly warmStartSeconds: SimulatedStart['startSeconds'];
  /** Maximum of the group, which a warm pool fills up to. */
  readonly max: number;
  /** Time that an instance drains before it is back in the warm pool. */
  readonly drainSeconds: number;
}

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
  readonly #options: SimulatedInstancesOptions;
  readonly #random: () => number;
  readonly #pool: SimulatedWarmPool | null;
  #desired: number;
  #max: number;

  constructor(running: number, options: SimulatedInstancesOptions) {
    const { warmPool, max, startSeconds } = options;
    this.running = running;
    this.measured = running;
    this.#desired = running;
    this.#max = max;
    this.#options = options;
    this.#random = randomFrom(options.seed);
    this.#pool =
      warmPool &&
      new SimulatedWarmPool({
        ...{ warmPool, desired: running, max },
        startSeconds: () => this.#between(startSeconds),
      });
  }

  get instances(): number {
    return this.running + this.#booting.length + (this.#pool?.running ?? 0);
  }

  get stopped(): number {
    return this.#pool?.stopped ?? 0;
  }

  get warmup(): WarmupCounts {
    return { warm: this.measured, warming: this.#warming.length + this.#booting.length };
  }

  get nextChangeSeconds(): number {
    return Math.min(
      this.#booting[0]?.servesAtSeconds ?? Infinity,
      this.#warming[0] ?? Infinity,
      this.#pool?.nextChangeSeconds ?? Infinity,
    );
  }

  advance(nowSeconds: number): void {
    this.#pool?.advance(nowSeconds);
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
   * instances are protected from scale-in, all of them stay. A launch takes an instance of the warm pool if one is ready.
   */
  setDesired(desired: number, nowSeconds: number): void {
    this.#desired = desired;
    if (!this.#options.isProtected) this.#giveUp(desired, nowSeconds);
    while (this.running + this.#booting.length < desired) this.#launch(nowSeconds);
    this.#booting.sort((left, right) => left.servesAtSeconds - right.servesAtSeconds);
    this.#fillPool(nowSeconds);
  }

  setMaximum(max: number, nowSeconds: number): void {
    this.#max = max;
    this.#fillPool(nowSeconds);
  }

  #fillPool(nowSeconds: number): void {
    this.#pool?.follow({ desired: this.#desired, max: this.#max }, nowSeconds);
  }

  #giveUp(desired: number, nowSeconds: number): void {
    const { warmPool, drainSeconds } = this.#options;
    while (this.running + this.#booting.length > desired && this.#booting.length > 0) this.#booting.pop();
    for (let surplus = this.running - desired; surplus > 0; surplus -= 1)
      if (warmPool?.instanceReusePolicy.reuseOnScaleIn === true) this.#pool?.give(nowSeconds + drainSeconds);
    this.running = Math.min(this.running, desired);
    while (this.measured + this.#warming.length > desired && this.#warming.length > 0) this.#warming.pop();
    this.measured = Math.min(this.measured, desired);
  }

  #launch(nowSeconds: number): void {
    const { startSeconds, warmStartSeconds, warmupSeconds, warmPool } = this.#options;
    const isWarm = this.#pool?.take() === true;
    const bootSeconds = this.#between(
      isWarm && warmPool !== null ? warmStartBounds(warmPool, warmStartSeconds) : startSeconds,
    );
    const servesAtSeconds = nowSeconds + bootSeconds;
    // Beside a warm pool a hook keeps an instance from service until its application answers.
    const inServiceAtSeconds = nowSeconds + bootSeconds * (warmPool === null ? inServiceShare : 1);
    this.#booting.push({
      servesAtSeconds,
      warmAtSeconds: Math.max(servesAtSeconds, inServiceAtSeconds + warmupSeconds),
    });
  }

  #between({ min, max }: SimulatedStart['startSeconds']): number {
    return min + this.#random() * (max - min);
  }
}

const ascending = (left: number, right: number): number => left - right;
