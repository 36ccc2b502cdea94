import { type Environment, followedMetrics, metricKey, metricReference } from '@tideline/config';
import type { MetricStore } from './metric-store.ts';

/** One published value, as CloudWatch’s PutMetricData takes it. */
export interface MetricDatum {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly value: number;
}

type CustomMetric = Omit<MetricDatum, 'value'> & { readonly statistic: string };

const periodSeconds = 60;
const about = { unit: 'None', periodSeconds } as const;

/** Datapoints of the custom metrics that the environment’s policies name, alone or as part of a sum. */
export class CustomMetricCollector {
  readonly #store: MetricStore;
  readonly #metrics: readonly CustomMetric[];
  readonly #runningOnAverage: () => number | undefined;
  #values = new Map<string, number[]>();

  /** @param runningOnAverage tasks or instances in the period that has just ended */
  constructor(environment: Environment, store: MetricStore, runningOnAverage: () => number | undefined) {
    this.#store = store;
    this.#runningOnAverage = runningOnAverage;
    const metrics = followedMetrics(environment)
      .flatMap(({ metric }) => metricReference(metric, environment).metrics)
      .filter(({ scope }) => scope === 'published');
    this.#metrics = [...new Map(metrics.map((metric) => [metricKey(metric), metric])).values()];
  }

  /** Takes a value into the present period. */
  put(datum: MetricDatum): void {
    const identity = identityOf(datum);
    const values = this.#values.get(identity);
    if (values === undefined) this.#values.set(identity, [datum.value]);
    else values.push(datum.value);
  }

  /** Publishes the period that began at `startSeconds`. */
  collect(startSeconds: number): void {
    const values = this.#values;
    this.#values = new Map();
    const running = this.#runningOnAverage();
    const counted = running === undefined ? {} : { running };
    for (const metric of this.#metrics) {
      const published = values.get(identityOf(metric));
      if (published === undefined) continue;
      this.#store.put(
        metricKey(metric),
        { startSeconds, value: statisticOf(published, metric.statistic), ...counted },
        about,
      );
    }
  }
}

/** Everything but the statistic: one published value serves every statistic. */
const identityOf = (metric: Omit<MetricDatum, 'value'>): string => metricKey({ ...metric, statistic: '' });

/** A CloudWatch statistic over the values of one period. @param values at least one */
export function statisticOf(values: readonly number[], statistic: string): number {
  const sum = values.reduce((total, value) => total + value, 0);
  switch (statistic) {
    case 'Sum':
      return sum;
    case 'SampleCount':
      return values.length;
    case 'Minimum':
      return Math.min(...values);
    case 'Maximum':
      return Math.max(...values);
    case 'Average':
      return sum / values.length;
    default: {
      const sorted = [...values].sort((left, right) => left - right);
      const rank = Math.ceil((Number(statistic.slice(1)) / 100) * sorted.length);
      return sorted[Math.max(0, rank - 1)] ?? Number.NaN;
    }
  }
}
