import { capacityFacts, computeFacts } from '../compute/compute-kinds.ts';
import type { Environment } from '../environment.ts';
import { metricKind, metricReference } from '../metrics/metric-kinds.ts';
import {
  followedMetrics,
  forecastingPolicies,
  policyAlarms,
  policyKind,
  policyScaleIn,
  policySetAlarms,
  widestBounds,
} from '../policies/policy-kinds.ts';
import { type WarningRule, figure, warn } from './warning-rule.ts';

export const cooldownBelowPeriod: WarningRule = (environment) =>
  followedMetrics(environment).flatMap(({ policy, metric }) => {
    const { periodSeconds } = metricReference(metric, environment);
    const cooldowns = policyKind(policy).cooldowns(policy);
    if (cooldowns === null) return [];
    const used = policyScaleIn(policy) === 'never' ? [cooldowns.out] : [cooldowns.out, cooldowns.in];
    const seconds = new Map(used.map(({ field, seconds: wait }) => [field, wait]));
    return [...seconds]
      .filter(([, wait]) => wait < periodSeconds)
      .flatMap(([field, wait]) =>
        warn(
          'TL-WARN-COOLDOWN',
          `scaling.policies.${policy.name}.${field}`,
          `${wait} s is shorter than the metric’s period of ${periodSeconds} s: the next move is decided on datapoints from before the last one. Set it to ${periodSeconds} or more`,
        ),
      );
  });

/** New capacity is worked out from the running count, so a datapoint from before the last scale-out counts the new tasks twice. */
export const cooldownBelowLag: WarningRule = (environment) => {
  const { metricLagSeconds, taskStartSeconds } = environment.assumptions;
  return environment.scaling.policies.flatMap((policy) => {
    const kind = policyKind(policy);
    const [target, cooldowns] = [kind.target(policy), kind.cooldowns(policy)];
    if (target === null || cooldowns === null) return [];
    const { field, seconds } = cooldowns.out;
    const { periodSeconds } = metricReference(target, environment);
    const shortest = taskStartSeconds.max + periodSeconds + metricLagSeconds;
    if (seconds >= shortest) return [];
    return warn(
      'TL-WARN-COOLDOWN-LAG',
      `scaling.policies.${policy.name}.${field}`,
      `${seconds} s ends before a datapoint can show the new tasks (task start ${taskStartSeconds.max} s + period ${periodSeconds} s + metric lag ${metricLagSeconds} s), so the next scale-out multiplies an old datapoint by the new task count and overshoots. Set it to ${shortest} or more`,
    );
  });
};

const scalesOut = (environment: Environment): boolean =>
  policySetAlarms(environment).some(({ moves }) => moves.includes('out'));

export const nothingReactsToLoad: WarningRule = (environment) =>
  scalesOut(environment)
    ? []
    : warn(
        'TL-WARN-NO-POLICY',
        'scaling.policies',
        `none of ${environment.scaling.policies.length} policies adds tasks when a metric rises, so load changes nothing. Add a target-tracking or step policy`,
      );

export const capacityIsFixed: WarningRule = (environment) => {
  const { min } = environment.capacity;
  const { policies } = environment.scaling;
  if (min !== widestBounds(environment).max || policies.length === 0) return [];
  return warn(
    'TL-WARN-FIXED-CAPACITY',
    'capacity',
    `min and max are both ${min}, so the ${policies.length} policies can move nothing. Raise capacity.max, or remove them`,
  );
};

export const neverScalesIn: WarningRule = (environment) => {
  const { policies } = environment.scaling;
  if (capacityFacts(environment).protectedFromScaleIn)
    return warn(
      'TL-WARN-NO-SCALE-IN',
      'compute.protectFromScaleIn',
      'is true: desired capacity falls, and every instance stays until its own protection is taken off. Set it to false, or let something take it off',
    );
  const grows =
    scalesOut(environment) || policies.some((policy) => policyKind(policy).forecast(policy)?.scales === true);
  if (policies.some((policy) => policyScaleIn(policy) !== 'never') || !grows) return [];
  return warn(
    'TL-WARN-NO-SCALE-IN',
    'scaling.policies',
    `none of ${policies.map(({ name }) => name).join(', ')} scales in: up to ${figure(widestBounds(environment).max)} tasks stay once they run. Set scaleInEnabled to true on a target-tracking policy`,
  );
};

