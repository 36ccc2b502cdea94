import { beforeAll, describe, expect, test } from '@jest/globals';
import { type EnvironmentInput, capacityFacts, resourceNames, targetValue } from '@tideline/config';
import { type Resource, type Synthesis, presetsOf, stickinessSeconds, synthesise } from './synthesise.ts';

const first = (value: unknown): Resource => (Array.isArray(value) ? value[0] : value) as Resource;

const hosts = ({ environment }: Synthesis) => {
  const { containerInstances } = capacityFacts(environment);
  if (containerInstances === null) throw new Error('expected tasks on container instances');
  return containerInstances;
};

const appTask = ({ all, environment }: Synthesis): Resource =>
  all('aws_ecs_task_definition').find(({ family }) => family === resourceNames(environment).service) ?? {};

const container = (synthesis: Synthesis): Resource =>
  first(JSON.parse(String(appTask(synthesis).container_definitions)));

const provider = ({ only }: Synthesis): Resource =>
  first(only('aws_ecs_capacity_provider').auto_scaling_group_provider);

const userDataOf = ({ stacks }: Synthesis): string => JSON.stringify(stacks.service);

/** Every number of a preset of tasks on instances that is at work, in Terraform and in the description that the twin executes. */
const numbers: readonly (readonly [
  name: string,
  inTerraform: (synthesis: Synthesis) => unknown,
  inDescription: (synthesis: Synthesis) => unknown,
])[] = [
  [
    'capacity',
    ({ only }) => {
      const { min_capacity, max_capacity } = only('aws_appautoscaling_target');
      return { min: min_capacity, max: max_capacity, desired: only('aws_ecs_service').desired_count };
    },
    ({ environment }) => environment.capacity,
  ],
  [
    'compute.instances',
    ({ only }) => {
      const { min_size, max_size } = only('aws_autoscaling_group');
      return { min: min_size, max: max_size };
    },
    (synthesis) => hosts(synthesis).instances,
  ],
  [
    'compute.instanceType and compute.rootVolumeGiB',
    ({ only }) => {
      const { instance_type, block_device_mappings } = only('aws_launch_template');
      return [instance_type, (first(block_device_mappings).ebs as Resource).volume_size];
    },
    (synthesis) => [hosts(synthesis).instanceType, hosts(synthesis).rootVolumeGiB],
  ],
  [
    'compute.cpuUnits and compute.memoryMiB',
    (synthesis) => [container(synthesis).cpu, container(synthesis).memory],
    (synthesis) => [hosts(synthesis).cpuUnits, hosts(synthesis).memoryMiB],
  ],
  [
    'compute.targetCapacityPercent and compute.instanceWarmupSeconds',
    (synthesis) => {
      const { target_capacity, instance_warmup_period } = first(provider(synthesis).managed_scaling);
      return [target_capacity, instance_warmup_period];
    },
    (synthesis) => [hosts(synthesis).targetCapacityPercent, hosts(synthesis).instanceWarmupSeconds],
  ],
  [
    'compute.taskPerInstance',
    ({ only }) => only('aws_ecs_service').placement_constraints ?? [],
    (synthesis) => (hosts(synthesis).taskPerInstance ? [{ type: 'distinctInstance' }] : []),
  ],
  [
    'compute.reservedMemoryMiB',
    (synthesis) => /ECS_RESERVED_MEMORY=(\d+)/.exec(userDataOf(synthesis))?.[1],
    (synthesis) => String(hosts(synthesis).reservedMemoryMiB),
  ],
  [
    'container.port, of the container, the service and the target group',
    (synthesis) => [
      first(container(synthesis).portMappings),
      first(synthesis.only('aws_ecs_service').load_balancer).container_port,
      synthesis.only('aws_lb_target_group').port,
    ],
    ({
      environment: {
        container: { port },
      },
    }) => [{ containerPort: port, hostPort: 0, protocol: 'tcp' }, port, port],
  ],
  [
    'container.stopTimeoutSeconds',
    (synthesis) => container(synthesis).stopTimeout,
    ({ environment }) => environment.container.stopTimeoutSeconds,
  ],
  [
    'loadBalancer, of the target group',
    ({ only }) => {
      const group = only('aws_lb_target_group');
      return [
        group.target_type,
        group.deregistration_delay,
        group.load_balancing_algorithm_type,
        group.slow_start,
        stickinessSeconds(group),
      ];
    },
    ({ environment: { loadBalancer } }) => [
      'instance',
      String(loadBalancer.deregistrationDelaySeconds),
      loadBalancer.algorithm,
      loadBalancer.slowStartSeconds,
      loadBalancer.stickinessSeconds,
    ],
  ],
  [
    'healthCheck',
    ({ only }) => {
      const check = first(only('aws_lb_target_group').health_check);
      return [
        check.port,
        check.path,
        check.interval,
        check.timeout,
        check.healthy_threshold,
        check.unhealthy_threshold,
        only('aws_ecs_service').health_check_grace_period_seconds,
      ];
    },
    ({
      environment: {
        healthCheck,
        container: { basePath },
      },
    }) => [
      'traffic-port',
      `${basePath}${healthCheck.path}`,
      healthCheck.intervalSeconds,
      healthCheck.timeoutSeconds,
      healthCheck.healthyThreshold,
      healthCheck.unhealthyThreshold,
      healthCheck.gracePeriodSeconds,
    ],
  ],
  [
    'deployment',
    ({ only }) => {
      const service = only('aws_ecs_service');
      return [
        service.deployment_minimum_healthy_percent,
        service.deployment_maximum_percent,
        service.deployment_circuit_breaker,
        service.availability_zone_rebalancing,
      ];
    },
    ({ environment: { deployment } }) => [
      deployment.minimumHealthyPercent,
      deployment.maximumPercent,
      { enable: deployment.circuitBreaker.enabled, rollback: deployment.circuitBreaker.rollback },
      deployment.availabilityZoneRebalancing ? 'ENABLED' : 'DISABLED',
    ],
  ],
  [
    'sessions',
    ({ only }) => {
      const group = only('aws_elasticache_replication_group');
      return [group.node_type, group.num_cache_clusters];
    },
    ({ environment: { sessions } }) => [sessions.nodeType, 1 + sessions.replicas],
  ],
  [
    'storefront',
    (synthesis) =>
      Object.fromEntries(
        (container(synthesis).environment as { readonly name: string; readonly value: string }[])
          .filter(({ name }) => name.startsWith('STOREFRONT'))
          .map(({ name, value }) => [name, value]),
      ),
    ({ environment: { storefront } }) => ({
      STOREFRONT: 'on',
      STOREFRONT_HEADLINE: storefront.headline,
      STOREFRONT_OFFER: storefront.offer,
      STOREFRONT_PRODUCT: storefront.product,
      STOREFRONT_PRICE_CENTS: String(storefront.priceCents),
      STOREFRONT_STOCK: String(storefront.stock),
      STOREFRONT_MAXIMUM_PER_CART: String(storefront.maximumPerCart),
      STOREFRONT_SALE_SECONDS: String(storefront.saleSeconds),
    }),
  ],
  [
    'scaling.policies',
    ({ all }) =>
      all('aws_appautoscaling_policy').map((policy) => {
        const tracking = first(policy.target_tracking_scaling_policy_configuration);
        return [policy.name, tracking.target_value, tracking.scale_out_cooldown, tracking.scale_in_cooldown];
      }),
    ({ environment }) =>
      environment.scaling.policies.flatMap((policy) =>
        policy.type === 'target-tracking'
          ? [
              [
                policy.name,
                targetValue(policy.metric),
                policy.scaleOutCooldownSeconds,
                policy.scaleInCooldownSeconds,
              ],
            ]
          : [],
      ),
  ],
  [
    'observability.alarms',
    ({ stacks }) =>
      Object.fromEntries(
        Object.values(stacks.observability.resource.aws_cloudwatch_metric_alarm ?? {}).map(
          ({ alarm_name, threshold, evaluation_periods, namespace }): [string, unknown] => [
            alarm_name as string,
            [threshold, evaluation_periods, namespace],
          ],
        ),
      ),
    ({ environment }) => {
      const { alarms } = environment.observability;
      const names = resourceNames(environment).alarms;
      return {
        [names.unhealthyHosts]: [0, alarms.unhealthyHostMinutes, 'AWS/ApplicationELB'],
        [names.serverErrors]: [alarms.serverErrorPercent, alarms.serverErrorMinutes, undefined],
        [names.cpu]: [alarms.cpuPercent, alarms.cpuMinutes, 'AWS/ECS'],
        [names.maximumCapacity]: [
          environment.capacity.max,
          alarms.maximumCapacityMinutes,
          'ECS/ContainerInsights',
        ],
        [names.instanceCapacity]: [100, alarms.maximumCapacityMinutes, 'AWS/ECS/ManagedScaling'],
      };
    },
  ],
];

