import { describe, expect, test } from '@jest/globals';
import type { EnvironmentInput } from '@tideline/config';
import { type Resource, everyStatement, first, synthesise } from './synthesise.ts';

const containerInstances = synthesise('flash-sale');
const group = synthesise('stateless-asg');

describe('every instance', () => {
  test.each<readonly [preset: string, over: Partial<EnvironmentInput>, hops: number]>([
    // Behind the bridge nothing reaches the metadata; a container that keeps files itself asks there for credentials.
    ['flash-sale', {}, 1],
    ['stateless-asg', { files: { store: 's3' } }, 2],
    ['stateless-asg', { files: { store: 'none' } }, 1],
  ])('answers metadata to version 2 alone: %s with %j, %i hops away at most', (preset, over, hops) => {
    expect(synthesise(preset, over).only('aws_launch_template').metadata_options).toMatchObject({
      http_tokens: 'required',
      http_put_response_hop_limit: hops,
    });
  });

  test.each([
    ['flash-sale', { kind: 'ecs-ec2', instanceType: 't2.small' }, 'standard'],
    ['flash-sale', { kind: 'ecs-ec2', instanceType: 't2.small', cpuCredits: 'unlimited' }, 'unlimited'],
    ['stateless-asg', { kind: 'ec2-asg', instanceType: 't4g.micro' }, 'unlimited'],
    ['stateless-asg', { kind: 'ec2-asg', cpuCredits: 'standard' }, 'standard'],
  ] as const)('says what it does without CPU credits: %s with %j, %s', (preset, compute, mode) => {
    const { credit_specification } = synthesise(preset, { compute }).only('aws_launch_template');
    expect(credit_specification).toEqual({ cpu_credits: mode });
  });

  const ecs = '/aws/service/ecs/optimized-ami/amazon-linux-2023';
  const plain = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default';
  test.each([
    ['flash-sale', { kind: 'ecs-ec2', instanceType: 't2.small' }, `${ecs}/recommended/image_id`],
    ['flash-sale', { kind: 'ecs-ec2', instanceType: 't4g.small' }, `${ecs}/arm64/recommended/image_id`],
    ['stateless-asg', { kind: 'ec2-asg', instanceType: 't3.micro' }, `${plain}-x86_64`],
    ['stateless-asg', { kind: 'ec2-asg', instanceType: 't4g.micro' }, `${plain}-arm64`],
  ] as const)('boots the image that AWS names for its architecture: %s with %j', (preset, compute, name) => {
    const { data } = synthesise(preset, { compute }).stacks.service;
    expect(Object.values<Resource>(data?.aws_ssm_parameter ?? {})).toEqual([
      expect.objectContaining({ name }) as unknown,
    ]);
  });

  test.each([
    {
      preset: 'flash-sale',
      synthesis: containerInstances,
      role: 'ec2_role',
      resources: {
        Login: /./,
        Pull: /./,
        Log: /./,
        FindEcs: /./,
        Register: /^"arn:aws:ecs:us-east-1:123456789012:cluster\/tideline-dev"$/,
        Work: /^"arn:aws:ecs:us-east-1:123456789012:container-instance\/tideline-dev\/\*"$/,
      },
    },
    {
      preset: 'stateless-asg',
      synthesis: group,
      role: 'asg_role',
      resources: {
        Login: /./,
        Pull: /^\["\$\{[^"]*repositoryapp[^"]*arn\}"\]$/,
        Log: /./,
        Secrets: /session.*token.*session.*keys/,
        Configuration: /^"arn:aws:ssm:us-east-1:123456789012:parameter\/tideline\/dev\/api"$/,
        ManagedInstance: /./,
        SessionManager: /./,
        Files: /\/files\/\*"$/,
        FindFiles: /./,
      },
    },
  ])('of $preset may do what its work takes, each on its own', ({ synthesis, role, resources }) => {
    const allowed = everyStatement(synthesis).filter(({ at }) =>
      at.startsWith(`aws_iam_role_policy.${role}`),
    );
    expect(allowed.map(({ statement }) => statement.Sid)).toEqual(Object.keys(resources));
    for (const [at, pattern] of Object.values<RegExp>(resources).entries())
      expect(JSON.stringify(allowed[at]?.statement.Resource)).toMatch(pattern);
  });

  describe('of a group with a warm pool', () => {
    const pooled = (poolState: 'Stopped' | 'Hibernated') =>
      synthesise('stateless-asg', {
        compute: { kind: 'ec2-asg', rootVolumeGiB: 9, warmPool: { poolState } },
      });
    const stopped = pooled('Stopped');

    test('may tell its own group alone that it has started', () => {
      const allowed = everyStatement(stopped).flatMap(({ at, statement }) =>
        statement.Sid === 'Lifecycle' ? [[at.split('.')[0], statement.Action, statement.Resource]] : [],
      );
      const grant = [
        ['autoscaling:CompleteLifecycleAction'],
        'arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:*:autoScalingGroupName/tideline-dev-api',
      ];
      // Of the role, and of the policy that bounds every role.
      expect(allowed.map(([, ...rest]) => rest)).toEqual([grant, grant]);
      expect(new Set(allowed.map(([type]) => type))).toEqual(
        new Set(['aws_iam_role_policy', 'aws_iam_policy']),
      );
      expect(JSON.stringify(stopped.all('aws_vpc_endpoint'))).toContain('us-east-1.autoscaling');
    });

    test.each([group, stopped])('is not replaced where its pool comes or goes', ({ only }) => {
      expect(only('aws_autoscaling_group').lifecycle).toEqual({
        ignore_changes: ['desired_capacity', 'launch_template', 'initial_lifecycle_hook'],
      });
    });

    test('hibernates only where its pool does', () => {
      expect(pooled('Hibernated').only('aws_launch_template').hibernation_options).toEqual({
        configured: true,
      });
      expect(stopped.only('aws_launch_template')).not.toHaveProperty('hibernation_options');
    });

    test('is counted by metrics that the dashboard shows', () => {
      expect(stopped.only('aws_autoscaling_group').enabled_metrics).toEqual(
        expect.arrayContaining(['WarmPoolDesiredCapacity', 'GroupAndWarmPoolTotalCapacity']),
      );
      expect(JSON.stringify(stopped.only('aws_cloudwatch_dashboard'))).toContain('WarmPoolWarmedCapacity');
      const { lifecycle, ...withoutPool } = group.only('aws_autoscaling_group');
      expect(lifecycle).toBeDefined();
      expect(JSON.stringify(withoutPool)).not.toMatch(/warm_?pool|hook/i);
      expect(JSON.stringify(group.only('aws_cloudwatch_dashboard'))).not.toContain('WarmPool');
    });
  });

  test.each([
    ['flash-sale', containerInstances],
    ['stateless-asg', group],
  ])('of %s reaches the session store, which nothing else does', (_preset, { all }) => {
    const rules = all('aws_vpc_security_group_ingress_rule').filter(({ from_port }) => from_port === 6379);
    expect(rules).toMatchObject([
      {
        referenced_security_group_id: expect.stringContaining('groups_tasks') as unknown,
        security_group_id: expect.stringContaining('groups_sessions') as unknown,
      },
    ]);
  });
});

