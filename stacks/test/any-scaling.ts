import { computeFacts, presetInput, presetNames, resolveEnvironment } from '@tideline/config';
import fc from 'fast-check';

const queue = { namespace: 'Shop', metricName: 'Backlog', dimensions: { Queue: 'orders' } };
const latency = fc.constantFrom('Average', 'p50', 'p90', 'p95', 'p99');
const statistic = fc.constantFrom('Average', 'Maximum', 'p90', 'Sum');

/** Metrics that policies of a preset may follow, with a target; without it they are those of step policies. */
function targets(preset: string) {
  const environment = resolveEnvironment(presetInput(preset));
  const acrossTargetGroups = environment.release.kind === 'blue-green';
  const percent = fc.integer({ min: 10, max: 90 });
  const isGroup = computeFacts(environment).fleet === 'group';
  // What target tracking takes; steps take more, which `step` draws itself.
  const periodSeconds = isGroup ? fc.constantFrom(10, 30, 60) : fc.constant(60);
  return {
    cpu: fc.record({ kind: fc.constant('cpu'), targetPercent: percent }),
    ...(computeFacts(environment).unit === 'task'
      ? { memory: fc.record({ kind: fc.constant('memory'), targetPercent: percent }) }
      : {}),
    requests: fc.record({
      kind: fc.constant('requests-per-target'),
      requestsPerTargetPerMinute: fc.integer({ min: 1, max: 5000 }),
      acrossTargetGroups: fc.constant(acrossTargetGroups),
    }),
    latency: fc.record({
      kind: fc.constant('response-time'),
      targetMilliseconds: fc.integer({ min: 1, max: 60_000 }),
      statistic: latency,
    }),
    custom: fc.record({
      ...{ kind: fc.constant('custom'), targetValue: fc.integer({ min: 1, max: 99 }) },
      ...{ namespace: fc.constant('Shop'), metricName: fc.constant('Orders'), statistic },
      periodSeconds,
    }),
    sum: fc.record({
      ...{ kind: fc.constant('sum'), targetValue: fc.integer({ min: 1, max: 99 }) },
      metrics: fc.constant([queue, { ...queue, metricName: 'Late' }]),
      periodSeconds,
    }),
  } as Readonly<Record<string, fc.Arbitrary<object>>>;
}

/** A metric as a step policy follows it, which takes every period of an alarm. */
const withoutTarget = (metric: object, periodSeconds: number) =>
  Object.fromEntries(
    Object.entries(metric)
      .filter(([field]) => !/^target|^requestsPerTargetPerMinute$/.test(field))
      .map(([field, value]) => [field, field === 'periodSeconds' ? periodSeconds : (value as unknown)]),
  );

const cooldown = fc.integer({ min: 0, max: 3600 });

const tracking = (name: string, metric: fc.Arbitrary<object>) =>
  fc.record({
    ...{ type: fc.constant('target-tracking'), name: fc.constant(`track-${name}`), metric },
    ...{ scaleOutCooldownSeconds: cooldown, scaleInCooldownSeconds: cooldown, scaleInEnabled: fc.boolean() },
  });

