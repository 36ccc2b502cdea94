/** Wall time of each step of a chain, for the summary that a run ends with. */
export class StepTimings {
  readonly #seconds: [step: string, seconds: number][] = [];

  async measure<T>(step: string, work: () => Promise<T>): Promise<T> {
    const startMs = performance.now();
    try {
      return await work();
    } finally {
      this.#seconds.push([step, (performance.now() - startMs) / 1000]);
    }
  }

  /** One line per step, and the sum. */
  lines(): readonly string[] {
    const total = this.#seconds.reduce((sum, [, seconds]) => sum + seconds, 0);
    return [...this.#seconds, ['in all', total] as const].map((entry) => `  ${line(entry)}`);
  }

  /** The step that ended last, for progress. */
  last(): string {
    const entry = this.#seconds.at(-1);
    return entry === undefined ? '' : line(entry);
  }
}

const line = ([step, seconds]: readonly [string, number]): string =>
  `${seconds.toFixed(1).padStart(6)} s  ${step}`;
