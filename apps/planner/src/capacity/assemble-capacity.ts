import {
  type Capacity,
  type CapacityStep,
  type KneeSearch,
  type Objective,
  type RefusedCapacity,
  capacityVersion,
  cpuMillisecondsPerRequest,
  cpuModel,
  cpuPercentAt,
  propose,
  requestsToJudge,
} from '@tideline/planner';
import type { UsedCpu } from './load-steps.ts';

/** What is known of the unit beside what its load showed. */
export interface MeasuredUnit {
  readonly unit: 'task' | 'instance';
  readonly target: string;
  readonly environment: Readonly<Record<string, unknown>>;
  /** CPU that it reserves, and most that it can get of that, percent; null where nobody measures it. */
  readonly cpu: { readonly vCpus: number; readonly highestPercent: number } | null;
  readonly cpuShare: { readonly enforced: boolean; readonly description: string } | null;
}

export interface Measurement {
  readonly unit: MeasuredUnit;
  readonly objective: Objective;
  readonly headroomPercent: number;
  readonly search: KneeSearch;
  readonly steps: readonly CapacityStep[];
  readonly used: readonly UsedCpu[];
  readonly provenance: NonNullable<Capacity['provenance']>;
}

/** Makes the document out of what a measurement showed. */
export function assembleCapacity(measurement: Measurement): Capacity | RefusedCapacity {
  const { unit, objective, headroomPercent, search, steps, used, provenance } = measurement;
  const highestPercent = unit.cpu?.highestPercent ?? 100;
  const cpu = cpuModel(used, highestPercent);
  const rate = search.kind === 'found' ? search.requestsPerSecond : null;
  const milliseconds = cpu === null ? null : cpuMillisecondsPerRequest(cpu, unit.cpu?.vCpus ?? 1);
  const shared = {
    schemaVersion: capacityVersion,
    source: 'measured' as const,
    unit: unit.unit,
    objective,
    cpuMillisecondsPerRequest: milliseconds,
    idleCpuPercent: cpu?.idleCpuPercent ?? null,
    cpuPercentAtCapacity:
      cpu === null || rate === null ? null : Math.min(highestPercent, cpuPercentAt(cpu, rate.value)),
    responseTimeMilliseconds: idleResponseTimeMs(used),
    cpuShare: unit.cpuShare,
    steps: [...steps],
    target: unit.target,
    environment: { ...unit.environment },
    remarks: remarksOf(measurement),
    provenance,
  };
  if (search.kind === 'refused')
    return {
      ...shared,
      requestsPerSecond: null,
      limitedBy: search.because,
      generatorLimited: search.because === 'generator' || search.because === 'machine',
      heldRequestsPerSecond: search.heldRequestsPerSecond,
    };
  const { requestsPerSecond, limitedBy, method } = search;
  return {
    ...shared,
    requestsPerSecond,
    limitedBy,
    intervalMethod: method,
    proposal: propose({ lowRequestsPerSecond: requestsPerSecond.low, headroomPercent, cpu }),
  };
}

/** Response time at the lowest rate, times the CPU share that was free at it; milliseconds. */
function idleResponseTimeMs(used: readonly UsedCpu[]): number | null {
  const answered = used
    .filter(({ responseTimeMs, cpuPercent }) => responseTimeMs !== null && cpuPercent < 95)
    .toSorted((left, right) => left.requestsPerSecond - right.requestsPerSecond);
  const [first] = answered;
  if (first === undefined || first.responseTimeMs === null || first.responseTimeMs <= 0) return null;
  return first.responseTimeMs * (1 - first.cpuPercent / 100);
}

function remarksOf({ unit, objective, search, steps }: Measurement): string[] {
  const remarks: string[] = [];
  if (unit.cpuShare !== null && !unit.cpuShare.enforced)
    remarks.push(
      `CPU was ${unit.cpuShare.description}: above its share a step counts as cpu-share, because AWS would not give it that; near it, AWS would answer later than was measured`,
    );
  const least = requestsToJudge(objective);
  const judging = steps.filter(({ purpose }) => purpose !== 'climb');
  const thin = judging.filter(({ requests }) => requests < least * 0.9).length;
  if (thin > 0)
    remarks.push(
      `${thin} of ${judging.length} steps that judge had fewer than the ${least} requests that p${objective.latencyPercentile} needs`,
    );
  if (search.kind === 'found' && search.method === 'bracket')
    remarks.push('time allowed no repeats: the interval is the bracket of the search, not one of 95 %');
  const crowded = steps.filter(
    ({ cpuPercent, machineCpuPercent }) => cpuPercent === null && (machineCpuPercent ?? 0) >= 95,
  ).length;
  if (crowded > 0)
    remarks.push(
      `in ${crowded} of ${steps.length} steps the machine that sent the load had no CPU to spare: what ran there is part of these figures`,
    );
  const spoilt = steps.filter(({ verdict }) => verdict === 'generator' || verdict === 'machine').length;
  if (spoilt > 0)
    remarks.push(
      `${spoilt} of ${steps.length} steps said nothing: the generator or its machine was at its limit`,
    );
  return remarks;
}
