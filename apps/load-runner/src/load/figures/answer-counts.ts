import type { LoadEndpoint } from '@tideline/config';
import type { EndpointAnswers } from '@tideline/evidence';
import { latencyHistogram, latencyOf, recordLatency } from './latency-histogram.ts';

/** What each endpoint of a profile has answered so far. */
export class AnswerCounts {
  readonly #endpoints: readonly Counts[];

  constructor(endpoints: readonly Pick<LoadEndpoint, 'method' | 'path'>[]) {
    this.#endpoints = endpoints.map(({ method, path }) => ({
      endpoint: `${method} ${path}`,
      statuses: new Map<number, number>(),
      none: 0,
      empty: 0,
      latencies: latencyHistogram(),
    }));
  }

  answered(endpoint: number, statusCode: number, bodyBytes: number): void {
    const counts = this.#endpoints[endpoint];
    if (counts === undefined) return;
    counts.statuses.set(statusCode, (counts.statuses.get(statusCode) ?? 0) + 1);
    if (bodyBytes === 0 && statusCode >= 200 && statusCode < 300) counts.empty += 1;
  }

  unanswered(endpoint: number): void {
    const counts = this.#endpoints[endpoint];
    if (counts !== undefined) counts.none += 1;
  }

  /** How long an answer took that is no failure. */
  timed(endpoint: number, latencyMs: number): void {
    const counts = this.#endpoints[endpoint];
    if (counts !== undefined) recordLatency(counts.latencies, latencyMs);
  }

  figures(): EndpointAnswers[] {
    return this.#endpoints.map(({ endpoint, statuses, none, empty, latencies }) => {
      const classes = { '2xx': 0, '3xx': 0, '4xx': 0, '5xx': 0, other: 0, none };
      for (const [status, count] of statuses) classes[classOf(status)] += count;
      const byStatus = Object.fromEntries([...statuses].sort(([left], [right]) => left - right));
      return { endpoint, classes, statuses: byStatus, empty, latencyMs: latencyOf(latencies) };
    });
  }
}

interface Counts {
  readonly endpoint: string;
  readonly statuses: Map<number, number>;
  none: number;
  empty: number;
  /** Of answers that are no failures. */
  readonly latencies: ReturnType<typeof latencyHistogram>;
}

type StatusClass = Exclude<keyof EndpointAnswers['classes'], 'none'>;
const byFirstDigit: Readonly<Record<number, StatusClass>> = { 2: '2xx', 3: '3xx', 4: '4xx', 5: '5xx' };
const classOf = (status: number): StatusClass => byFirstDigit[Math.floor(status / 100)] ?? 'other';
