import { AppautoscalingPolicy } from '@cdktf/provider-aws/lib/appautoscaling-policy/index.js';
import { AppautoscalingScheduledAction } from '@cdktf/provider-aws/lib/appautoscaling-scheduled-action/index.js';
import { AppautoscalingTarget } from '@cdktf/provider-aws/lib/appautoscaling-target/index.js';
import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js';
import type { Environment, ScheduledAction, StepPolicy, TargetTrackingPolicy } from '@tideline/config';
import { Annotations } from 'cdktf';
import { Construct } from 'constructs';
import type { ServiceIdentity } from '../ground/service-metrics.ts';
import { stepAlarm, stepConfiguration } from './step-policy.ts';
import { trackingConfiguration } from './tracking-policy.ts';

export interface ServiceScalingProps {
  readonly environment: Environment;
  readonly identity: ServiceIdentity;
}

/** The service’s task count as a scalable target, and every policy of the description on it. */
export class ServiceScaling extends Construct {
  readonly target: AppautoscalingTarget;
  /** Policies that AWS makes alarms for. */
  readonly trackingPolicies: AppautoscalingPolicy[] = [];
  readonly stepAlarms: CloudwatchMetricAlarm[] = [];
  readonly #props: ServiceScalingProps;

  constructor(scope: Construct, id: string, props: ServiceScalingProps) {
    super(scope, id);
    this.#props = props;
    const { environment, identity } = props;
    const { capacity, scaling } = environment;
    this.target = new AppautoscalingTarget(this, 'target', {
      serviceNamespace: 'ecs',
      scalableDimension: 'ecs:service:DesiredCount',
      resourceId: `service/${identity.clusterName}/${identity.serviceName}`,
      minCapacity: capacity.min,
      maxCapacity: capacity.max,
      ...keptBounds(environment),
    });
    for (const policy of scaling.policies) {
      if (policy.type === 'target-tracking') this.#track(policy);
      if (policy.type === 'step') this.#step(policy);
      if (policy.type === 'scheduled') this.#schedule(policy);
    }
  }

  #track(policy: TargetTrackingPolicy): void {
    const tracking = new AppautoscalingPolicy(this, `policy-${policy.name}`, {
      name: policy.name,
      policyType: 'TargetTrackingScaling',
      ...this.#onTarget(),
      targetTrackingScalingPolicyConfiguration: trackingConfiguration(policy, this.#props.identity),
    });
    this.trackingPolicies.push(tracking);
    const remark = alarmRemark(policy);
    if (remark !== undefined) Annotations.of(tracking).addWarning(remark);
  }

  #step(policy: StepPolicy): void {
    const step = new AppautoscalingPolicy(this, `policy-${policy.name}`, {
      name: policy.name,
      policyType: 'StepScaling',
      ...this.#onTarget(),
      stepScalingPolicyConfiguration: stepConfiguration(policy),
    });
    const alarm = new CloudwatchMetricAlarm(this, `alarm-${policy.name}`, {
      ...stepAlarm(policy, this.#props),
      alarmActions: [step.arn],
    });
    this.stepAlarms.push(alarm);
  }

  #schedule({ name, schedule, timeZone, minCapacity, maxCapacity }: ScheduledAction): void {
    new AppautoscalingScheduledAction(this, `schedule-${name}`, {
      name,
      ...this.#onTarget(),
      schedule,
      timezone: timeZone,
      scalableTargetAction: {
        ...(minCapacity === null ? {} : { minCapacity: String(minCapacity) }),
        ...(maxCapacity === null ? {} : { maxCapacity: String(maxCapacity) }),
      },
    });
  }

  #onTarget() {
    const { serviceNamespace, scalableDimension, resourceId } = this.target;
    return { serviceNamespace, scalableDimension, resourceId };
  }
}

/** A bound that a scheduled action moves belongs to the schedule: a deploy at noon must not undo the morning’s action. */
function keptBounds({ scaling }: Environment) {
  const scheduled = scaling.policies.filter((policy) => policy.type === 'scheduled');
  const ignoreChanges = [
    ...(scheduled.some(({ minCapacity }) => minCapacity !== null) ? ['min_capacity'] : []),
    ...(scheduled.some(({ maxCapacity }) => maxCapacity !== null) ? ['max_capacity'] : []),
  ];
  return ignoreChanges.length === 0 ? {} : { lifecycle: { ignoreChanges } };
}

/** AWS chooses the alarms of target tracking itself: what the description says about them steers the twin alone. */
export function alarmRemark({ name, highAlarm, lowAlarm, lowThresholdFraction }: TargetTrackingPolicy) {
  const asChosenByAws =
    highAlarm.datapointsToAlarm === 3 &&
    highAlarm.evaluationPeriods === 3 &&
    lowAlarm.datapointsToAlarm === 15 &&
    lowAlarm.evaluationPeriods === 15 &&
    lowThresholdFraction === 0.9;
  if (asChosenByAws) return undefined;
  return `scaling.policies.${name}: AWS chooses the alarms of target tracking (3 of 3 above the target, 15 of 15 below 0.9 of it); the description’s other values are executed by the twin alone`;
}
