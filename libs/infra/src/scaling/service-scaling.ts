import { AppautoscalingPolicy } from '@cdktf/provider-aws/lib/appautoscaling-policy/index.js';
import { AppautoscalingScheduledAction } from '@cdktf/provider-aws/lib/appautoscaling-scheduled-action/index.js';
import { AppautoscalingTarget } from '@cdktf/provider-aws/lib/appautoscaling-target/index.js';
import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js';
import {
  type Environment,
  type PredictivePolicy,
  type ScheduledAction,
  type StepPolicy,
  type TargetTrackingPolicy,
  movedBounds,
  stepAlarm,
} from '@tideline/config';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import { alarmConfig } from '../ground/alarm-config.ts';
import type { ServiceIdentity } from '../ground/service-metrics.ts';
import { type Scaling, addPolicies, remarkAlarms } from './policy-resources.ts';
import { stepConfiguration } from './step-policy.ts';
import { serviceTracking } from './tracking-policy.ts';

export interface ServiceScalingProps {
  readonly environment: Environment;
  readonly identity: ServiceIdentity;
}

/** The service’s task count as a scalable target, and every policy of the description on it. */
export class ServiceScaling extends Construct implements Scaling {
  readonly #target: AppautoscalingTarget;
  /** Policies that AWS makes alarms for. */
  readonly #trackingPolicies: AppautoscalingPolicy[] = [];
  readonly #stepAlarms: CloudwatchMetricAlarm[] = [];
  readonly #props: ServiceScalingProps;

  constructor(scope: Construct, id: string, props: ServiceScalingProps) {
    super(scope, id);
    this.#props = props;
    const { environment, identity } = props;
    const { capacity, scaling } = environment;
    this.#target = new AppautoscalingTarget(this, 'target', {
      serviceNamespace: 'ecs',
      scalableDimension: 'ecs:service:DesiredCount',
      resourceId: `service/${identity.clusterName}/${identity.serviceName}`,
      minCapacity: capacity.min,
      maxCapacity: capacity.max,
      // Said even where nothing is: left out, what was suspended would stay so.
      suspendedState: scaling.suspendedState,
      ...keptBounds(environment),
    });
    addPolicies(scaling.policies, {
      'target-tracking': { add: (policy) => this.#track(policy) },
      step: { add: (policy) => this.#step(policy) },
      scheduled: { add: (policy) => this.#schedule(policy) },
      predictive: { add: refusePrediction },
    });
  }

  get scalableTargetId(): string {
    return this.#target.resourceId;
  }

  /** A reference: how many alarms AWS makes for a policy is known only then. */
  get alarmArns(): unknown {
    return Fn.concat([
      ...this.#trackingPolicies.map((policy) => policy.alarmArns),
      this.#stepAlarms.map(({ arn }) => arn),
    ]) as unknown;
  }

  #track(policy: TargetTrackingPolicy): void {
    const tracking = new AppautoscalingPolicy(this, `policy-${policy.name}`, {
      name: policy.name,
      policyType: 'TargetTrackingScaling',
      ...this.#onTarget(),
      targetTrackingScalingPolicyConfiguration: serviceTracking(policy, this.#props),
    });
    this.#trackingPolicies.push(tracking);
    remarkAlarms(tracking, policy);
  }

  #step(policy: StepPolicy): void {
    const { environment, identity } = this.#props;
    const step = new AppautoscalingPolicy(this, `policy-${policy.name}`, {
      name: policy.name,
      policyType: 'StepScaling',
      ...this.#onTarget(),
      stepScalingPolicyConfiguration: stepConfiguration(policy),
    });
    const alarm = new CloudwatchMetricAlarm(this, `alarm-${policy.name}`, {
      ...alarmConfig(stepAlarm(policy, environment), identity),
      alarmActions: [step.arn],
    });
    this.#stepAlarms.push(alarm);
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
    const { serviceNamespace, scalableDimension, resourceId } = this.#target;
    return { serviceNamespace, scalableDimension, resourceId };
  }
}

/** Synthesis refuses it before, with a code of its own (TL-DEPLOY-PREDICTIVE). */
function refusePrediction({ name }: PredictivePolicy): never {
  throw new Error(
    `scaling.policies.${name}: aws_appautoscaling_policy of AWS provider 5.100.0 has no predictive scaling`,
  );
}

/** A bound that a policy moves belongs to its schedule: a deploy at noon must not undo the morning’s action. */
function keptBounds(environment: Environment) {
  const moved = movedBounds(environment);
  const ignoreChanges = [...(moved.min ? ['min_capacity'] : []), ...(moved.max ? ['max_capacity'] : [])];
  return ignoreChanges.length === 0 ? {} : { lifecycle: { ignoreChanges } };
}
