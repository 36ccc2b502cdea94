import { type ScalingPolicy, type TargetTrackingPolicy, trackingDefaults } from '@tideline/config';
import { Annotations } from 'cdktf';
import type { Construct } from 'constructs';

/** Scaling as later stacks know it. */
export interface Scaling {
  readonly scalableTargetId: string;
  /** ARNs of the alarms that set off scaling, as far as they are known; may hold a reference to a list. Null for none. */
  readonly alarmArns: unknown;
}

/** Adds the resources of one kind of policy. Hand it a policy of that kind and no other. */
interface PolicyResource<Policy extends ScalingPolicy = ScalingPolicy> {
  add(policy: Policy): void;
}

/** What each kind of policy becomes on one kind of capacity. */
export type PolicyResources = {
  readonly [Type in ScalingPolicy['type']]: PolicyResource<Extract<ScalingPolicy, { readonly type: Type }>>;
};

export function addPolicies(policies: readonly ScalingPolicy[], resources: PolicyResources): void {
  for (const policy of policies) {
    const resource: PolicyResource = resources[policy.type];
    resource.add(policy);
  }
}

/** Warns where AWS, which chooses the alarms of target tracking itself, will choose others than the description has. */
export function remarkAlarms(
  tracking: Construct,
  { name, highAlarm, lowAlarm, lowThresholdFraction }: TargetTrackingPolicy,
): void {
  const { highPeriods, lowPeriods, lowThresholdFraction: fraction } = trackingDefaults;
  const asChosenByAws =
    highAlarm.datapointsToAlarm === highPeriods &&
    highAlarm.evaluationPeriods === highPeriods &&
    lowAlarm.datapointsToAlarm === lowPeriods &&
    lowAlarm.evaluationPeriods === lowPeriods &&
    lowThresholdFraction === fraction;
  if (asChosenByAws) return;
  Annotations.of(tracking).addWarning(
    `scaling.policies.${name}: AWS chooses the alarms of target tracking (${highPeriods} of ${highPeriods} above the target, ${lowPeriods} of ${lowPeriods} below ${fraction} of it); the description’s other values are executed by the twin alone`,
  );
}
