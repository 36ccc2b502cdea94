import {
  type Candidate,
  type Situation,
  alarmCause,
  boundText,
  boundedScaleIn,
  boundedScaleOut,
} from './candidate.ts';
import { formatNumber } from './format-number.ts';
import type { PlannedAlarm, PlannedTracking, ScalingPlan } from './plan.ts';

/** Absorbs rounding of the quotient, so that a metric exactly at a whole multiple of the target adds nothing. */
const tolerance = 1e-9;

/**
 * `ceil(running x metric / target)`: proportional, rounded up, from the running count. AWS documents the rounding and
 * the starting point (EC2 Auto Scaling guide as-scaling-target-tracking, ECS guide service-auto-scaling), not the formula.
 */
export const proportionalCapacity = (running: number, value: number, target: number): number =>
  Math.ceil((running * value) / target - tolerance);

/** What a policy whose high alarm is in ALARM asks for. `value` is the newest datapoint. */
export function trackingScaleOut(policy: PlannedTracking, value: number, situation: Situation): Candidate {
  const wanted = (base: number) => proportionalCapacity(base, value, policy.target);
  const bounded = boundedScaleOut(situation, wanted);
  const explain = () => {
    const [metric, target] = [formatNumber(value), formatNumber(policy.target)];
    const asked = `${situation.running} x ${metric} / ${target} asks for ${wanted(situation.running)}`;
    return {
      cause: alarmCause(policy.highAlarm.name, policy.name),
      reason: `${policy.metricKey} is ${metric} against a target of ${target}: ${asked}; ${boundText(bounded, situation)}`,
    };
  };
  return { policy, to: bounded.to, code: bounded.code, explain };
}

/**
 * The first move of a service without tasks: no alarm can tell how many it needs, so one datapoint of demand starts
 * the smallest capacity there is (ECS guide, service auto scaling).
 */
export function trackingFromZero(policy: PlannedTracking, value: number, situation: Situation): Candidate {
  const bounded = boundedScaleOut({ ...situation, creditBase: null }, () => 1);
  return {
    policy,
    to: bounded.to,
    code: bounded.code,
    explain: () => ({
      cause: `demand on ${policy.metricKey} with no running task triggered policy ${policy.name}`,
      reason: `${policy.metricKey} is ${formatNumber(value)} while no task runs: starts with the least possible; ${boundText(bounded, situation)}`,
    }),
  };
}

/**
 * What a policy whose low alarm is in ALARM asks for. `gradual` removes one task, unless the remaining ones would be
 * predicted above the target again (metric x n / n′); `proportional` goes at once to what the metric asks for.
 */
export function trackingScaleIn(
  { policy, lowAlarm }: { policy: PlannedTracking; lowAlarm: PlannedAlarm },
  value: number,
  { situation, assumptions }: { situation: Situation; assumptions: ScalingPlan['assumptions'] },
): Candidate {
  const { desired, max, running } = situation;
  const gradual = assumptions.scaleInSteps === 'gradual';
  const wanted = (base: number) => (gradual ? desired - 1 : proportionalCapacity(base, value, policy.target));
  const bounded = boundedScaleIn(situation, wanted);
  const { to, code } = bounded;
  const predicted = value === 0 ? 0 : (value * running) / to;
  const flaps =
    assumptions.predictFlapping &&
    desired <= max &&
    to < desired &&
    predicted > policy.target * (1 + tolerance);
  const explain = () => {
    const context = `${policy.metricKey} is ${formatNumber(value)} against a low threshold of ${formatNumber(lowAlarm.threshold)}`;
    return {
      cause: alarmCause(lowAlarm.name, policy.name),
      reason: flaps
        ? `${context}, but with ${to} instead of ${running} ${situation.unit}s it would be ${formatNumber(predicted)}, above the target of ${formatNumber(policy.target)}`
        : `${context}: scale-in; ${boundText(bounded, situation)}`,
    };
  };
  return flaps
    ? { policy, to: desired, code: 'AutoScalingAnticipatedFlapping', explain }
    : { policy, to, code, explain };
}
