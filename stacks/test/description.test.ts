import { beforeAll, describe, expect, test } from '@jest/globals';
import { capacityUnit, resourceNames, targetValue } from '@tideline/config';
import { type Resource, type Synthesis, presetsOf, stickinessSeconds, synthesise } from './synthesise.ts';

const first = (value: unknown): Resource => (Array.isArray(value) ? value[0] : value) as Resource;

/** Every number of a preset of tasks that is at work, in Terraform and in the description that the twin executes. */
const numbers: readonly (readonly [
  name: string,
  inTerraform: (synthesis: Synthesis) => unknown,
  inDescription: (synthesis: Synthesis) => unknown,
])[] = [
  [
    'capacity.min',
    ({ only }) => only('aws_appautoscaling_target').min_capacity,
    ({ environment }) => environment.capacity.min,
  ],
  [
    'capacity.max',
    ({ only }) => only('aws_appautoscaling_target').max_capacity,
    ({ environment }) => environment.capacity.max,
  ],
  [
    'capacity.desired',
    ({ only }) => only('aws_ecs_service').desired_count,
    ({ environment }) => environment.capacity.desired,
  ],
  [
    'container.port, of the target group',
    ({ only }) => only('aws_lb_target_group').port,
    ({ environment }) => environment.container.port,
  ],
  [
    'container.port, of the service',
    ({ only }) => first(only('aws_ecs_service').load_balancer).container_port,
    ({ environment }) => environment.container.port,
  ],
  [
    'container.stopTimeoutSeconds',
    (synthesis) => appContainer(synthesis).stopTimeout,
    ({ environment }) => environment.container.stopTimeoutSeconds,
  ],
  [
    'compute.cpuUnits',
    (synthesis) => appTask(synthesis).cpu,
    ({ environment }) => String(capacityUnit(environment).cpuUnits),
  ],
  [
    'compute.memoryMiB',
    (synthesis) => appTask(synthesis).memory,
    ({ environment }) => String(capacityUnit(environment).memoryMiB),
  ],
  [
    'compute.architecture',
    (synthesis) => first(appTask(synthesis).runtime_platform).cpu_architecture,
    ({ environment }) => capacityUnit(environment).architecture,
  ],
  [
    'loadBalancer.listenerPort',
    ({ only }) => only('aws_lb_listener').port,
    ({ environment }) => environment.loadBalancer.listenerPort,
  ],
  [
    'loadBalancer.algorithm',
    ({ only }) => only('aws_lb_target_group').load_balancing_algorithm_type,
    ({ environment }) => environment.loadBalancer.algorithm,
  ],
  [
    'loadBalancer.idleTimeoutSeconds',
    ({ only }) => only('aws_lb').idle_timeout,
    ({ environment }) => environment.loadBalancer.idleTimeoutSeconds,
  ],
  [
    'loadBalancer.deregistrationDelaySeconds',
    ({ only }) => only('aws_lb_target_group').deregistration_delay,
    ({ environment }) => String(environment.loadBalancer.deregistrationDelaySeconds),
  ],
  [
    'loadBalancer.slowStartSeconds',
    ({ only }) => only('aws_lb_target_group').slow_start,
    ({ environment }) => environment.loadBalancer.slowStartSeconds,
  ],
  [
    'healthCheck.path',
    (synthesis) => healthCheck(synthesis).path,
    ({ environment }) => `${environment.container.basePath}${environment.healthCheck.path}`,
  ],
  [
    'healthCheck.intervalSeconds',
    (synthesis) => healthCheck(synthesis).interval,
    ({ environment }) => environment.healthCheck.intervalSeconds,
  ],
  [
    'healthCheck.timeoutSeconds',
    (synthesis) => healthCheck(synthesis).timeout,
    ({ environment }) => environment.healthCheck.timeoutSeconds,
  ],
  [
    'healthCheck.healthyThreshold',
    (synthesis) => healthCheck(synthesis).healthy_threshold,
    ({ environment }) => environment.healthCheck.healthyThreshold,
  ],
  [
    'healthCheck.unhealthyThreshold',
    (synthesis) => healthCheck(synthesis).unhealthy_threshold,
    ({ environment }) => environment.healthCheck.unhealthyThreshold,
  ],
  [
    'healthCheck.gracePeriodSeconds',
    ({ only }) => only('aws_ecs_service').health_check_grace_period_seconds,
    ({ environment }) => environment.healthCheck.gracePeriodSeconds,
  ],
  [
    'deployment.minimumHealthyPercent',
    ({ only }) => only('aws_ecs_service').deployment_minimum_healthy_percent,
    ({ environment }) => environment.deployment.minimumHealthyPercent,
  ],
  [
    'deployment.maximumPercent',
    ({ only }) => only('aws_ecs_service').deployment_maximum_percent,
    ({ environment }) => environment.deployment.maximumPercent,
  ],
  [
    'deployment.circuitBreaker',
    ({ only }) => only('aws_ecs_service').deployment_circuit_breaker,
    ({ environment: { deployment } }) => ({
      enable: deployment.circuitBreaker.enabled,
      rollback: deployment.circuitBreaker.rollback,
    }),
  ],
  [
    'deployment.availabilityZoneRebalancing',
    ({ only }) => only('aws_ecs_service').availability_zone_rebalancing,
    ({ environment }) => (environment.deployment.availabilityZoneRebalancing ? 'ENABLED' : 'DISABLED'),
  ],
  [
    'availabilityZones',
    ({ all }) => [...new Set(all('aws_subnet').map(({ availability_zone }) => availability_zone))],
    ({ environment }) => environment.availabilityZones.map((letter) => `${environment.region}${letter}`),
  ],
  [
    'network.vpcCidr',
    ({ only }) => only('aws_vpc').cidr_block,
    ({ environment }) => environment.network.vpcCidr,
  ],
  [
    'loadBalancer.stickinessSeconds',
    ({ only }) => stickinessSeconds(only('aws_lb_target_group')),
    ({ environment }) => environment.loadBalancer.stickinessSeconds,
  ],
  ['scaling.policies, with targets and cooldowns', policiesInTerraform, policiesInDescription],
  [
    'observability.logRetentionDays',
    ({ all }) => [
      ...new Set(all('aws_cloudwatch_log_group').map(({ retention_in_days }) => retention_in_days)),
    ],
    ({ environment }) => [environment.observability.logRetentionDays],
  ],
  ['observability.alarms', alarmsInTerraform, alarmsInDescription],
  [
    'loadRunner',
    ({ all }) =>
      all('aws_ecs_task_definition')
        .map(({ cpu, memory }) => [cpu, memory])
        .at(-1),
    ({ environment: { loadRunner } }) => [String(loadRunner.cpuUnits), String(loadRunner.memoryMiB)],
  ],
  [
    'region',
    ({ stacks }) => first(stacks.service.provider.aws).region,
    ({ environment }) => environment.region,
  ],
];

