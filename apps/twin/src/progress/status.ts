import type { Observation, ScalingActivity } from '@tideline/evidence';
import { metricsBetween, type BalancerMetrics } from '../balancer/metrics.ts';
import type { Twin } from '../twin.ts';

/** What a person wants to see of a running twin, at one moment. */
export interface Status {
  readonly cloudSeconds: number;
  readonly speed: number;
  /** What one unit of capacity is called. */
  readonly unit: 'task' | 'instance';
  readonly service: Observation['service'];
  /** Where tasks run on instances of their own. */
  readonly capacityProvider: Observation['capacityProvider'];
  readonly policies: Observation['policies'];
  /** Wall-clock rate since the status before. */
  readonly requestsPerSecond: number;
  /** Undefined when nothing was answered since the status before. */
  readonly p99Ms: number | undefined;
  /** Since the start: answers of 5xx by the balancer or a target. */
  readonly failedRequests: number;
  readonly lastActivity: ScalingActivity | undefined;
}

/** Reads one status after another, each with the traffic since the one before. */
export class StatusReader {
  readonly #twin: Twin;
  #before: BalancerMetrics;
  #beforeMs = performance.now();

  constructor(twin: Twin) {
    this.#twin = twin;
    this.#before = twin.balancer.snapshot();
  }

  read(): Status {
    const now = this.#twin.balancer.snapshot();
    const nowMs = performance.now();
    const traffic = metricsBetween(this.#before, now);
    const seconds = (nowMs - this.#beforeMs) / 1000;
    this.#before = now;
    this.#beforeMs = nowMs;
    const observation = this.#twin.observe();
    const { cloudSeconds, speed, unit = 'task', service, policies, activities } = observation;
    const { capacityProvider } = observation;
    return {
      capacityProvider,
      unit,
      cloudSeconds,
      speed,
      service,
      policies,
      requestsPerSecond: seconds === 0 ? 0 : traffic.requests / seconds,
      p99Ms:
        traffic.targetResponseTime.count === 0
          ? undefined
          : traffic.targetResponseTime.quantileSeconds(0.99) * 1000,
      failedRequests: now.target5xx + now.elb5xx,
      lastActivity: activities.findLast((activity) => activity.status !== 'NotScaled'),
    };
  }
}
