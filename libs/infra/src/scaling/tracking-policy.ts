import type { AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration } from '@cdktf/provider-aws/lib/appautoscaling-policy/index.js';
import type { AutoscalingPolicyTargetTrackingConfiguration } from '@cdktf/provider-aws/lib/autoscaling-policy/index.js';
import {
  type Environment,
  type TargetMetric,
  type TargetTrackingPolicy,
  metricQueries,
  metricReference,
  predefinedMetricType,
  targetValue,
} from '@tideline/config';
import {
  type BalancedIdentity,
  type CloudWatchQuery,
  type GroupIdentity,
  type ServiceIdentity,
  cloudWatchQuery,
  isPercentile,
} from '../ground/service-metrics.ts';

/** What a policy scales: its description, and what its metrics are measured at. */
interface ScaledCapacity<Identity extends BalancedIdentity> {
  readonly environment: Environment;
  readonly identity: Identity;
}

/** A target-tracking policy as Application Auto Scaling takes it, with the target in its metric’s CloudWatch unit. */
export const serviceTracking = (
  policy: TargetTrackingPolicy,
  capacity: ScaledCapacity<ServiceIdentity>,
): AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration => ({
  ...tracking(policy, { capacity, dimensionsField: 'dimensions' }),
  scaleOutCooldown: policy.scaleOutCooldownSeconds,
  scaleInCooldown: policy.scaleInCooldownSeconds,
});

/** A target-tracking policy as EC2 Auto Scaling takes it: without cooldowns, whose place the group’s warm-up takes. */
export const groupTracking = (
  policy: TargetTrackingPolicy,
  capacity: ScaledCapacity<GroupIdentity>,
): AutoscalingPolicyTargetTrackingConfiguration =>
  tracking(policy, { capacity, dimensionsField: 'metricDimension' });

/** Of a metric of less than a minute, which groups alone can track (TL-CONFIG-METRIC-PERIOD); 60 is AWS’s default. */
const period = (metric: TargetMetric, environment: Environment): { readonly period?: number } => {
  const { metrics, periodSeconds } = metricReference(metric, environment);
  const isPublished = metrics.every(({ scope }) => scope === 'published');
  return isPublished && periodSeconds < 60 ? { period: periodSeconds } : {};
};

/** `dimensionsField` holds the dimensions of a metric that is not metric math: the two APIs differ in its name. */
function tracking(
  { metric, scaleInEnabled }: TargetTrackingPolicy,
  {
    capacity,
    dimensionsField,
  }: {
    readonly capacity: ScaledCapacity<BalancedIdentity>;
    readonly dimensionsField: 'dimensions' | 'metricDimension';
  },
) {
  const predefined = predefinedMetric(metric, capacity);
  const shared = { targetValue: targetValue(metric), disableScaleIn: !scaleInEnabled };
  if (predefined !== null) return { ...shared, predefinedMetricSpecification: predefined };
  const query = simpleQuery(metric, capacity);
  if (query === undefined) return { ...shared, customizedMetricSpecification: metricMath(metric, capacity) };
  const { namespace, metricName, statistic } = query;
  const simple = {
    ...{ namespace, metricName, statistic, [dimensionsField]: dimensionList(query) },
    ...period(metric, capacity.environment),
  };
  return { ...shared, customizedMetricSpecification: simple };
}

/** AWS’s own metric for target tracking, with the target group that it follows; null where a policy must describe its metric. */
function predefinedMetric(metric: TargetMetric, { environment, identity }: ScaledCapacity<BalancedIdentity>) {
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
function simpleQuery(
  metric: TargetMetric,
  { environment, identity }: ScaledCapacity<BalancedIdentity>,
): CloudWatchQuery | undefined {
  const [only, ...others] = metricReference(metric, environment).metrics;
  if (only === undefined || others.length > 0 || isPercentile(only.statistic)) return undefined;
  return cloudWatchQuery(only, identity);
}

/** Any customized metric, as metric math: of one metric itself, of several their sum. */
function metricMath(metric: TargetMetric, { environment, identity }: ScaledCapacity<BalancedIdentity>) {
  const queries = metricQueries(metricReference(metric, environment));
  return {
    metrics: queries.map((query, index) => {
      const returnData = index === queries.length - 1;
      if ('expression' in query) return { id: query.id, expression: query.expression, returnData };
      const watched = cloudWatchQuery(query.metric, identity);
      const { namespace, metricName, statistic: stat } = watched;
      const metricStat = {
        stat,
        metric: { namespace, metricName, dimensions: dimensionList(watched) },
        ...period(metric, environment),
      };
      return { id: query.id, returnData, metricStat };
    }),
  };
}

const dimensionList = ({ dimensions }: CloudWatchQuery) =>
  Object.entries(dimensions).map(([name, value]) => ({ name, value }));