describe('with an ECS capacity provider', () => {
  const { only, all, stacks } = containerInstances;

  test('an instance answers no metadata behind its bridge', () => {
    expect(JSON.stringify(stacks.service)).toContain(
      '--insert DOCKER-USER 1 --in-interface docker+ --destination 169.254.169.254/32 --jump DROP',
    );
  });

  describe('an instance for tasks', () => {
    test('has an encrypted disk, and a public address that nobody may connect to', () => {
      const template = only('aws_launch_template');
      expect(first(template.block_device_mappings).ebs).toMatchObject({
        encrypted: 'true',
        volume_type: 'gp3',
        volume_size: 30,
      });
      expect(template.network_interfaces).toMatchObject([{ associate_public_ip_address: 'true' }]);
      expect(template).not.toHaveProperty('vpc_security_group_ids');
      const open = all('aws_vpc_security_group_ingress_rule').filter(
        ({ cidr_ipv4, prefix_list_id }) => cidr_ipv4 !== undefined || prefix_list_id !== undefined,
      );
      expect(open.map(({ security_group_id }) => String(security_group_id))).toEqual([
        expect.stringContaining('groups_alb'),
      ]);
    });

    test('takes connections on the ports that Docker hands out, from the balancer alone', () => {
      const rules = all('aws_vpc_security_group_ingress_rule').filter(({ security_group_id }) =>
        String(security_group_id).includes('groups_tasks'),
      );
      expect(rules).toMatchObject([
        {
          from_port: 32_768,
          to_port: 60_999,
          referenced_security_group_id: expect.stringContaining('groups_alb') as unknown,
        },
      ]);
      expect(JSON.stringify(stacks.service)).toContain('ECS_DYNAMIC_HOST_PORT_RANGE=32768-60999');
    });

    test('reaches AWS from its own address, by no gateway and no interface endpoint', () => {
      expect(all('aws_nat_gateway')).toEqual([]);
      expect(all('aws_vpc_endpoint').map(({ vpc_endpoint_type }) => vpc_endpoint_type)).toEqual([
        'Gateway',
        'Gateway',
      ]);
    });
  });

  describe('the capacity provider', () => {
    test('launches, protects and drains the instances of its group', () => {
      const provider = first(only('aws_ecs_capacity_provider').auto_scaling_group_provider);
      expect(provider).toMatchObject({
        managed_scaling: { status: 'ENABLED' },
        managed_termination_protection: 'ENABLED',
        managed_draining: 'ENABLED',
      });
      expect(only('aws_autoscaling_group')).toMatchObject({
        protect_from_scale_in: true,
        tag: expect.arrayContaining([
          { key: 'AmazonECSManaged', value: 'true', propagate_at_launch: true },
        ]) as unknown,
      });
      expect(only('aws_autoscaling_group')).not.toHaveProperty('desired_capacity');
    });

    test('goes after the service and before its group, which ends protected instances by force', () => {
      expect(only('aws_ecs_service').depends_on).toContainEqual(
        expect.stringContaining('aws_ecs_cluster_capacity_providers.'),
      );
      expect(JSON.stringify(only('aws_ecs_cluster_capacity_providers'))).toContain(
        'aws_ecs_capacity_provider.',
      );
      expect(JSON.stringify(only('aws_ecs_capacity_provider'))).toContain('aws_autoscaling_group.');
      expect(only('aws_autoscaling_group').force_delete).toBe(true);
    });
  });

  test('a task may use the CPU that nobody else on its instance does, having no limit of its own', () => {
    const definition = all('aws_ecs_task_definition').find(({ family }) => family === 'tideline-dev-api');
    expect(definition).toMatchObject({ network_mode: 'bridge', requires_compatibilities: ['EC2'] });
    for (const limit of ['cpu', 'memory']) expect(definition).not.toHaveProperty(limit);
  });

  test('the service spreads its tasks over zones, then fills instances', () => {
    const service = only('aws_ecs_service');
    expect(service).not.toHaveProperty('launch_type');
    expect(service.ordered_placement_strategy).toEqual([
      { type: 'spread', field: 'attribute:ecs.availability-zone' },
      { type: 'binpack', field: 'memory' },
    ]);
    expect(service.capacity_provider_strategy).toMatchObject([{ weight: 1 }]);
  });

  test('the dashboard shows instances between their bounds, and how much of them is asked for', () => {
    const body = JSON.stringify(only('aws_cloudwatch_dashboard').dashboard_body);
    for (const metric of ['GroupInServiceInstances', 'CapacityProviderReservation', 'RunningTaskCount'])
      expect(body).toContain(metric);
  });
});

