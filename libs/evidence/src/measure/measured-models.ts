import { type Environment, capacityFacts, parseResolvedEnvironment } from '@tideline/config';
import type { UnjudgedRun } from '../judge/expectations.ts';
import type { MetricSeries } from '../record/observation.ts';

/**
 * What a run measured of what a simulation otherwise takes for granted, under the names of `SimulationOptions` of
 * libs/scaling: `simulate(trace, environment, { ...measuredModels(record) })`. What the run gives no grounds for is left out.
 */
export interface MeasuredModels {
  /** CPU time of a request beyond `container.cpuMillisecondsPerRequest` of the run’s environment; below 0 where it costs less. */
  readonly overheadCpuMillisecondsPerRequest?: number;
  /** CPU utilisation of a task or instance without requests, percent. */
  readonly idleCpuPercent?: number;
  /** Memory utilisation on average, percent. */
  readonly memoryPercent?: number;
  /** Response time that an idle task would have, milliseconds: what was measured, times the CPU share that was free. */
  readonly responseTimeMilliseconds?: number;
}

type Measurable = Pick<UnjudgedRun, 'environment' | 'scaling' | 'load' | 'speed'>;

/** One period of the CPU metric. */
interface Period {
  readonly requestsPerSecondOfEach: number;
  readonly cpuPercent: number;
}

/** Above this share of what a task can get, CPU says only that the load was too much. */
const saturatedShare = 0.95;

/**
 * Takes the models out of a run: CPU by least squares over its periods, those at the limit and those in which the load began
 * or ended left out, and those at another speed than the load’s: health checks and readings cost more the faster cloud time
 * runs. It takes periods with and without load to tell the two figures apart.
 */
export function measuredModels(run: Measurable): MeasuredModels {
  const environment = environmentOf(run);
  if (environment === null) return {};
  const memory = averageOf(seriesOf(run, 'MemoryUtilization'));
  const responseTime = idleResponseTime(run);
  return {
    ...cpuModel(run, environment),
    ...(memory === null ? {} : { memoryPercent: memory }),
    ...(responseTime === null ? {} : { responseTimeMilliseconds: responseTime }),
  };
}

/** The description that the record holds; null where the run had none. */
const environmentOf = ({ environment }: Measurable): Environment | null =>
  'compute' in environment ? parseResolvedEnvironment(environment) : null;

function cpuModel(run: Measurable, environment: Environment): MeasuredModels {
  const { unit, highestCpuPercent } = capacityFacts(environment);
  const periods = cpuPeriods(run).filter(({ cpuPercent }) => cpuPercent < highestCpuPercent * saturatedShare);
  const line = leastSquares(periods);
  if (line === null) return {};
  const milliseconds = line.percentPerRequestRate * 10 * (unit.cpuUnits / 1024);
  return {
    overheadCpuMillisecondsPerRequest: milliseconds - environment.container.cpuMillisecondsPerRequest,
    idleCpuPercent: Math.max(0, line.idlePercent),
  };
}

function cpuPeriods(run: Measurable): readonly Period[] {
  const cpu = seriesOf(run, 'CPUUtilization');
  return (cpu?.datapoints ?? []).flatMap(({ cloudSeconds, value, running }) => {
    const period = { fromSeconds: cloudSeconds, toSeconds: cloudSeconds + (cpu?.periodSeconds ?? 0) };
    const rate = rateIn(run, period);
    const units = running ?? runningAt(run, (period.fromSeconds + period.toSeconds) / 2);
    return rate === null || units === 0 || !atSpeedOfLoad(run, period.fromSeconds)
      ? []
      : [{ requestsPerSecondOfEach: rate / units, cpuPercent: value }];
  });
}

/** The load’s rate over a period; null where it began or ended within. */
function rateIn(
  { load }: Measurable,
  { fromSeconds, toSeconds }: { readonly fromSeconds: number; readonly toSeconds: number },
): number | null {
  if (toSeconds <= load.fromCloudSeconds || fromSeconds >= load.toCloudSeconds) return 0;
  if (fromSeconds < load.fromCloudSeconds || toSeconds > load.toCloudSeconds) return null;
  const within = load.series.filter(
    ({ cloudSeconds }) => cloudSeconds >= fromSeconds && cloudSeconds < toSeconds,
  );
  const before = load.series.findLast(({ cloudSeconds }) => cloudSeconds < fromSeconds);
  const buckets = within.length > 0 || before === undefined ? within : [before];
  if (buckets.length === 0) return null;
  return buckets.reduce((sum, { requestsPerSecond }) => sum + requestsPerSecond, 0) / buckets.length;
}

const speedAt = ({ speed }: Measurable, seconds: number): number =>
  speed.findLast(({ fromCloudSeconds }) => fromCloudSeconds <= seconds)?.speed ?? 1;

const atSpeedOfLoad = (run: Measurable, seconds: number): boolean =>
  speedAt(run, seconds) === speedAt(run, run.load.fromCloudSeconds);

const runningAt = ({ scaling }: Measurable, seconds: number): number =>
  scaling.timeline.findLast(({ cloudSeconds }) => cloudSeconds <= seconds)?.running ?? 0;

/** CPU percent = idle + rate x slope; null when every period had the same rate. */
function leastSquares(
  periods: readonly Period[],
): { readonly idlePercent: number; readonly percentPerRequestRate: number } | null {
  const mean = (of: (period: Period) => number): number =>
    periods.reduce((sum, period) => sum + of(period), 0) / periods.length;
  const meanRate = mean(({ requestsPerSecondOfEach }) => requestsPerSecondOfEach);
  const meanPercent = mean(({ cpuPercent }) => cpuPercent);
  const spread = mean(({ requestsPerSecondOfEach }) => (requestsPerSecondOfEach - meanRate) ** 2);
  if (!(spread > 0)) return null;
  const joint = mean(
    ({ requestsPerSecondOfEach, cpuPercent }) =>
      (requestsPerSecondOfEach - meanRate) * (cpuPercent - meanPercent),
  );
  const percentPerRequestRate = joint / spread;
  // No request gives CPU time back: what it costs is below the noise.
  if (percentPerRequestRate <= 0) return null;
  return { percentPerRequestRate, idlePercent: meanPercent - percentPerRequestRate * meanRate };
}

function idleResponseTime(run: Measurable): number | null {
  const cpu = new Map(
    seriesOf(run, 'CPUUtilization')?.datapoints.map(({ cloudSeconds, value }) => [cloudSeconds, value]),
  );
  const idle = seriesOf(run, 'TargetResponseTime')?.datapoints.flatMap(({ cloudSeconds, value }) => {
    const used = cpu.get(cloudSeconds);
    return used === undefined || used >= 100 * saturatedShare
      ? []
      : [{ value: value * 1000 * (1 - used / 100) }];
  });
  return averageOf(idle === undefined ? undefined : { datapoints: idle });
}

/** The Average of a metric, whatever its namespace and dimensions. */
const seriesOf = ({ scaling }: Measurable, metricName: string): MetricSeries | undefined =>
  scaling.metrics.find(({ key }) => new RegExp(`/${metricName}(\\{.*\\})?/Average$`).test(key));

function averageOf(
  series: { readonly datapoints: readonly { readonly value: number }[] } | undefined,
): number | null {
  const values = series?.datapoints.map(({ value }) => value) ?? [];
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
