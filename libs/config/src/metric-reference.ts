import type { Environment, PolicyMetric, TargetMetric } from './environment.ts';

/** A metric as CloudWatch knows it. */
export interface CloudWatchMetric {
  readonly namespace: string;
  readonly metricName: string;
  readonly statistic: string;
}

/**
 * The CloudWatch identity of a policy’s metric.
 * `key` is unique per metric, statistic and dimensions: two policies on one metric share it, and a datapoint store is keyed by it.
 */
export interface MetricReference {
  readonly key: string;
  /** More than one only for a sum. */
  readonly metrics: readonly CloudWatchMetric[];
  /** Period of its datapoints, seconds. */
  readonly periodSeconds: number;
  /** CloudWatch unit of the value: what datapoints, thresholds and targets of this metric are in. */
  readonly unit: 'Count' | 'Percent' | 'Seconds' | 'None';
}

const single = (
  namespace: string,
  metricName: string,
  rest: { statistic: string; periodSeconds: number; unit: MetricReference['unit'] },
): MetricReference => ({
  key: `${namespace}/${metricName}/${rest.statistic}`,
  metrics: [{ namespace, metricName, statistic: rest.statistic }],
  periodSeconds: rest.periodSeconds,
  unit: rest.unit,
});

/** The metric behind a policy, by CloudWatch’s names. */
export function metricReference(metric: PolicyMetric, environment: Environment): MetricReference {
  const resolutionSeconds = environment.monitoring.resolutionSeconds;
  switch (metric.kind) {
    case 'requests-per-target':
      return single('AWS/ApplicationELB', 'RequestCountPerTarget', {
        statistic: 'Sum',
        periodSeconds: 60,
        unit: 'Count',
      });
    case 'cpu':
      if (environment.compute.kind === 'ec2-asg')
        return single('AWS/EC2', 'CPUUtilization', {
          statistic: 'Average',
          periodSeconds: 60,
          unit: 'Percent',
        });
      return single('AWS/ECS', 'CPUUtilization', {
        statistic: 'Average',
        periodSeconds: resolutionSeconds,
        unit: 'Percent',
      });
    case 'memory':
      return single('AWS/ECS', 'MemoryUtilization', {
        statistic: 'Average',
        periodSeconds: resolutionSeconds,
        unit: 'Percent',
      });
    case 'response-time':
      return single('AWS/ApplicationELB', 'TargetResponseTime', {
        statistic: metric.statistic,
        periodSeconds: 60,
        unit: 'Seconds',
      });
    case 'custom':
      return { key: customKey(metric), metrics: [metric], periodSeconds: 60, unit: 'None' };
    case 'sum':
      return {
        key: metric.metrics.map(customKey).join(' + '),
        metrics: metric.metrics,
        periodSeconds: 60,
        unit: 'None',
      };
  }
}

/** Datapoint key of a metric published by hand: namespace, name, sorted dimensions, statistic. */
export function customKey(metric: {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: string;
}): string {
  const dimensions = Object.entries(metric.dimensions)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
  const suffix = dimensions === '' ? '' : `{${dimensions}}`;
  return `${metric.namespace}/${metric.metricName}${suffix}/${metric.statistic}`;
}

/** A tracking policy’s target in its metric’s CloudWatch unit (requests per target per minute, percent, seconds, or the custom unit). */
export function targetValue(metric: TargetMetric): number {
  switch (metric.kind) {
    case 'requests-per-target':
      return metric.requestsPerTargetPerMinute;
    case 'cpu':
    case 'memory':
      return metric.targetPercent;
    case 'response-time':
      return metric.targetMilliseconds / 1000;
    case 'custom':
    case 'sum':
      return metric.targetValue;
  }
}

/** A step policy’s threshold or bound in its metric’s CloudWatch unit. */
export function thresholdInMetricUnit(metric: PolicyMetric, value: number): number {
  return metric.kind === 'response-time' ? value / 1000 : value;
}
