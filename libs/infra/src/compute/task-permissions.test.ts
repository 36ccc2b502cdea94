import { describe, expect, test } from '@jest/globals';
import type { ComputeKindName } from '@tideline/config';
import { environmentOn } from '@tideline/config/testing';
import { observingStatements } from './task-permissions.ts';

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
