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

/** A metric that a description has a kind for. The dimensions are then the environment’s own. */
interface KnownMetric {
  readonly statistics: readonly string[];
  /** The metric of a step policy. */
  readonly metric: (statistic: string) => Readonly<Record<string, unknown>>;
  /** The field of a target, and the greatest one, in CloudWatch’s unit. */
  readonly target: { readonly field: string; readonly most: number };
  /** From CloudWatch’s unit to that of a description. */
  readonly factor: number;
}

/** The metrics that a description has a kind for, by their names at CloudWatch. Response times are seconds there, and milliseconds here. */
const known: Readonly<Record<string, KnownMetric>> = {
  'AWS/ECS CPUUtilization': {
    statistics: ['Average'],
    metric: () => ({ kind: 'cpu' }),
    target: { field: 'targetPercent', most: 100 },
    factor: 1,
  },
  'AWS/ECS MemoryUtilization': {
    statistics: ['Average'],
    metric: () => ({ kind: 'memory' }),
    target: { field: 'targetPercent', most: 100 },
    factor: 1,
  },
  'AWS/ApplicationELB RequestCountPerTarget': {
    statistics: ['Sum'],
    metric: () => ({ kind: 'requests-per-target' }),
    target: { field: 'requestsPerTargetPerMinute', most: Number.MAX_VALUE },
    factor: 1,
  },
  'AWS/ApplicationELB TargetResponseTime': {
    statistics: ['Average', 'p50', 'p90', 'p95', 'p99'],
    metric: (statistic) => ({ kind: 'response-time', statistic }),
    target: { field: 'targetMilliseconds', most: 60 },
    factor: 1000,
  },
};

/** What a description has for a metric: a kind, or one that something else publishes. */
interface DescribedMetric extends Pick<KnownMetric, 'target' | 'factor'> {
  /** Whether its dimensions are the environment’s own. */
  readonly isOwn: boolean;
  readonly metric: Readonly<Record<string, unknown>>;
}

/** A metric as a description has it. */
export function describedMetric(named: NamedMetric): DescribedMetric {
  const found = known[`${named.namespace} ${named.metricName}`];
  if (found?.statistics.includes(named.statistic) === true)
    return { isOwn: true, metric: found.metric(named.statistic), target: found.target, factor: found.factor };
  return {
    isOwn: false,
    metric: { kind: 'custom', ...named },
    target: { field: 'targetValue', most: Number.MAX_VALUE },
    factor: 1,
  };
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
