import { type Environment, metricLagSecondsByResolution as defaults } from '@tideline/config';

/**
 * Time from the end of a period until an alarm sees its datapoint, seconds.
 * `assumptions.metricLagSeconds` applies to every metric once it is set; left at its default it belongs to the
 * environment’s monitoring resolution, so a metric of another period takes the default of that period.
 */
export function metricLagSeconds({ monitoring, assumptions }: Environment, periodSeconds: number): number {
  if (assumptions.metricLagSeconds !== defaults[monitoring.resolutionSeconds])
    return assumptions.metricLagSeconds;
  return defaults[periodSeconds < 60 ? 20 : 60];
}
