/** Buckets per power of two: an estimate is at most 1/32 (about 3 %) above the true value. */
const subBuckets = 32;
const subBucketBits = 5;
/** Values up to 2^32 µs, over an hour: longer than any idle timeout lets a request take. */
const largestMicroseconds = 2 ** 32 - 1;
const bucketCount = (32 - subBucketBits + 1) * subBuckets;

/** Durations in logarithmic buckets with linear steps inside: recording is a few instructions and allocates nothing. */
export class ResponseTimeHistogram {
  readonly #buckets = new Uint32Array(bucketCount);
  #count = 0;
  #sumMicroseconds = 0;

  get count(): number {
    return this.#count;
  }

  get sumSeconds(): number {
    return this.#sumMicroseconds / 1e6;
  }

  /** Mean in seconds; 0 when nothing was recorded. */
  get meanSeconds(): number {
    return this.#count === 0 ? 0 : this.sumSeconds / this.#count;
  }

  record(milliseconds: number): void {
    const microseconds = Math.min(Math.max(Math.round(milliseconds * 1000), 0), largestMicroseconds);
    const index = bucketOf(microseconds);
    this.#buckets[index] = (this.#buckets[index] ?? 0) + 1;
    this.#count++;
    this.#sumMicroseconds += microseconds;
  }

  /**
   * The smallest bucket bound that at least this share of the values lies at or below, seconds; 0 when nothing was recorded.
   * @param quantile from 0 to 1; 1 is the maximum
   */
  quantileSeconds(quantile: number): number {
    const rank = Math.max(1, Math.ceil(quantile * this.#count));
    let seen = 0;
    for (let index = 0; index < bucketCount; index++) {
      seen += this.#buckets[index] ?? 0;
      if (seen >= rank) return upperBound(index) / 1e6;
    }
    return 0;
  }

  /** What was recorded since `earlier`, a copy of this histogram made before. @default everything: a copy */
  since(earlier = new ResponseTimeHistogram()): ResponseTimeHistogram {
    const difference = new ResponseTimeHistogram();
    for (let index = 0; index < bucketCount; index++) {
      difference.#buckets[index] = (this.#buckets[index] ?? 0) - (earlier.#buckets[index] ?? 0);
    }
    difference.#count = this.#count - earlier.#count;
    difference.#sumMicroseconds = this.#sumMicroseconds - earlier.#sumMicroseconds;
    return difference;
  }
}

/** Values below 2 x subBuckets have a bucket each; above, the top bits choose. */
function bucketOf(microseconds: number): number {
  if (microseconds < 2 * subBuckets) return microseconds;
  const shift = 31 - Math.clz32(microseconds) - subBucketBits;
  return shift * subBuckets + (microseconds >>> shift);
}

/** Largest value of a bucket, microseconds. */
function upperBound(index: number): number {
  if (index < 2 * subBuckets) return index;
  const shift = Math.floor(index / subBuckets) - 1;
  const mantissa = index - shift * subBuckets;
  return (mantissa + 1) * 2 ** shift - 1;
}
