import { expect, test } from '@jest/globals';
import { type EnvironmentInput, listPrices, presetNames } from '@tideline/config';
import { defaultCostAssumptions, estimate } from '@tideline/cost';
import { type Resource, type Synthesis, synthesise } from './synthesise.ts';

const queue = { namespace: 'Shop', metricName: 'Backlog' };
const policies: NonNullable<EnvironmentInput['scaling']>['policies'] = [
  { type: 'target-tracking', name: 'cpu', metric: { kind: 'cpu', targetPercent: 60 } },
  {
    type: 'step',
    name: 'queues',
    metric: { kind: 'sum', metrics: [queue, { ...queue, metricName: 'Late' }] },
    alarm: { comparison: 'GreaterThanThreshold', threshold: 50 },
    steps: [{ lowerBound: 0, adjustment: 1 }],
  },
];

const variants = [
  ...presetNames.map((preset) => [preset, 'its own policies', {}] as const),
  ...presetNames.map((preset) => [preset, 'one of each kind', { scaling: { policies } }] as const),
];

const metricsOf = ({ metric_query }: Resource): number =>
  Array.isArray(metric_query)
    ? (metric_query as readonly Resource[]).filter(({ metric }) => metric !== undefined).length
    : 1;

const watched = ({ stacks }: Synthesis, stack: 'observability' | 'autoscaling'): number =>
  Object.values(stacks[stack].resource.aws_cloudwatch_metric_alarm ?? {}).reduce(
    (sum, alarm) => sum + metricsOf(alarm),
    0,
  );

/** AWS makes two alarms of each policy that tracks a metric, a capacity provider’s own among them. */
const madeByAws = ({ all }: Synthesis): number => {
  const tracking = [...all('aws_appautoscaling_policy'), ...all('aws_autoscaling_policy')].filter(
    ({ policy_type }) => policy_type === 'TargetTrackingScaling',
  );
  return 2 * (tracking.length + all('aws_ecs_capacity_provider').length);
};

test.each(variants)(
  'the estimate of %s with %s has every metric that its alarms watch',
  (preset, _which, over) => {
    const synthesis = synthesise(preset, over);
    const { lines } = estimate(
      synthesis.environment,
      { averageUnits: 1, requestsPerSecond: 0, hoursPerDay: 0, assumptions: defaultCostAssumptions },
      listPrices,
    );
    const quantity = (id: string) => lines.find((line) => line.id === id)?.quantity;
    expect(quantity('alarms.own')).toBe(watched(synthesis, 'observability'));
    expect(quantity('alarms.scaling')).toBe(watched(synthesis, 'autoscaling') + madeByAws(synthesis));
  },
);

test('the estimate of alarms at high resolution has every metric that they watch', () => {
  const alarm = { comparison: 'GreaterThanThreshold', threshold: 50 } as const;
  const fast = { kind: 'custom', ...queue, periodSeconds: 10 } as const;
  const synthesis = synthesise('stateless-asg', {
    scaling: {
      policies: [
        { type: 'target-tracking', name: 'held', metric: { ...fast, targetValue: 9 } },
        { type: 'step', name: 'fast', metric: fast, alarm, steps: [{ lowerBound: 0, adjustment: 1 }] },
        {
          ...{ type: 'step', name: 'slow', alarm, steps: [{ lowerBound: 0, adjustment: 1 }] },
          metric: { ...fast, periodSeconds: 60 },
        },
      ],
    },
  });
  const { lines } = estimate(
    synthesis.environment,
    { averageUnits: 1, requestsPerSecond: 0, hoursPerDay: 0, assumptions: defaultCostAssumptions },
    listPrices,
  );
  const line = (id: string) => lines.find((each) => each.id === id);
  const periods = synthesis.all('aws_cloudwatch_metric_alarm').map(({ period }) => period);
  expect(periods.filter((period) => Number(period) < 60)).toEqual([10]);
  // Two of the target, made by AWS, and one of the steps.
  expect([line('alarms.fast')?.quantity, line('alarms.fast')?.monthlyUsd]).toEqual([3, 0.9]);
  expect(line('alarms.scaling')?.quantity).toBe(1);
});
