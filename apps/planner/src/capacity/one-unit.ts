import { type Environment, capacityFacts } from '@tideline/config';
import type { Observation } from '@tideline/evidence';
import { UsageError } from '@tideline/process';
import type { MeasuredUnit } from './assemble-capacity.ts';

/** Settings that leave a service one task, or a group one instance, and nothing that would change that. */
export const oneUnitSettings: readonly string[] = [
  ...['min', 'max', 'desired'].map((bound) => `capacity.${bound}=1`),
  ...['dynamicScalingIn', 'dynamicScalingOut', 'scheduledScaling'].map(
    (what) => `scaling.suspendedState.${what}Suspended=true`,
  ),
];

/** Enforced shares say how; all others begin by saying that they are only measured. */
const isEnforced = (description: string): boolean => !description.startsWith('measured, not enforced');

/**
 * What a twin says of the one unit behind it.
 * @throws UsageError TL-CAPACITY-UNITS unless there is exactly one
 */
export function measuredUnit(
  target: string,
  seen: Pick<Observation, 'service' | 'unit' | 'runtime'>,
  environment: Environment,
): MeasuredUnit {
  const { unit: size, highestCpuPercent } = capacityFacts(environment);
  const unit = seen.unit ?? 'task';
  if (seen.service.running !== 1)
    throw new UsageError(
      'TL-CAPACITY-UNITS',
      `${target} has ${seen.service.running} running ${unit}s; what one carries takes exactly one: start it with ${oneUnitSettings.map((one) => `--set ${one}`).join(' ')}`,
    );
  const description = seen.runtime?.cpu ?? 'measured, not enforced';
  return {
    unit,
    target,
    environment: { ...environment },
    cpu: { vCpus: size.cpuUnits / 1024, highestPercent: highestCpuPercent },
    cpuShare: { enforced: isEnforced(description), description },
  };
}

/** What is known of a URL that no twin is known of behind it. */
export const unknownUnit = (target: string): MeasuredUnit => ({
  unit: 'task',
  target,
  environment: {},
  cpu: null,
  cpuShare: null,
});
