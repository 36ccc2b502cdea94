import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  type EnvironmentInput,
  codeDeployRelease,
  httpApi,
  presetInput,
  resourceNames,
} from '@tideline/config';
import { type Resource, type Synthesis, presetsOf, synthesise } from './synthesise.ts';

const first = (value: unknown): Resource => (Array.isArray(value) ? value[0] : value) as Resource;

const releaseOf = ({ environment }: Synthesis) => {
  const release = codeDeployRelease(environment);
  if (release === null) throw new Error('this preset is not released by CodeDeploy');
  return release;
};
const ingressOf = ({ environment }: Synthesis) => {
  const ingress = httpApi(environment);
  if (ingress === null) throw new Error('this preset has no HTTP API');
  return ingress;
};

/** What both target groups have in common; fails the test where they differ. */
function groups({ all }: Synthesis): Resource {
  const [blue = {}, green] = all('aws_lb_target_group');
  expect({ ...green, name: blue.name, '//': blue['//'] }).toEqual(blue);
  return blue;
}
const group = ({ only }: Synthesis): Resource => only('aws_codedeploy_deployment_group');
const alarm = ({ all }: Synthesis, name: string): Resource =>
  all('aws_cloudwatch_metric_alarm').find(({ alarm_name }) => alarm_name === name) ?? {};

/** Numbers that blue/green releases, an HTTP API and step scaling have beyond those of any service of tasks. */
const numbers: readonly (readonly [
  name: string,
  inTerraform: (synthesis: Synthesis) => unknown,
  inDescription: (synthesis: Synthesis) => unknown,
])[] = [
  [
    'container.port, of both target groups',
    (synthesis) => groups(synthesis).port,
    ({ environment }) => environment.container.port,
  ],
  [
    'healthCheck, of both target groups',
    (synthesis) => {
      const check = first(groups(synthesis).health_check);
      return [check.path, check.interval, check.timeout, check.healthy_threshold, check.unhealthy_threshold];
    },
    ({ environment: { container, healthCheck } }) => [
      `${container.basePath}${healthCheck.path}`,
      healthCheck.intervalSeconds,
      healthCheck.timeoutSeconds,
      healthCheck.healthyThreshold,
      healthCheck.unhealthyThreshold,
    ],
  ],
  [
    'loadBalancer, of both target groups',
    (synthesis) => {
      const found = groups(synthesis);
      return [found.load_balancing_algorithm_type, found.deregistration_delay, found.slow_start];
    },
    ({ environment: { loadBalancer } }) => [
      loadBalancer.algorithm,
      String(loadBalancer.deregistrationDelaySeconds),
      loadBalancer.slowStartSeconds,
    ],
  ],
  [
    'loadBalancer.listenerPort and release.testListenerPort',
    ({ all }) => all('aws_lb_listener').map(({ port }) => port),
    (synthesis) => [synthesis.environment.loadBalancer.listenerPort, releaseOf(synthesis).testListenerPort],
  ],
  [
    'capacity',
    ({ only }) => [
      only('aws_appautoscaling_target').min_capacity,
      only('aws_appautoscaling_target').max_capacity,
      only('aws_ecs_service').desired_count,
    ],
    ({ environment: { capacity } }) => [capacity.min, capacity.max, capacity.desired],
  ],
  [
    'healthCheck.gracePeriodSeconds',
    ({ only }) => only('aws_ecs_service').health_check_grace_period_seconds,
    ({ environment }) => environment.healthCheck.gracePeriodSeconds,
  ],
  [
    'ingress.stage, of the stage and of the base path',
    ({ only, stacks }) => [
      only('aws_apigatewayv2_stage').name,
      String(stacks.ingress.output.url?.value).split('}').at(-1),
    ],
    (synthesis) => [ingressOf(synthesis).stage, synthesis.environment.container.basePath],
  ],
  [
    'ingress.throttling',
    ({ only }) => first(only('aws_apigatewayv2_stage').default_route_settings),
    (synthesis) => ({
      throttling_burst_limit: ingressOf(synthesis).throttling.burstLimit,
      throttling_rate_limit: ingressOf(synthesis).throttling.rateLimitPerSecond,
      detailed_metrics_enabled: false,
    }),
  ],
  [
    'ingress.timeoutSeconds',
    ({ only }) => only('aws_apigatewayv2_integration').timeout_milliseconds,
    (synthesis) => ingressOf(synthesis).timeoutSeconds * 1000,
  ],
  [
    'release.terminationWaitMinutes',
    (synthesis) =>
      first(
        first(group(synthesis).blue_green_deployment_config).terminate_blue_instances_on_deployment_success,
      ),
    (synthesis) => ({
      action: 'TERMINATE',
      termination_wait_time_in_minutes: releaseOf(synthesis).terminationWaitMinutes,
    }),
  ],
  [
    'release.rollbackOnAlarm',
    (synthesis) => {
      const { alarms } = resourceNames(synthesis.environment);
      const [errors, latency] = [alarms.releaseErrors, alarms.releaseLatency].map((name) =>
        alarm(synthesis, name),
      );
      return [
        errors?.threshold,
        latency?.threshold,
        errors?.evaluation_periods,
        latency?.datapoints_to_alarm,
      ];
    },
    (synthesis) => {
      const { errorRatePercent, p99Milliseconds, evaluationPeriods } = releaseOf(synthesis).rollbackOnAlarm;
      return [errorRatePercent, p99Milliseconds / 1000, evaluationPeriods, evaluationPeriods];
    },
  ],
  [
    'scaling.policies, with steps, cooldowns and alarms',
    (synthesis) =>
      synthesis.all('aws_appautoscaling_policy').map((policy) => {
        const { cooldown, adjustment_type, step_adjustment } = first(
          policy.step_scaling_policy_configuration,
        );
        const { comparison_operator, threshold, period } = alarm(
          synthesis,
          `tideline-dev-api-scaling-${String(policy.name)}`,
        );
        return [
          policy.name,
          [comparison_operator, threshold, period],
          [adjustment_type, step_adjustment, cooldown],
        ];
      }),
    ({ environment }) =>
      environment.scaling.policies.flatMap((policy) => {
        if (policy.type !== 'step') return [];
        const bound = (name: string, value: number | null) =>
          value === null ? {} : { [name]: String(value) };
        const steps = policy.steps.map(({ lowerBound, upperBound, adjustment }) => ({
          scaling_adjustment: adjustment,
          ...bound('metric_interval_lower_bound', lowerBound),
          ...bound('metric_interval_upper_bound', upperBound),
        }));
        return [
          [
            policy.name,
            [policy.alarm.comparison, policy.alarm.threshold, environment.monitoring.resolutionSeconds],
            [policy.adjustmentType, steps, policy.cooldownSeconds],
          ],
        ];
      }),
  ],
];

