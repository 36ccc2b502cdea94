import type { ImportDraft } from '../list/import-draft.ts';
import { leaveFields } from '../shared/left-fields.ts';
import { oneOf, whole } from '../source/readers.ts';
import type { SourceNode } from '../source/source-node.ts';
import { describedMetric, namedMetric } from './metric.ts';

const comparisons = oneOf([
  'GreaterThanOrEqualToThreshold',
  'GreaterThanThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
]);
const missingData = oneOf(['missing', 'breaching', 'notBreaching', 'ignore']);
/** Period of every metric that a step policy of a description follows. */
const periodSeconds = 60;

/** The metric and the alarm of a step policy, and the factor from the metric’s unit to that of a description. */
interface WatchedMetric {
  readonly metric: object;
  readonly alarm: object;
  readonly factor: number;
}

/** Converts an alarm of CloudWatch; undefined, and left, where a step policy here could not have it. */
export function convertAlarm(draft: ImportDraft, alarm: SourceNode): WatchedMetric | undefined {
  const leave = (reason: string): undefined => {
    draft.leave(alarm, reason);
    return undefined;
  };
  const metric = namedMetric(alarm);
  const comparison = comparisons(alarm.at('ComparisonOperator').value);
  const threshold = alarm.at('Threshold').value;
  if (metric === undefined || 'allowed' in comparison || typeof threshold !== 'number') {
    leave('an alarm here compares one metric with a threshold');
    return;
  }
  const { isOwn, metric: described, factor } = describedMetric(metric);
  const period = alarm.at('Period');
  const times = typeof period.value === 'number' ? period.value / periodSeconds : Number.NaN;
  if (!Number.isInteger(times) || times < 1) {
    leave('an alarm here looks at periods of 60 s');
    return;
  }
  if (times > 1 && metric.statistic !== 'Average') {
    leave(
      `a ${metric.statistic} over ${times} minutes is no ${metric.statistic} over one, which alarms here look at`,
    );
    return;
  }
  const periods = whole(1, 1440)(alarm.at('EvaluationPeriods').value);
  if ('allowed' in periods || periods.value * times > 1440) {
    leave('an alarm here looks at 1 to 1440 minutes');
    return;
  }
  const breaching = whole(1, periods.value)(alarm.at('DatapointsToAlarm').value);
  const missing = missingData(alarm.at('TreatMissingData').value);
  if (times > 1)
    draft.change(
      period,
      `the alarm looks at ${periods.value * times} datapoints of 60 s, and not at ${periods.value} of ${times * periodSeconds} s: all of them must breach, and not their mean`,
    );
  const from = [
    'Namespace',
    'MetricName',
    'Statistic',
    'ExtendedStatistic',
    'ComparisonOperator',
    'Threshold',
    'Period',
    'EvaluationPeriods',
    'AlarmName',
  ];
  for (const name of from) draft.hold(alarm.at(name), 'scaling.policies');
  if ('value' in breaching) draft.hold(alarm.at('DatapointsToAlarm'), 'scaling.policies');
  if ('value' in missing) draft.hold(alarm.at('TreatMissingData'), 'scaling.policies');
  if (!isOwn) draft.hold(alarm.at('Dimensions'), 'scaling.policies');
  leaveFields(draft, alarm, {
    ...(!isOwn ? {} : { Dimensions: 'the alarm watches the metric of the environment’s own service' }),
    AlarmActions: 'the alarm sets off its policy, and nothing else',
    OKActions: 'the alarm sets off its policy, and nothing else',
    InsufficientDataActions: 'the alarm sets off its policy, and nothing else',
    ActionsEnabled: 'scaling.suspendedState suspends policies',
    AlarmDescription: 'alarms are described by their policy',
    Unit: 'a metric has the unit that it is published with',
    EvaluateLowSampleCountPercentile: 'percentiles are evaluated however few samples there are',
  });
  for (const [name, node] of alarm.entries)
    if (/^(Alarm(Arn|ConfigurationUpdatedTimestamp)|State.*|EvaluationState)$/.test(name))
      draft.leave(node, 'CloudWatch reports it; nothing sets it');
  return {
    metric: described,
    alarm: {
      comparison: comparison.value,
      threshold: threshold * factor,
      evaluationPeriods: periods.value * times,
      datapointsToAlarm: ('value' in breaching ? breaching.value : periods.value) * times,
      ...('value' in missing ? { treatMissingData: missing.value } : {}),
    },
    factor,
  };
}
