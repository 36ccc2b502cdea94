import { createHash } from 'node:crypto';

/**
 * The name Application Auto Scaling gives an alarm of a target-tracking policy:
 * `TargetTracking-<scalable target>-AlarmHigh-<uuid>`. The id follows from the names, so two runs agree.
 */
export function trackingAlarmName(
  scalableTarget: string,
  policy: string,
  side: 'AlarmHigh' | 'AlarmLow',
): string {
  const digits = createHash('sha256').update(`${scalableTarget}/${policy}/${side}`).digest('hex');
  const id = [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(12, 15)}`,
    `a${digits.slice(15, 18)}`,
    digits.slice(18, 30),
  ].join('-');
  return `TargetTracking-${scalableTarget}-${side}-${id}`;
}
