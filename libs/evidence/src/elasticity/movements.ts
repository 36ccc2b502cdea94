/** Changes of two counts. */
interface Change {
  readonly supply: number;
  readonly demand: number;
}

/** Counts the changes of supply and demand, and the time in which they do not move in the same direction. */
export class Movements {
  readonly #fromSeconds: number;
  readonly #toSeconds: number;
  readonly #stepSeconds: number;
  /** Number of the sampled interval that changes were last seen in. */
  #interval = -1;
  #supplyChange = 0;
  #demandChange = 0;
  #unstableSeconds = 0;
  readonly #adaptations = { supply: 0, demand: 0 };

  constructor(time: {
    readonly fromSeconds: number;
    readonly toSeconds: number;
    readonly stepSeconds: number;
  }) {
    this.#fromSeconds = time.fromSeconds;
    this.#toSeconds = time.toSeconds;
    this.#stepSeconds = time.stepSeconds;
  }

  /**
   * A sample sees what changed since the one before, up to its own instant. Instants are in order.
   * @param supply by how much it changed; 0 where it stayed
   * @param demand the same
   */
  moved(seconds: number, supply: number, demand: number): void {
    if (supply !== 0) this.#adaptations.supply += 1;
    if (demand !== 0) this.#adaptations.demand += 1;
    const interval = Math.ceil((seconds - this.#fromSeconds) / this.#stepSeconds) - 1;
    if (interval !== this.#interval) this.#closeInterval();
    this.#interval = interval;
    this.#supplyChange += supply;
    this.#demandChange += demand;
  }

  /** The counts and the time, seconds, when all changes have been told. */
  finish(): { readonly adaptations: Change; readonly unstableSeconds: number } {
    this.#closeInterval();
    return { adaptations: this.#adaptations, unstableSeconds: this.#unstableSeconds };
  }

  #closeInterval(): void {
    if (Math.sign(this.#supplyChange) !== Math.sign(this.#demandChange)) {
      const from = this.#fromSeconds + this.#interval * this.#stepSeconds;
      this.#unstableSeconds += Math.min(this.#stepSeconds, this.#toSeconds - from);
    }
    this.#supplyChange = 0;
    this.#demandChange = 0;
  }
}
