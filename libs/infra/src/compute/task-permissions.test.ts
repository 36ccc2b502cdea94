import { describe, expect, test } from '@jest/globals';
import { presetInput, resolveEnvironment } from '@tideline/config';
import { observingStatements } from './task-permissions.ts';

const actionsFor = (preset: string): readonly string[] =>
  observingStatements(resolveEnvironment(presetInput(preset)), { accountId: '123456789012' })
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

describe('whoever observes may read', () => {
  test.each([
    ['load-driven', 'the service', ofService],
    [
      'flash-sale',
      'the service, and the group of instances that its tasks run on',
      [...ofService, ...ofGroup],
    ],
    [
      'stateless-asg',
      'the group, and whether it is being refreshed',
      [...ofGroup, 'autoscaling:DescribeInstanceRefreshes'],
    ],
  ])('of %s: %s', (preset, _what, own) => {
    expect(actionsFor(preset)).toEqual([...always, ...own].sort());
  });
});
