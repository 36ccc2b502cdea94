import type { Latency } from '@tideline/evidence';
import { Int32Histogram } from 'hdr-histogram-js';

/** A histogram at rest: value, count, value, count, … A few hundred bytes, where the histogram takes a hundred kilobytes. */
export type LatencyCounts = Uint32Array;

/** One hour; a longer wait is recorded as this. */
const longestMicroseconds = 3_600_000_000;

/** Latencies of many requests as counts per value: merged, never averaged. Values are microseconds, to 3 digits. */
export function latencyHistogram(): Int32Histogram {
  const histogram = new Int32Histogram(1, 1_000_000, 3);
  histogram.autoResize = true;
  return histogram;
}

export const recordLatency = (histogram: Int32Histogram, latencyMs: number): void =>
  histogram.recordValue(Math.min(longestMicroseconds, Math.max(1, Math.round(latencyMs * 1000))));

/** What was recorded, without the histogram around it. */
export function countsOf(histogram: Int32Histogram): LatencyCounts {
  if (histogram.totalCount === 0) return new Uint32Array();
  const pairs: number[] = [];
  const last = histogram.countsArrayIndex(histogram.maxValue);
  for (let index = 0; index <= last; index += 1) {
    const count = histogram.getCountAtIndex(index);
    if (count > 0) pairs.push(histogram.valueFromIndex(index), count);
  }
  return Uint32Array.from(pairs);
}

/** Adds what `countsOf` kept, exactly: its values are the histogram’s own. */
export function addCounts(histogram: Int32Histogram, counts: LatencyCounts): void {
  for (let index = 0; index + 1 < counts.length; index += 2) {
    histogram.recordValueWithCount(counts[index] ?? 0, counts[index + 1] ?? 0);
  }
}

/** Percentiles, milliseconds; all zero when nothing was recorded. */
export function latencyOf(histogram: Int32Histogram): Required<Latency> {
  const at = (percentile: number): number =>
    histogram.totalCount === 0 ? 0 : histogram.getValueAtPercentile(percentile) / 1000;
  return { p50: at(50), p90: at(90), p95: at(95), p99: at(99), p999: at(99.9), max: at(100) };
}
