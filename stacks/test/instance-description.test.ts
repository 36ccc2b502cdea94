import { beforeAll, describe, expect, test } from '@jest/globals';
import { type EnvironmentInput, instanceTypes, resourceNames, targetValue } from '@tideline/config';
import { type Resource, type Synthesis, presetsOf, stickinessSeconds, synthesise } from './synthesise.ts';

const first = (value: unknown): Resource => (Array.isArray(value) ? value[0] : value) as Resource;

const instances = ({ environment: { compute } }: Synthesis) => {
  if (compute.kind !== 'ec2-asg') throw new Error(`expected instances, got ${compute.kind}`);
  return compute;
};

/** Every number of a preset of instances that is at work, in Terraform and in the description that the twin executes. */
const numbers: readonly (readonly [
  name: string,
  inTerraform: (synthesis: Synthesis) => unknown,
  inDescription: (synthesis: Synthesis) => unknown,
])[] = [
  [
    'capacity',
    ({ only }) => {
      const { min_size, max_size, desired_capacity } = only('aws_autoscaling_group');
      return { min: min_size, max: max_size, desired: desired_capacity };
    },
    ({ environment }) => environment.capacity,
  ],
  [
    'compute.instanceType',
    ({ only }) => only('aws_launch_template').instance_type,
    (synthesis) => instances(synthesis).instanceType,
  ],
  [
    'compute.rootVolumeGiB, encrypted',
    ({ only }) => {
      const { ebs } = first(only('aws_launch_template').block_device_mappings) as { ebs: Resource };
      return [ebs.volume_size, ebs.encrypted];
    },
    (synthesis) => [instances(synthesis).rootVolumeGiB, 'true'],
  ],
  [
    'compute.warmupSeconds',
    ({ only }) => only('aws_autoscaling_group').default_instance_warmup,
    (synthesis) => instances(synthesis).warmupSeconds,
  ],
  [
    'compute.hostPort, of the target group',
    ({ only }) => {
      const { port, target_type } = only('aws_lb_target_group');
      return [port, target_type];
    },
    (synthesis) => [instances(synthesis).hostPort, 'instance'],
  ],
  [
    'compute.hostPort, to the instances alone',
    ({ all }) =>
      all('aws_vpc_security_group_ingress_rule')
        .filter(({ description }) => description === 'From the balancer')
        .map(({ from_port, to_port, security_group_id }) => [
          from_port,
          to_port,
          String(security_group_id).includes('groups_tasks'),
        ]),
    (synthesis) => [[instances(synthesis).hostPort, instances(synthesis).hostPort, true]],
  ],
  [
    'compute.keyName',
    ({ only }) => only('aws_launch_template').key_name ?? null,
    (synthesis) => instances(synthesis).keyName,
  ],
  [
    'compute.sshFromCidr',
    ({ all }) =>
      all('aws_vpc_security_group_ingress_rule')
        .filter(({ from_port }) => from_port === 22)
        .map(({ cidr_ipv4 }) => cidr_ipv4),
    (synthesis) => [instances(synthesis).sshFromCidr].filter((range) => range !== null),
  ],
  [
    'loadBalancer, of the target group',
    ({ only }) => {
      const group = only('aws_lb_target_group');
      return [
        group.deregistration_delay,
        group.load_balancing_algorithm_type,
        group.slow_start,
        stickinessSeconds(group),
        group.load_balancing_cross_zone_enabled,
      ];
    },
    ({ environment: { loadBalancer } }) => [
      String(loadBalancer.deregistrationDelaySeconds),
      loadBalancer.algorithm,
      loadBalancer.slowStartSeconds,
      loadBalancer.stickinessSeconds,
      'true',
    ],
  ],
  [
    'healthCheck',
    ({ only }) => {
      const check = first(only('aws_lb_target_group').health_check);
      return [
        check.path,
        check.interval,
        check.timeout,
        check.healthy_threshold,
        check.unhealthy_threshold,
        only('aws_autoscaling_group').health_check_grace_period,
        only('aws_autoscaling_group').health_check_type,
      ];
    },
    ({ environment: { healthCheck, container } }) => [
      `${container.basePath}${healthCheck.path}`,
      healthCheck.intervalSeconds,
      healthCheck.timeoutSeconds,
      healthCheck.healthyThreshold,
      healthCheck.unhealthyThreshold,
      healthCheck.gracePeriodSeconds,
      'ELB',
    ],
  ],
  [
    'sessions',
    ({ only }) => {
      const group = only('aws_elasticache_replication_group');
      return [
        group.node_type,
        group.num_cache_clusters,
        group.multi_az_enabled,
        group.automatic_failover_enabled,
      ];
    },
    ({ environment: { sessions } }) => [
      sessions.nodeType,
      1 + sessions.replicas,
      sessions.replicas > 0,
      sessions.replicas > 0,
    ],
  ],
  [
    'files.coldAfterDays',
    ({ stacks }) =>
      /"transition":\[\{"days":(\d+),"storage_class":"STANDARD_IA"\}\]/.exec(
        JSON.stringify(stacks.data),
      )?.[1],
    ({ environment }) => String(environment.files.coldAfterDays),
  ],
  [
    'files.expireAfterDays',
    ({ stacks }) => /"expiration":\[\{"days":(\d+)\}\]/.exec(JSON.stringify(stacks.data))?.[1],
    ({ environment }) => String(environment.files.expireAfterDays),
  ],
  [
    'protection.files',
    ({ stacks }) => Object.values<Resource>(stacks.data.resource.aws_s3_bucket ?? {})[0]?.force_destroy,
    ({ environment }) => !environment.protection.files,
  ],
  [
    'what the backend reads when it starts',
    ({ only }) =>
      String(only('aws_ssm_parameter').insecure_value)
        .replace(/\$\{.*_endpoint_address\}/, 'primary')
        .replace(/\$\{.*bucket\}/, 'uploads')
        .split('\n')
        .sort(),
    (synthesis) => {
      const { container, loadBalancer, sessions, files } = synthesis.environment;
      return [
        `PORT=${container.port}`,
        `BASE_PATH=${container.basePath}`,
        `TASK_CPU_UNITS=${instanceTypes[instances(synthesis).instanceType].vcpus * 1024}`,
        `CPU_MILLISECONDS_PER_REQUEST=${container.cpuMillisecondsPerRequest}`,
        'STRESS_ENABLED=false',
        `IDLE_TIMEOUT_SECONDS=${loadBalancer.idleTimeoutSeconds}`,
        `STOP_TIMEOUT_SECONDS=${container.stopTimeoutSeconds}`,
        'SESSION_STORE=redis',
        'REDIS_URL=rediss://primary:6379',
        `SESSION_IDLE_SECONDS=${sessions.idleSeconds}`,
        'FILE_STORE=s3',
        'FILES_BUCKET=uploads',
        `MAX_FILE_BYTES=${files.maximumFileMiB * 1_048_576}`,
      ].sort();
    },
  ],
  [
    'scaling.policies',
    ({ all }) =>
      all('aws_autoscaling_policy').map((policy) => [
        policy.name,
        first(policy.target_tracking_configuration).target_value,
      ]),
    ({ environment }) =>
      environment.scaling.policies.flatMap((policy) =>
        policy.type === 'target-tracking' ? [[policy.name, targetValue(policy.metric)]] : [],
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
        [names.cpu]: [alarms.cpuPercent, alarms.cpuMinutes, 'AWS/EC2'],
        [names.maximumCapacity]: [environment.capacity.max, alarms.maximumCapacityMinutes, 'AWS/AutoScaling'],
      };
    },
  ],
];

