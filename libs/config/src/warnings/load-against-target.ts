import { capacityUnit } from '../compute/compute-kinds.ts';
import { counted } from '../counted.ts';
import type { Environment } from '../environment.ts';
import { cpuPercentOfOneTask, highestCapacity, peakRequestsPerSecond } from '../expected-load.ts';
import { type WarningRule, figure, warn } from './warning-rule.ts';

/** The usual slip: a target per minute taken for a target per second. */
export const requestsTargetOutOfReach: WarningRule = (environment, profile) => {
  const rate = peakRequestsPerSecond(profile);
  const tasks = highestCapacity(environment);
  if (rate === null || tasks === 0) return [];
  return environment.scaling.policies.flatMap((policy) => {
    if (policy.type !== 'target-tracking' || policy.metric.kind !== 'requests-per-target') return [];
    const target = policy.metric.requestsPerTargetPerMinute;
    const perMinute = (rate * 60) / tasks;
    if (perMinute <= target) return [];
    return warn(
      'TL-WARN-REQUESTS-TARGET',
      `scaling.policies.${policy.name}.metric.requestsPerTargetPerMinute`,
      `at ${figure(rate)} requests/s and ${counted(tasks, 'task')} each target gets ${figure(perMinute)} requests a minute, ` +
        `and the target is ${figure(target)} a minute (${figure(target / 60)}/s): the policy can only pin the service at its maximum. ` +
        `Raise the target above ${figure(perMinute)} a minute, or capacity.max to ${figure(Math.ceil((rate * 60) / target))}`,
    );
  });
};

export const cpuTargetOutOfReach: WarningRule = (environment, profile) => {
  const rate = peakRequestsPerSecond(profile);
  const tasks = highestCapacity(environment);
  if (rate === null || tasks === 0) return [];
  const total = cpuPercentOfOneTask(environment, { profile, requestsPerSecond: rate });
  if (total === null) return [];
  const demand = `at ${figure(rate)} requests/s and ${figure(environment.container.cpuMillisecondsPerRequest)} ms of CPU for each request to /, ${counted(tasks, 'task')} of ${capacityUnit(environment).cpuUnits} CPU units ${tasks === 1 ? 'is' : 'are'} ${figure(total / tasks)} % busy`;
  if (total / tasks > 100)
    return warn(
      'TL-WARN-CPU-OVERLOAD',
      'capacity.max',
      `${demand}, and 100 % is all there is: requests queue up and fail. Raise capacity.max to ${Math.ceil(total / 100)} or more, or compute.cpuUnits`,
    );
  return cpuPolicies(environment).flatMap(({ name, targetPercent }) =>
    total / tasks <= targetPercent
      ? []
      : warn(
          'TL-WARN-CPU-TARGET',
          `scaling.policies.${name}.metric.targetPercent`,
          `${demand}, above the target of ${figure(targetPercent)} %: the policy can only pin the service at its maximum. Raise capacity.max to ${Math.ceil(total / targetPercent)}, or the target`,
        ),
  );
};

/** Utilisation tops out near 100 %, so one step reaches at most ceil(n x 100 / target) tasks. */
export const cpuTargetNeedsSeveralSteps: WarningRule = (environment, profile) => {
  const rate = peakRequestsPerSecond(profile);
  const from = environment.capacity.min;
  if (rate === null || from === 0) return [];
  const total = cpuPercentOfOneTask(environment, { profile, requestsPerSecond: rate });
  if (total === null) return [];
  return cpuPolicies(environment).flatMap(({ name, targetPercent }) => {
    const needed = Math.min(Math.ceil(total / targetPercent), highestCapacity(environment));
    const reach = Math.ceil((from * 100) / targetPercent);
    if (needed <= reach) return [];
    return warn(
      'TL-WARN-CPU-STEP',
      `scaling.policies.${name}.metric.targetPercent`,
      `the load needs ${counted(needed, 'task')}, and one step from ${counted(from, 'task')} reaches at most ${reach}, because utilisation tops out near 100 % and the target is ${figure(targetPercent)} %: expect several steps, or raise capacity.min`,
    );
  });
};

const cpuPolicies = ({ scaling }: Environment) =>
  scaling.policies.flatMap((policy) =>
    policy.type === 'target-tracking' && policy.metric.kind === 'cpu'
      ? [{ name: policy.name, targetPercent: policy.metric.targetPercent }]
      : [],
  );
