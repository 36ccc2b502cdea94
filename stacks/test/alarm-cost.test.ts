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
