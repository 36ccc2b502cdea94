import { arnIn, servicePrincipal } from '@tideline/config';
import type { Statement } from '../ground/policy-document.ts';
import { type DeployScope, type OwnTags, ec2Types, ownResource, tagWhatIsMade } from './deploy-scope.ts';

export interface LaunchStatementsProps {
  readonly tags: OwnTags;
  /** Folder of AWS’s public parameters that names the image to boot. */
  readonly machineImages: string;
}

/** What deploying whatever launches instances takes: a template, an image, a role to hand over. */
export function launchStatements(
  scope: DeployScope,
  { tags, machineImages }: LaunchStatementsProps,
): readonly Statement[] {
  const { region, instanceRole, instanceProfile } = scope;
  return [
    {
      Sid: 'MakeTemplate',
      Effect: 'Allow',
      Action: ['ec2:CreateLaunchTemplate'],
      Resource: ec2Types(scope, ['launch-template']),
    },
    {
      // Who launches by a template needs what the template does; instances carry the environment’s tags from it.
      Sid: 'Launch',
      Effect: 'Allow',
      Action: ['ec2:RunInstances'],
      Resource: [
        arnIn(region, `ec2:${region}::image/*`),
        ...ec2Types(scope, ['instance', 'key-pair', 'network-interface', 'volume']),
      ],
    },
    {
      Sid: 'TagLaunched',
      Effect: 'Allow',
      Action: ['ec2:CreateTags'],
      Resource: ec2Types(scope, ['instance', 'launch-template', 'network-interface', 'volume']),
      Condition: tagWhatIsMade(tags, ['CreateLaunchTemplate', 'RunInstances']),
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
        'ec2:RunInstances',
      ],
      Resource: ec2Types(scope, ['launch-template', 'security-group', 'subnet']),
      Condition: ownResource(scope, tags),
    },
    {
      Sid: 'MachineImage',
      Effect: 'Allow',
      Action: ['ssm:GetParameter'],
      Resource: arnIn(region, `ssm:${region}::parameter/aws/service/${machineImages}/*`),
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
      Condition: { StringEquals: { 'iam:PassedToService': servicePrincipal(region, 'ec2') } },
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
