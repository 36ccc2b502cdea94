import { metricKey, type Environment, type MetricReference } from '@tideline/config';
import { metricsBetween, type BalancerMetrics } from '../balancer/metrics.ts';
import type { HostAnomalies } from '../balancer/targets/anomaly-mitigation.ts';
import type { Clock } from '../clock/clock.ts';
import type { MetricStore } from './metric-store.ts';
import { TargetAverage } from './target-average.ts';

const key = (metricName: string, statistic: string): string =>
  metricKey({ namespace: 'AWS/ApplicationELB', metricName, dimensions: {}, statistic });

/** CloudWatch statistics of TargetResponseTime that policies may name, with their quantile. */
const responseTimeQuantiles = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 } as const;

const counts = {
  HTTPCode_Target_2XX_Count: 'target2xx',
  HTTPCode_Target_4XX_Count: 'target4xx',
  HTTPCode_Target_5XX_Count: 'target5xx',
  HTTPCode_ELB_4XX_Count: 'elb4xx',
  HTTPCode_ELB_5XX_Count: 'elb5xx',
  DesyncMitigationMode_NonCompliant_Request_Count: 'nonCompliantRequests',
  DroppedInvalidHeaderRequestCount: 'droppedInvalidHeaderRequests',
  ForwardedInvalidHeaderRequestCount: 'forwardedInvalidHeaderRequests',
} as const;

export const trafficPeriodSeconds = 60;

export interface TrafficCollectorOptions {
  readonly environment: Pick<Environment, 'assumptions'>;
  readonly clock: Clock;
  readonly store: MetricStore;
  /** The balancer’s counters since its start. */
  readonly snapshot: () => BalancerMetrics;
  readonly healthyTargets: () => number;
  /** Null where the balancer mitigates none. */
  readonly anomalies: () => HostAnomalies | null;
}

/**
 * The balancer’s metrics per cloud minute. Rates are kept: a compressed minute reports the count that a full minute
 * at that rate would have had, so counts are multiplied by the speed they were made at.
 *
 * A late timer costs a minute nothing: the balancer runs in the same event loop, which fires the timers that are due before it
 * reads another request.
 */
export class TrafficCollector {
  readonly #options: TrafficCollectorOptions;
  #periodStart: BalancerMetrics;
  #stretchStart: BalancerMetrics;
  #healthy: number;
  #requests = 0;
  #requestsPerTarget = 0;
  #scaled: Record<keyof typeof counts, number> = zeros();
  readonly #average: TargetAverage;
  /** A target could be chosen, or was, at some time of the period. */
  #hadTarget = false;

  constructor(options: TrafficCollectorOptions) {
    this.#options = options;
    this.#periodStart = options.snapshot();
    this.#stretchStart = this.#periodStart;
    this.#healthy = options.healthyTargets();
    this.#average = new TargetAverage(options.clock, options.healthyTargets);
  }

  /** Closes a stretch of constant speed and target count: to be called just before the speed and just after the targets change. */
  mark(): void {
    const now = this.#options.snapshot();
    const stretch = metricsBetween(this.#stretchStart, now);
    const { speed } = this.#options.clock;
    this.#requests += stretch.requests * speed;
    // Without a healthy target the balancer fails open: some target still took the requests.
    this.#requestsPerTarget += (stretch.requests * speed) / Math.max(1, this.#healthy);
    for (const [name, field] of Object.entries(counts)) {
      this.#scaled[name as keyof typeof counts] += stretch[field] * speed;
    }
    // Failing open, the balancer has chosen an unhealthy one.
    this.#hadTarget ||= this.#healthy > 0 || stretch.requests > 0;
    this.#average.mark();
    this.#stretchStart = now;
    this.#healthy = this.#options.healthyTargets();
  }

  /** Publishes the datapoints of the period that began at `startSeconds`. */
  collect(startSeconds: number): void {
    this.mark();
    const healthyOnAverage = this.#average.take();
    const responseTime = metricsBetween(this.#periodStart, this.#stretchStart).targetResponseTime;
    const idle = this.#requests === 0 && this.#options.environment.assumptions.idleRequests === 'missing';
    if (!idle) {
      this.#put(startSeconds, key('RequestCount', 'Sum'), { value: this.#requests, unit: 'Count' });
      // Without a target there is none that a request could be counted for.
      if (this.#hadTarget)
        this.#put(startSeconds, key('RequestCountPerTarget', 'Sum'), {
          value: this.#requestsPerTarget,
          running: this.#requests > 0 ? this.#requests / this.#requestsPerTarget : undefined,
          unit: 'Count',
        });
    }
    for (const [name, value] of Object.entries(this.#scaled)) {
      if (value > 0) this.#put(startSeconds, key(name, 'Sum'), { value, unit: 'Count' });
    }
    if (responseTime.count > 0) {
      const put = (statistic: string, value: number): void =>
        this.#put(startSeconds, key('TargetResponseTime', statistic), {
          value,
          running: healthyOnAverage,
          unit: 'Seconds',
        });
      put('Average', responseTime.meanSeconds);
      for (const [statistic, quantile] of Object.entries(responseTimeQuantiles)) {
        put(statistic, responseTime.quantileSeconds(quantile));
      }
    }
    const anomalies = this.#options.anomalies();
    const hosts = {
      HealthyHostCount: this.#healthy,
      ...(anomalies === null
        ? {}
        : { AnomalousHostCount: anomalies.anomalous, MitigatedHostCount: anomalies.mitigated }),
    };
    for (const [name, value] of Object.entries(hosts))
      this.#put(startSeconds, key(name, 'Average'), { value, unit: 'Count' });
    this.#periodStart = this.#stretchStart;
    this.#requests = 0;
    this.#requestsPerTarget = 0;
    this.#hadTarget = false;
    this.#scaled = zeros();
  }

  #put(
    startSeconds: number,
    metricKey: string,
    { unit, value, running }: { value: number; running?: number | undefined; unit: MetricReference['unit'] },
  ): void {
    this.#options.store.put(
      metricKey,
      { startSeconds, value, ...(running === undefined ? {} : { running }) },
      { unit, periodSeconds: trafficPeriodSeconds },
    );
  }
}

const zeros = () =>
  Object.fromEntries(Object.keys(counts).map((name) => [name, 0])) as Record<keyof typeof counts, number>;
