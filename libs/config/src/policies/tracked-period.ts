import type { Problem } from '../configuration-error.ts';
import type { Environment, TargetTrackingPolicy } from '../environment.ts';
import { refuse } from '../errors/error-rule.ts';
import { fleetFacts } from '../metrics/fleet-facts.ts';
import { standardPeriodSeconds } from '../metrics/metric-kind.ts';
import { metricReference } from '../metrics/metric-kinds.ts';
import { partitionOf } from '../partition.ts';

/** The alarms of target tracking are AWS’s own: they watch the periods that its API takes, and no other. */
export function trackedPeriodErrors(
  { name, metric }: TargetTrackingPolicy,
  environment: Environment,
): readonly Problem[] {
  const { metrics, periodSeconds } = metricReference(metric, environment);
  if (metrics.some(({ scope }) => scope !== 'published')) return [];
  const { seconds, because } = fleetFacts(environment).trackedPeriods;
  const path = `scaling.policies.${name}.metric.periodSeconds`;
  if (!seconds.includes(periodSeconds))
    return refuse(
      'TL-CONFIG-METRIC-PERIOD',
      path,
      `got ${periodSeconds}; allowed here: ${seconds.join(', ')}, since ${because}. Set an allowed value, or follow the metric by a step policy, whose alarm has a period`,
    );
  if (periodSeconds < standardPeriodSeconds && partitionOf(environment.region).name === 'aws-us-gov')
    return refuse(
      'TL-CONFIG-METRIC-PERIOD',
      path,
      `got ${periodSeconds} with region ${environment.region}; in GovCloud target tracking watches no high-resolution metric. Set it to 60, or follow the metric by a step policy`,
    );
  return [];
}
