/** Task counts of a simulated service: new tasks run after a start time, surplus ones stop at once. */
export class SimulatedTasks {
  running: number;
  /** Instants at which tasks that were asked for will run. */
  readonly #starting: number[] = [];
  readonly #startSeconds: { readonly min: number; readonly max: number };
  readonly #random: () => number;

  constructor(
    running: number,
    { startSeconds, seed }: { startSeconds: { readonly min: number; readonly max: number }; seed: number },
  ) {
    this.running = running;
    this.#startSeconds = startSeconds;
    this.#random = randomFrom(seed);
  }

  /** When the next task starts to run; Infinity when none is on its way. */
  get nextStartSeconds(): number {
    return this.#starting[0] ?? Infinity;
  }

  /** Lets the tasks run whose time has come. */
  advance(nowSeconds: number): void {
    while (this.nextStartSeconds <= nowSeconds) {
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

/** Even numbers from 0 to 1, the same ones for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
