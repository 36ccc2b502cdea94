import {
  type ComputeKindName,
  type Environment,
  capacityFacts,
  resourceNames,
  arnIn,
} from '@tideline/config';
import { groupArn, instanceStatements } from '../compute/ec2-asg/instance-statements.ts';
import { agentStatements } from '../compute/ecs-ec2/container-instance-statements.ts';
import { type ExecutionScope, executionStatements } from '../compute/task-permissions.ts';
import type { Statement } from '../ground/policy-document.ts';
import type { StackContext } from '../ground/stack-context.ts';
import type { DeployScope } from './deploy-scope.ts';
import { autoScalingGroupStatements, capacityProviderStatements } from './group-statements.ts';

interface ComputeGrants {
  /** Most that the roles which start the backend may be given. */
  readonly boundary: (
    context: Pick<StackContext, 'environment' | 'accountId'>,
    scope: ExecutionScope,
  ) => readonly Statement[];
  /** What the deploy role needs for instances; empty where there are none. */
  readonly instances: (scope: DeployScope, environment: Environment) => readonly Statement[];
}

/** What each compute kind takes, of the roles of its units and of the role that deploys them. */
export const computeGrants: Readonly<Record<ComputeKindName, ComputeGrants>> = {
  fargate: { boundary: (_, scope) => executionStatements(scope), instances: () => [] },
  'ecs-ec2': {
    boundary: ({ environment, accountId }, scope) => {
      const { region } = environment;
      const { cluster } = resourceNames(environment);
      return [...executionStatements(scope), ...agentStatements({ region, accountId, cluster })];
    },
    instances: capacityProviderStatements,
  },
  'ec2-asg': {
    boundary: ({ environment, accountId }, scope) => {
      const { region } = environment;
      const { parameterPath } = resourceNames(environment);
      const parameterArn = arnIn(region, `ssm:${region}:${accountId}:parameter${parameterPath}/*`);
      const hooked = capacityFacts(environment).warmPool !== null;
      return instanceStatements({
        ...{ ...scope, region, accountId, parameterArn, uploadsArn: null, traces: false },
        groupArn: hooked ? groupArn({ environment, accountId }) : null,
      });
    },
    instances: autoScalingGroupStatements,
  },
};
