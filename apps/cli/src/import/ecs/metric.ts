import type { SourceNode } from '../source/source-node.ts';

/** A metric of CloudWatch as an alarm or a customized specification names it. */
export interface NamedMetric {
  readonly namespace: string;
  readonly metricName: string;
  readonly statistic: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** Reads a metric with its dimensions from a list of Name and Value; undefined where a part is missing. */
export function namedMetric(node: SourceNode): NamedMetric | undefined {
  const [namespace, metricName] = [node.at('Namespace').text, node.at('MetricName').text];
  const statistic = node.at('Statistic').text ?? node.at('ExtendedStatistic').text;
  if (namespace === undefined || metricName === undefined || statistic === undefined) return undefined;
  const pairs = node
    .at('Dimensions')
    .items.map((one) => [one.at('Name').text ?? '', one.at('Value').text ?? ''] as const);
  return { namespace, metricName, statistic, dimensions: Object.fromEntries(pairs) };
}

/** The metrics that a description has a kind for, as AWS names them. The dimensions are then the environment’s own. */
const kinds: Readonly<Record<string, { readonly kind: string; readonly statistics: readonly string[] }>> = {
  'AWS/ECS CPUUtilization': { kind: 'cpu', statistics: ['Average'] },
  'AWS/ECS MemoryUtilization': { kind: 'memory', statistics: ['Average'] },
  'AWS/ApplicationELB RequestCountPerTarget': { kind: 'requests-per-target', statistics: ['Sum'] },
  'AWS/ApplicationELB TargetResponseTime': {
    kind: 'response-time',
    statistics: ['Average', 'p50', 'p90', 'p95', 'p99'],
  },
};

/** The kind of a metric here; null for a metric that something else publishes. */
export function kindOf({ namespace, metricName, statistic }: NamedMetric): string | null {
  const found = kinds[`${namespace} ${metricName}`];
  return found?.statistics.includes(statistic) === true ? found.kind : null;
}

/** The metric of a step policy. */
export function metricOf(metric: NamedMetric): Readonly<Record<string, unknown>> {
  const kind = kindOf(metric);
  if (kind === null) return { kind: 'custom', ...metric };
  return kind === 'response-time' ? { kind, statistic: metric.statistic } : { kind };
}

/** The metric of a target-tracking policy, with the value to hold in the unit of a description. */
export function targetOf(metric: NamedMetric, target: number): Readonly<Record<string, unknown>> {
  const described = metricOf(metric);
  switch (described.kind) {
    case 'cpu':
    case 'memory':
      return { ...described, targetPercent: target };
    case 'requests-per-target':
      return { ...described, requestsPerTargetPerMinute: target };
    case 'response-time':
      return { ...described, targetMilliseconds: target * 1000 };
    default:
      return { ...described, targetValue: target };
  }
}

/** Predefined metrics by the metric of CloudWatch that each stands for (Application Auto Scaling API reference). */
export const predefinedMetrics: Readonly<Record<string, NamedMetric>> = {
  ECSServiceAverageCPUUtilization: predefined('AWS/ECS', 'CPUUtilization', 'Average'),
  ECSServiceAverageMemoryUtilization: predefined('AWS/ECS', 'MemoryUtilization', 'Average'),
  ALBRequestCountPerTarget: predefined('AWS/ApplicationELB', 'RequestCountPerTarget', 'Sum'),
};

function predefined(namespace: string, metricName: string, statistic: string): NamedMetric {
  return { namespace, metricName, statistic, dimensions: {} };
}
