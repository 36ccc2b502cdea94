/** Values that hold from an instant on, read forwards in time. */
export class StepReader {
  readonly #instants: Float64Array;
  readonly #values: Float64Array;
  #index = 0;
  /** When the next value begins; Infinity after the last. */
  nextSeconds: number;
  /** What holds now; 0 before the first value. */
  value = 0;

  private constructor(instants: Float64Array, values: Float64Array) {
    this.#instants = instants;
    this.#values = values;
    this.nextSeconds = instants[0] ?? Infinity;
  }

  /** @throws RangeError for points out of order of time, and for values that are not finite numbers from 0 up */
  static of<Point extends { readonly seconds: number }>(
    points: readonly Point[],
    valueOf: (point: Point) => number,
  ): StepReader {
    const instants = new Float64Array(points.length);
    const values = new Float64Array(points.length);
    let previous = -Infinity;
    let index = -1;
    for (const point of points) {
      index += 1;
      const { seconds } = point;
      const value = valueOf(point);
      if (!(value >= 0 && value < Infinity))
        throw new RangeError(`at ${seconds} s: got ${value}; allowed is a finite number from 0 up`);
      if (!(seconds >= previous))
        throw new RangeError(`got ${seconds} s after ${previous} s; entries must be in order of time`);
      instants[index] = seconds;
      values[index] = value;
      previous = seconds;
    }
    return new StepReader(instants, values);
  }

  /** Goes on to what holds at that instant, and returns by how much it changed. */
  advanceTo(seconds: number): number {
    const before = this.value;
    let index = this.#index;
    while ((this.#instants[index] ?? Infinity) <= seconds) index += 1;
    this.#index = index;
    this.value = this.#values[index - 1] ?? 0;
    this.nextSeconds = this.#instants[index] ?? Infinity;
    return this.value - before;
  }
}
