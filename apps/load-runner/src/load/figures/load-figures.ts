import { type Failures, type LoadPhase, type PhaseWindow, type RunRecord } from '@tideline/evidence';
import { type LoadBucket, mergePairs, sumByKind } from './load-buckets.ts';
import type { LoadOutcome } from '../load-generator.ts';
import { addCounts, latencyHistogram, latencyOf } from './latency-histogram.ts';

type Load = RunRecord['load'];

/** More points than a chart can show would only make the record large. */
const mostSeriesPoints = 600;

/** Turns what a load did into the record’s figures; phases are cut at the windows. */
export function loadFigures(
  { from, to, tally, buckets }: LoadOutcome,
  judged: {
    readonly windows: readonly PhaseWindow[];
    readonly closedLoop: boolean;
    readonly generatorLimited: boolean;
  },
): Load {
  const wallSeconds = (to.wallMs - from.wallMs) / 1000;
  const { requests, failures, latencyMs } = totals(buckets);
  return {
    fromCloudSeconds: from.cloudSeconds,
    toCloudSeconds: to.cloudSeconds,
    requests,
    requestsPerSecond: rate(requests, wallSeconds),
    askedRequestsPerSecond: judged.closedLoop ? null : rate(tally.sent + tally.unsent, wallSeconds),
    generatorLimited: judged.generatorLimited,
    failures,
    endpoints: tally.endpoints(),
    latencyMs,
    phases: phases(buckets, judged.windows),
    series: series(buckets),
  };
}

/** A bucket belongs to the last window that starts no later than its middle: one that ends after the load, to the last. */
function phases(buckets: readonly LoadBucket[], windows: readonly PhaseWindow[]): LoadPhase[] {
  const byWindow = windows.map(() => [] as LoadBucket[]);
  for (const bucket of buckets) {
    const middle = (bucket.fromCloudSeconds + bucket.toCloudSeconds) / 2;
    const later = windows.findIndex(({ fromCloudSeconds }) => fromCloudSeconds > middle);
    byWindow[later === -1 ? windows.length - 1 : Math.max(0, later - 1)]?.push(bucket);
  }
  return windows.map((window, index) => {
    const own = byWindow[index] ?? [];
    const { requests, failures, latencyMs, wallSeconds } = totals(own);
    return { ...window, requests, requestsPerSecond: rate(requests, wallSeconds), failures, latencyMs };
  });
}

function series(buckets: readonly LoadBucket[]): Load['series'] {
  let points = buckets;
  while (points.length > mostSeriesPoints) points = mergePairs(points);
  return points.map((bucket) => {
    const { requests, failures, latencyMs, wallSeconds } = totals([bucket]);
    return {
      cloudSeconds: bucket.fromCloudSeconds,
      requestsPerSecond: rate(requests, wallSeconds),
      failures: failures.total,
      p50Ms: latencyMs.p50,
      p95Ms: latencyMs.p95,
      p99Ms: latencyMs.p99,
    };
  });
}

function totals(buckets: readonly LoadBucket[]) {
  const latencies = latencyHistogram();
  for (const bucket of buckets) addCounts(latencies, bucket.latencies);
  const byKind = sumByKind(buckets.map((bucket) => bucket.failures));
  const failures: Failures = { total: Object.values(byKind).reduce((sum, count) => sum + count, 0), byKind };
  return {
    requests: buckets.reduce((sum, bucket) => sum + bucket.requests, 0),
    wallSeconds: buckets.reduce((sum, bucket) => sum + bucket.wallMs, 0) / 1000,
    failures,
    latencyMs: latencyOf(latencies),
  };
}

const rate = (count: number, wallSeconds: number): number => (wallSeconds > 0 ? count / wallSeconds : 0);
