import { type Effect, type Effects, onlyPolicy } from '../effect.ts';

type Fields = Readonly<Record<string, unknown>>;
type Metrics = Readonly<
  Record<string, { readonly metric: Fields; readonly changes: Fields; readonly added?: Fields }>
>;

const published = { namespace: 'Shop', metricName: 'Backlog' };
const otherPublished = {
  namespace: 'Store',
  metricName: 'Late',
  dimensions: { Queue: 'a' },
  statistic: 'Maximum',
};
const held = { targetValue: 60 };

/** The metrics that target tracking holds, each with another value of each of its fields. */
const targets: Metrics = {
  'requests-per-target': {
    metric: { requestsPerTargetPerMinute: 3000 },
    changes: { requestsPerTargetPerMinute: 2000 },
  },
  cpu: { metric: { targetPercent: 50 }, changes: { targetPercent: 40 } },
  memory: { metric: { targetPercent: 50 }, changes: { targetPercent: 20 } },
  'response-time': {
    metric: { targetMilliseconds: 100 },
    changes: { targetMilliseconds: 50, statistic: 'p99' },
  },
  custom: {
    metric: { ...published, ...held },
    changes: { ...otherPublished, periodSeconds: 10, targetValue: 30 },
  },
  sum: {
    metric: { metrics: [published, { ...published, metricName: 'Late' }], ...held },
    changes: { metrics: [published, otherPublished], periodSeconds: 10, targetValue: 30 },
    added: otherPublished,
  },
};

/** A group of instances may hold a metric of a period below a minute; a service may not. */
const presetFor = (change: string): string => (change === 'periodSeconds' ? 'stateless-asg' : 'load-driven');

const withoutTarget = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !/^target|^requestsPer/.test(name)));

/** Entries of the metric of a policy: its kind, its fields, and the fields of what a sum adds up. */
function metricEffects(policy: Fields, metrics: Metrics): Effects {
  const type = `scaling.policies (${String(policy.type)})`;
  return Object.fromEntries(
    Object.entries(metrics).flatMap(
      ([kind, { metric, changes, added = {} }]): (readonly [string, Effect])[] => {
        const other = Object.entries(metrics).find(([name]) => name !== kind);
        const beside = [onlyPolicy({ ...policy, metric: { kind, ...metric } })];
        const changed = (path: string, value: unknown): Effect => ({
          preset: presetFor(path),
          beside,
          set: `scaling.policies.0.metric.${path}=${JSON.stringify(value)}`,
          in: 'plan',
        });
        return [
          [
            `${type}.metric.kind=${kind}`,
            {
              beside: [onlyPolicy({ ...policy, metric: { kind: other?.[0], ...other?.[1].metric } })],
              set: `scaling.policies.0.metric=${JSON.stringify({ kind, ...metric })}`,
              in: 'plan',
            },
          ],
          ...Object.entries(changes).map(
            ([name, value]) => [`${type}.metric (${kind}).${name}`, changed(name, value)] as const,
          ),
          ...Object.entries(added).map(
            ([name, value]) =>
              [`${type}.metric (${kind}).metrics[].${name}`, changed(`metrics.0.${name}`, value)] as const,
          ),
        ];
      },
    ),
  );
}

const tracking = {
  type: 'target-tracking',
  name: 'busy',
  metric: { kind: 'cpu', targetPercent: 20 },
};
/** `stacks/test/plan-equals-terraform.test.ts` holds Terraform equal to the plan. */
const ofTracking = { beside: [onlyPolicy(tracking)], in: 'plan' } as const;
const step = {
  type: 'step',
  name: 'busy',
  metric: { kind: 'cpu' },
  alarm: { comparison: 'GreaterThanThreshold', threshold: 20, evaluationPeriods: 2 },
  steps: [
    { lowerBound: 0, upperBound: 20, adjustment: 1 },
    { lowerBound: 20, adjustment: 2 },
  ],
};
const ofStep = { beside: [onlyPolicy(step)], in: 'plan' } as const;
const percentSteps = {
  beside: [onlyPolicy({ ...step, adjustmentType: 'PercentChangeInCapacity' })],
} as const;
const schedule = {
  type: 'scheduled',
  name: 'morning',
  schedule: 'cron(0 7 * * ? *)',
  minCapacity: 3,
  maxCapacity: 5,
};
const ofSchedule = { beside: [onlyPolicy(schedule)] } as const;
const predictive = {
  type: 'predictive',
  name: 'ahead',
  metric: { kind: 'cpu', targetPercent: 50 },
};
const ofPredictive = { preset: 'stateless-asg', beside: [onlyPolicy(predictive)], in: 'plan' } as const;

