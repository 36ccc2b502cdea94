import {
  type Environment,
  datapointKey,
  followedMetrics,
  metricKey,
  metricReference,
} from '@tideline/config';
import type { MetricStore } from './metric-store.ts';

/** One published value, as CloudWatch’s PutMetricData takes it. */
export interface MetricDatum {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly value: number;
}

type CustomMetric = Omit<MetricDatum, 'value'> & { readonly key: string; readonly statistic: string };

/** Datapoints of one period’s length. */
interface Folding {
  readonly metrics: Map<string, CustomMetric>;
  values: Map<string, number[]>;
}

/**
 * Datapoints of the custom metrics that the environment’s policies name, alone or as part of a sum. What is published once is
 * folded into each period that some policy watches.
 */
export class CustomMetricCollector {
  readonly #store: MetricStore;
  readonly #foldings = new Map<number, Folding>();
  readonly #runningOnAverage: (periodSeconds: number) => number | undefined;

  /** @param runningOnAverage tasks or instances in the period of that length that has just ended */
  constructor(
    environment: Environment,
    store: MetricStore,
    runningOnAverage: (periodSeconds: number) => number | undefined,
  ) {
    this.#store = store;
    this.#runningOnAverage = runningOnAverage;
    for (const { metric } of followedMetrics(environment)) {
      const { metrics, periodSeconds } = metricReference(metric, environment);
      for (const followed of metrics) {
        if (followed.scope !== 'published') continue;
        const key = datapointKey(followed, periodSeconds);
        this.#folding(periodSeconds).metrics.set(key, { ...followed, key });
      }
    }
  }

  /** Lengths of the periods that policies watch, seconds. */
  get periodsSeconds(): readonly number[] {
    return [...this.#foldings.keys()];
  }

  /** Takes a value into the present periods. */
  put(datum: MetricDatum): void {
    const identity = identityOf(datum);
    for (const { values } of this.#foldings.values()) {
      const taken = values.get(identity);
      if (taken === undefined) values.set(identity, [datum.value]);
      else taken.push(datum.value);
    }
  }

  /** Publishes the period of that length that began at `startSeconds`. */
  collect(periodSeconds: number, startSeconds: number): void {
    const folding = this.#folding(periodSeconds);
    const { values } = folding;
    folding.values = new Map();
    const running = this.#runningOnAverage(periodSeconds);
    const counted = running === undefined ? {} : { running };
    for (const metric of folding.metrics.values()) {
      const published = values.get(identityOf(metric));
      if (published === undefined) continue;
      this.#store.put(
        metric.key,
        { startSeconds, value: statisticOf(published, metric.statistic), ...counted },
        { unit: 'None', periodSeconds },
      );
    }
  }

  #folding(periodSeconds: number): Folding {
    const known = this.#foldings.get(periodSeconds);
    if (known !== undefined) return known;
    const folding: Folding = { metrics: new Map(), values: new Map() };
    this.#foldings.set(periodSeconds, folding);
    return folding;
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