/** By name: Terraform’s order is that of resource names, the description’s its own. */
function policiesInTerraform({ all }: Synthesis): Record<string, unknown> {
  return Object.fromEntries(
    all('aws_appautoscaling_policy').map((policy): [string, unknown] => {
      const tracking = first(policy.target_tracking_scaling_policy_configuration);
      return [
        policy.name as string,
        [tracking.target_value, tracking.scale_out_cooldown, tracking.scale_in_cooldown],
      ];
    }),
  );
}

function policiesInDescription({ environment }: Synthesis) {
  return Object.fromEntries(
    environment.scaling.policies.flatMap((policy) =>
      policy.type === 'target-tracking'
        ? [
            [
              policy.name,
              [targetValue(policy.metric), policy.scaleOutCooldownSeconds, policy.scaleInCooldownSeconds],
            ],
          ]
        : [],
    ),
  );
}

function alarmsInTerraform({ stacks }: Synthesis): Record<string, unknown> {
  const alarms = Object.values(stacks.observability.resource.aws_cloudwatch_metric_alarm ?? {});
  return Object.fromEntries(
    alarms.map(({ alarm_name, threshold, evaluation_periods }): [string, unknown] => [
      alarm_name as string,
      [threshold, evaluation_periods],
    ]),
  );
}

function alarmsInDescription({ environment }: Synthesis) {
  const { alarms } = environment.observability;
  const names = resourceNames(environment).alarms;
  return {
    [names.unhealthyHosts]: [0, alarms.unhealthyHostMinutes],
    [names.serverErrors]: [alarms.serverErrorPercent, alarms.serverErrorMinutes],
    [names.cpu]: [alarms.cpuPercent, alarms.cpuMinutes],
    [names.maximumCapacity]: [environment.capacity.max, alarms.maximumCapacityMinutes],
  };
}

function appTask({ all, environment }: Synthesis): Resource {
  const { service } = resourceNames(environment);
  return all('aws_ecs_task_definition').find(({ family }) => family === service) ?? {};
}

const appContainer = (synthesis: Synthesis): Resource =>
  first(JSON.parse(String(appTask(synthesis).container_definitions)));

const healthCheck = ({ only }: Synthesis): Resource => first(only('aws_lb_target_group').health_check);

describe.each(presetsOf('fargate', 'rolling'))('preset %s', (preset) => {
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

test('a description of other numbers has these in Terraform', () => {
  const synthesis = synthesise('load-driven', {
    region: 'eu-west-1',
    availabilityZones: ['a', 'b', 'c'],
    network: { vpcCidr: '10.20.0.0/18' },
    compute: { kind: 'fargate', cpuUnits: 512, memoryMiB: 2048, architecture: 'ARM64' },
    container: { port: 8080, basePath: '/dev', stopTimeoutSeconds: 45 },
    capacity: { min: 3, max: 9, desired: 5 },
    loadBalancer: {
      listenerPort: 8000,
      idleTimeoutSeconds: 90,
      deregistrationDelaySeconds: 15,
      stickinessSeconds: 40,
      slowStartSeconds: 60,
    },
    healthCheck: {
      path: '/ready',
      intervalSeconds: 20,
      timeoutSeconds: 4,
      healthyThreshold: 3,
      unhealthyThreshold: 4,
      gracePeriodSeconds: 75,
    },
    deployment: {
      minimumHealthyPercent: 50,
      maximumPercent: 150,
      circuitBreaker: { enabled: true, rollback: false },
      availabilityZoneRebalancing: false,
    },
    observability: {
      logRetentionDays: 7,
      alarms: {
        unhealthyHostMinutes: 3,
        serverErrorPercent: 5,
        serverErrorMinutes: 4,
        cpuPercent: 70,
        cpuMinutes: 6,
        maximumCapacityMinutes: 8,
      },
    },
    loadRunner: { cpuUnits: 2048, memoryMiB: 4096 },
  });
  for (const [, inTerraform, inDescription] of numbers)
    expect(inTerraform(synthesis)).toEqual(inDescription(synthesis));
});
