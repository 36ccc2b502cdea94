import { describe, expect, test } from '@jest/globals';
import type { ComputeKindName } from '@tideline/config';
import { environmentOn } from '@tideline/config/testing';
import { allows } from '../../test/permissions.ts';
import { observingStatements, runStatements } from './task-permissions.ts';

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
