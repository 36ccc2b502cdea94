import type { CapacityStep, Objective, StepVerdict } from './capacity.ts';

/** Share of the asked rate that must have been sent: what is missing waited for the target. */
const leastSentShare = 0.95;
/** CPU of a machine from which nothing on it can be called idle, percent. */
const machineSaturatedPercent = 95;
/** CPU of a unit below which it had CPU left, as a share of what it can get. */
const unitSpareShare = 0.9;

/** What a step is judged by. */
export interface StepLimits {
  readonly objective: Objective;
  /** Most CPU that AWS gives a unit, percent of what it reserves; null where CPU is not measured. */
  readonly highestCpuPercent: number | null;
  /** The unit was held to it; where it was not, a step that took more is one that AWS would not carry. */
  readonly isCpuShareEnforced: boolean;
}

/**
 * Judges one step. A slow generator decides nothing. Nor does latency on a machine without CPU to spare while the unit itself
 * had some left: then the generator or the balancer waited, not the target.
 */
export function judgeStep(
  step: Omit<CapacityStep, 'verdict' | 'purpose'> & { readonly generatorLimited: boolean },
  { objective, highestCpuPercent, isCpuShareEnforced }: StepLimits,
): StepVerdict {
  if (step.generatorLimited) return 'generator';
  if (step.failedPercent > objective.failedPercent) return 'errors';
  const isSlow =
    step.latencyMilliseconds > objective.latencyMilliseconds ||
    step.sentRequestsPerSecond < step.requestsPerSecond * leastSentShare;
  const usesTooMuch =
    !isCpuShareEnforced &&
    highestCpuPercent !== null &&
    step.cpuPercent !== null &&
    step.cpuPercent >= highestCpuPercent;
  if (usesTooMuch) return 'cpu-share';
  if (!isSlow) return 'held';
  const unitHasSpare =
    highestCpuPercent !== null &&
    step.cpuPercent !== null &&
    step.cpuPercent < highestCpuPercent * unitSpareShare;
  const machineIsFull = (step.machineCpuPercent ?? 0) >= machineSaturatedPercent;
  return unitHasSpare && machineIsFull ? 'machine' : 'latency';
}
