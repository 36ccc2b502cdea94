import { beforeAll, describe, expect, test } from '@jest/globals';
import { type EnvironmentInput, httpApi, presetNames, profiledInput } from '@tideline/config';
import { type Resource, type Synthesis, everyResource, everyStatement, synthesise } from './synthesise.ts';

const loadBalancer = {
  certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/3f1c',
  domainName: 'shop.example.com',
};

const everything: Partial<EnvironmentInput> = {
  accessLogs: { enabled: true },
  waf: { enabled: true },
  network: { egress: 'nat' },
  loadBalancer,
  container: {
    stressRoutes: true,
    stressTokenSecretArn: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:stress-AbCdEf',
  },
  observability: { tracing: { enabled: true }, alarmEmail: 'owner@example.com' },
};

const variants = [
  ...presetNames.map((preset) => [preset, preset, {}] as const),
  ['load-driven with every option', 'load-driven', everything] as const,
  [
    'load-driven that keeps sessions and files',
    'load-driven',
    { sessions: { store: 'redis' }, files: { store: 's3' } },
  ] as const,
  ['flash-sale with a certificate', 'flash-sale', { loadBalancer }] as const,
  ...presetNames.map(
    (preset) => [`${preset} with profile production`, preset, profiledInput(preset, 'production')] as const,
  ),
  [
    'load-driven behind CloudFront',
    'load-driven',
    { cdn: { enabled: true }, waf: { enabled: true }, accessLogs: { enabled: true } },
  ] as const,
];

/** Actions for which AWS takes no resource (service authorization reference), so that `*` is the only one. */
const withoutResource = new Set([
  'codedeploy:StopDeployment',
  'ecr:GetAuthorizationToken',
  'ecs:DeregisterTaskDefinition',
  'ecs:DiscoverPollEndpoint',
  'logs:CreateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:DescribeLogGroups',
  'logs:DescribeResourcePolicies',
  'logs:GetLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:UpdateLogDelivery',
  'secretsmanager:GetRandomPassword',
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'ssmmessages:OpenControlChannel',
  'ssmmessages:OpenDataChannel',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
]);
/** Lambda takes no function into a VPC whose role may not do these on every resource (Lambda guide, execution role in a VPC). */
const attachingFunctions = new Set([
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:UnassignPrivateIpAddresses',
]);
const reading =
  /^(application-autoscaling|autoscaling|cloudwatch|ec2|ecs|elasticloadbalancing|kms|ssm):(Describe|Get|List)/;

/** A Region is no scope: everything else of the account is in it too. */
const isScope = (condition: unknown): boolean =>
  Object.values((condition ?? {}) as Resource).some((keys) =>
    Object.keys(keys as Resource).some((key) => key !== 'aws:RequestedRegion'),
  );

/** Roles of tasks and instances; those of the load runner are two of them. */
const workingRoles = { fargate: 4, 'ec2-asg': 3, 'ecs-ec2': 5 } as const;
const kindOf = ({ environment }: Synthesis) => environment.compute.kind;

const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : [value].flat();

