import type {
  GetMetricDataInput,
  MetricAlarm,
  MetricDataQuery,
  MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import type { MetricSeries } from '@tideline/evidence';

/** What an alarm looks at, as a question of its own: the figures are then the ones that decided. */
export interface MetricQuery {
  readonly queries: readonly MetricDataQuery[];
  readonly periodSeconds: number;
}

/** The question behind an alarm; null for an alarm without a metric. */
export function metricQuery(alarm: MetricAlarm): MetricQuery | null {
  const { Namespace, MetricName, Dimensions = [], Period, Metrics = [] } = alarm;
  const Stat = alarm.Statistic ?? alarm.ExtendedStatistic;
  if (Metrics.length > 0) {
    const periods = Metrics.map(({ MetricStat, Period: own }) => MetricStat?.Period ?? own ?? 0);
    return { queries: Metrics, periodSeconds: Math.max(...periods) || 60 };
  }
  if (Namespace === undefined || MetricName === undefined || Stat === undefined || Period === undefined)
    return null;
  const Metric = { Namespace, MetricName, Dimensions };
  return {
    queries: [{ Id: 'm1', MetricStat: { Metric, Period, Stat }, ReturnData: true }],
    periodSeconds: Period,
  };
}

/** All whole periods from the one that holds `fromMs` up to `toMs`; null when there is none yet, which AWS refuses. */
export function metricRequest(
  { queries, periodSeconds }: MetricQuery,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): GetMetricDataInput | null {
  const periodMs = periodSeconds * 1000;
  const StartTime = new Date(Math.floor(fromMs / periodMs) * periodMs);
  const EndTime = new Date(Math.floor(toMs / periodMs) * periodMs);
  if (StartTime >= EndTime) return null;
  return { MetricDataQueries: [...queries], StartTime, EndTime, ScanBy: 'TimestampAscending' };
}

/** Datapoints of all pages, oldest first. */
export const datapoints = (
  results: readonly MetricDataResult[],
  toCloudSeconds: (at: Date) => number,
): MetricSeries['datapoints'] =>
  results
    .flatMap(({ Timestamps = [], Values = [] }) =>
      Timestamps.map((at, index) => ({ cloudSeconds: toCloudSeconds(at), value: Values[index] ?? NaN })),
    )
    .filter(({ value }) => !Number.isNaN(value))
    .sort((left, right) => left.cloudSeconds - right.cloudSeconds);