/** A forecast needs at least 24 hours of history (EC2 Auto Scaling guide, how predictive scaling works). */
const leastHistoryHours = 24;

export const forecastWithoutHistory: WarningRule = (environment, { name, stages }) => {
  const known = environment.local.hourlyRequestsPerSecond.filter((rate) => rate !== null).length;
  const loadHours = stages.reduce((sum, { holdSeconds }) => sum + holdSeconds, 0) / 3600;
  if (known + loadHours >= leastHistoryHours) return [];
  return forecastingPolicies(environment).flatMap((policy) =>
    warn(
      'TL-WARN-PREDICTIVE-HISTORY',
      `scaling.policies.${policy.name}`,
      `forecasts from ${leastHistoryHours} hours of history on; local.hourlyRequestsPerSecond has ${known}, and profile ${name} holds its load for ${figure(loadHours)} hours: a run of it has no forecast. List the hours before the start there`,
    ),
  );
};

/** A policy that scales in together with others holds these back when it has no datapoints. */
export const idleRequestsMissing: WarningRule = (environment) => {
  if (environment.assumptions.idleRequests === 'zero') return [];
  return followedMetrics(environment).flatMap(({ policy, metric }) =>
    metricKind(metric).missingWhenIdle && policyScaleIn(policy) === 'together'
      ? warn(
          'TL-WARN-IDLE-MISSING',
          'assumptions.idleRequests',
          `with "missing", policy ${policy.name} has no datapoints once load stops and never agrees to scale in, so nothing scales in. Set it to "zero", or the policy’s scaleInEnabled to false`,
        )
      : [],
  );
};

export const scalesToZero: WarningRule = (environment) => {
  if (widestBounds(environment).min > 0) return [];
  const { unit } = computeFacts(environment);
  const leavesZero =
    environment.scaling.policies.some((policy) => (policyKind(policy).bounds(policy).min ?? 0) > 0) ||
    followedMetrics(environment).some(
      ({ policy, metric }) =>
        !metricKind(metric).needsTarget &&
        policyAlarms(policy, environment).some(({ moves }) => moves.includes('out')),
    );
  return warn(
    'TL-WARN-FROM-ZERO',
    'capacity.min',
    leavesZero
      ? `with 0 ${unit}s every request is answered 503 until one has started. Set it to 1 or more`
      : `with 0 ${unit}s every request is answered 503, and it stays so: no policy follows a metric that has datapoints while no ${unit} runs, and no schedule raises the minimum. Set it to 1 or more, or follow a custom metric`,
  );
};

/** Scaling that is suspended, and left so, is the usual reason why a run shows nothing. */
export const scalingSuspended: WarningRule = ({ scaling: { suspendedState } }) => {
  const suspended = Object.entries(suspendedState).flatMap(([field, isSuspended]) =>
    isSuspended ? [field] : [],
  );
  if (suspended.length === 0) return [];
  return warn(
    'TL-WARN-SUSPENDED',
    'scaling.suspendedState',
    `${suspended.join(', ')} ${suspended.length === 1 ? 'is' : 'are'} true: decisions say what scaling would have done, and nothing moves. Set it to false to let it`,
  );
};

export const stepBesideTracking: WarningRule = ({ scaling: { policies } }) => {
  const tracking = policies.filter((policy) => policyKind(policy).target(policy) !== null);
  if (tracking.length === 0) return [];
  return policies.flatMap((policy) =>
    policyScaleIn(policy) === 'alone'
      ? warn(
          'TL-WARN-STEP-WITH-TRACKING',
          `scaling.policies.${policy.name}`,
          `removes tasks without asking the target-tracking policies (${tracking.map(({ name }) => name).join(', ')}), which may then scale out again. Leave scale-in to one kind of policy`,
        )
      : [],
  );
};

/** What each kind of policy doubts itself. */
export const policiesOfTheirKind: WarningRule = ({ scaling }) =>
  scaling.policies.flatMap((policy) => policyKind(policy).warnings?.(policy) ?? []);
