import { beforeAll, describe, expect, test } from '@jest/globals';
import { presetNames, profiledInput } from '@tideline/config';
import { type Resource, type Synthesis, everyResource, synthesise } from './synthesise.ts';

const hardened = (preset: string, over: Parameters<typeof synthesise>[1] = {}) =>
  synthesise(preset, { ...profiledInput(preset, 'production'), ...over });

/** Each stack’s names of the resources of a type. */
const where = (synthesis: Synthesis, type: string): readonly string[] =>
  everyResource(synthesis)
    .filter((resource) => resource.type === type)
    .map(({ stack }) => stack);

const statementsOf = (resource: Resource | undefined) =>
  (JSON.parse(String(resource?.policy)) as { readonly Statement: readonly Resource[] }).Statement;

describe.each(presetNames)('the stacks of %s with the profile production', (preset) => {
  let plain: Synthesis;
  let production: Synthesis;
  beforeAll(() => {
    plain = synthesise(preset);
    production = hardened(preset);
  });

  test('have flow logs of refused traffic, with a role that may write them and nothing else', () => {
    const flowLog = production.only('aws_flow_log');
    expect(flowLog).toMatchObject({ traffic_type: 'REJECT' });
    expect(String(flowLog.log_destination)).toContain('aws_cloudwatch_log_group.flow-logs');
    const { network } = production.stacks;
    const [role] = Object.values(network.resource.aws_iam_role ?? {});
    expect(role).toMatchObject({
      permissions_boundary: 'arn:aws:iam::123456789012:policy/tideline-dev-boundary',
    });
    expect(String(role?.assume_role_policy)).toContain('"Service":"vpc-flow-logs.amazonaws.com"');
    expect(String(role?.assume_role_policy)).toContain('"aws:SourceAccount":"123456789012"');
    expect(where(plain, 'aws_flow_log')).toEqual([]);
  });

  test('encrypt every log group under one key that AWS rotates, and the topic under another', () => {
    expect(where(production, 'aws_kms_key')).toEqual(['network', 'observability']);
    for (const key of production.all('aws_kms_key'))
      expect(key).toMatchObject({ enable_key_rotation: true, deletion_window_in_days: 30 });
    expect(production.all('aws_kms_alias').map(({ name }) => name)).toEqual([
      'alias/tideline-dev-logs',
      'alias/tideline-dev-alarms',
    ]);
    const groups = production.all('aws_cloudwatch_log_group');
    expect(groups.length).toBeGreaterThan(plain.all('aws_cloudwatch_log_group').length);
    for (const { kms_key_id } of groups) expect(String(kms_key_id)).toContain('log-key');
    expect(String(production.only('aws_sns_topic').kms_master_key_id)).toContain('topic_key');
    for (const group of plain.all('aws_cloudwatch_log_group')) expect(group).not.toHaveProperty('kms_key_id');
    expect(plain.only('aws_sns_topic')).not.toHaveProperty('kms_master_key_id');
    expect(where(plain, 'aws_kms_key')).toEqual([]);
  });

  test('let CloudWatch Logs use the key for groups of the environment alone, and alarms that of the topic', () => {
    const [logKey, alarmKey] = production.all('aws_kms_key').map(statementsOf);
    expect(logKey?.find(({ Sid }) => Sid === 'Logs')).toMatchObject({
      Principal: { Service: 'logs.us-east-1.amazonaws.com' },
      Condition: {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn':
            'arn:aws:logs:us-east-1:123456789012:log-group:*tideline-dev*',
        },
      },
    });
    expect(alarmKey?.find(({ Sid }) => Sid === 'Alarms')).toMatchObject({
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
    });
    const notifies = production.all('aws_autoscaling_notification').length > 0;
    expect(alarmKey?.some(({ Sid }) => Sid === 'Notifications')).toBe(notifies);
  });

  test('let identities of the account alone through the endpoints, and anyone to the public buckets', () => {
    const endpoints = production.all('aws_vpc_endpoint');
    for (const endpoint of endpoints) {
      const [account, publicObjects] = statementsOf(endpoint);
      expect(account).toMatchObject({
        Condition: { StringEquals: { 'aws:PrincipalAccount': '123456789012' } },
      });
      const isStore = String(endpoint.service_name).endsWith('.s3');
      expect(publicObjects?.Resource).toEqual(
        isStore
          ? [
              'arn:aws:s3:::prod-us-east-1-starport-layer-bucket/*',
              'arn:aws:s3:::al2023-repos-us-east-1-de612dc2/*',
            ]
          : undefined,
      );
    }
    for (const endpoint of plain.all('aws_vpc_endpoint')) expect(endpoint).not.toHaveProperty('policy');
    expect(plain.all('aws_vpc_endpoint')).toHaveLength(endpoints.length);
  });

  test('keep deleted secrets for 30 days, and without the profile not at all', () => {
    const windows = ({ all }: Synthesis) =>
      all('aws_secretsmanager_secret').map(({ recovery_window_in_days }) => recovery_window_in_days);
    expect(new Set(windows(production))).toEqual(new Set(windows(plain).length === 0 ? [] : [30]));
    expect(new Set(windows(plain))).toEqual(new Set(windows(plain).length === 0 ? [] : [0]));
  });
});

test('flow logs of all traffic are those that the description asks for', () => {
  const synthesis = hardened('load-driven', { network: { flowLogs: { enabled: true, traffic: 'ALL' } } });
  expect(synthesis.only('aws_flow_log').traffic_type).toBe('ALL');
});

test('in China keys and endpoints have the partition’s own names', () => {
  const synthesis = hardened('load-driven', { region: 'cn-north-1' });
  const [logKey] = synthesis.all('aws_kms_key').map(statementsOf);
  expect(logKey?.find(({ Sid }) => Sid === 'Logs')?.Principal).toEqual({
    Service: 'logs.cn-north-1.amazonaws.com.cn',
  });
  const store = synthesis
    .all('aws_vpc_endpoint')
    .find(({ service_name }) => String(service_name).endsWith('.s3'));
  expect(JSON.stringify(statementsOf(store))).toContain('arn:aws-cn:s3:::prod-cn-north-1-starport');
});
