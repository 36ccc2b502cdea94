import type { Datapoint } from '../alarms/datapoint.ts';

/** Recent datapoints of one metric: drops the oldest in batches, so that a long run costs no more than a short one. */
export class DatapointHistory<Kept extends Datapoint = Datapoint> {
  readonly #datapoints: Kept[] = [];
  readonly #kept: number;

  constructor(kept: number) {
    this.#kept = kept;
  }

  /** Ascending. Valid until the next `push`. */
  get datapoints(): readonly Kept[] {
    return this.#datapoints;
  }

  push(datapoint: Kept): void {
    if (this.#datapoints.length >= 4 * this.#kept) {
      this.#datapoints.copyWithin(0, this.#datapoints.length - this.#kept);
      this.#datapoints.length = this.#kept;
    }
    this.#datapoints.push(datapoint);
  }
}
