import { describe, expect, test } from '@jest/globals';
import { everyStatement, synthesise } from './synthesise.ts';

const synthesis = synthesise('stateless-asg');
const { only, all, stacks } = synthesis;

describe('an instance', () => {
  test('answers metadata to version 2 alone, one hop further where its container asks for credentials', () => {
    const options = (files: 's3' | 'none') =>
      synthesise('stateless-asg', { files: { store: files } }).only('aws_launch_template').metadata_options;
    expect(options('s3')).toMatchObject({ http_tokens: 'required', http_put_response_hop_limit: 2 });
    expect(options('none')).toMatchObject({ http_tokens: 'required', http_put_response_hop_limit: 1 });
  });

  test('boots the image that AWS names for its architecture, in one version for all', () => {
    const parameters = (instanceType: 't3.micro' | 't4g.micro') =>
      Object.values(
        synthesise('stateless-asg', { compute: { kind: 'ec2-asg', instanceType } }).stacks.service.data
          ?.aws_ssm_parameter ?? {},
      ).map(({ name }) => name);
    expect(parameters('t3.micro')).toEqual([
      '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
    ]);
    expect(parameters('t4g.micro')).toEqual([
      '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64',
    ]);
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

  test('may do what its work takes, each on its own', () => {
    const allowed = everyStatement(synthesis).filter(
      ({ at, type }) => at.includes('asg_role') && type === 'aws_iam_role_policy',
    );
    const resources: Readonly<Record<string, string>> = Object.fromEntries(
      allowed.map(({ statement }): [string, string] => [statement.Sid, JSON.stringify(statement.Resource)]),
    );
    expect(Object.keys(resources)).toEqual([
      'Login',
      'Pull',
      'Log',
      'Secrets',
      'Configuration',
      'ManagedInstance',
      'SessionManager',
      'Files',
      'FindFiles',
    ]);
    expect(resources.Pull).toMatch(/^\["\$\{[^"]*repositoryapp[^"]*arn\}"\]$/);
    expect(resources.Configuration).toBe('"arn:aws:ssm:us-east-1:123456789012:parameter/tideline/dev/api"');
    expect(resources.Secrets).toMatch(/session.*token.*session.*keys/);
    expect(resources.Files).toMatch(/\/files\/\*"$/);
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

  test('takes connections from the tasks and instances alone', () => {
    const rules = all('aws_vpc_security_group_ingress_rule').filter(({ from_port }) => from_port === 6379);
    expect(rules).toHaveLength(1);
    expect(rules[0]?.referenced_security_group_id).toContain('groups_tasks');
    expect(rules[0]?.security_group_id).toContain('groups_sessions');
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

describe('CloudFront in front', () => {
  const {
    only: one,
    all: every,
    stacks: behind,
  } = synthesise('stateless-asg', {
    cdn: { enabled: true, priceClass: 'PriceClass_200' },
  });

  test('is all that the balancer answers', () => {
    const entry = every('aws_vpc_security_group_ingress_rule').filter(
      ({ description }) => description === 'From CloudFront',
    );
    expect(entry).toMatchObject([{ from_port: 80, prefix_list_id: expect.stringContaining('prefix_list') }]);
    expect(
      every('aws_vpc_security_group_ingress_rule').some(({ cidr_ipv4 }) => cidr_ipv4 !== undefined),
    ).toBe(false);
  });

  test('caches nothing, passes cookies on, and speaks TLS to clients', () => {
    expect(one('aws_cloudfront_distribution')).toMatchObject({
      price_class: 'PriceClass_200',
      default_cache_behavior: {
        cache_policy_id: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
        origin_request_policy_id: '33f36d7e-f396-46d9-90e0-52428a34d9dc',
        viewer_protocol_policy: 'redirect-to-https',
      },
    });
    expect(behind.service.output.url?.value).toMatch(/^https:.*cloudfront_distribution/);
  });
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
