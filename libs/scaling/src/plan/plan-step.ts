import {
  type StepPolicy,
  metricReference,
  policyCooldowns,
  stepAlarm,
  thresholdInMetricUnit,
} from '@tideline/config';
import type { PlanBuilder } from './plan-builder.ts';

/** Plans a step policy, with bounds in its metric’s CloudWatch unit. */
export function planStep(policy: StepPolicy, builder: PlanBuilder): void {
  const { environment } = builder;
  const followed = builder.follow(metricReference(policy.metric, environment));
  const alarm = builder.alarm(stepAlarm(policy, environment));
  const bound = (value: number | null) =>
    value === null ? null : thresholdInMetricUnit(policy.metric, value);
  const { scaleOutSeconds, scaleInSeconds } = policyCooldowns(policy, environment);
  builder.addPolicy({
    ...followed,
    type: 'step',
    name: policy.name,
    alarms: [alarm],
    target: null,
    alarm,
    steps: policy.steps.map(({ lowerBound, upperBound, adjustment }) => ({
      lowerBound: bound(lowerBound),
      upperBound: bound(upperBound),
      adjustment,
    })),
    adjustmentType: policy.adjustmentType,
    minAdjustmentMagnitude: policy.minAdjustmentMagnitude,
    aggregation: policy.aggregation,
    scaleOutCooldownSeconds: scaleOutSeconds,
    scaleInCooldownSeconds: scaleInSeconds,
  });
}
