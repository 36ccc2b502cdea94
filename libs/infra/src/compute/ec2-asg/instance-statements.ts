import { arnIn, resourceNames } from '@tideline/config';
import { fileStatements } from '../../data/uploads-bucket.ts';
import type { Statement } from '../../ground/policy-document.ts';
import type { StackContext } from '../../ground/stack-context.ts';
import { type ExecutionScope, executionStatements, traceStatement } from '../task-permissions.ts';

export interface InstanceScope extends ExecutionScope {
  readonly region: string;
  readonly accountId: string;
  /** The parameter that holds the backend’s configuration; may end in a wildcard for a boundary. */
  readonly parameterArn: string;
  /** The group that an instance asks to let it go on; null where no hook holds it. */
  readonly groupArn: string | null;
  /** Whether a collector hands traces to X-Ray. */
  readonly traces: boolean;
  /** Bucket of uploaded files; null where none are kept. */
  readonly uploadsArn: string | null;
}

/** ARN of the group, but for the identifier that AWS gives it. */
export function groupArn({
  environment,
  accountId,
}: Pick<StackContext, 'environment' | 'accountId'>): string {
  const { region } = environment;
  const { autoScalingGroup } = resourceNames(environment);
  return arnIn(
    region,
    `autoscaling:${region}:${accountId}:autoScalingGroup:*:autoScalingGroupName/${autoScalingGroup}`,
  );
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
  ...(scope.groupArn === null
    ? []
    : [
        {
          Sid: 'Lifecycle',
          Effect: 'Allow',
          Action: ['autoscaling:CompleteLifecycleAction'],
          Resource: scope.groupArn,
        } as const,
      ]),
  ...(scope.traces ? [traceStatement] : []),
  ...(scope.uploadsArn === null ? [] : fileStatements(scope.uploadsArn)),
];
