import type { Datapoint } from '../alarms/datapoint.ts';
import type { PlannedTracking } from '../plan/plan.ts';
import {
  type Candidate,
  type Situation,
  alarmCause,
  boundText,
  boundedScaleIn,
  boundedScaleOut,
  formatNumber,
} from './candidate.ts';
import { type Evaluation, type PolicyArithmetic, inAlarm } from './policy-arithmetic.ts';
import {
  type LowPolicy,
  agreedScaleInBy,
  proportionalCapacity,
  targetTracking,
  trackedDatapoint,
} from './target-tracking.ts';

/** A group without instances begins with two (Amazon ECS guide, cluster auto scaling, scale-out considerations). */
const firstInstances = 2;

/**
 * Managed scaling of a capacity provider: out at once to what `CapacityProviderReservation` asks for, unless an instance
 * warms up; in by at most so much of the group a minute (Amazon ECS guide, cluster auto scaling).
 */
export const managedScaling: PolicyArithmetic<PlannedTracking> = {
  ...targetTracking,
  wish: (policy, evaluation) => {
    if (!inAlarm(policy.highAlarm, evaluation)) return undefined;
    const datapoint = trackedDatapoint(policy.metric, policy.highAlarm, evaluation);
    return datapoint && { kind: 'out', candidate: scaleOut(policy, datapoint, evaluation) };
  },
  agreedScaleIn: agreedScaleInBy(scaleIn),
};

/** As a datapoint describes it: its M and N belong together, and the N of now is another one. */
const ofPeriod = ({ running }: Datapoint, { situation }: Evaluation): Situation => ({
  ...situation,
  running: running ?? situation.running,
  creditBase: null,
});

function scaleOut(policy: PlannedTracking, datapoint: Datapoint, evaluation: Evaluation): Candidate {
  const { value } = datapoint;
  const { warmup } = evaluation.input;
  const situation = ofPeriod(datapoint, evaluation);
  const explained = (reason: () => string) => () => ({
    cause: alarmCause(policy.highAlarm.name, policy.name),
    reason: `CapacityProviderReservation is ${formatNumber(value)} against a target of ${policy.target}: ${reason()}`,
  });
  const warming = warmup?.warming ?? 0;
  if (warming > 0)
    return {
      policy,
      to: situation.desired,
      code: 'InstancesWarmingUp',
      explain: explained(
        () =>
          `nothing is launched while ${warming} of ${situation.desired} instances ${warming === 1 ? 'warms' : 'warm'} up`,
      ),
    };
  const wanted = (running: number): number =>
    running === 0 ? firstInstances : proportionalCapacity(running, value, policy.target);
  const bounded = boundedScaleOut(situation, wanted);
  return {
    policy,
    to: bounded.to,
    code: bounded.code,
    explain: explained(() => {
      const { running } = situation;
      const asked =
        running === 0 ? 'a group without instances begins with' : `${running} instances then; asks for`;
      return `${asked} ${wanted(running)}; ${boundText(bounded, situation)}`;
    }),
  };
}

function scaleIn({ policy, lowAlarm }: LowPolicy, datapoint: Datapoint, evaluation: Evaluation): Candidate {
  const { value } = datapoint;
  const { managedScaleInPercent } = evaluation.plan.assumptions;
  const situation = ofPeriod(datapoint, evaluation);
  const { desired } = situation;
  const most = Math.max(1, Math.floor((desired * managedScaleInPercent) / 100));
  const wanted = (running: number): number =>
    Math.max(proportionalCapacity(running, value, policy.target), desired - most);
  const bounded = boundedScaleIn(situation, wanted);
  return {
    policy,
    to: bounded.to,
    code: bounded.code,
    explain: () => ({
      cause: alarmCause(lowAlarm.name, policy.name),
      reason: `CapacityProviderReservation is ${formatNumber(value)} against a low threshold of ${formatNumber(lowAlarm.threshold)}: at most ${most} of ${desired} instances go in a minute; ${boundText(bounded, situation)}`,
    }),
  };
}
