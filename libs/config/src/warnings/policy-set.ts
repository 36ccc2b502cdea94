import { metricReference } from '../metric-reference.ts';
import { highestCapacity } from '../expected-load.ts';
import { scaleOutAlarms } from '../scale-out-alarms.ts';
import { type WarningRule, figure, warn } from './warning-rule.ts';

export const cooldownBelowPeriod: WarningRule = (environment) =>
  environment.scaling.policies.flatMap((policy) => {
    if (policy.type === 'scheduled') return [];
    const { periodSeconds } = metricReference(policy.metric, environment);
    const cooldowns =
      policy.type === 'step'
        ? { cooldownSeconds: policy.cooldownSeconds }
        : {
            scaleOutCooldownSeconds: policy.scaleOutCooldownSeconds,
            ...(policy.scaleInEnabled ? { scaleInCooldownSeconds: policy.scaleInCooldownSeconds } : {}),
          };
    return Object.entries(cooldowns)
      .filter(([, seconds]) => seconds < periodSeconds)
      .flatMap(([field, seconds]) =>
        warn(
          'TL-WARN-COOLDOWN',
          `scaling.policies.${policy.name}.${field}`,
          `${seconds} s is shorter than the metric’s period of ${periodSeconds} s: the next move is decided on datapoints from before the last one. Set it to ${periodSeconds} or more`,
        ),
      );
  });

/** New capacity is worked out from the running count, so a datapoint from before the last scale-out counts the new tasks twice. */
export const cooldownBelowLag: WarningRule = (environment) => {
  const { metricLagSeconds, taskStartSeconds } = environment.assumptions;
  return environment.scaling.policies.flatMap((policy) => {
    if (policy.type !== 'target-tracking') return [];
    const { periodSeconds } = metricReference(policy.metric, environment);
    const shortest = taskStartSeconds.max + periodSeconds + metricLagSeconds;
    if (policy.scaleOutCooldownSeconds >= shortest) return [];
    return warn(
      'TL-WARN-COOLDOWN-LAG',
      `scaling.policies.${policy.name}.scaleOutCooldownSeconds`,
      `${policy.scaleOutCooldownSeconds} s ends before a datapoint can show the new tasks (task start ${taskStartSeconds.max} s + period ${periodSeconds} s + metric lag ${metricLagSeconds} s), so the next scale-out multiplies an old datapoint by the new task count and overshoots. Set it to ${shortest} or more`,
    );
  });
};

export const nothingReactsToLoad: WarningRule = (environment) =>
  scaleOutAlarms(environment).length > 0
    ? []
    : warn(
        'TL-WARN-NO-POLICY',
        'scaling.policies',
        `none of ${environment.scaling.policies.length} policies adds tasks when a metric rises, so load changes nothing. Add a target-tracking or step policy`,
      );

export const capacityIsFixed: WarningRule = (environment) => {
  const { min } = environment.capacity;
  const { policies } = environment.scaling;
  if (min !== highestCapacity(environment) || policies.length === 0) return [];
  return warn(
    'TL-WARN-FIXED-CAPACITY',
    'capacity',
    `min and max are both ${min}, so the ${policies.length} policies can move nothing. Raise capacity.max, or remove them`,
  );
};

export const neverScalesIn: WarningRule = (environment) => {
  const { policies } = environment.scaling;
  const scaleIn = policies.some(
    (policy) =>
      policy.type === 'scheduled' ||
      (policy.type === 'target-tracking' && policy.scaleInEnabled) ||
      (policy.type === 'step' && removesTasks(policy)),
  );
  if (scaleIn || scaleOutAlarms(environment).length === 0) return [];
  return warn(
    'TL-WARN-NO-SCALE-IN',
    'scaling.policies',
    `none of ${policies.map(({ name }) => name).join(', ')} scales in: up to ${figure(highestCapacity(environment))} tasks stay once they run. Set scaleInEnabled to true on one of them`,
  );
};

export const idleRequestsMissing: WarningRule = (environment) => {
  if (environment.assumptions.idleRequests === 'zero') return [];
  return environment.scaling.policies.flatMap((policy) =>
    policy.type === 'target-tracking' && policy.metric.kind === 'requests-per-target' && policy.scaleInEnabled
      ? warn(
          'TL-WARN-IDLE-MISSING',
          'assumptions.idleRequests',
          `with "missing", policy ${policy.name} has no datapoints once load stops and never agrees to scale in, so nothing scales in. Set it to "zero", or the policy’s scaleInEnabled to false`,
        )
      : [],
  );
};

export const scalesToZero: WarningRule = ({ capacity, scaling }) => {
  const lowest = Math.min(
    capacity.min,
    ...scaling.policies.flatMap((policy) => (policy.type === 'scheduled' ? (policy.minCapacity ?? []) : [])),
  );
  return lowest > 0
    ? []
    : warn(
        'TL-WARN-FROM-ZERO',
        'capacity.min',
        'with 0 tasks every request is answered 503 until a task has started. Set it to 1 or more',
      );
};

export const stepBesideTracking: WarningRule = ({ scaling: { policies } }) => {
  const tracking = policies.filter(({ type }) => type === 'target-tracking').map(({ name }) => name);
  if (tracking.length === 0) return [];
  return policies.flatMap((policy) =>
    policy.type === 'step' && removesTasks(policy)
      ? warn(
          'TL-WARN-STEP-WITH-TRACKING',
          `scaling.policies.${policy.name}`,
          `removes tasks without asking the target-tracking policies (${tracking.join(', ')}), which may then scale out again. Leave scale-in to one kind of policy`,
        )
      : [],
  );
};

const removesTasks = (policy: {
  readonly adjustmentType: string;
  readonly steps: readonly { readonly adjustment: number }[];
}): boolean =>
  policy.adjustmentType === 'ExactCapacity' || policy.steps.some(({ adjustment }) => adjustment < 0);
