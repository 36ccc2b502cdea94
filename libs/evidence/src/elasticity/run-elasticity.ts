import type { UnjudgedRun } from '../judge/expectations.ts';
import type { RunRecord } from '../record/run-record.ts';
import { type RateFrom, demandOf, elasticity } from './elasticity.ts';
import type { RunElasticity, UnitCapacity } from './run-elasticity-schema.ts';

/**
 * How well the supply of a run followed its demand while load was on; undefined where nobody observed the supply, or the load took
 * no time. The demand is worked out from the mean rates of cloud minutes, the resolution of AWS’s own metrics: within one, requests
 * come unevenly and no policy can follow them. Rates are those of wall seconds, which stand for cloud seconds. The supply is what
 * is running and healthy: instances of a warm pool do not serve.
 */
export function runElasticity(
  { load, scaling }: Pick<UnjudgedRun, 'load' | 'scaling'>,
  capacity: UnitCapacity,
): RunElasticity | undefined {
  const { fromCloudSeconds: fromSeconds, toCloudSeconds: toSeconds } = load;
  if (scaling.timeline.length === 0 || toSeconds <= fromSeconds) return undefined;
  const rates = minuteRates(load);
  const supply = scaling.timeline
    .toSorted((one, other) => one.cloudSeconds - other.cloudSeconds)
    .map(({ cloudSeconds, running, healthy }) => ({
      seconds: cloudSeconds,
      count: Math.min(running, healthy),
    }));
  const unitRequestsPerSecond = capacity.requestsPerSecond;
  return {
    ...elasticity({
      fromSeconds,
      toSeconds,
      demand: demandOf(rates, unitRequestsPerSecond),
      supply,
      load: rates,
      unitRequestsPerSecond,
    }),
    capacitySource: capacity.source,
    unitHoursAfterLoad:
      supply.reduce((sum, { seconds, count }, index) => {
        const until = supply[index + 1]?.seconds ?? seconds;
        return sum + count * Math.max(0, until - Math.max(seconds, toSeconds));
      }, 0) / 3600,
  };
}

const minuteSeconds = 60;

/** Mean rate of each cloud minute of the load, counted from its start; the last may be shorter. */
export function minuteRates({
  fromCloudSeconds,
  toCloudSeconds,
  series,
}: Pick<RunRecord['load'], 'fromCloudSeconds' | 'toCloudSeconds' | 'series'>): RateFrom[] {
  const minutes = Math.max(0, Math.ceil((toCloudSeconds - fromCloudSeconds) / minuteSeconds));
  const requests = new Array<number>(minutes).fill(0);
  const points = series.toSorted((one, other) => one.cloudSeconds - other.cloudSeconds);
  for (const [index, { cloudSeconds, requestsPerSecond }] of points.entries()) {
    const end = Math.min(toCloudSeconds, points[index + 1]?.cloudSeconds ?? toCloudSeconds);
    let now = Math.max(fromCloudSeconds, cloudSeconds);
    // Counted, not worked out again from the time: a rounding error would stay in a minute for ever.
    let minute = Math.floor((now - fromCloudSeconds) / minuteSeconds);
    while (now < end) {
      const next = Math.min(end, Math.max(now, fromCloudSeconds + (minute + 1) * minuteSeconds));
      requests[minute] = (requests[minute] ?? 0) + requestsPerSecond * (next - now);
      now = next;
      minute += 1;
    }
  }
  return requests.slice(0, minutes).map((count, minute) => {
    const seconds = fromCloudSeconds + minute * minuteSeconds;
    return { seconds, requestsPerSecond: count / Math.min(minuteSeconds, toCloudSeconds - seconds) };
  });
}

const requestsPerTarget = 'AWS/ApplicationELB/RequestCountPerTarget/';

/**
 * The capacity of a unit that a tracking policy’s target stands for: that many requests a minute, the highest where several policies
 * have one. Undefined where no policy tracks requests per target.
 */
export function targetCapacity({
  policies,
}: Pick<RunRecord['scaling'], 'policies'>): UnitCapacity | undefined {
  const targets = policies.flatMap(({ metricKey, target }) =>
    metricKey.startsWith(requestsPerTarget) && target !== null && target > 0 ? [target] : [],
  );
  if (targets.length === 0) return undefined;
  return { requestsPerSecond: Math.max(...targets) / minuteSeconds, source: 'target' };
}
