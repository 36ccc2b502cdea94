import { computeFacts, metricKey } from '@tideline/config';
import { type PlannedScheduledAction, planScaling } from '@tideline/scaling';
import { type Resource, type Synthesis } from './synthesise.ts';

/** The alarms that AWS makes for target tracking (exports of live alarms): N of N above the target, and below 0.9 of it, missing data missing. */
const aws = { high: 3, low: 15, lowBelowAMinute: 30, lowFraction: 0.9, treatMissingData: 'missing' };

/** What AWS’s predefined metrics follow. */
const predefined: Readonly<Record<string, string>> = {
  ECSServiceAverageCPUUtilization: 'AWS/ECS/CPUUtilization/Average',
  ECSServiceAverageMemoryUtilization: 'AWS/ECS/MemoryUtilization/Average',
  ASGAverageCPUUtilization: 'AWS/EC2/CPUUtilization/Average',
  ALBRequestCountPerTarget: 'AWS/ApplicationELB/RequestCountPerTarget/Sum',
};

const signs: Readonly<Record<string, string>> = {
  GreaterThanOrEqualToThreshold: '>=',
  GreaterThanThreshold: '>',
  LessThanThreshold: '<',
  LessThanOrEqualToThreshold: '<=',
};

const listOf = (value: unknown): readonly Resource[] => {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly Resource[]) : [value as Resource];
};
const firstOf = (value: unknown): Resource => listOf(value)[0] ?? {};
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The key of CloudWatch metrics: of AWS’s own without dimensions, which the resource gives; both target groups are one. */
function keyOf(metrics: readonly Resource[]): string {
  const keys = metrics.map((metric) => {
    const namespace = textOf(metric.namespace);
    const listed = listOf(metric.dimensions ?? metric.metric_dimension);
    const pairs =
      listed.length === 1 && listed[0]?.name === undefined
        ? Object.entries(listed[0] ?? {})
        : listed.map(({ name, value }) => [textOf(name), value] as const);
    const period = Number(metric.period ?? 60);
    const key = metricKey({
      namespace,
      metricName: textOf(metric.metric_name),
      statistic: textOf(metric.stat ?? metric.statistic ?? metric.extended_statistic),
      dimensions: namespace.startsWith('AWS/')
        ? {}
        : Object.fromEntries(pairs.map(([name, value]) => [name, textOf(value)])),
    });
    return period < 60 ? `${key}@${period}s` : key;
  });
  return [...new Set(keys)].join(' + ');
}

/** A policy and its alarms by the words of the plan. */
export interface ComparedPolicy {
  readonly name: string;
  readonly metricKey: string;
  readonly target: number | null;
  readonly cooldowns: readonly number[];
  readonly alarms: readonly unknown[];
  readonly steps: unknown;
}

function trackedInTerraform(policy: Resource): ComparedPolicy {
  const tracking = firstOf(
    policy.target_tracking_scaling_policy_configuration ?? policy.target_tracking_configuration,
  );
  const type = textOf(firstOf(tracking.predefined_metric_specification).predefined_metric_type);
  const customized = firstOf(tracking.customized_metric_specification);
  const math = listOf(customized.metrics).flatMap((query) =>
    listOf(query.metric_stat).map((stat) => ({
      ...firstOf(stat.metric),
      ...{ stat: stat.stat, period: stat.period },
    })),
  );
  const followed = math.length > 0 ? math : [customized];
  const periodSeconds = Number(followed[0]?.period ?? 60);
  const target = Number(tracking.target_value);
  const alarm = (comparison: string, threshold: number, periods: number) => ({
    ...{ comparison, threshold, evaluationPeriods: periods, datapointsToAlarm: periods, periodSeconds },
    treatMissingData: aws.treatMissingData,
  });
  const { scale_out_cooldown: out, scale_in_cooldown: inwards } = tracking;
  return {
    name: textOf(policy.name),
    metricKey: predefined[type] ?? keyOf(followed),
    target,
    cooldowns: out === undefined ? [] : [Number(out), Number(inwards)],
    alarms: [
      alarm('>', target, aws.high),
      ...(tracking.disable_scale_in === true
        ? []
        : [alarm('<', target * aws.lowFraction, periodSeconds < 60 ? aws.lowBelowAMinute : aws.low)]),
    ],
    steps: null,
  };
}

/** What AWS’s metric pairs of groups have as their target. */
const scalingMetrics: Readonly<Record<string, string>> = {
  ASGCPUUtilization: 'AWS/EC2/CPUUtilization/Average',
  ALBRequestCount: 'AWS/ApplicationELB/RequestCountPerTarget/Sum',
};

/** A predictive policy by the words of the plan. */
export function predictionsInTerraform({ all }: Synthesis) {
  return byName(
    all('aws_autoscaling_policy')
      .filter((policy) => policy.policy_type === 'PredictiveScaling')
      .map((policy) => {
        const configuration = firstOf(policy.predictive_scaling_configuration);
        const specification = firstOf(configuration.metric_specification);
        const pair = firstOf(specification.predefined_metric_pair_specification);
        const type = textOf(pair.predefined_metric_type);
        const buffer = configuration.max_capacity_buffer;
        return {
          name: textOf(policy.name),
          metricKey: scalingMetrics[type],
          isLabelled: pair.resource_label !== undefined,
          target: specification.target_value,
          mode: configuration.mode,
          schedulingBufferSeconds: Number(configuration.scheduling_buffer_time),
          maxCapacityBufferPercent: buffer === undefined ? null : Number(buffer),
          raises: configuration.max_capacity_breach_behavior === 'IncreaseMaxCapacity',
        };
      }),
  );
}

