import type { Statement } from '../ground/policy-document.ts';
import type { DeployScope, OwnTags } from './deploy-scope.ts';
import { launchStatements } from './launch-statements.ts';

/** What deploying a group of instances takes. */
export function autoScalingGroupStatements(scope: DeployScope, tags: OwnTags): readonly Statement[] {
  const { autoScalingGroup, parameters } = scope;
  return [
    {
      Sid: 'Read',
      Effect: 'Allow',
      Action: [
        'autoscaling:DescribeAutoScalingGroups',
        'autoscaling:DescribeAutoScalingInstances',
        'autoscaling:DescribeInstanceRefreshes',
        'autoscaling:DescribeLifecycleHooks',
        'autoscaling:DescribeNotificationConfigurations',
        'autoscaling:DescribePolicies',
        'autoscaling:DescribeScalingActivities',
        'autoscaling:DescribeScheduledActions',
        'autoscaling:DescribeTags',
        'autoscaling:DescribeWarmPool',
        'ec2:DescribeImages',
        'ec2:DescribeInstances',
        'ec2:DescribeInstanceTypes',
        'ec2:DescribeLaunchTemplates',
        'ec2:DescribeLaunchTemplateVersions',
        'ssm:DescribeParameters',
      ],
      // These take no resources (service authorization reference).
      Resource: '*',
    },
    {
      Sid: 'Group',
      Effect: 'Allow',
      Action: [
        'autoscaling:CancelInstanceRefresh',
        'autoscaling:CreateAutoScalingGroup',
        'autoscaling:CreateOrUpdateTags',
        'autoscaling:DeleteAutoScalingGroup',
        'autoscaling:DeleteLifecycleHook',
        'autoscaling:DeleteNotificationConfiguration',
        'autoscaling:DeletePolicy',
        'autoscaling:DeleteScheduledAction',
        'autoscaling:DeleteTags',
        'autoscaling:DeleteWarmPool',
        'autoscaling:DisableMetricsCollection',
        'autoscaling:EnableMetricsCollection',
        'autoscaling:PutLifecycleHook',
        'autoscaling:PutNotificationConfiguration',
        'autoscaling:PutScalingPolicy',
        'autoscaling:PutScheduledUpdateGroupAction',
        'autoscaling:PutWarmPool',
        'autoscaling:SetDesiredCapacity',
        'autoscaling:StartInstanceRefresh',
        'autoscaling:UpdateAutoScalingGroup',
      ],
      Resource: autoScalingGroup,
    },
    {
      Sid: 'Parameters',
      Effect: 'Allow',
      Action: [
        'ssm:AddTagsToResource',
        'ssm:DeleteParameter',
        'ssm:GetParameter',
        'ssm:GetParameters',
        'ssm:ListTagsForResource',
        'ssm:PutParameter',
        'ssm:RemoveTagsFromResource',
      ],
      Resource: parameters,
    },
    ...launchStatements(scope, { tags, machineImages: 'ami-amazon-linux-latest' }),
  ];
}

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
