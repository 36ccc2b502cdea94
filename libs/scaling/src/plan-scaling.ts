import {
  type AlarmWindow,
  type Environment,
  type PolicyMetric,
  type StepPolicy,
  type TargetTrackingPolicy,
  metricKey,
  metricReference,
  resourceNames,
  targetValue,
  thresholdInMetricUnit,
} from '@tideline/config';
import type { AlarmRule, Comparison } from './alarm.ts';
import { trackingAlarmName } from './alarm-name.ts';
import { metricLagSeconds } from './metric-lag.ts';
import type {
  PlannedAlarm,
  PlannedMetric,
  PlannedPolicy,
  PlannedStep,
  PlannedTracking,
  ScalingPlan,
} from './plan.ts';
import { createSchedule } from './schedule.ts';

export interface PlanOptions {
  /** Calendar instant of cloud second 0, which schedules refer to. Default: 2026-01-01T00:00:00Z. */
  readonly startedAt?: Date;
}

/**
 * Works out alarms, thresholds and schedules of an environment, in CloudWatch units.
 * @throws RangeError when a schedule cannot be read
 */
export function planScaling(environment: Environment, options: PlanOptions = {}): ScalingPlan {
  const startedAt = options.startedAt ?? new Date('2026-01-01T00:00:00Z');
  const builder = new PlanBuilder(environment);
  const scheduledActions = [];
  for (const policy of environment.scaling.policies) {
    if (policy.type === 'target-tracking') builder.addTracking(policy);
    if (policy.type === 'step') builder.addStep(policy);
    if (policy.type === 'scheduled')
      scheduledActions.push({
        name: policy.name,
        schedule: createSchedule(policy.schedule, policy.timeZone, startedAt),
        minCapacity: policy.minCapacity,
        maxCapacity: policy.maxCapacity,
      });
  }
  const { min, max } = environment.capacity;
  return {
    unit: hasWarmup(environment) ? 'instance' : 'task',
    capacity: { min, max },
    metrics: [...builder.metrics.values()],
    alarms: builder.alarms,
    policies: builder.policies,
    scheduledActions,
    assumptions: environment.assumptions,
  };
}

/** EC2 Auto Scaling has instances warm up where Application Auto Scaling has cooldowns. */
const hasWarmup = ({ compute }: Environment): boolean => compute.kind === 'ec2-asg';

type AlarmInput = Pick<PlannedAlarm, 'name' | 'comparison' | 'threshold'> & { readonly window: AlarmWindow };

class PlanBuilder {
  readonly metrics = new Map<string, PlannedMetric & { readonly alarms: PlannedAlarm[] }>();
  readonly alarms: PlannedAlarm[] = [];
  readonly policies: PlannedPolicy[] = [];
  readonly #environment: Environment;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  addTracking(policy: TargetTrackingPolicy): void {
    const names = resourceNames(this.#environment);
    const scalableTarget = hasWarmup(this.#environment) ? names.autoScalingGroup : names.scalableTarget;
    const metric = this.#metric(policy.metric);
    const target = targetValue(policy.metric);
    const highAlarm = this.#alarm(metric, {
      name: trackingAlarmName(scalableTarget, policy.name, 'AlarmHigh'),
      comparison: '>',
      threshold: target,
      window: policy.highAlarm,
    });
    const lowAlarm = policy.scaleInEnabled
      ? this.#alarm(metric, {
          name: trackingAlarmName(scalableTarget, policy.name, 'AlarmLow'),
          comparison: '<',
          threshold: target * policy.lowThresholdFraction,
          window: policy.lowAlarm,
        })
      : null;
    const planned: PlannedTracking = {
      type: 'target-tracking',
      name: policy.name,
      index: this.policies.length,
      metricKey: metric.key,
      metric,
      alarms: lowAlarm === null ? [highAlarm] : [highAlarm, lowAlarm],
      target,
      highAlarm,
      lowAlarm,
      scaleOutCooldownSeconds: this.#cooldownSeconds(policy.scaleOutCooldownSeconds),
      scaleInCooldownSeconds: this.#cooldownSeconds(policy.scaleInCooldownSeconds),
    };
    this.policies.push(planned);
  }

  addStep(policy: StepPolicy): void {
    const metric = this.#metric(policy.metric);
    const inMetricUnit = (value: number) => thresholdInMetricUnit(policy.metric, value);
    const boundInMetricUnit = (bound: number | null) => (bound === null ? null : inMetricUnit(bound));
    const alarm = this.#alarm(metric, {
      name: `${resourceNames(this.#environment).service}-${policy.name}`,
      comparison: comparisons[policy.alarm.comparison],
      threshold: inMetricUnit(policy.alarm.threshold),
      window: policy.alarm,
    });
    const planned: PlannedStep = {
      type: 'step',
      name: policy.name,
      index: this.policies.length,
      metricKey: metric.key,
      metric,
      alarms: [alarm],
      target: null,
      alarm,
      steps: policy.steps.map(({ lowerBound, upperBound, adjustment }) => ({
        lowerBound: boundInMetricUnit(lowerBound),
        upperBound: boundInMetricUnit(upperBound),
        adjustment,
      })),
      adjustmentType: policy.adjustmentType,
      minAdjustmentMagnitude: policy.minAdjustmentMagnitude,
      aggregation: policy.aggregation,
      scaleOutCooldownSeconds: this.#cooldownSeconds(policy.cooldownSeconds),
      scaleInCooldownSeconds: this.#cooldownSeconds(policy.cooldownSeconds),
    };
    this.policies.push(planned);
  }

  #cooldownSeconds(configured: number): number {
    return hasWarmup(this.#environment) ? 0 : configured;
  }

  #metric(metric: PolicyMetric): PlannedMetric & { readonly alarms: PlannedAlarm[] } {
    const { key, periodSeconds } = metricReference(metric, this.#environment);
    const known = this.metrics.get(key);
    if (known !== undefined) return known;
    const planned = {
      key,
      sourceKeys: metric.kind === 'sum' ? metric.metrics.map(metricKey) : [key],
      periodSeconds,
      lagSeconds: metricLagSeconds(this.#environment, periodSeconds),
      alarms: [],
    };
    this.metrics.set(key, planned);
    return planned;
  }

  #alarm(
    metric: PlannedMetric & { readonly alarms: PlannedAlarm[] },
    { name, comparison, threshold, window }: AlarmInput,
  ): PlannedAlarm {
    const rule: AlarmRule = {
      comparison,
      threshold,
      evaluationPeriods: window.evaluationPeriods,
      datapointsToAlarm: window.datapointsToAlarm,
      periodSeconds: metric.periodSeconds,
      rangeDatapoints: window.evaluationPeriods + this.#environment.assumptions.extraEvaluationDatapoints,
    };
    const alarm = { ...rule, name, metricKey: metric.key, index: this.alarms.length };
    this.alarms.push(alarm);
    metric.alarms.push(alarm);
    return alarm;
  }
}

const comparisons: Readonly<Record<StepPolicy['alarm']['comparison'], Comparison>> = {
  GreaterThanOrEqualToThreshold: '>=',
  GreaterThanThreshold: '>',
  LessThanThreshold: '<',
  LessThanOrEqualToThreshold: '<=',
};
