/** Upper bounds in seconds, fine where a healthy answer lies. */
const bucketBoundsSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const bucketBoundsMs = bucketBoundsSeconds.map((seconds) => seconds * 1000);

/** Counts of one route: plain arithmetic per request, turned into text only when somebody scrapes. */
export class RouteMetrics {
  readonly statusCounts = new Map<number, number>();
  readonly bucketCounts = new Array<number>(bucketBoundsMs.length + 1).fill(0);
  sumMs = 0;
  readonly route: string;

  constructor(route: string) {
    this.route = route;
  }

  record(status: number, durationMs: number): void {
    this.statusCounts.set(status, (this.statusCounts.get(status) ?? 0) + 1);
    this.sumMs += durationMs;
    let bucket = 0;
    while (bucket < bucketBoundsMs.length && durationMs > (bucketBoundsMs[bucket] ?? 0)) bucket += 1;
    this.bucketCounts[bucket] = (this.bucketCounts[bucket] ?? 0) + 1;
  }
}

/** HTTP metrics of the task, in the Prometheus text format 0.0.4. */
export class RequestMetrics {
  inFlight = 0;
  readonly #routes: RouteMetrics[] = [];

  forRoute(route: string): RouteMetrics {
    const existing = this.#routes.find((metrics) => metrics.route === route);
    if (existing !== undefined) return existing;
    const metrics = new RouteMetrics(route);
    this.#routes.push(metrics);
    return metrics;
  }

  render(): string {
    const lines = [
      '# HELP http_requests_in_flight Requests that are being answered.',
      '# TYPE http_requests_in_flight gauge',
      `http_requests_in_flight ${this.inFlight}`,
      '# HELP http_requests_total Requests answered, by route and status.',
      '# TYPE http_requests_total counter',
      ...this.#routes.flatMap(counterLines),
      '# HELP http_request_duration_seconds Time from a request’s head to its response being ready.',
      '# TYPE http_request_duration_seconds histogram',
      ...this.#routes.filter(({ statusCounts }) => statusCounts.size > 0).flatMap(histogramLines),
    ];
    return `${lines.join('\n')}\n`;
  }
}

const counterLines = ({ route, statusCounts }: RouteMetrics): string[] =>
  [...statusCounts].map(
    ([status, count]) => `http_requests_total{route="${route}",status="${status}"} ${count}`,
  );

function histogramLines({ route, bucketCounts, sumMs }: RouteMetrics): string[] {
  let cumulative = 0;
  const buckets = bucketCounts.map((count, index) => {
    cumulative += count;
    const bound = bucketBoundsSeconds[index] ?? '+Inf';
    return `http_request_duration_seconds_bucket{route="${route}",le="${bound}"} ${cumulative}`;
  });
  return [
    ...buckets,
    `http_request_duration_seconds_sum{route="${route}"} ${sumMs / 1000}`,
    `http_request_duration_seconds_count{route="${route}"} ${cumulative}`,
  ];
}