const second = { requestsPerTargetPerSecond: 20 };
const perSecond = (policy: Fields, preset: string): Effect => ({
  preset,
  beside: [onlyPolicy({ ...policy, metric: { kind: 'requests-per-target', ...second } })],
  set: 'scaling.policies.0.metric.requestsPerTargetPerSecond=10',
  in: 'plan',
});

/** Fields of scaling policies, each on a description with that policy alone. */
export const policyEffects: Effects = {
  'scaling.policies (target-tracking).type=target-tracking': { ...ofStep, set: onlyPolicy(tracking) },
  'scaling.policies (target-tracking).name': { ...ofTracking, set: 'scaling.policies.0.name=load' },
  ...metricEffects(tracking, targets),
  'scaling.policies (target-tracking).metric (requests-per-target).requestsPerTargetPerSecond': perSecond(
    tracking,
    'load-driven',
  ),
  'scaling.policies (target-tracking).scaleOutCooldownSeconds': {
    ...ofTracking,
    set: 'scaling.policies.0.scaleOutCooldownSeconds=60',
  },
  'scaling.policies (target-tracking).scaleInCooldownSeconds': {
    ...ofTracking,
    set: 'scaling.policies.0.scaleInCooldownSeconds=60',
  },
  'scaling.policies (target-tracking).scaleInEnabled': {
    ...ofTracking,
    set: 'scaling.policies.0.scaleInEnabled=false',
  },
  'scaling.policies (target-tracking).highAlarm.evaluationPeriods': {
    ...ofTracking,
    set: 'scaling.policies.0.highAlarm.evaluationPeriods=5',
    in: 'simulation',
  },
  'scaling.policies (target-tracking).highAlarm.datapointsToAlarm': {
    ...ofTracking,
    set: 'scaling.policies.0.highAlarm.datapointsToAlarm=2',
    in: 'simulation',
  },
  'scaling.policies (target-tracking).lowAlarm.evaluationPeriods': {
    ...ofTracking,
    set: 'scaling.policies.0.lowAlarm.evaluationPeriods=20',
    in: 'simulation',
  },
  'scaling.policies (target-tracking).lowAlarm.datapointsToAlarm': {
    ...ofTracking,
    set: 'scaling.policies.0.lowAlarm.datapointsToAlarm=10',
    in: 'simulation',
  },
  'scaling.policies (target-tracking).lowThresholdFraction': {
    ...ofTracking,
    set: 'scaling.policies.0.lowThresholdFraction=0.5',
    in: 'simulation',
  },
  'scaling.policies (step).type=step': { ...ofTracking, set: onlyPolicy(step) },
  'scaling.policies (step).name': { ...ofStep, set: 'scaling.policies.0.name=load' },
  ...metricEffects(
    step,
    Object.fromEntries(
      Object.entries(targets).map(([kind, { metric, changes, added = {} }]) => [
        kind,
        { added, metric: withoutTarget(metric), changes: withoutTarget(changes) },
      ]),
    ),
  ),
  'scaling.policies (step).alarm.comparison': {
    ...ofStep,
    set: 'scaling.policies.0.alarm.comparison=GreaterThanOrEqualToThreshold',
  },
  'scaling.policies (step).alarm.threshold': { ...ofStep, set: 'scaling.policies.0.alarm.threshold=15' },
  'scaling.policies (step).alarm.evaluationPeriods': {
    ...ofStep,
    set: 'scaling.policies.0.alarm.evaluationPeriods=3',
  },
  'scaling.policies (step).alarm.datapointsToAlarm': {
    beside: [onlyPolicy({ ...step, aggregation: 'Maximum' })],
    in: 'plan',
    set: 'scaling.policies.0.alarm.datapointsToAlarm=1',
  },
  'scaling.policies (step).alarm.treatMissingData': {
    ...ofStep,
    set: 'scaling.policies.0.alarm.treatMissingData=notBreaching',
  },
  'scaling.policies (step).adjustmentType': {
    ...ofStep,
    set: 'scaling.policies.0.adjustmentType=ExactCapacity',
  },
  'scaling.policies (step).steps': {
    ...ofStep,
    set: 'scaling.policies.0.steps=[{"lowerBound":0,"adjustment":3}]',
  },
  'scaling.policies (step).steps[].lowerBound': {
    ...ofStep,
    set: 'scaling.policies.0.steps.1.lowerBound=30',
    together: ['scaling.policies.0.steps.0.upperBound=30'],
  },
  'scaling.policies (step).steps[].upperBound': {
    ...ofStep,
    set: 'scaling.policies.0.steps.0.upperBound=30',
    together: ['scaling.policies.0.steps.1.lowerBound=30'],
  },
  'scaling.policies (step).steps[].adjustment': { ...ofStep, set: 'scaling.policies.0.steps.0.adjustment=2' },
  'scaling.policies (step).minAdjustmentMagnitude': {
    ...percentSteps,
    set: 'scaling.policies.0.minAdjustmentMagnitude=2',
  },
  'scaling.policies (step).aggregation': { ...ofStep, set: 'scaling.policies.0.aggregation=Maximum' },
  'scaling.policies (step).cooldownSeconds': { ...ofStep, set: 'scaling.policies.0.cooldownSeconds=60' },
  'scaling.policies (scheduled).type=scheduled': { ...ofTracking, set: onlyPolicy(schedule) },
  'scaling.policies (scheduled).name': { ...ofSchedule, set: 'scaling.policies.0.name=early' },
  'scaling.policies (scheduled).schedule': {
    ...ofSchedule,
    set: 'scaling.policies.0.schedule=cron(0 8 * * ? *)',
  },
  'scaling.policies (scheduled).timeZone': {
    ...ofSchedule,
    set: 'scaling.policies.0.timeZone=Europe/Berlin',
  },
  'scaling.policies (scheduled).minCapacity': { ...ofSchedule, set: 'scaling.policies.0.minCapacity=2' },
  'scaling.policies (scheduled).maxCapacity': { ...ofSchedule, set: 'scaling.policies.0.maxCapacity=4' },
  'scaling.policies (predictive).type=predictive': { preset: 'stateless-asg', set: onlyPolicy(predictive) },
  'scaling.policies (predictive).name': { ...ofPredictive, set: 'scaling.policies.0.name=forecast' },
  ...predictiveMetricEffects(),
  'scaling.policies (predictive).mode': { ...ofPredictive, set: 'scaling.policies.0.mode=ForecastAndScale' },
  'scaling.policies (predictive).schedulingBufferTimeSeconds': {
    ...ofPredictive,
    set: 'scaling.policies.0.schedulingBufferTimeSeconds=600',
  },
  'scaling.policies (predictive).maxCapacityBreachBehavior': {
    ...ofPredictive,
    set: 'scaling.policies.0.maxCapacityBreachBehavior=IncreaseMaxCapacity',
    together: ['scaling.policies.0.maxCapacityBuffer=10'],
  },
  'scaling.policies (predictive).maxCapacityBuffer': {
    preset: 'stateless-asg',
    beside: [
      onlyPolicy({ ...predictive, maxCapacityBreachBehavior: 'IncreaseMaxCapacity', maxCapacityBuffer: 10 }),
    ],
    set: 'scaling.policies.0.maxCapacityBuffer=20',
  },
};

/** Predictive policies are of groups of instances, and forecast from two of the metrics. */
function predictiveMetricEffects(): Effects {
  const { cpu, 'requests-per-target': requests } = targets;
  const effects = metricEffects(predictive, { cpu, 'requests-per-target': requests } as Metrics);
  return {
    ...Object.fromEntries(
      Object.entries(effects).map(([path, effect]) => [path, { ...effect, preset: 'stateless-asg' }]),
    ),
    'scaling.policies (predictive).metric (requests-per-target).requestsPerTargetPerSecond': perSecond(
      predictive,
      'stateless-asg',
    ),
  };
}