const step = (name: string, metric: fc.Arbitrary<object>) =>
  fc
    .record({
      ...{ metric, threshold: fc.integer({ min: 1, max: 900 }), width: fc.integer({ min: 1, max: 50 }) },
      comparison: fc.constantFrom(
        'GreaterThanOrEqualToThreshold',
        'GreaterThanThreshold',
        'LessThanThreshold',
        'LessThanOrEqualToThreshold',
      ),
      window: fc.integer({ min: 1, max: 10 }),
      periodSeconds: fc.constantFrom(10, 20, 30, 60),
      treatMissingData: fc.constantFrom('missing', 'ignore', 'breaching', 'notBreaching'),
      breaching: fc.integer({ min: 1, max: 10 }),
      adjustmentType: fc.constantFrom('ChangeInCapacity', 'ExactCapacity', 'PercentChangeInCapacity'),
      ...{ adjustment: fc.integer({ min: 1, max: 5 }), cooldownSeconds: cooldown },
    })
    .map(({ metric: target, threshold, width, comparison, window, breaching, treatMissingData, ...rest }) => {
      const followed = withoutTarget(target, rest.periodSeconds);
      const above = comparison.startsWith('Greater');
      const { adjustmentType, adjustment, cooldownSeconds } = rest;
      const small = adjustmentType === 'ExactCapacity' || above ? adjustment : -adjustment;
      const steps = above
        ? [
            { lowerBound: 0, upperBound: width, adjustment: small },
            { lowerBound: width, adjustment: 2 * small },
          ]
        : [
            { lowerBound: -width, upperBound: 0, adjustment: small },
            { upperBound: -width, adjustment: 2 * small },
          ];
      return {
        ...{ type: 'step', name: `step-${name}`, metric: followed, adjustmentType, steps, cooldownSeconds },
        alarm: {
          comparison,
          threshold,
          evaluationPeriods: window,
          datapointsToAlarm: Math.min(window, breaching),
          treatMissingData,
        },
        aggregation: above ? 'Maximum' : 'Minimum',
        ...(adjustmentType === 'PercentChangeInCapacity' ? { minAdjustmentMagnitude: adjustment - 1 } : {}),
      };
    });

const scheduled = fc.record({
  ...{
    type: fc.constant('scheduled'),
    name: fc.constant('morning'),
    minCapacity: fc.integer({ min: 1, max: 3 }),
  },
  maxCapacity: fc.constantFrom(null, 8, 9),
  schedule: fc.constantFrom('cron(0 7 ? * MON-FRI *)', 'cron(30 18 1,15 * ? *)'),
  timeZone: fc.constantFrom('UTC', 'Europe/Berlin'),
});

/** Of a group alone: the provider has it for no service. */
const predictive = (name: string, metric: fc.Arbitrary<object>) =>
  fc
    .record({
      ...{ type: fc.constant('predictive'), name: fc.constant(`predict-${name}`), metric },
      schedulingBufferTimeSeconds: cooldown,
      maxCapacityBuffer: fc.option(fc.integer({ min: 0, max: 100 })),
    })
    .map((policy) => ({
      ...policy,
      maxCapacityBreachBehavior:
        policy.maxCapacityBuffer === null ? 'HonorMaxCapacity' : 'IncreaseMaxCapacity',
    }));

/** Policies that forecast, of which one may scale. */
function predictions(preset: string): fc.Arbitrary<readonly object[]> {
  const { cpu, requests } = targets(preset);
  if (computeFacts(resolveEnvironment(presetInput(preset))).fleet !== 'group') return fc.constant([]);
  if (cpu === undefined || requests === undefined) return fc.constant([]);
  return fc
    .tuple(predictive('cpu', cpu), predictive('requests', requests), fc.nat(2), fc.nat(2))
    .map(([first, second, count, scales]) =>
      [first, second].slice(0, count).map((policy, index) => ({
        ...policy,
        mode: index === scales ? 'ForecastAndScale' : 'ForecastOnly',
      })),
    );
}

/** A preset with other bounds, and policies of every kind on metrics of every kind. */
export const descriptions = fc.constantFrom(...presetNames).chain((preset) => {
  const metrics = Object.entries(targets(preset));
  const some = (make: (name: string, metric: fc.Arbitrary<object>) => fc.Arbitrary<object>) =>
    fc.subarray(metrics).chain((chosen) => fc.tuple(...chosen.map(([name, metric]) => make(name, metric))));
  return fc.record({
    preset: fc.constant(preset),
    capacity: fc.record({ min: fc.constantFrom(1, 2), desired: fc.constant(2), max: fc.constantFrom(5, 7) }),
    policies: fc
      .tuple(some(tracking), some(step), fc.option(scheduled, { nil: undefined }), predictions(preset))
      .map(([trackers, steppers, action, predictors]) => [
        ...predictors,
        ...trackers,
        ...steppers,
        ...(action === undefined ? [] : [action]),
      ]),
  });
});
