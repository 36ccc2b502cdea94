import { describe, expect, test } from '@jest/globals';
import { type Resource, everyStatement, synthesise } from './synthesise.ts';

const synthesis = synthesise('flash-sale');
const { only, all, stacks } = synthesis;
const first = (value: unknown): Resource => (Array.isArray(value) ? value[0] : value) as Resource;

describe('an instance for tasks', () => {
  test('answers metadata to version 2 alone, and to nobody behind its bridge', () => {
    expect(only('aws_launch_template').metadata_options).toMatchObject({
      http_tokens: 'required',
      http_put_response_hop_limit: 1,
    });
    expect(JSON.stringify(stacks.service)).toContain(
      '--insert DOCKER-USER 1 --in-interface docker+ --destination 169.254.169.254/32 --jump DROP',
    );
  });

  test('boots the image that AWS names for ECS and its architecture', () => {
    const parameters = (instanceType: 't2.small' | 't4g.small') =>
      Object.values(
        synthesise('flash-sale', { compute: { kind: 'ecs-ec2', instanceType } }).stacks.service.data
          ?.aws_ssm_parameter ?? {},
      ).map(({ name }) => name);
    const folder = '/aws/service/ecs/optimized-ami/amazon-linux-2023';
    expect(parameters('t2.small')).toEqual([`${folder}/recommended/image_id`]);
    expect(parameters('t4g.small')).toEqual([`${folder}/arm64/recommended/image_id`]);
  });

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

  test('may do what the ECS agent does, each on its own, and reads no secret', () => {
    const allowed = everyStatement(synthesis).filter(({ at }) =>
      at.startsWith('aws_iam_role_policy.ec2_role'),
    );
    const resources: Readonly<Record<string, string>> = Object.fromEntries(
      allowed.map(({ statement }): [string, string] => [statement.Sid, JSON.stringify(statement.Resource)]),
    );
    expect(Object.keys(resources)).toEqual(['Login', 'Pull', 'Log', 'FindEcs', 'Register', 'Work']);
    expect(resources.Register).toBe('"arn:aws:ecs:us-east-1:123456789012:cluster/tideline-dev"');
    expect(resources.Work).toBe('"arn:aws:ecs:us-east-1:123456789012:container-instance/tideline-dev/*"');
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

test('the session store takes connections from the instances’ group alone', () => {
  const rules = all('aws_vpc_security_group_ingress_rule').filter(({ from_port }) => from_port === 6379);
  expect(rules.map(({ referenced_security_group_id }) => referenced_security_group_id)).toEqual([
    expect.stringContaining('groups_tasks'),
  ]);
});

test('the dashboard shows instances between their bounds, and how much of them is asked for', () => {
  const body = JSON.stringify(only('aws_cloudwatch_dashboard').dashboard_body);
  for (const metric of ['GroupInServiceInstances', 'CapacityProviderReservation', 'RunningTaskCount'])
    expect(body).toContain(metric);
});
