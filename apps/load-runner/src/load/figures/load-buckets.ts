import {
  type LatencyCounts,
  addCounts,
  countsOf,
  latencyHistogram,
  recordLatency,
} from './latency-histogram.ts';

/** What became of the requests that ended within one short stretch of the load. */
export interface LoadBucket {
  readonly fromCloudSeconds: number;
  readonly toCloudSeconds: number;
  readonly wallMs: number;
  /** Answers and failures together. */
  readonly requests: number;
  readonly failures: Readonly<Record<string, number>>;
  /** Of answered requests alone: a refusal that comes fast must not make the service look fast. */
  readonly latencies: LatencyCounts;
}

/** Wall and cloud time at one moment. */
export interface Instant {
  readonly wallMs: number;
  readonly cloudSeconds: number;
}

/**
 * Collects results in buckets of about a quarter second of wall time, stamped with cloud time:
 * phases are cut out of them afterwards, when it is known when scaling happened.
 * Memory stays bounded: when there are `mostBuckets`, neighbours are merged and buckets become twice as long.
 */
export class LoadBuckets {
  readonly #mostBuckets: number;
  readonly #open: {
    latencies: ReturnType<typeof latencyHistogram>;
    failures: Record<string, number>;
    requests: number;
  };
  #closed: LoadBucket[] = [];
  #from: Instant;
  #bucketMs = 250;

  constructor(start: Instant, mostBuckets = 2048) {
    this.#from = start;
    this.#mostBuckets = mostBuckets;
    this.#open = { latencies: latencyHistogram(), failures: {}, requests: 0 };
  }

  answered(latencyMs: number): void {
    this.#open.requests += 1;
    recordLatency(this.#open.latencies, latencyMs);
  }

  failed(kind: string): void {
    this.#open.requests += 1;
    this.#open.failures[kind] = (this.#open.failures[kind] ?? 0) + 1;
  }

  /** Closes the open bucket if it is long enough by now. */
  tick(now: Instant): void {
    if (now.wallMs - this.#from.wallMs >= this.#bucketMs) this.#close(now);
  }

  /** Closes the open bucket, and returns them all, oldest first. */
  finish(now: Instant): readonly LoadBucket[] {
    if (now.wallMs > this.#from.wallMs || this.#open.requests > 0) this.#close(now);
    return this.#closed;
  }

  #close(now: Instant): void {
    const { latencies, failures, requests } = this.#open;
    this.#closed.push({
      fromCloudSeconds: this.#from.cloudSeconds,
      toCloudSeconds: now.cloudSeconds,
      wallMs: now.wallMs - this.#from.wallMs,
      requests,
      failures,
      latencies: countsOf(latencies),
    });
    latencies.reset();
    this.#open.failures = {};
    this.#open.requests = 0;
    this.#from = now;
    if (this.#closed.length < this.#mostBuckets) return;
    this.#closed = mergePairs(this.#closed);
    this.#bucketMs *= 2;
  }
}

/** Merges buckets two by two. */
export function mergePairs(buckets: readonly LoadBucket[]): LoadBucket[] {
  const merged: LoadBucket[] = [];
  for (let index = 0; index < buckets.length; index += 2) {
    merged.push(mergeBuckets(buckets.slice(index, index + 2)));
  }
  return merged;
}

function mergeBuckets(buckets: readonly LoadBucket[]): LoadBucket {
  const latencies = latencyHistogram();
  for (const bucket of buckets) addCounts(latencies, bucket.latencies);
  return {
    fromCloudSeconds: buckets[0]?.fromCloudSeconds ?? 0,
    toCloudSeconds: buckets.at(-1)?.toCloudSeconds ?? 0,
    wallMs: buckets.reduce((sum, { wallMs }) => sum + wallMs, 0),
    requests: buckets.reduce((sum, { requests }) => sum + requests, 0),
    failures: sumByKind(buckets.map(({ failures }) => failures)),
    latencies: countsOf(latencies),
  };
}

export function sumByKind(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const byKind of counts) {
    for (const [kind, count] of Object.entries(byKind)) sum[kind] = (sum[kind] ?? 0) + count;
  }
  return sum;
}
