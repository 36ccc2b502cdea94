import { FlowLog } from '@cdktf/provider-aws/lib/flow-log/index.js';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { arnIn, resourceNames } from '@tideline/config';
import { Construct } from 'constructs';
import { createLogGroup } from '../ground/log-group.ts';
import { type Statement, policyDocument, trustPolicy } from '../ground/policy-document.ts';
import type { StackContext } from '../ground/stack-context.ts';

/** Who writes flow logs, in every partition. */
export const flowLogPrincipal = 'vpc-flow-logs.amazonaws.com';

/** Writes what a VPC’s interfaces send and receive to a log group, by a role that may write there and nowhere else. */
export class FlowLogs extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { context, vpcId }: { readonly context: StackContext; readonly vpcId: string },
  ) {
    super(scope, id);
    const { environment, accountId } = context;
    const { flowLogGroup, flowLogRole, permissionsBoundary, prefix } = resourceNames(environment);
    const log = createLogGroup(this, 'log', { environment, name: flowLogGroup });
    const role = new IamRole(this, 'role', {
      name: flowLogRole,
      assumeRolePolicy: trustPolicy(flowLogPrincipal, accountId),
      permissionsBoundary: arnIn(environment.region, `iam::${accountId}:policy/${permissionsBoundary}`),
    });
    const policy = new IamRolePolicy(this, 'policy', {
      name: 'flow-logs',
      role: role.name,
      policy: policyDocument(flowLogStatements(log.arn)),
    });
    new FlowLog(this, 'flow-log', {
      vpcId,
      trafficType: environment.network.flowLogs.traffic,
      logDestination: log.arn,
      iamRoleArn: role.arn,
      tags: { Name: prefix },
      dependsOn: [policy],
    });
  }
}

/** What writing flow logs takes (VPC guide, IAM role for publishing flow logs), but for making the log group, which is there. */
export const flowLogStatements = (logGroupArn: string): readonly Statement[] => [
  {
    Sid: 'FlowLog',
    Effect: 'Allow',
    Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
    Resource: [logGroupArn, `${logGroupArn}:*`],
  },
  // It takes no resources (service authorization reference).
  { Sid: 'FlowLogGroups', Effect: 'Allow', Action: ['logs:DescribeLogGroups'], Resource: '*' },
];