describe.each(presetsOf('ecs-ec2'))('preset %s', (preset) => {
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
  const other: Partial<EnvironmentInput> = {
    compute: {
      kind: 'ecs-ec2',
      cpuUnits: 512,
      memoryMiB: 700,
      instanceType: 't4g.medium',
      instances: { min: 0, max: 9 },
      targetCapacityPercent: 80,
      instanceWarmupSeconds: 120,
      taskPerInstance: false,
      reservedMemoryMiB: 256,
      rootVolumeGiB: 40,
    },
    container: { port: 3001, basePath: '/dev', stopTimeoutSeconds: 45 },
    capacity: { min: 2, max: 8, desired: 3 },
    loadBalancer: { deregistrationDelaySeconds: 20, stickinessSeconds: 600, slowStartSeconds: 60 },
    healthCheck: {
      path: '/ready',
      intervalSeconds: 20,
      timeoutSeconds: 4,
      healthyThreshold: 3,
      unhealthyThreshold: 4,
      gracePeriodSeconds: 75,
    },
    deployment: { minimumHealthyPercent: 50, maximumPercent: 150, circuitBreaker: { rollback: false } },
    sessions: { store: 'redis', nodeType: 'cache.t4g.small', replicas: 0 },
    storefront: { enabled: true, headline: 'Last call', stock: 7, priceCents: 1, saleSeconds: 600 },
    observability: { alarms: { unhealthyHostMinutes: 3, cpuPercent: 70, cpuMinutes: 6 } },
    scaling: {
      policies: [{ type: 'target-tracking', name: 'busy', metric: { kind: 'cpu', targetPercent: 35 } }],
    },
  };
  const synthesis = synthesise('flash-sale', other);
  for (const [, inTerraform, inDescription] of numbers)
    expect(inTerraform(synthesis)).toEqual(inDescription(synthesis));
});
