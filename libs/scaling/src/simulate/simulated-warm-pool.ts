import { type WarmPool, warmPoolSize } from '@tideline/config';

export interface SimulatedWarmPoolOptions {
  readonly warmPool: WarmPool;
  readonly desired: number;
  readonly max: number;
  /** Time from now until an instance that is launched into the pool is ready. */
  readonly startSeconds: () => number;
}

/** Counts of the instances that wait beside a simulated group; full and ready in the beginning. */
export class SimulatedWarmPool {
  /** Those that a launch may take. */
  #ready: number;
  /** Ascending instants at which those that start, or still drain, are ready. */
  readonly #coming: number[] = [];
  readonly #options: SimulatedWarmPoolOptions;

  constructor(options: SimulatedWarmPoolOptions) {
    this.#options = options;
    this.#ready = warmPoolSize(options.warmPool, options);
  }

  /** Instances that are billed as those in service are. */
  get running(): number {
    return this.#coming.length + (this.#waitsRunning ? this.#ready : 0);
  }

  /** Instances of which the volumes alone are billed. */
  get stopped(): number {
    return this.#waitsRunning ? 0 : this.#ready;
  }

  get nextChangeSeconds(): number {
    return this.#coming[0] ?? Infinity;
  }

  advance(nowSeconds: number): void {
    while (this.nextChangeSeconds <= nowSeconds) {
      this.#coming.shift();
      this.#ready += 1;
    }
  }

  /** Takes an instance out of the pool. False when none is ready. */
  take(): boolean {
    if (this.#ready === 0) return false;
    this.#ready -= 1;
    return true;
  }

  /** Takes an instance back that scaling in has given up. */
  give(readyAtSeconds: number): void {
    this.#coming.push(readyAtSeconds);
  }

  /** Fills the pool up, or gives up what is beyond its size: first what is not ready. */
  follow(bounds: { readonly desired: number; readonly max: number }, nowSeconds: number): void {
    const size = warmPoolSize(this.#options.warmPool, bounds);
    while (this.#ready + this.#coming.length > size && this.#coming.length > 0) this.#coming.pop();
    this.#ready = Math.min(this.#ready, size);
    while (this.#ready + this.#coming.length < size)
      this.#coming.push(nowSeconds + this.#options.startSeconds());
    this.#coming.sort((left, right) => left - right);
  }

  get #waitsRunning(): boolean {
    return this.#options.warmPool.poolState === 'Running';
  }
}