describe('with an Auto Scaling group', () => {
  const { only, all, stacks } = group;

  describe('an instance', () => {
    test('boots the image of one version for all', () => {
      expect(only('aws_launch_template').image_id).toMatch(/^\$\{data\.aws_ssm_parameter\./);
    });

    test('measures itself every minute, and carries the environment’s tags', () => {
      expect(only('aws_launch_template')).toMatchObject({
        monitoring: { enabled: true },
        tag_specifications: [
          { resource_type: 'instance', tags: { project: 'tideline', stage: 'dev', stack: 'service' } },
          { resource_type: 'volume', tags: { project: 'tideline', stage: 'dev', stack: 'service' } },
        ],
      });
    });

    test('is reached by SSH from nowhere unless an address is named', () => {
      const ssh = all('aws_vpc_security_group_ingress_rule').filter(({ from_port }) => from_port === 22);
      expect(ssh).toEqual([]);
    });
  });

  describe('the session store', () => {
    test('is Redis 7 with TLS, a token and encrypted disks, and fails over by itself', () => {
      expect(only('aws_elasticache_replication_group')).toMatchObject({
        engine: 'redis',
        engine_version: '7.1',
        parameter_group_name: 'default.redis7',
        transit_encryption_enabled: true,
        transit_encryption_mode: 'required',
        at_rest_encryption_enabled: 'true',
        multi_az_enabled: true,
        automatic_failover_enabled: true,
        auth_token: expect.stringContaining('secret_string') as unknown,
      });
    });

    test('is told by its primary endpoint, which moves with a failover', () => {
      expect(stacks.data.output.sessionStoreEndpoint?.value).toMatch(/primary_endpoint_address\}:6379$/);
    });
  });

  test('generated secrets are ephemeral, and written without being remembered', () => {
    const versions = all('aws_secretsmanager_secret_version');
    expect(versions).toHaveLength(2);
    for (const version of versions) {
      expect(version.secret_string_wo).toMatch(/^\$\{ephemeral\.aws_secretsmanager_random_password\./);
      expect(version).not.toHaveProperty('secret_string');
    }
  });

  describe('scaling activities', () => {
    test('are told to the topic of the alarms', () => {
      expect(only('aws_autoscaling_notification')).toMatchObject({
        notifications: [
          'autoscaling:EC2_INSTANCE_LAUNCH',
          'autoscaling:EC2_INSTANCE_LAUNCH_ERROR',
          'autoscaling:EC2_INSTANCE_TERMINATE',
          'autoscaling:EC2_INSTANCE_TERMINATE_ERROR',
        ],
        topic_arn: expect.stringContaining('aws_sns_topic') as unknown,
      });
    });
  });
});

const cpu = {
  type: 'target-tracking' as const,
  name: 'cpu',
  metric: { kind: 'cpu' as const, targetPercent: 50 },
};

test.each([
  [{}, []],
  [{ scheduledScalingSuspended: true }, ['ScheduledActions']],
  [{ dynamicScalingInSuspended: true, dynamicScalingOutSuspended: true }, ['AlarmNotification']],
])('a group suspends the processes that stand for %j', (suspendedState, processes) => {
  const { only } = synthesise('stateless-asg', { scaling: { policies: [cpu], suspendedState } });
  expect(only('aws_autoscaling_group').suspended_processes).toEqual(processes);
});
