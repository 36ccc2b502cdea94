import type { Environment } from '../environment.ts';
import type { CloudWatchMetric } from '../metrics/metric-kind.ts';
import { resourceNames } from '../naming.ts';
import type { AlarmFacts, AlarmQuery } from './alarm-facts.ts';

const periodSeconds = 60;

type Sessions = Environment['sessions'];

/** A metric that ElastiCache has of each node (ElastiCache guide, metrics for Valkey and Redis OSS). */
export interface SessionStoreMetric {
  readonly id: string;
  readonly metricName: string;
  /** What counts in a minute. */
  readonly statistic: 'Maximum' | 'Sum';
  /** In words, with its unit. */
  readonly label: string;
  /** What is more than this is worth an alarm. */
  readonly threshold: (alarms: Sessions['alarms']) => number;
  /** Only replicas have it. */
  readonly ofReplicas?: true;
}

/** What is watched of a session store, of alarms and on the dashboard. */
export const sessionStoreMetrics: readonly SessionStoreMetric[] = [
  {
    id: 'memory',
    metricName: 'DatabaseMemoryUsagePercentage',
    statistic: 'Maximum',
    label: 'memory in use, percent',
    threshold: ({ memoryPercent }) => memoryPercent,
  },
  {
    id: 'cpu',
    metricName: 'EngineCPUUtilization',
    statistic: 'Maximum',
    label: 'CPU of the command thread, percent',
    threshold: ({ engineCpuPercent }) => engineCpuPercent,
  },
  {
    id: 'connections',
    metricName: 'CurrConnections',
    statistic: 'Maximum',
    label: 'connections',
    threshold: ({ connections }) => connections,
  },
  {
    id: 'evictions',
    metricName: 'Evictions',
    statistic: 'Sum',
    label: 'evictions per minute',
    threshold: ({ evictionsPerMinute }) => evictionsPerMinute,
  },
  {
    id: 'replication-lag',
    metricName: 'ReplicationLag',
    statistic: 'Maximum',
    label: 'replication lag, seconds',
    threshold: ({ replicationLagSeconds }) => replicationLagSeconds,
    ofReplicas: true,
  },
];

/** Names of the store’s nodes, as ElastiCache numbers them; any of them may be the primary after a failover. */
export const sessionStoreNodes = (
  environment: Pick<Environment, 'project' | 'stage' | 'sessions'>,
): readonly string[] =>
  environment.sessions.store === 'none'
    ? []
    : Array.from(
        { length: 1 + environment.sessions.replicas },
        (_, index) => `${resourceNames(environment).sessionStore}-${String(index + 1).padStart(3, '0')}`,
      );

/** A metric of one node, as CloudWatch has it. */
export const nodeMetric = (
  { metricName, statistic }: SessionStoreMetric,
  node: string,
): CloudWatchMetric => ({
  namespace: 'AWS/ElastiCache',
  metricName,
  statistic,
  scope: 'published',
  dimensions: { CacheClusterId: node },
});

/** Alarms of the session store, each on the worst of its nodes; none where no sessions are kept. */
export function sessionAlarms(environment: Environment): readonly AlarmFacts[] {
  const { alarms, replicas, store } = environment.sessions;
  if (store === 'none') return [];
  const nodes = sessionStoreNodes(environment);
  return sessionStoreMetrics
    .filter(({ ofReplicas = false }) => !ofReplicas || replicas > 0)
    .map((metric) => {
      const threshold = metric.threshold(alarms);
      return {
        id: `sessions-${metric.id}`,
        name: `${resourceNames(environment).alarms.sessions}-${metric.id}`,
        description: `Warning: session store, ${metric.label}: above ${threshold} for ${alarms.minutes} minutes`,
        madeBy: 'template' as const,
        queries: worstNode(
          nodes.map((node) => nodeMetric(metric, node)),
          metric,
        ),
        comparison: 'GreaterThanThreshold' as const,
        threshold,
        periodSeconds,
        evaluationPeriods: alarms.minutes,
        datapointsToAlarm: alarms.minutes,
        // The metrics of a store are missing while it is made; what is down answers 503, which has an alarm.
        treatMissingData: 'notBreaching' as const,
      };
    });
}

/** A node without a datapoint does not count: the primary has no replication lag. */
function worstNode(
  metrics: readonly CloudWatchMetric[],
  { label }: SessionStoreMetric,
): readonly AlarmQuery[] {
  const nodes = metrics.map((metric, index) => ({ id: `m${index + 1}`, metric }));
  if (nodes.length === 1) return nodes;
  const expression = `MAX([${nodes.map(({ id }) => id).join(', ')}])`;
  return [...nodes, { id: 'worst', expression, label: `Session store, ${label}` }];
}
