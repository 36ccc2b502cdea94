import type { DeployScope } from './deploy-scope.ts';
import type { Statement } from './policy-document.ts';

export interface LaunchStatementsProps {
  readonly tags: { readonly project: string; readonly stage: string };
  /** Folder of AWS’s public parameters that names the image to boot. */
  readonly machineImages: string;
}

/** What deploying whatever launches instances takes: a template, an image, a role to hand over. */
export function launchStatements(
  { region, instanceRole, instanceProfile, accountId }: DeployScope,
  { tags, machineImages }: LaunchStatementsProps,
): readonly Statement[] {
  const inRegion = { 'aws:RequestedRegion': region };
  return [
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
      Sid: 'MachineImage',
      Effect: 'Allow',
      Action: ['ssm:GetParameter'],
      Resource: `arn:aws:ssm:${region}::parameter/aws/service/${machineImages}/*`,
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
