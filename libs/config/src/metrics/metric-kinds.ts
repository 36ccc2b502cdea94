import type { Environment, PolicyMetric, TargetMetric } from '../environment.ts';
import { cpu } from './cpu.ts';
import { custom } from './custom.ts';
import { memory } from './memory.ts';
import {
  type CloudWatchMetric,
  type MetricKind,
  type MetricKindOf,
  type MetricSettings,
  standardPeriodSeconds,
} from './metric-kind.ts';
import { requestsPerTarget } from './requests-per-target.ts';
import { responseTime } from './response-time.ts';
import { sum } from './sum.ts';

const metricKinds: { readonly [Kind in PolicyMetric['kind']]: MetricKindOf<Kind> } = {
  'requests-per-target': requestsPerTarget,
  cpu,
  memory,
  'response-time': responseTime,
  custom,
  sum,
};

/** The facts of a metric’s kind. Hand the kind’s functions that metric and no other. */
export const metricKind = (metric: Pick<PolicyMetric, 'kind'>): MetricKind => metricKinds[metric.kind];

/** The CloudWatch identity of a policy’s metric. */
export interface MetricReference {
  /**
   * Unique per metric, statistic and dimensions: two policies on one metric share it, and a datapoint store is keyed by it.
   */
  readonly key: string;
  /** Keys of the series that are added up; `[key]` for all but a sum. */
  readonly sourceKeys: readonly string[];
  /** More than one for a sum, and for requests to two target groups. */
  readonly metrics: readonly CloudWatchMetric[];
  /** Metric math that adds up the metrics by their ids. */
  readonly total: (ids: readonly string[]) => string;
  /** Period of its datapoints, seconds. */
  readonly periodSeconds: number;
  /** The same load on twice as many tasks or instances gives half the value. */
  readonly perUnit: boolean;
  /** CloudWatch unit of the value: what datapoints, thresholds and targets of this metric are in. */
  readonly unit: MetricKind['unit'];
}

/** The metric behind a policy, by CloudWatch’s names. */
export function metricReference(metric: PolicyMetric, environment: MetricSettings): MetricReference {
  const kind = metricKind(metric);
  const metrics = kind.cloudWatch(metric, environment);
  // Both target groups are one series here: the twin and the simulator publish what the two of them add up to.
  const periodSeconds = kind.periodSeconds(metric, environment.monitoring);
  const sourceKeys = metrics
    .filter(({ scope }) => scope !== 'green-target-group')
    .map((source) => datapointKey(source, periodSeconds));
  return {
    key: sourceKeys.join(' + '),
    sourceKeys,
    metrics,
    total: (ids) => kind.total(ids),
    periodSeconds,
    perUnit: kind.perUnit,
    unit: kind.unit,
  };
}

/**
 * Key of the datapoints of a metric over one period. What is published elsewhere may be folded into several: those below a minute
 * name theirs, `Shop/Orders/Average@10s`.
 */
export const datapointKey = (metric: CloudWatchMetric, periodSeconds: number): string =>
  metric.scope === 'published' && periodSeconds < standardPeriodSeconds
    ? `${metricKey(metric)}@${periodSeconds}s`
    : metricKey(metric);

/** Key of a CloudWatch metric: namespace, name, sorted dimensions, statistic. */
export function metricKey(metric: Omit<CloudWatchMetric, 'scope'>): string {
  const dimensions = Object.entries(metric.dimensions)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
  const suffix = dimensions === '' ? '' : `{${dimensions}}`;
  return `${metric.namespace}/${metric.metricName}${suffix}/${metric.statistic}`;
}

/** A tracking policy’s target in its metric’s CloudWatch unit (requests per target per minute, percent, seconds, or the custom unit). */
export const targetValue = (metric: TargetMetric): number => metricKind(metric).targetValue(metric);

/** A step policy’s threshold or bound in its metric’s CloudWatch unit. */
export const thresholdInMetricUnit = (metric: PolicyMetric, value: number): number =>
  value / metricKind(metric).thresholdsPerUnit;

/** Name of AWS’s predefined metric for target tracking; null where the policy has to describe a customized one. */
export const predefinedMetricType = (metric: TargetMetric, environment: Environment): string | null =>
  metricKind(metric).predefinedType(metric, environment);
