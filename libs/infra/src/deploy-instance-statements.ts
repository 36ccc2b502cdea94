import type { DeployScope } from './deploy-scope.ts';
import type { Statement } from './policy-document.ts';

/** What deploying a group of instances takes. */
export function instanceGroupStatements(
  { region, autoScalingGroup, instanceRole, instanceProfile, parameters, accountId }: DeployScope,
  tags: { readonly project: string; readonly stage: string },
): readonly Statement[] {
  const inRegion = { 'aws:RequestedRegion': region };
  return [
    {
      Sid: 'Read',
      Effect: 'Allow',
      Action: [
        'autoscaling:DescribeAutoScalingGroups',
        'autoscaling:DescribeAutoScalingInstances',
        'autoscaling:DescribeInstanceRefreshes',
        'autoscaling:DescribeNotificationConfigurations',
        'autoscaling:DescribePolicies',
        'autoscaling:DescribeScalingActivities',
        'autoscaling:DescribeScheduledActions',
        'autoscaling:DescribeTags',
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
        'autoscaling:DeleteNotificationConfiguration',
        'autoscaling:DeletePolicy',
        'autoscaling:DeleteScheduledAction',
        'autoscaling:DeleteTags',
        'autoscaling:DisableMetricsCollection',
        'autoscaling:EnableMetricsCollection',
        'autoscaling:PutNotificationConfiguration',
        'autoscaling:PutScalingPolicy',
        'autoscaling:PutScheduledUpdateGroupAction',
        'autoscaling:SetDesiredCapacity',
        'autoscaling:StartInstanceRefresh',
        'autoscaling:UpdateAutoScalingGroup',
      ],
      Resource: autoScalingGroup,
    },
    {
      // Who launches by a template needs what the template does; instances carry the environment’s tags from it.
      Sid: 'Launch',
      Effect: 'Allow',
      Action: ['ec2:CreateLaunchTemplate', 'ec2:RunInstances'],
      Resource: '*',
      Condition: { StringEquals: inRegion },
    },
    {
      Sid: 'Template',
      Effect: 'Allow',
      Action: [
        'ec2:CreateLaunchTemplateVersion',
        'ec2:DeleteLaunchTemplate',
        'ec2:DeleteLaunchTemplateVersions',
        'ec2:GetLaunchTemplateData',
        'ec2:ModifyLaunchTemplate',
      ],
      Resource: `arn:aws:ec2:${region}:${accountId}:launch-template/*`,
      Condition: {
        StringEquals: {
          ...inRegion,
          'aws:ResourceTag/project': tags.project,
          'aws:ResourceTag/stage': tags.stage,
        },
      },
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
    {
      Sid: 'MachineImage',
      Effect: 'Allow',
      Action: ['ssm:GetParameter'],
      Resource: `arn:aws:ssm:${region}::parameter/aws/service/ami-amazon-linux-latest/*`,
    },
    {
      Sid: 'Profile',
      Effect: 'Allow',
      Action: [
        'iam:AddRoleToInstanceProfile',
        'iam:CreateInstanceProfile',
        'iam:DeleteInstanceProfile',
        'iam:GetInstanceProfile',
        'iam:RemoveRoleFromInstanceProfile',
        'iam:TagInstanceProfile',
        'iam:UntagInstanceProfile',
      ],
      Resource: instanceProfile,
    },
    {
      Sid: 'HandRoleToInstances',
      Effect: 'Allow',
      Action: ['iam:PassRole'],
      Resource: instanceRole,
      Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
    },
    {
      Sid: 'GroupRole',
      Effect: 'Allow',
      Action: ['iam:CreateServiceLinkedRole'],
      Resource: '*',
      Condition: { StringEquals: { 'iam:AWSServiceName': 'autoscaling.amazonaws.com' } },
    },
  ];
}
