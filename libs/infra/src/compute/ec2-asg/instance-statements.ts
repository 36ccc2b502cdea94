import { arnIn } from '@tideline/config';
import { fileStatements } from '../../data/uploads-bucket.ts';
import type { Statement } from '../../ground/policy-document.ts';
import { type ExecutionScope, executionStatements } from '../task-permissions.ts';

export interface InstanceScope extends ExecutionScope {
  readonly region: string;
  readonly accountId: string;
  /** The parameter that holds the backend’s configuration; may end in a wildcard for a boundary. */
  readonly parameterArn: string;
  /** Bucket of uploaded files; null where none are kept. */
  readonly uploadsArn: string | null;
}

/** What an instance does: pull its image, read its configuration and secrets, log, keep files, and be looked into by Session Manager. */
export const instanceStatements = (scope: InstanceScope): readonly Statement[] => [
  ...executionStatements(scope),
  {
    Sid: 'Configuration',
    Effect: 'Allow',
    Action: ['ssm:GetParameter'],
    Resource: scope.parameterArn,
  },
  {
    Sid: 'ManagedInstance',
    Effect: 'Allow',
    Action: ['ssm:UpdateInstanceInformation'],
    Resource: arnIn(scope.region, `ec2:${scope.region}:${scope.accountId}:instance/*`),
  },
  {
    Sid: 'SessionManager',
    Effect: 'Allow',
    // These take no resources (service authorization reference, Amazon Message Gateway Service).
    Action: [
      'ssmmessages:CreateControlChannel',
      'ssmmessages:CreateDataChannel',
      'ssmmessages:OpenControlChannel',
      'ssmmessages:OpenDataChannel',
    ],
    Resource: '*',
  },
  ...(scope.uploadsArn === null ? [] : fileStatements(scope.uploadsArn)),
];
