/** Values of a file with their times, in the order in which they were read. */
export interface Sample {
  /** Instant, milliseconds since 1970-01-01T00:00:00Z. */
  readonly atMs: number;
  readonly value: number;
}

const blockLength = 65_536;

/**
 * A growing list of samples, 16 bytes each: blocks of a fixed length, so that growing copies nothing.
 * Ten million of them take 160 MB; as objects they would take five times as much.
 */
export class Samples {
  readonly #times: Float64Array[] = [];
  readonly #values: Float64Array[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(atMs: number, value: number): void {
    const offset = this.#length % blockLength;
    if (offset === 0) {
      this.#times.push(new Float64Array(blockLength));
      this.#values.push(new Float64Array(blockLength));
    }
    const block = this.#times.length - 1;
    (this.#times[block] as Float64Array)[offset] = atMs;
    (this.#values[block] as Float64Array)[offset] = value;
    this.#length += 1;
  }

  /** NaN outside the list. */
  timeAt(index: number): number {
    if (index >= this.#length) return NaN;
    return this.#times[Math.floor(index / blockLength)]?.[index % blockLength] ?? NaN;
  }

  valueAt(index: number): number {
    return this.#values[Math.floor(index / blockLength)]?.[index % blockLength] ?? NaN;
  }

  set(index: number, { atMs, value }: Sample): void {
    const [block, offset] = [Math.floor(index / blockLength), index % blockLength];
    (this.#times[block] as Float64Array)[offset] = atMs;
    (this.#values[block] as Float64Array)[offset] = value;
  }

  /** Keeps the first samples only. @param length at most the present one */
  cut(length: number): void {
    this.#length = length;
    const blocks = Math.ceil(length / blockLength);
    this.#times.length = blocks;
    this.#values.length = blocks;
  }

  /** The same samples in the order of time; those of one time keep their order. */
  sorted(): Samples {
    const order = new Uint32Array(this.#length).map((_, index) => index);
    order.sort((left, right) => this.timeAt(left) - this.timeAt(right) || left - right);
    const result = new Samples();
    for (const index of order) result.add(this.timeAt(index), this.valueAt(index));
    return result;
  }
}
