/** What a period’s datapoint says of the tasks or instances that ran. */
export interface Utilisation {
  /** Percent of what they reserve. */
  readonly value: number;
  /** How many ran on average over the period. */
  readonly running: number;
}

/**
 * Utilisation over one metric period: what units used over what they reserve, each for the time that it ran within the period, one
 * that came or left within it too. The twin’s collector and the simulator both add up by this.
 *
 * The Amazon ECS guide says that a datapoint is made of several readings a minute of tasks in the state RUNNING, as units used over
 * units reserved. It does not say how tasks that ran for a part of the minute weigh: by their time is an assumption, which readings
 * at even distances come to (ADR 0044).
 */
export class UtilisationPeriod {
  #percentSeconds = 0;
  #unitSeconds = 0;

  /**
   * @param percent what was used on average of what is reserved, 0 to 100, or above it where a unit may burst
   * @param unitSeconds units times the seconds that they ran
   */
  add(percent: number, unitSeconds: number): void {
    this.#percentSeconds += percent * unitSeconds;
    this.#unitSeconds += unitSeconds;
  }

  /**
   * The average of the period; then starts over.
   * @param seconds length of the period, above 0
   * @returns undefined where nothing ran
   */
  close(seconds: number): Utilisation | undefined {
    const percentSeconds = this.#percentSeconds;
    const unitSeconds = this.#unitSeconds;
    this.#percentSeconds = 0;
    this.#unitSeconds = 0;
    if (!(unitSeconds > 0)) return undefined;
    return { value: percentSeconds / unitSeconds, running: unitSeconds / seconds };
  }
}
