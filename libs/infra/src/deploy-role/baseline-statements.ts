import { type Environment, arnIn, resourceNames } from '@tideline/config';
import type { Statement } from '../ground/policy-document.ts';
import { flowLogPrincipal } from '../network/flow-logs.ts';
import {
  type DeployScope,
  type OwnTags,
  ec2Types,
  ownResource,
  tagWhatIsMade,
  tagWhatHasNoOwner,
} from './deploy-scope.ts';
import { logGroupActions } from './service-statements.ts';

/** What flow logs take; nothing where there are none. */
export function flowLogGrants(scope: DeployScope, environment: Environment): readonly Statement[] {
  if (!environment.network.flowLogs.enabled) return [];
  const { flowLogGroup } = resourceNames(environment);
  const { region, accountId } = scope;
  const group = arnIn(region, `logs:${region}:${accountId}:log-group:${flowLogGroup}`);
  return [
    { Sid: 'ReadFlowLogs', Effect: 'Allow', Action: ['ec2:DescribeFlowLogs'], Resource: '*' },
    {
      Sid: 'MakeFlowLogs',
      Effect: 'Allow',
      Action: ['ec2:CreateFlowLogs'],
      Resource: ec2Types(scope, ['vpc-flow-log']),
    },
    {
      // A flow log is nothing without its VPC, which the same call names.
      Sid: 'OwnFlowLogs',
      Effect: 'Allow',
      Action: ['ec2:CreateFlowLogs', 'ec2:DeleteFlowLogs'],
      Resource: ec2Types(scope, ['vpc', 'vpc-flow-log']),
      Condition: ownResource(scope, environment),
    },
    {
      Sid: 'TagFlowLogs',
      Effect: 'Allow',
      Action: ['ec2:CreateTags'],
      Resource: ec2Types(scope, ['vpc-flow-log']),
      Condition: tagWhatIsMade(environment, ['CreateFlowLogs']),
    },
    {
      Sid: 'HandRoleToFlowLogs',
      Effect: 'Allow',
      Action: ['iam:PassRole'],
      Resource: scope.flowLogRole,
      Condition: { StringEquals: { 'iam:PassedToService': flowLogPrincipal } },
    },
    { Sid: 'FlowLogGroup', Effect: 'Allow', Action: logGroupActions, Resource: [group, `${group}:*`] },
  ];
}

/**
 * What the environment’s own keys take; nothing where there are none. KMS makes their ids up: a key is the environment’s own by
 * its tags, which it is made with.
 */
export function keyGrants(scope: DeployScope, environment: Environment): readonly Statement[] {
  if (!environment.observability.customerManagedKeys) return [];
  const { logKeyAlias, alarmKeyAlias, prefix } = resourceNames(environment);
  const { region, accountId } = scope;
  const kms = (resource: string) => arnIn(region, `kms:${region}:${accountId}:${resource}`);
  const logGroups = arnIn(region, `logs:${region}:${accountId}:log-group:*${prefix}*`);
  return [
    {
      Sid: 'MakeKeys',
      Effect: 'Allow',
      Action: ['kms:CreateKey'],
      Resource: '*',
      Condition: tagged('aws:RequestTag', environment),
    },
    {
      Sid: 'TagKeys',
      Effect: 'Allow',
      Action: ['kms:TagResource'],
      Resource: kms('key/*'),
      Condition: tagWhatHasNoOwner(environment),
    },
    {
      Sid: 'Keys',
      Effect: 'Allow',
      Action: [
        'kms:CreateAlias',
        'kms:DeleteAlias',
        'kms:DescribeKey',
        'kms:EnableKeyRotation',
        'kms:GetKeyPolicy',
        'kms:GetKeyRotationStatus',
        'kms:ListResourceTags',
        'kms:PutKeyPolicy',
        'kms:ScheduleKeyDeletion',
        'kms:TagResource',
        'kms:UntagResource',
        'kms:UpdateAlias',
        'kms:UpdateKeyDescription',
      ],
      Resource: kms('key/*'),
      Condition: tagged('aws:ResourceTag', environment),
    },
    {
      // An alias is changed by a call that names its key as well.
      Sid: 'KeyNames',
      Effect: 'Allow',
      Action: ['kms:CreateAlias', 'kms:DeleteAlias', 'kms:UpdateAlias'],
      Resource: [logKeyAlias, alarmKeyAlias].map(kms),
    },
    { Sid: 'ListKeyNames', Effect: 'Allow', Action: ['kms:ListAliases'], Resource: '*' },
    {
      Sid: 'EncryptLogs',
      Effect: 'Allow',
      Action: ['logs:AssociateKmsKey', 'logs:DisassociateKmsKey'],
      Resource: logGroups,
    },
  ];
}

const tagged = (key: string, { project, stage }: OwnTags) => ({
  StringEquals: { [`${key}/project`]: project, [`${key}/stage`]: stage },
});