describe.each(variants)('%s', (_name, preset, over) => {
  let synthesis: Synthesis;
  beforeAll(() => {
    synthesis = synthesise(preset, over);
  });

  // The policy of an endpoint grants nothing: it bounds who gets through. That of a key is about the key alone.
  const grants = () =>
    everyStatement(synthesis).filter(
      ({ type, statement }) => type !== 'aws_vpc_endpoint' && statement.Effect === 'Allow',
    );

  describe('permissions', () => {
    test('no statement allows an action by a wildcard', () => {
      const wide = grants().filter(({ statement }) =>
        listOf(statement.Action).some((action) => action.includes('*')),
      );
      expect(wide).toEqual([]);
    });

    test('a statement on every resource holds only what AWS lets be scoped no further', () => {
      const unscoped = grants()
        .filter(({ type, statement }) => type !== 'aws_kms_key' && !isScope(statement.Condition))
        .filter(({ statement }) => listOf(statement.Resource).includes('*'))
        .flatMap(({ statement }) => listOf(statement.Action))
        .filter((action) => !withoutResource.has(action) && !reading.test(action))
        .filter((action) => !attachingFunctions.has(action));
      expect(unscoped).toEqual([]);
    });

    test('no resource policy allows everybody', () => {
      const open = grants().filter(({ statement }) =>
        JSON.stringify(statement.Principal ?? '').includes('"*"'),
      );
      expect(open).toEqual([]);
    });

    test('every role of a task or an instance is bounded, and no role has an AWS managed policy', () => {
      const working = synthesis
        .all('aws_iam_role')
        .filter(({ assume_role_policy }) => /ecs-tasks|ec2/.test(String(assume_role_policy)));
      expect(working).toHaveLength(workingRoles[kindOf(synthesis)]);
      for (const role of working)
        expect(role.permissions_boundary).toBe('arn:aws:iam::123456789012:policy/tideline-dev-boundary');
      const attached = synthesis
        .all('aws_iam_role_policy_attachment')
        .map(({ policy_arn }) => String(policy_arn));
      expect(attached.filter((arn) => arn.startsWith('arn:aws:iam::aws:'))).toEqual([]);
    });

    test('tasks pull from the repositories of the environment alone, and containers may do next to nothing', () => {
      const pulls = everyStatement(synthesis).filter(
        ({ type, statement }) => type === 'aws_iam_role_policy' && statement.Sid === 'Pull',
      );
      expect(pulls).toHaveLength(kindOf(synthesis) === 'ecs-ec2' ? 3 : 2);
      for (const { statement } of pulls)
        expect(listOf(statement.Resource)).toEqual([
          expect.stringMatching(/input-registry\.outputs\.[\w-]*ecr_repository(app|load-runner)_\w+arn/),
        ]);
    });
  });

  test('the load runner may read what it observes, and no task may read more', () => {
    const observing = everyStatement(synthesis).filter(
      ({ type, statement }) => type === 'aws_iam_role_policy' && statement.Sid.startsWith('Observe'),
    );
    // A group of instances is no ECS service.
    const service = ['arn:aws:ecs:us-east-1:123456789012:service/tideline-dev/tideline-dev-api'];
    expect(observing.map(({ statement }) => statement.Resource)).toEqual(
      kindOf(synthesis) === 'ec2-asg' ? ['*'] : [service, '*'],
    );
    for (const { statement } of observing)
      for (const action of listOf(statement.Action)) expect(action).toMatch(reading);
  });

  describe('network', () => {
    test('nothing but the balancer takes connections from the world', () => {
      const open = synthesis
        .all('aws_vpc_security_group_ingress_rule')
        .filter(({ cidr_ipv4 }) => cidr_ipv4 !== undefined);
      const { environment } = synthesis;
      const ports = environment.loadBalancer.certificateArn === null ? [80] : [80, 443];
      const isOpen = httpApi(environment) === null && !environment.cdn.enabled;
      expect(new Set(open.map(({ from_port }) => from_port))).toEqual(new Set(isOpen ? ports : []));
      for (const { security_group_id } of open) expect(security_group_id).toContain('groups_alb');
    });

    test('no security group has rules of its own', () => {
      for (const group of synthesis.all('aws_security_group')) {
        expect(group).not.toHaveProperty('ingress');
        expect(group).not.toHaveProperty('egress');
      }
    });

    test('no two rules of a group are equal, which EC2 refuses', () => {
      for (const type of ['aws_vpc_security_group_ingress_rule', 'aws_vpc_security_group_egress_rule']) {
        const rules = synthesis.all(type).map((rule) => JSON.stringify({ ...rule, description: null }));
        expect(rules.filter((rule, at) => rules.indexOf(rule) !== at)).toEqual([]);
      }
    });

    test('no task has a public address, and what has none stands in private subnets', () => {
      if (kindOf(synthesis) === 'ecs-ec2') {
        expect(synthesis.only('aws_ecs_service')).not.toHaveProperty('network_configuration');
        expect(synthesis.only('aws_autoscaling_group').vpc_zone_identifier).toEqual([
          expect.stringContaining('network_public-a'),
          expect.stringContaining('network_public-b'),
        ]);
        return;
      }
      if (kindOf(synthesis) === 'ec2-asg') {
        expect(synthesis.only('aws_launch_template')).not.toHaveProperty('network_interfaces');
        expect(synthesis.only('aws_autoscaling_group').vpc_zone_identifier).toEqual([
          expect.stringContaining('network_private-a'),
          expect.stringContaining('network_private-b'),
        ]);
        return;
      }
      const network = synthesis.only('aws_ecs_service').network_configuration as Resource;
      expect(network.assign_public_ip).toBe(false);
      expect(network.subnets).toEqual([
        expect.stringContaining('network_private-a'),
        expect.stringContaining('network_private-b'),
      ]);
    });

    test('tasks have a way to the internet only by a NAT gateway', () => {
      const routes = synthesis.all('aws_route').filter(({ gateway_id }) => gateway_id === undefined);
      expect(routes).toHaveLength(synthesis.environment.network.egress === 'nat' ? 2 : 0);
    });
  });

  describe('data', () => {
    test('every bucket is private, encrypted and reached by TLS alone', () => {
      const buckets = synthesis.all('aws_s3_bucket').length;
      for (const type of [
        'aws_s3_bucket_public_access_block',
        'aws_s3_bucket_server_side_encryption_configuration',
        'aws_s3_bucket_ownership_controls',
        'aws_s3_bucket_policy',
      ])
        expect(synthesis.all(type)).toHaveLength(buckets);
      for (const block of synthesis.all('aws_s3_bucket_public_access_block'))
        expect(block).toMatchObject({
          block_public_acls: true,
          block_public_policy: true,
          ignore_public_acls: true,
          restrict_public_buckets: true,
        });
      for (const { policy } of synthesis.all('aws_s3_bucket_policy'))
        expect(String(policy)).toContain('"Condition":{"Bool":{"aws:SecureTransport":"false"}}');
    });

    test('what holds state cannot be destroyed by mistake', () => {
      const { aws_s3_bucket, aws_dynamodb_table } = synthesis.stacks.state.resource;
      for (const resource of [
        ...Object.values(aws_s3_bucket ?? {}),
        ...Object.values(aws_dynamodb_table ?? {}),
      ])
        expect(resource).toMatchObject({ lifecycle: { prevent_destroy: true } });
      expect(Object.values(aws_s3_bucket ?? {})).toMatchObject([{ force_destroy: false }]);
      expect(Object.values(aws_dynamodb_table ?? {})).toMatchObject([{ deletion_protection_enabled: true }]);
    });

    test('images are scanned and never change under their tag, and full repositories stay', () => {
      for (const repository of synthesis.all('aws_ecr_repository'))
        expect(repository).toMatchObject({
          image_tag_mutability: 'IMMUTABLE',
          image_scanning_configuration: { scan_on_push: true },
          force_delete: false,
        });
    });
  });

  test('every resource is tagged by its provider with project, stage, stack and preset', () => {
    for (const [stack, { provider }] of Object.entries(synthesis.stacks))
      for (const one of provider.aws)
        expect(one).toMatchObject({
          default_tags: [{ tags: { project: 'tideline', stage: 'dev', stack, preset } }],
        });
  });

  test('no stack is deployed with credentials of another account', () => {
    for (const { provider } of Object.values(synthesis.stacks))
      for (const one of provider.aws) expect(one).toMatchObject({ allowed_account_ids: ['123456789012'] });
  });

  test('no secret stands in any stack', () => {
    const text = JSON.stringify(everyResource(synthesis));
    expect(text).not.toMatch(
      /AKIA[0-9A-Z]{16}|"password"|"(STRESS_TOKEN|REDIS_AUTH_TOKEN|SESSION_KEYS)","value":/,
    );
  });
});
