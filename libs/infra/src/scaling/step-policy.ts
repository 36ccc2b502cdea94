import type { AppautoscalingPolicyStepScalingPolicyConfiguration } from '@cdktf/provider-aws/lib/appautoscaling-policy/index.js';
import type { CloudwatchMetricAlarmConfig } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js';
import {
  type Environment,
  type StepPolicy,
  metricReference,
  stepAlarmName,
  thresholdInMetricUnit,
} from '@tideline/config';
import {
  type CapacityIdentity,
  isPercentile,
  policyQueries,
  queryId,
  totalExpression,
} from '../ground/service-metrics.ts';

/** A step policy as Application Auto Scaling takes it, with bounds in its metric’s CloudWatch unit. */
export function stepConfiguration(policy: StepPolicy): AppautoscalingPolicyStepScalingPolicyConfiguration {
  const bound = (value: number | null) => String(thresholdInMetricUnit(policy.metric, value ?? 0));
  return {
    adjustmentType: policy.adjustmentType,
    cooldown: policy.cooldownSeconds,
    metricAggregationType: policy.aggregation,
    ...(policy.minAdjustmentMagnitude === 0 ? {} : { minAdjustmentMagnitude: policy.minAdjustmentMagnitude }),
    stepAdjustment: policy.steps.map(({ lowerBound, upperBound, adjustment }) => ({
      scalingAdjustment: adjustment,
      ...(lowerBound === null ? {} : { metricIntervalLowerBound: bound(lowerBound) }),
      ...(upperBound === null ? {} : { metricIntervalUpperBound: bound(upperBound) }),
    })),
  };
}

/** The alarm that sets a step policy off; the policy’s ARN is its only action. */
export function stepAlarm(
  policy: StepPolicy,
  { environment, identity }: { readonly environment: Environment; readonly identity: CapacityIdentity },
): Omit<CloudwatchMetricAlarmConfig, 'alarmActions'> {
  const { alarm, metric } = policy;
  return {
    alarmName: stepAlarmName(environment, policy),
    alarmDescription: `Sets off scaling policy ${policy.name}`,
    comparisonOperator: alarm.comparison,
    threshold: thresholdInMetricUnit(metric, alarm.threshold),
    evaluationPeriods: alarm.evaluationPeriods,
    datapointsToAlarm: alarm.datapointsToAlarm,
    treatMissingData: 'missing',
    ...alarmMetric(policy, { environment, identity }),
  };
}

function alarmMetric(
  { metric }: StepPolicy,
  { environment, identity }: { readonly environment: Environment; readonly identity: CapacityIdentity },
): Partial<CloudwatchMetricAlarmConfig> {
  const queries = policyQueries(metric, identity);
  const { periodSeconds: period } = metricReference(metric, environment);
  const [query] = queries;
  if (query !== undefined && queries.length === 1) {
    const { namespace, metricName, statistic, dimensions } = query;
    return {
      namespace,
      metricName,
      period,
      dimensions: { ...dimensions },
      ...(isPercentile(statistic) ? { extendedStatistic: statistic } : { statistic }),
    };
  }
  return {
    metricQuery: [
      ...queries.map(({ namespace, metricName, statistic, dimensions }, index) => ({
        id: queryId(index),
        returnData: false,
        metric: { namespace, metricName, period, stat: statistic, dimensions: { ...dimensions } },
      })),
      { id: 'total', expression: totalExpression(metric, queries.length), label: 'Sum', returnData: true },
    ],
  };
}
