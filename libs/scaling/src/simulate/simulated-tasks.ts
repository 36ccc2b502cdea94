import { randomFrom } from './seeded-random.ts';
import type { SimulatedFleet, SimulatedStart } from './simulated-fleet.ts';

/** Task counts of a simulated service: new tasks run after a start time, surplus ones stop at once. */
export class SimulatedTasks implements SimulatedFleet {
  readonly warmup = null;
  readonly instances = 0;
  readonly stopped = 0;
  running: number;
  /** Instants at which tasks that were asked for will run. */
  readonly #starting: number[] = [];
  readonly #startSeconds: SimulatedStart['startSeconds'];
  readonly #random: () => number;

  constructor(running: number, { startSeconds, seed }: SimulatedStart) {
    this.running = running;
    this.#startSeconds = startSeconds;
    this.#random = randomFrom(seed);
  }

  /** Every running task counts. */
  get measured(): number {
    return this.running;
  }

  /** When the next task starts to run; Infinity when none is on its way. */
  get nextChangeSeconds(): number {
    return this.#starting[0] ?? Infinity;
  }

  /** Lets the tasks run whose time has come. */
  advance(nowSeconds: number): void {
    while (this.nextChangeSeconds <= nowSeconds) {
      this.#starting.shift();
      this.running += 1;
    }
  }

  /**
   * Follows a new desired count. Tasks that do not run yet are given up first. A surplus running task counts no
   * longer from this moment on: it drains outside the rotation, which no count or metric here sees.
   */
  setDesired(desired: number, nowSeconds: number): void {
    while (this.running + this.#starting.length > desired && this.#starting.length > 0) this.#starting.pop();
    this.running = Math.min(this.running, desired);
    const { min, max } = this.#startSeconds;
    while (this.running + this.#starting.length < desired)
      this.#starting.push(nowSeconds + min + this.#random() * (max - min));
    this.#starting.sort((left, right) => left - right);
  }
}
