import {
  type AlarmQuery,
  type Environment,
  type TargetMetric,
  metricQueries,
  metricReference,
  predefinedMetricType,
} from '@tideline/config';
import {
  type BalancedIdentity,
  type CloudWatchQuery,
  cloudWatchQuery,
  isPercentile,
} from '../ground/service-metrics.ts';

/** What a policy scales: its description, and what its metrics are measured at. */
export interface ScaledCapacity<Identity extends BalancedIdentity> {
  readonly environment: Environment;
  readonly identity: Identity;
}

/** AWS’s own metric for target tracking, with the target group that it follows; null where a policy must describe its metric. */
export function predefinedMetric(
  metric: TargetMetric,
  { environment, identity }: ScaledCapacity<BalancedIdentity>,
) {
  const type = predefinedMetricType(metric, environment);
  if (type === null) return null;
  const [followed] = metricReference(metric, environment).metrics;
  const { loadBalancerSuffix, targetGroupSuffix } = identity;
  return {
    predefinedMetricType: type,
    ...(followed?.scope === 'target-group'
      ? { resourceLabel: `${loadBalancerSuffix}/${targetGroupSuffix}` }
      : {}),
  };
}

/** The one metric that the simple form of a customized metric can express, which has no percentiles; else undefined. */
export function simpleQuery(
  metric: TargetMetric,
  { environment, identity }: ScaledCapacity<BalancedIdentity>,
): CloudWatchQuery | undefined {
  const [only, ...others] = metricReference(metric, environment).metrics;
  if (only === undefined || others.length > 0 || isPercentile(only.statistic)) return undefined;
  return cloudWatchQuery(only, identity);
}

/** Any customized metric, as metric math: of one metric itself, of several their sum. */
export function metricMath(
  metric: TargetMetric,
  { environment, identity }: ScaledCapacity<BalancedIdentity>,
) {
  const queries = metricQueries(metricReference(metric, environment));
  return {
    metrics: queries.map((query: AlarmQuery, index) => {
      const returnData = index === queries.length - 1;
      if ('expression' in query) return { id: query.id, expression: query.expression, returnData };
      const watched = cloudWatchQuery(query.metric, identity);
      const { namespace, metricName, statistic: stat } = watched;
      const metricStat = { stat, metric: { namespace, metricName, dimensions: dimensionList(watched) } };
      return { id: query.id, returnData, metricStat };
    }),
  };
}

export const dimensionList = ({ dimensions }: CloudWatchQuery) =>
  Object.entries(dimensions).map(([name, value]) => ({ name, value }));
