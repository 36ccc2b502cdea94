import type { CapacityProposal } from './capacity.ts';
import { type CpuModel, cpuPercentAt } from './cpu-model.ts';

/** Percent of the capacity that stays free where the user names none. */
export const defaultHeadroomPercent = 20;

/** A unit whose CPU is below it at its knee breaks by something else: CPU would not show it coming. Percent. */
const leastTellingCpuPercent = 30;

/**
 * Settings under which a unit stays below what it carries. The headroom is the share of the capacity that is free while the
 * policy is at its target: for what comes while new tasks start, for uneven balancing, and for requests that come in bunches,
 * which the evenly spaced load of the measurement leaves out.
 *
 * requestsPerTargetPerMinute = floor(low x 60 x (1 - headroom / 100)), at least 1; the CPU target is the utilisation at that
 * rate, in whole percent.
 *
 * @param lowRequestsPerSecond low end of the capacity’s interval
 */
export function propose({
  lowRequestsPerSecond,
  headroomPercent,
  cpu,
}: {
  readonly lowRequestsPerSecond: number;
  readonly headroomPercent: number;
  readonly cpu: CpuModel | null;
}): CapacityProposal {
  const rate = lowRequestsPerSecond * (1 - headroomPercent / 100);
  const isGuide = cpu !== null && cpuPercentAt(cpu, lowRequestsPerSecond) >= leastTellingCpuPercent;
  return {
    headroomPercent,
    requestsPerTargetPerMinute: Math.max(1, Math.floor(rate * 60)),
    cpuTargetPercent: isGuide ? Math.max(1, Math.floor(cpuPercentAt(cpu, rate))) : null,
  };
}
