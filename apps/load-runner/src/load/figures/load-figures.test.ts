import { describe, expect, test } from '@jest/globals';
import { type LoadBucket, LoadBuckets } from './load-buckets.ts';
import { loadFigures } from './load-figures.ts';
import { LoadTally } from './load-tally.ts';

const cloudOf = (wallMs: number) => ({ wallMs, cloudSeconds: 1000 + wallMs / 100 });

/** Ten seconds of load, a request every 100 ms: 2 ms each for the first half, 20 ms after, and one failure at 5 s. */
function tenSeconds() {
  const buckets = new LoadBuckets(cloudOf(0));
  const tally = new LoadTally(buckets, [{ method: 'GET', path: '/' }]);
  for (let wallMs = 0; wallMs < 10_000; wallMs += 100) {
    tally.requestSent(0);
    if (wallMs === 5000) tally.requestAnswered(0, { statusCode: 502, bodyBytes: 0, latencyMs: 1 });
    else tally.requestAnswered(0, { statusCode: 200, bodyBytes: 2, latencyMs: wallMs < 5000 ? 2 : 20 });
    buckets.tick(cloudOf(wallMs + 100));
  }
  return { from: cloudOf(0), to: cloudOf(10_000), tally, buckets: buckets.finish(cloudOf(10_000)) };
}

const windows = [
  { name: 'before-scale-out', fromCloudSeconds: 1000, toCloudSeconds: 1051 },
  { name: 'after-scale-out', fromCloudSeconds: 1051, toCloudSeconds: 1100 },
] as const;
const judged = { windows, closedLoop: false, generatorLimited: false };

describe('load figures', () => {
  test('totals are counted, rates are per wall second', () => {
    const figures = loadFigures(tenSeconds(), judged);
    expect(figures).toMatchObject({
      fromCloudSeconds: 1000,
      toCloudSeconds: 1100,
      requests: 100,
      requestsPerSecond: 10,
      askedRequestsPerSecond: 10,
      failures: { total: 1, byKind: { 'http-502': 1 } },
      endpoints: [{ endpoint: 'GET /', statuses: { 200: 99, 502: 1 } }],
    });
    expect(figures.latencyMs.p90).toBeCloseTo(20, 1);
  });

  test('phases are cut where scaling happened, each with its own latency, and add up to the whole', () => {
    const { phases, requests } = loadFigures(tenSeconds(), judged);
    const [before, after] = phases;
    expect(phases.map(({ name }) => name)).toEqual(['before-scale-out', 'after-scale-out']);
    expect(before!.latencyMs.p50).toBeCloseTo(2, 1);
    expect(after!.latencyMs.p50).toBeCloseTo(20, 1);
    expect(before!.requests + after!.requests).toBe(requests);
    expect(before!.failures.total + after!.failures.total).toBe(1);
    expect(after!.requestsPerSecond).toBeCloseTo(10, 0);
  });

  test('answers that come after the load has ended belong to its last phase', () => {
    const outcome = tenSeconds();
    const late: LoadBucket = {
      ...outcome.buckets.at(-1)!,
      fromCloudSeconds: 1120,
      toCloudSeconds: 1130,
      requests: 3,
    };
    const { phases, requests } = loadFigures({ ...outcome, buckets: [...outcome.buckets, late] }, judged);
    expect(phases.reduce((sum, phase) => sum + phase.requests, 0)).toBe(requests);
  });

  test('requests that were due and not sent count as asked for', () => {
    const outcome = tenSeconds();
    outcome.tally.unsent = 100;
    expect(loadFigures(outcome, judged).askedRequestsPerSecond).toBe(20);
  });

  test('a closed loop asks for no rate', () => {
    expect(loadFigures(tenSeconds(), { ...judged, closedLoop: true }).askedRequestsPerSecond).toBeNull();
  });

  test('the series stays short enough to draw, and loses no request', () => {
    const bucket = tenSeconds().buckets[0]!;
    const buckets = Array.from({ length: 2000 }, () => bucket);
    const { series } = loadFigures({ ...tenSeconds(), buckets }, judged);
    expect(series).toHaveLength(500);
    expect(series[0]?.requestsPerSecond).toBeCloseTo((bucket.requests * 1000) / bucket.wallMs, 6);
  });
});
