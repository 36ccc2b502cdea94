import type { CloudWatchMetric } from '../metrics/metric-kind.ts';
import type { MetricReference } from '../metrics/metric-kinds.ts';

/** CloudWatch’s words for how a datapoint is compared with the threshold, with their signs. */
export const comparisonSigns = {
  GreaterThanOrEqualToThreshold: '>=',
  GreaterThanThreshold: '>',
  LessThanThreshold: '<',
  LessThanOrEqualToThreshold: '<=',
} as const;

/** CloudWatch’s words for what an alarm makes of datapoints that are missing. */
export const missingDataTreatments = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;

export type MissingDataTreatment = (typeof missingDataTreatments)[number];

export type AlarmComparison = keyof typeof comparisonSigns;

/** N and M of an alarm: it goes to ALARM when M of the last N datapoints breach. */
export interface AlarmWindow {
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
}

/** A CloudWatch metric, or metric math over those with the ids that it names. */
export type AlarmQuery =
  | { readonly id: string; readonly metric: CloudWatchMetric }
  | { readonly id: string; readonly expression: string; readonly label: string };

/** Everything that is known of one alarm before it exists. */
export interface AlarmFacts extends AlarmWindow {
  /** Names the alarm among those of its purpose. */
  readonly id: string;
  /** Its name in CloudWatch. */
  readonly name: string;
  readonly description: string;
  /** Target tracking and managed scaling have alarms that AWS makes: no template has these. */
  readonly madeBy: 'aws' | 'template';
  /** What the alarm watches; the last query is what is compared. */
  readonly queries: readonly AlarmQuery[];
  readonly comparison: AlarmComparison;
  /** In the metric’s CloudWatch unit. */
  readonly threshold: number;
  readonly periodSeconds: number;
  readonly treatMissingData: MissingDataTreatment;
}

/** An alarm that sets off a scaling policy. */
export interface ScalingAlarm extends AlarmFacts {
  readonly policy: string;
  readonly metric: MetricReference;
  /** Where the policy may move the capacity when the alarm fires. */
  readonly moves: readonly ('out' | 'in')[];
}

/** True when the comparison looks for values above the threshold. */
export const watchesAbove = (comparison: AlarmComparison): boolean => comparison.startsWith('Greater');

/** Whether a value, in the metric’s CloudWatch unit, breaches an alarm. */
export function breachesAlarm(
  { comparison, threshold }: Pick<AlarmFacts, 'comparison' | 'threshold'>,
  value: number,
): boolean {
  switch (comparison) {
    case 'GreaterThanOrEqualToThreshold':
      return value >= threshold;
    case 'GreaterThanThreshold':
      return value > threshold;
    case 'LessThanThreshold':
      return value < threshold;
    case 'LessThanOrEqualToThreshold':
      return value <= threshold;
  }
}

/** CloudWatch metrics that an alarm watches: each is billed. */
export const watchedMetrics = ({ queries }: Pick<AlarmFacts, 'queries'>): readonly CloudWatchMetric[] =>
  queries.flatMap((query) => ('metric' in query ? [query.metric] : []));

/** The queries of a policy’s metric: the one metric, or several with what adds them up. */
export function metricQueries({ metrics, total }: MetricReference): readonly AlarmQuery[] {
  const queries = metrics.map((metric, index) => ({ id: `m${index + 1}`, metric }));
  if (queries.length === 1) return queries;
  return [...queries, { id: 'total', expression: total(queries.map(({ id }) => id)), label: 'Sum' }];
}
