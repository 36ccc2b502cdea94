import type { ScalingAlarm } from '../alarms/alarm-facts.ts';
import { capacityFacts } from '../compute/compute-kinds.ts';
import type { Environment, PolicyMetric, PredictivePolicy, ScalingPolicy } from '../environment.ts';
import type { PolicyContext, PolicyKind, PolicyKindOf } from './policy-kind.ts';
import { predictive } from './predictive.ts';
import { scheduled } from './scheduled.ts';
import { step } from './step.ts';
import { targetTracking } from './target-tracking.ts';

const policyKinds: { readonly [Type in ScalingPolicy['type']]: PolicyKindOf<Type> } = {
  'target-tracking': targetTracking,
  step,
  scheduled,
  predictive,
};

/** The facts of a policy’s kind. Hand the kind’s functions that policy and no other. */
export const policyKind = (policy: Pick<ScalingPolicy, 'type'>): PolicyKind => policyKinds[policy.type];

/** What a policy follows; null when it follows no metric. */
const policyMetric = (policy: ScalingPolicy): PolicyMetric | null => policyKind(policy).metric(policy);

/** A metric and the policy that follows it. */
export interface FollowedMetric {
  readonly policy: ScalingPolicy;
  readonly metric: PolicyMetric;
}

/** Every metric that a policy follows, in the description’s order. */
export const followedMetrics = ({ scaling }: Pick<Environment, 'scaling'>): readonly FollowedMetric[] =>
  scaling.policies.flatMap((policy) => {
    const metric = policyMetric(policy);
    return metric === null ? [] : [{ policy, metric }];
  });

/** Alarms that set off one policy. */
export const policyAlarms = (policy: ScalingPolicy, environment: Environment): readonly ScalingAlarm[] =>
  policyKind(policy).alarms(policy, environment);

/** Alarms that set off the policies, in the description’s order. */
export const policySetAlarms = (environment: Environment): readonly ScalingAlarm[] =>
  environment.scaling.policies.flatMap((policy) => policyAlarms(policy, environment));

/** What a policy waits for after a move, seconds: nothing where new units warm up instead. */
export function policyCooldowns(
  policy: ScalingPolicy,
  environment: Environment,
): { readonly scaleOutSeconds: number; readonly scaleInSeconds: number } {
  const cooldowns = policyKind(policy).cooldowns(policy);
  if (cooldowns === null || capacityFacts(environment).warmupSeconds !== null)
    return { scaleOutSeconds: 0, scaleInSeconds: 0 };
  return { scaleOutSeconds: cooldowns.out.seconds, scaleInSeconds: cooldowns.in.seconds };
}

/** Policies that forecast their metric, in the description’s order. */
export const forecastingPolicies = ({ scaling }: Pick<Environment, 'scaling'>): readonly PredictivePolicy[] =>
  scaling.policies.filter((policy) => policy.type === 'predictive');

/** Whether, and how, a policy takes capacity away. */
export const policyScaleIn = (policy: ScalingPolicy) => policyKind(policy).scaleIn(policy);

/** The lowest minimum and the highest maximum of capacity that may ever be in force: the description’s, or one that a policy sets. */
export function widestBounds({
  capacity,
  scaling,
}: Pick<Environment, 'capacity' | 'scaling'>): PolicyContext['widest'] {
  const bounds = scaling.policies.map((policy) => policyKind(policy).bounds(policy));
  return {
    min: Math.min(capacity.min, ...bounds.flatMap(({ min }) => min ?? [])),
    max: Math.max(capacity.max, ...bounds.flatMap(({ max }) => max ?? [])),
  };
}

/** Whether some policy moves a bound: such a bound belongs to its schedule or forecast, and no deployment may reset it. */
export function movedBounds({ scaling }: Pick<Environment, 'scaling'>): {
  readonly min: boolean;
  readonly max: boolean;
} {
  const bounds = scaling.policies.map((policy) => policyKind(policy).bounds(policy));
  return {
    min: bounds.some(({ min }) => min !== null),
    max:
      bounds.some(({ max }) => max !== null) ||
      scaling.policies.some((policy) => policyKind(policy).forecast(policy)?.raisesMaximum === true),
  };
}
