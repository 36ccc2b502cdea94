import { type Environment, capacityFacts } from '@tideline/config';
import {
  type Capacity,
  type Objective,
  capacityVersion,
  cpuMillisecondsPerRequest,
  cpuPercentAt,
  observedCapacity,
  propose,
} from '@tideline/planner';
import { UsageError } from '@tideline/process';
import type { HistoryReads } from './history-reads.ts';
import { readHistory } from './read-history.ts';
import { watchedResources } from './watched-resources.ts';

/** Days of history where the user names none. */
export const defaultDays = 14;

export interface FromAws {
  readonly environment: Environment;
  readonly objective: Objective;
  readonly headroomPercent: number;
  readonly days: number;
  readonly provenance: NonNullable<Capacity['provenance']>;
  /** Wall time, milliseconds since 1970. */
  readonly nowMs: number;
}

/**
 * What one unit of a running service carries, out of its metrics in CloudWatch. It only reads.
 * @throws UsageError TL-CAPACITY-AWS where the service is not there, or has too little history at which the objective held
 */
export async function capacityFromAws(
  { environment, objective, headroomPercent, days, provenance, nowMs }: FromAws,
  reads: HistoryReads,
): Promise<Capacity> {
  const resources = await watchedResources(environment, reads);
  const { periods, unitsFrom } = await readHistory(resources, reads, { objective, days, nowMs });
  const { unit, highestCpuPercent } = capacityFacts(environment);
  const observed = observedCapacity(periods, objective, highestCpuPercent);
  if (observed === null)
    throw new UsageError(
      'TL-CAPACITY-AWS',
      `--from aws: ${resources.name} had ${periods.length} minutes with requests in ${days} days, and no rate at which three of them held the objective; allow more with --slo, look back further with --days, or measure it without --from`,
    );
  const { cpu, requestsPerSecond, method, limitedBy } = observed;
  return {
    schemaVersion: capacityVersion,
    source: 'cloudwatch',
    unit: resources.unit,
    requestsPerSecond,
    objective,
    cpuMillisecondsPerRequest: cpu === null ? null : cpuMillisecondsPerRequest(cpu, unit.cpuUnits / 1024),
    idleCpuPercent: cpu?.idleCpuPercent ?? null,
    cpuPercentAtCapacity:
      cpu === null ? null : Math.min(highestCpuPercent, cpuPercentAt(cpu, requestsPerSecond.value)),
    // A percentile is no mean: who needs one measures it.
    responseTimeMilliseconds: null,
    limitedBy,
    intervalMethod: method,
    proposal: propose({ lowRequestsPerSecond: requestsPerSecond.low, headroomPercent, cpu }),
    cpuShare: { enforced: true, description: 'as AWS runs it' },
    target: resources.name,
    environment: { ...environment },
    remarks: [
      `${observed.periods} minutes with requests in ${days} days; ${resources.unit}s counted by ${unitsFrom}`,
      ...(method === 'lower-bound'
        ? [
            `the service never came near its knee: the rate is the highest that was seen, a lower bound, and nothing above it is proposed`,
          ]
        : ['what other work and neighbours cost at the time is part of these figures']),
      ...(cpu === null ? ['rates or CPU differed too little to tell what a request costs'] : []),
    ],
    provenance,
  };
}
