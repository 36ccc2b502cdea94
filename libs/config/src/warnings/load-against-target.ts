import { peakRequestsPerSecond } from '../expected-load.ts';
import { cpuDemand, cpuPercentOfOneTask } from '../metrics/cpu.ts';
import { metricKind } from '../metrics/metric-kinds.ts';
import { policyKind, widestBounds } from '../policies/policy-kinds.ts';
import { type WarningRule, warn } from './warning-rule.ts';

/** What each kind of metric doubts about the targets that it is given. */
export const targetsUnderLoad: WarningRule = (environment, profile) => {
  const requestsPerSecond = peakRequestsPerSecond(profile);
  const tasks = widestBounds(environment).max;
  if (requestsPerSecond === null || tasks === 0) return [];
  return environment.scaling.policies.flatMap((policy) => {
    const metric = policyKind(policy).target(policy);
    if (metric === null) return [];
    const follower = { policy: policy.name, metric };
    return metricKind(metric).warnings?.(follower, environment, { profile, requestsPerSecond, tasks }) ?? [];
  });
};

/** More CPU than all tasks have, whatever the policies. */
export const cpuOverload: WarningRule = (environment, profile) => {
  const requestsPerSecond = peakRequestsPerSecond(profile);
  const tasks = widestBounds(environment).max;
  if (requestsPerSecond === null || tasks === 0) return [];
  const highest = { profile, requestsPerSecond, tasks };
  const total = cpuPercentOfOneTask(environment, highest);
  if (total === null || total / tasks <= 100) return [];
  return warn(
    'TL-WARN-CPU-OVERLOAD',
    'capacity.max',
    `${cpuDemand(environment, highest, total / tasks)}, and 100 % is all there is: requests queue up and fail. Raise capacity.max to ${Math.ceil(total / 100)} or more, or compute.cpuUnits`,
  );
};