describe.each(presetsOf('fargate', 'blue-green'))('preset %s', (preset) => {
  let synthesis: Synthesis;
  beforeAll(() => {
    synthesis = synthesise(preset);
  });

  test.each(numbers)('has %s of its description in Terraform', (_name, inTerraform, inDescription) => {
    const described = inDescription(synthesis);
    expect(described).toBeDefined();
    expect(inTerraform(synthesis)).toEqual(described);
  });
});

const preset = presetInput('blue-green');

test('the preset adds a task at 50 % and takes one away at 20 %, each after 60 s', () => {
  const { all } = synthesise('blue-green');
  const moves = all('aws_appautoscaling_policy').map(({ name, step_scaling_policy_configuration }) => {
    const { cooldown, step_adjustment } = first(step_scaling_policy_configuration);
    return [name, first(step_adjustment).scaling_adjustment, cooldown];
  });
  expect(moves).toEqual([
    ['cpu-high', 1, 60],
    ['cpu-low', -1, 60],
  ]);
});

test('a description of other numbers has these in Terraform', () => {
  const synthesis = synthesise('blue-green', {
    ingress: {
      kind: 'api-gateway',
      stage: 'live',
      throttling: { burstLimit: 70, rateLimitPerSecond: 40 },
      timeoutSeconds: 12,
    },
    container: { ...preset.container, port: 8080, basePath: '/live/v1' },
    loadBalancer: { listenerPort: 8000, deregistrationDelaySeconds: 15, slowStartSeconds: 60 },
    healthCheck: { intervalSeconds: 20, timeoutSeconds: 4, unhealthyThreshold: 4, gracePeriodSeconds: 75 },
    capacity: { min: 2, max: 9, desired: 3 },
    release: {
      kind: 'blue-green',
      testListenerPort: 9001,
      terminationWaitMinutes: 17,
      rollbackOnAlarm: { errorRatePercent: 2, p99Milliseconds: 750, evaluationPeriods: 3 },
    },
  });
  for (const [, inTerraform, inDescription] of numbers)
    expect(inTerraform(synthesis)).toEqual(inDescription(synthesis));
});

describe('the shift', () => {
  const shifting = (
    shift: NonNullable<Extract<EnvironmentInput['release'], { kind: 'blue-green' }>>['shift'],
  ) => synthesise('blue-green', { release: { kind: 'blue-green', shift } });

  test.each([
    [{ kind: 'all-at-once' }, 'ECSAllAtOnce'],
    [{ kind: 'canary' }, 'ECSCanary10Percent5Minutes'],
    [{ kind: 'canary', intervalMinutes: 15 }, 'ECSCanary10Percent15Minutes'],
    [{ kind: 'linear' }, 'ECSLinear10PercentEvery1Minutes'],
    [{ kind: 'linear', intervalMinutes: 3 }, 'ECSLinear10PercentEvery3Minutes'],
  ] as const)('of %j is one that AWS has', (shift, name) => {
    const synthesis = shifting(shift);
    expect(group(synthesis).deployment_config_name).toBe(`CodeDeployDefault.${name}`);
    expect(synthesis.all('aws_codedeploy_deployment_config')).toEqual([]);
  });

  test.each([
    [
      { kind: 'canary', percent: 25, intervalMinutes: 2 },
      'tideline-dev-api-canary-25-percent-2-minutes',
      { type: 'TimeBasedCanary', time_based_canary: { percentage: 25, interval: 2 } },
    ],
    [
      { kind: 'linear', percent: 20, intervalMinutes: 1 },
      'tideline-dev-api-linear-20-percent-1-minutes',
      { type: 'TimeBasedLinear', time_based_linear: { percentage: 20, interval: 1 } },
    ],
  ] as const)('of %j is made, under a name with its numbers', (shift, name, routing) => {
    expect(shifting(shift).only('aws_codedeploy_deployment_config')).toMatchObject({
      deployment_config_name: name,
      compute_platform: 'ECS',
      traffic_routing_config: routing,
      lifecycle: { create_before_destroy: true },
    });
  });
});
