import { AutoscalingPolicy } from '@cdktf/provider-aws/lib/autoscaling-policy/index.js';
import { AutoscalingSchedule } from '@cdktf/provider-aws/lib/autoscaling-schedule/index.js';
import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js';
import {
  type Environment,
  type PredictivePolicy,
  type ScheduledAction,
  type StepPolicy,
  type TargetTrackingPolicy,
  stepAlarm,
} from '@tideline/config';
import { Construct } from 'constructs';
import { alarmConfig } from '../ground/alarm-config.ts';
import type { GroupIdentity } from '../ground/service-metrics.ts';
import { groupSchedule } from './group-schedule.ts';
import { type Scaling, addPolicies, remarkAlarms } from './policy-resources.ts';
import { groupPrediction } from './predictive-policy.ts';
import { stepAdjustments } from './step-policy.ts';
import { groupTracking } from './tracking-policy.ts';

/** A bound that an action leaves as it is (API reference, PutScheduledUpdateGroupAction; the provider’s word for none). */
const unchanged = -1;

export interface GroupScalingProps {
  readonly environment: Environment;
  readonly identity: GroupIdentity;
}

/** Every policy of the description on an Auto Scaling group, which has its bounds itself. */
export class GroupScaling extends Construct implements Scaling {
  readonly #stepAlarms: CloudwatchMetricAlarm[] = [];
  readonly #props: GroupScalingProps;

  constructor(scope: Construct, id: string, props: GroupScalingProps) {
    super(scope, id);
    this.#props = props;
    addPolicies(props.environment.scaling.policies, {
      'target-tracking': { add: (policy) => this.#track(policy) },
      step: { add: (policy) => this.#step(policy) },
      scheduled: { add: (policy) => this.#schedule(policy) },
      predictive: { add: (policy) => this.#predict(policy) },
    });
  }

  get scalableTargetId(): string {
    return this.#props.identity.groupName;
  }

  /** Of step policies: the provider does not report the alarms that EC2 Auto Scaling makes for target tracking. */
  get alarmArns(): readonly string[] | null {
    return this.#stepAlarms.length === 0 ? null : this.#stepAlarms.map(({ arn }) => arn);
  }

  #track(policy: TargetTrackingPolicy): void {
    const { identity } = this.#props;
    const tracking = new AutoscalingPolicy(this, `policy-${policy.name}`, {
      name: policy.name,
      autoscalingGroupName: identity.groupName,
      policyType: 'TargetTrackingScaling',
      targetTrackingConfiguration: groupTracking(policy, this.#props),
    });
    remarkAlarms(tracking, policy);
  }

  #step(policy: StepPolicy): void {
    const { environment, identity } = this.#props;
    const { adjustmentType, minAdjustmentMagnitude } = policy;
    const step = new AutoscalingPolicy(this, `policy-${policy.name}`, {
      name: policy.name,
      autoscalingGroupName: identity.groupName,
      policyType: 'StepScaling',
      adjustmentType,
      metricAggregationType: policy.aggregation,
      ...(adjustmentType === 'PercentChangeInCapacity' && minAdjustmentMagnitude > 0
        ? { minAdjustmentMagnitude }
        : {}),
      stepAdjustment: stepAdjustments(policy),
    });
    const alarm = new CloudwatchMetricAlarm(this, `alarm-${policy.name}`, {
      ...alarmConfig(stepAlarm(policy, environment), identity),
      alarmActions: [step.arn],
    });
    this.#stepAlarms.push(alarm);
  }

  #predict(policy: PredictivePolicy): void {
    const { identity } = this.#props;
    new AutoscalingPolicy(this, `policy-${policy.name}`, {
      name: policy.name,
      autoscalingGroupName: identity.groupName,
      policyType: 'PredictiveScaling',
      predictiveScalingConfiguration: groupPrediction(policy, this.#props),
    });
  }

  #schedule(action: ScheduledAction): void {
    const when = groupSchedule(action);
    if ('unfit' in when)
      throw new Error(`scaling.policies.${action.name}: EC2 Auto Scaling has no ${when.unfit}`);
    new AutoscalingSchedule(this, `schedule-${action.name}`, {
      scheduledActionName: action.name,
      autoscalingGroupName: this.#props.identity.groupName,
      minSize: action.minCapacity ?? unchanged,
      maxSize: action.maxCapacity ?? unchanged,
      desiredCapacity: unchanged,
      ...('recurrence' in when ? { recurrence: when.recurrence, timeZone: action.timeZone } : when),
    });
  }
}
