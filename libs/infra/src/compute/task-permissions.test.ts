import { describe, expect, test } from '@jest/globals';
import type { ComputeKindName } from '@tideline/config';
import { environmentOn } from '@tideline/config/testing';
import { allows } from '../../test/permissions.ts';
import { noStores } from '../data/store-references.ts';
import { boundaryStatements } from '../deploy-role/role-boundary.ts';
import { observingStatements, runStatements, taskStatements } from './task-permissions.ts';

const actionsFor = (kind: ComputeKindName): readonly string[] =>
  observingStatements(environmentOn(kind), { accountId: '123456789012' })
    .flatMap(({ Action }) => Action)
    .sort();

const always = [
  'cloudwatch:DescribeAlarms',
  'cloudwatch:GetMetricData',
  'elasticloadbalancing:DescribeTargetHealth',
];
const ofService = [
  'application-autoscaling:DescribeScalableTargets',
  'application-autoscaling:DescribeScalingActivities',
  'application-autoscaling:DescribeScalingPolicies',
  'ecs:DescribeServices',
];
const ofGroup = [
  'autoscaling:DescribeAutoScalingGroups',
  'autoscaling:DescribePolicies',
  'autoscaling:DescribeScalingActivities',
];

describe('the observer may read', () => {
  test.each([
    ['fargate', 'the service', ofService],
    ['ecs-ec2', 'the service, and the group of instances that its tasks run on', [...ofService, ...ofGroup]],
    [
      'ec2-asg',
      'the group, and whether it is being refreshed',
      [...ofGroup, 'autoscaling:DescribeInstanceRefreshes'],
    ],
  ] as const)('of %s: %s', (kind, _what, own) => {
    expect(actionsFor(kind)).toEqual([...always, ...own].sort());
  });
});

describe('a load run', () => {
  const bucket = 'arn:aws:s3:::tideline-dev-runs-123456789012';
  const may = (action: string, key: string) =>
    allows(runStatements(bucket), { action, resource: `${bucket}/${key}` });

  test('leaves its record under the runs and nowhere else', () => {
    expect(may('s3:PutObject', 'runs/load-1/run-record.json')).toBe(true);
    expect(may('s3:PutObject', 'elsewhere/run-record.json')).toBe(false);
  });

  test('reads the profile that it is given, and no record', () => {
    expect(may('s3:GetObject', 'runs/load-1/profile.json')).toBe(true);
    expect(may('s3:GetObject', 'runs/load-1/run-record.json')).toBe(false);
  });

  test('lists and deletes nothing', () => {
    expect(may('s3:DeleteObject', 'runs/load-1/run-record.json')).toBe(false);
    expect(allows(runStatements(bucket), { action: 's3:ListBucket', resource: bucket })).toBe(false);
  });
});

describe('a task that protects itself from scale-in', () => {
  const accountId = '123456789012';
  const of = (enabled: boolean) =>
    environmentOn('fargate', { container: { scaleInProtection: { enabled } } });
  const task = (cluster: string) => `arn:aws:ecs:us-east-1:${accountId}:task/${cluster}/1234567890abcdef0`;
  const actions = ['ecs:GetTaskProtection', 'ecs:UpdateTaskProtection'];

  test('may have ECS’s agent ask for it, of tasks of its own cluster', () => {
    const statements = taskStatements(of(true), { accountId, stores: noStores });
    for (const action of actions) {
      expect(allows(statements, { action, resource: task('tideline-dev') })).toBe(true);
      expect(allows(statements, { action, resource: task('tideline-dev-other') })).toBe(false);
    }
    expect(allows(statements, { action: 'ecs:StopTask', resource: task('tideline-dev') })).toBe(false);
  });

  test('may not where the description has no protection, whose setting needs no bootstrap later', () => {
    expect(taskStatements(of(false), { accountId, stores: noStores })).toEqual([]);
    const boundary = boundaryStatements({ environment: of(false), accountId });
    for (const action of actions)
      expect(allows(boundary, { action, resource: task('tideline-dev') })).toBe(true);
  });

  test('has no counterpart among instances', () => {
    const boundary = boundaryStatements({ environment: environmentOn('ec2-asg'), accountId });
    for (const action of actions)
      expect(allows(boundary, { action, resource: task('tideline-dev') })).toBe(false);
  });
});
