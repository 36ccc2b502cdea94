import type { OwnTags } from './deploy-conditions.ts';
import { launchStatements } from './launch-statements.ts';
import type { DeployScope } from './deploy-scope.ts';
import type { Statement } from '../ground/policy-document.ts';

/** What deploying instances for tasks takes: a group that ECS scales, and the capacity provider by which it does. */
export function capacityProviderStatements(scope: DeployScope, tags: OwnTags): readonly Statement[] {
  const { autoScalingGroup, capacityProvider } = scope;
  return [
    {
      Sid: 'Read',
      Effect: 'Allow',
      Action: [
        'autoscaling:DescribeAutoScalingGroups',
        'autoscaling:DescribeScalingActivities',
        'autoscaling:DescribeTags',
        'ec2:DescribeImages',
        'ec2:DescribeInstances',
        'ec2:DescribeInstanceTypes',
        'ec2:DescribeLaunchTemplates',
        'ec2:DescribeLaunchTemplateVersions',
      ],
      // These take no resources (service authorization reference).
      Resource: '*',
    },
    {
      Sid: 'Group',
      Effect: 'Allow',
      Action: [
        'autoscaling:CreateAutoScalingGroup',
        // ECS marks the group as its own in the name of who makes the capacity provider.
        'autoscaling:CreateOrUpdateTags',
        'autoscaling:DeleteAutoScalingGroup',
        'autoscaling:DeleteTags',
        'autoscaling:DisableMetricsCollection',
        'autoscaling:EnableMetricsCollection',
        'autoscaling:UpdateAutoScalingGroup',
      ],
      Resource: autoScalingGroup,
    },
    {
      Sid: 'CapacityProvider',
      Effect: 'Allow',
      Action: [
        'ecs:CreateCapacityProvider',
        'ecs:DeleteCapacityProvider',
        'ecs:DescribeCapacityProviders',
        'ecs:ListTagsForResource',
        'ecs:TagResource',
        'ecs:UntagResource',
        'ecs:UpdateCapacityProvider',
      ],
      Resource: capacityProvider,
    },
    ...launchStatements(scope, { tags, machineImages: 'ecs/optimized-ami' }),
  ];
}
