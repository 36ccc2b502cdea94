import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addCounts, countsOf, latencyHistogram, latencyOf, recordLatency } from './latency-histogram.ts';

const histogramOf = (latenciesMs: readonly number[]) => {
  const histogram = latencyHistogram();
  for (const latencyMs of latenciesMs) recordLatency(histogram, latencyMs);
  return histogram;
};
const latencies = fc.array(fc.double({ min: 0.01, max: 20_000, noNaN: true }), { maxLength: 60 });

describe('latency histogram', () => {
  test('merged histograms have the percentiles of all their values together', () => {
    fc.assert(
      fc.property(fc.array(latencies, { minLength: 1, maxLength: 4 }), (parts) => {
        const merged = latencyHistogram();
        for (const part of parts) addCounts(merged, countsOf(histogramOf(part)));
        expect(latencyOf(merged)).toEqual(latencyOf(histogramOf(parts.flat())));
      }),
      { numRuns: 30 },
    );
  });

  test('has the percentiles of the sorted samples', () => {
    const quantiles = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99, p999: 0.999, max: 1 };
    const samples = fc.array(fc.double({ min: 0.01, max: 20_000, noNaN: true }), {
      minLength: 1,
      maxLength: 2000,
    });
    fc.assert(
      fc.property(samples, (values) => {
        const sorted = values.toSorted((one, other) => one - other);
        const measured = latencyOf(histogramOf(values));
        for (const [name, quantile] of Object.entries(quantiles)) {
          // The least sample that so many of all do not exceed.
          const rank = Math.max(1, Math.ceil(quantile * sorted.length - 1e-9));
          const sample = sorted[rank - 1] ?? NaN;
          const value = measured[name as keyof typeof measured] ?? NaN;
          expect(Math.abs(value - sample)).toBeLessThanOrEqual(0.001 + sample * 0.001);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('percentiles lie within a thousandth of the values', () => {
    const { p50, p99, max } = latencyOf(histogramOf(Array.from({ length: 1000 }, (_, index) => index + 1)));
    expect(p50).toBeCloseTo(500, -0.5);
    expect(Math.abs(p99 - 990) / 990).toBeLessThan(0.001);
    expect(Math.abs(max - 1000) / 1000).toBeLessThan(0.001);
  });

  test('without values every percentile is zero', () => {
    expect(latencyOf(latencyHistogram())).toEqual({ p50: 0, p90: 0, p95: 0, p99: 0, p999: 0, max: 0 });
    expect(countsOf(latencyHistogram())).toHaveLength(0);
  });
});
