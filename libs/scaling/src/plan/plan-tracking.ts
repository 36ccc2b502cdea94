import { type Tracking, trackingAlarms } from '@tideline/config';
import type { PlanBuilder } from './plan-builder.ts';

/** Plans a policy that holds a target, of the description or of managed scaling. */
export function planTracking(
  builder: PlanBuilder,
  tracking: Tracking,
  {
    type = 'target-tracking',
    scaleOutSeconds,
    scaleInSeconds,
  }: {
    readonly type?: 'target-tracking' | 'managed-scaling';
    readonly scaleOutSeconds: number;
    readonly scaleInSeconds: number;
  },
): void {
  const followed = builder.follow(tracking.metric);
  const [high, low] = trackingAlarms(tracking);
  const highAlarm = builder.alarm(high);
  const lowAlarm = low === undefined ? null : builder.alarm(low);
  builder.addPolicy({
    ...followed,
    type,
    name: tracking.policy,
    alarms: lowAlarm === null ? [highAlarm] : [highAlarm, lowAlarm],
    target: tracking.target,
    highAlarm,
    lowAlarm,
    scaleOutCooldownSeconds: scaleOutSeconds,
    scaleInCooldownSeconds: scaleInSeconds,
  });
}
