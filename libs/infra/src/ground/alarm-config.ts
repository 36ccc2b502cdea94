import type { CloudwatchMetricAlarmConfig } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js';
import type { AlarmFacts } from '@tideline/config';
import { type BalancedIdentity, cloudWatchQuery, isPercentile } from './service-metrics.ts';

/** An alarm of the description as a resource, without what it does when it fires. */
export const alarmConfig = (facts: AlarmFacts, identity: BalancedIdentity): CloudwatchMetricAlarmConfig => ({
  alarmName: facts.name,
  alarmDescription: facts.description,
  comparisonOperator: facts.comparison,
  threshold: facts.threshold,
  evaluationPeriods: facts.evaluationPeriods,
  datapointsToAlarm: facts.datapointsToAlarm,
  treatMissingData: facts.treatMissingData,
  ...watched(facts, identity),
});

/** One metric, or metric math whose last query is the result. */
function watched(
  { queries, periodSeconds: period }: AlarmFacts,
  identity: BalancedIdentity,
): Partial<CloudwatchMetricAlarmConfig> {
  const [only, ...others] = queries;
  if (only !== undefined && 'metric' in only && others.length === 0) {
    const { namespace, metricName, statistic, dimensions } = cloudWatchQuery(only.metric, identity);
    return {
      namespace,
      metricName,
      period,
      dimensions: { ...dimensions },
      ...(isPercentile(statistic) ? { extendedStatistic: statistic } : { statistic }),
    };
  }
  return {
    metricQuery: queries.map((query, index) => {
      const returnData = index === queries.length - 1;
      if ('expression' in query) return { ...query, returnData };
      const { namespace, metricName, statistic, dimensions } = cloudWatchQuery(query.metric, identity);
      const metric = { namespace, metricName, period, stat: statistic, dimensions: { ...dimensions } };
      return { id: query.id, returnData, metric };
    }),
  };
}
