import type { Datapoint } from '../alarms/datapoint.ts';

/** Recent datapoints of one metric: drops the oldest in batches, so that a long run costs no more than a short one. */
export class DatapointHistory {
  readonly #datapoints: Datapoint[] = [];
  readonly #kept: number;

  constructor(kept: number) {
    this.#kept = kept;
  }

  /** Ascending. Valid until the next `push`. */
  get datapoints(): readonly Datapoint[] {
    return this.#datapoints;
  }

  push(datapoint: Datapoint): void {
    if (this.#datapoints.length >= 4 * this.#kept) {
      this.#datapoints.copyWithin(0, this.#datapoints.length - this.#kept);
      this.#datapoints.length = this.#kept;
    }
    this.#datapoints.push(datapoint);
  }
}
