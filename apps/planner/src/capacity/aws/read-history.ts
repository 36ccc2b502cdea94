import type { Metric, MetricDataQuery, MetricDataResult } from '@aws-sdk/client-cloudwatch';
import type { Objective, ObservedPeriod } from '@tideline/planner';
import type { HistoryReads } from './history-reads.ts';
import type { WatchedResources } from './watched-resources.ts';

/** CloudWatch keeps datapoints of a minute for 15 days, and answers of older ones with none at this period. */
const periodSeconds = 60;

/** Values of a metric by the start of their period, milliseconds since 1970. */
type Series = ReadonlyMap<number, number>;

export interface History {
  readonly periods: readonly ObservedPeriod[];
  /** Where the count of units came from. */
  readonly unitsFrom: string;
}

/**
 * Reads what a service did, minute by minute, up to the last whole one: all pages of GetMetricData, whose results go on under
 * their Id from page to page. A minute without requests has no datapoints at the load balancer, and is left out; so is one for
 * which nobody counted units.
 */
export async function readHistory(
  resources: WatchedResources,
  reads: Pick<HistoryReads, 'getMetricData'>,
  {
    objective,
    days,
    nowMs,
  }: { readonly objective: Objective; readonly days: number; readonly nowMs: number },
): Promise<History> {
  const questions = new Map<string, MetricDataQuery['MetricStat']>();
  const ask = (id: string, metric: Metric, Stat: string): void =>
    void questions.set(id, { Metric: metric, Period: periodSeconds, Stat });
  ask('cpu', resources.cpu, 'Average');
  for (const [index, metric] of resources.units.entries()) ask(`units${index}`, metric, 'Average');
  for (const [index, dimensions] of resources.targetGroups.entries()) {
    const of = (MetricName: string): Metric => ({
      Namespace: 'AWS/ApplicationELB',
      MetricName,
      Dimensions: [...dimensions],
    });
    ask(`requests${index}`, of('RequestCount'), 'Sum');
    ask(`healthy${index}`, of('HealthyHostCount'), 'Average');
    ask(`latency${index}`, of('TargetResponseTime'), `p${objective.latencyPercentile}`);
    ask(`failed${index}`, of('HTTPCode_Target_5XX_Count'), 'Sum');
    ask(`refused${index}`, of('TargetConnectionErrorCount'), 'Sum');
  }
  const periodMs = periodSeconds * 1000;
  const EndTime = new Date(Math.floor(nowMs / periodMs) * periodMs);
  const StartTime = new Date(EndTime.getTime() - days * 86_400_000);
  const series = await readAll(reads, {
    MetricDataQueries: [...questions].map(([Id, MetricStat]) => ({ Id, MetricStat, ReturnData: true })),
    StartTime,
    EndTime,
    ScanBy: 'TimestampAscending',
  });
  const named = (prefix: string): Series[] =>
    [...questions.keys()]
      .filter((id) => id.startsWith(prefix))
      .map((id) => series.get(id) ?? new Map<number, number>());
  return joined({
    ...{ cpu: named('cpu'), units: named('units'), requests: named('requests'), healthy: named('healthy') },
    ...{ latency: named('latency'), failed: [...named('failed'), ...named('refused')] },
    unitMetrics: resources.units,
  });
}

async function readAll(
  reads: Pick<HistoryReads, 'getMetricData'>,
  input: Parameters<HistoryReads['getMetricData']>[0],
): Promise<ReadonlyMap<string, Series>> {
  const series = new Map<string, Map<number, number>>();
  let token: string | undefined;
  do {
    const page = await reads.getMetricData({
      ...input,
      ...(token === undefined ? {} : { NextToken: token }),
    });
    for (const result of page.MetricDataResults ?? []) addTo(series, result);
    // AWS has answered a last page with an empty token.
    token = page.NextToken === '' ? undefined : page.NextToken;
  } while (token !== undefined);
  return series;
}

function addTo(series: Map<string, Map<number, number>>, result: MetricDataResult): void {
  const { Id = '', Timestamps = [], Values = [] } = result;
  const own = series.get(Id) ?? new Map<number, number>();
  series.set(Id, own);
  for (const [index, at] of Timestamps.entries()) {
    const value = Values[index];
    if (value !== undefined) own.set(at.getTime(), value);
  }
}

function joined(series: {
  readonly cpu: readonly Series[];
  readonly units: readonly Series[];
  readonly requests: readonly Series[];
  readonly healthy: readonly Series[];
  readonly latency: readonly Series[];
  readonly failed: readonly Series[];
  readonly unitMetrics: readonly Metric[];
}): History {
  const counted = series.units.findIndex((one) => one.size > 0);
  const units = series.units[counted];
  const at = (all: readonly Series[], time: number): number[] => all.flatMap((one) => one.get(time) ?? []);
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const times = [...new Set(series.requests.flatMap((one) => [...one.keys()]))].sort((a, b) => a - b);
  const periods = times.flatMap((time): ObservedPeriod[] => {
    const requests = sum(at(series.requests, time));
    const running = units?.get(time) ?? sum(at(series.healthy, time));
    if (requests === 0 || running === 0) return [];
    const latencies = at(series.latency, time);
    return [
      {
        requestsPerSecond: requests / periodSeconds,
        units: running,
        cpuPercent: at(series.cpu, time)[0] ?? null,
        // Of two target groups during a release the slower one: percentiles cannot be merged.
        latencyMilliseconds: latencies.length === 0 ? null : Math.max(...latencies) * 1000,
        failedPercent: Math.min(100, (sum(at(series.failed, time)) / requests) * 100),
      },
    ];
  });
  return { periods, unitsFrom: series.unitMetrics[counted]?.MetricName ?? 'HealthyHostCount' };
}
