/** Desired counts over time, each from when it was known. */
export class DesiredHistory {
  readonly #points: { readonly atMs: number; readonly count: number }[];

  constructor(points: Iterable<{ readonly atMs: number; readonly count: number }> = []) {
    this.#points = [...points];
  }

  /** Takes a count that differs from the one known then; times may come in any order. */
  add(atMs: number, count: number): void {
    const index = this.#points.findLastIndex((point) => point.atMs <= atMs);
    if (this.#points[index]?.count !== count) this.#points.splice(index + 1, 0, { atMs, count });
  }

  /** The count just before a moment; undefined when nothing is known so far back. */
  before(atMs: number): number | undefined {
    return this.#points.findLast((point) => point.atMs < atMs)?.count;
  }

  copy(): DesiredHistory {
    return new DesiredHistory(this.#points);
  }
}
