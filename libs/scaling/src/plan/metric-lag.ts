import { type Environment, resolveEnvironment } from '@tideline/config';

type Resolution = Environment['monitoring']['resolutionSeconds'];

const defaults = new Map<Resolution, number>();

/** What a description that says nothing about the lag resolves to: `libs/config` alone knows the figures. */
function defaultLagSeconds(resolutionSeconds: Resolution): number {
  const known = defaults.get(resolutionSeconds);
  if (known !== undefined) return known;
  const { assumptions } = resolveEnvironment({
    preset: 'defaults',
    compute: { kind: 'fargate' },
    monitoring: { resolutionSeconds },
  });
  defaults.set(resolutionSeconds, assumptions.metricLagSeconds);
  return assumptions.metricLagSeconds;
}

/**
 * Time from the end of a period until an alarm sees its datapoint, seconds.
 * `assumptions.metricLagSeconds` applies to every metric once it is set; left at its default it belongs to the
 * environment’s monitoring resolution, so a metric of another period takes the default of that period.
 */
export function metricLagSeconds(environment: Environment, periodSeconds: number): number {
  const { resolutionSeconds } = environment.monitoring;
  const resolved = environment.assumptions.metricLagSeconds;
  const periodResolution = periodSeconds < 60 ? 20 : 60;
  if (periodResolution === resolutionSeconds || resolved !== defaultLagSeconds(resolutionSeconds))
    return resolved;
  return defaultLagSeconds(periodResolution);
}