describe.each(presetsOf('ec2-asg'))('preset %s', (preset) => {
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
      kind: 'ec2-asg',
      instanceType: 't4g.small',
      hostPort: 8080,
      rootVolumeGiB: 20,
      warmupSeconds: 120,
      sshFromCidr: '10.8.0.0/24',
      keyName: 'operators',
    },
    container: { port: 3001, basePath: '/dev', stopTimeoutSeconds: 45 },
    capacity: { min: 1, max: 4, desired: 3 },
    loadBalancer: {
      idleTimeoutSeconds: 90,
      deregistrationDelaySeconds: 20,
      stickinessSeconds: 600,
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
    sessions: { store: 'redis', nodeType: 'cache.t4g.small', replicas: 0, idleSeconds: 600 },
    files: { store: 's3', maximumFileMiB: 5, coldAfterDays: 90, expireAfterDays: 120 },
    protection: { files: false },
    observability: { alarms: { unhealthyHostMinutes: 3, cpuPercent: 70, cpuMinutes: 6 } },
    scaling: {
      policies: [{ type: 'target-tracking', name: 'busy', metric: { kind: 'cpu', targetPercent: 35 } }],
    },
  };
  const synthesis = synthesise('stateless-asg', other);
  for (const [, inTerraform, inDescription] of numbers)
    expect(inTerraform(synthesis)).toEqual(inDescription(synthesis));
});