function steppedInTerraform(policy: Resource, alarm: Resource): ComparedPolicy {
  const configuration = firstOf(policy.step_scaling_policy_configuration ?? policy);
  const queries = listOf(alarm.metric_query).flatMap(({ metric }) => listOf(metric));
  const bound = (value: unknown) => (value === undefined ? null : Number(value));
  const { cooldown } = configuration;
  return {
    name: textOf(policy.name),
    metricKey: keyOf(queries.length > 0 ? queries : [alarm]),
    target: null,
    cooldowns: cooldown === undefined ? [] : [Number(cooldown), Number(cooldown)],
    alarms: [
      {
        name: alarm.alarm_name,
        comparison: signs[textOf(alarm.comparison_operator)],
        threshold: alarm.threshold,
        evaluationPeriods: alarm.evaluation_periods,
        datapointsToAlarm: alarm.datapoints_to_alarm,
        periodSeconds: alarm.period ?? queries[0]?.period,
        treatMissingData: alarm.treat_missing_data,
      },
    ],
    steps: {
      adjustmentType: configuration.adjustment_type,
      aggregation: configuration.metric_aggregation_type,
      minAdjustmentMagnitude: configuration.min_adjustment_magnitude ?? 0,
      steps: listOf(configuration.step_adjustment).map((step) => ({
        lowerBound: bound(step.metric_interval_lower_bound),
        upperBound: bound(step.metric_interval_upper_bound),
        adjustment: step.scaling_adjustment,
      })),
    },
  };
}

export const byName = <Named extends { readonly name: string }>(items: readonly Named[]) =>
  Object.fromEntries(items.map((item) => [item.name, item]));

export function policiesInTerraform({ all, stacks }: Synthesis) {
  const alarms = Object.values(stacks.autoscaling.resource.aws_cloudwatch_metric_alarm ?? {});
  return byName(
    [...all('aws_appautoscaling_policy'), ...all('aws_autoscaling_policy')]
      .filter((policy) => policy.policy_type !== 'PredictiveScaling')
      .map((policy) => {
        if (policy.policy_type === 'TargetTrackingScaling') return trackedInTerraform(policy);
        const own = alarms.find(({ alarm_actions }) =>
          JSON.stringify(alarm_actions).includes(`policy-${textOf(policy.name)}_`),
        );
        return steppedInTerraform(policy, own ?? {});
      }),
  );
}

/** Instants at which schedules are compared: the first runs after the start, and after half a year. */
const instants = [-1, 86_400, 15_552_000];

export const actionOf = (
  { name, minCapacity, maxCapacity, schedule }: PlannedScheduledAction,
  isGroup: boolean,
) => ({
  ...{ name, minCapacity, maxCapacity },
  // A group takes another cron, whose translation has a test of its own.
  runs: isGroup ? [] : instants.map((seconds) => schedule.nextAfterSeconds(seconds)),
});

export function actionsInTerraform({ all, environment }: Synthesis) {
  const ofService = all('aws_appautoscaling_scheduled_action').map((action) => {
    const { min_capacity, max_capacity } = firstOf(action.scalable_target_action);
    const bound = (value: unknown) => (value === undefined ? null : Number(value));
    const described = {
      ...{ type: 'scheduled' as const, name: textOf(action.name), schedule: textOf(action.schedule) },
      ...{
        timeZone: textOf(action.timezone),
        minCapacity: bound(min_capacity),
        maxCapacity: bound(max_capacity),
      },
    };
    const { scheduledActions } = planScaling({
      ...environment,
      scaling: { ...environment.scaling, policies: [described] },
    });
    return scheduledActions.map((planAction) => actionOf(planAction, false));
  });
  const ofGroup = all('aws_autoscaling_schedule').map((action) => {
    const bound = (value: unknown) => (value === -1 ? null : Number(value));
    const { scheduled_action_name, min_size, max_size } = action;
    return {
      name: textOf(scheduled_action_name),
      minCapacity: bound(min_size),
      maxCapacity: bound(max_size),
      runs: [],
    };
  });
  return byName([...ofService.flat(), ...ofGroup]);
}

export function boundsInTerraform({ all, environment }: Synthesis) {
  const [target] = all('aws_appautoscaling_target');
  const [group] = all('aws_autoscaling_group');
  const service = target ?? group;
  return {
    capacity: {
      min: service?.min_capacity ?? service?.min_size,
      max: service?.max_capacity ?? service?.max_size,
    },
    managed: all('aws_ecs_capacity_provider').map((provider) => ({
      target: firstOf(firstOf(provider.auto_scaling_group_provider).managed_scaling).target_capacity,
      capacity: { min: group?.min_size, max: group?.max_size },
    })),
    warmupSeconds:
      computeFacts(environment).fleet === 'group' ? (group?.default_instance_warmup ?? null) : null,
  };
}

/** Every alarm that the template makes, by name; expressions and metrics apart. */
export function alarmsInTerraform({ all }: Synthesis) {
  return Object.fromEntries(
    all('aws_cloudwatch_metric_alarm').map((alarm) => [
      textOf(alarm.alarm_name),
      [
        alarm.comparison_operator,
        alarm.threshold,
        alarm.evaluation_periods,
        alarm.datapoints_to_alarm,
        alarm.treat_missing_data,
      ],
    ]),
  );
}
