import { computeFacts } from '../compute/compute-kinds.ts';
import { fleetFacts } from './fleet-facts.ts';
import type { Environment } from '../environment.ts';
import type { MetricKind, MetricSettings } from './metric-kind.ts';

/** What CPU and memory have in common: an average over the tasks or instances, in percent. */
export const averageUtilisation = (metricName: 'CPUUtilization' | 'MemoryUtilization') =>
  ({
    unit: 'Percent',
    periodSeconds: (_metric: unknown, { resolutionSeconds }: Environment['monitoring']) => resolutionSeconds,
    risesWithLoad: true,
    missingWhenIdle: false,
    needsTarget: true,
    perUnit: false,
    thresholdsPerUnit: 1,
    cloudWatch: (_metric: unknown, environment: MetricSettings) => [
      {
        namespace: computeFacts(environment).utilisationNamespace,
        metricName,
        statistic: 'Average',
        scope: 'capacity',
        dimensions: {},
      },
    ],
    total: (ids: readonly string[]) => ids.join(' + '),
    predefinedType: (_metric: unknown, environment: MetricSettings) =>
      `${fleetFacts(environment).predefinedPrefix}Average${metricName}`,
  }) as const satisfies Partial<MetricKind>;
