import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { resourceNames } from '@tideline/config';
import { Construct } from 'constructs';
import type { StoreReferences } from '../data/store-references.ts';
import { type Statement, policyDocument, trustPolicy } from '../ground/policy-document.ts';
import type { StackContext } from '../ground/stack-context.ts';
import { appSecrets } from './app-variables.ts';
import { type ExecutionScope, executionStatements, taskStatements } from './task-permissions.ts';

export interface TaskRolesProps {
  readonly accountId: string;
  /** Names of the two roles. */
  readonly executionRole: string;
  readonly taskRole: string;
  /** ARN of the policy that bounds both. */
  readonly permissionsBoundary: string;
  /** What ECS may do to start the task. */
  readonly execution: readonly Statement[];
  /** What the containers may do; nothing when empty. */
  readonly task: readonly Statement[];
}

/** The role that ECS takes to start a task, and the one that its containers take: kept apart, so that no container can pull or log as ECS does. */
export class TaskRoles extends Construct {
  readonly executionRoleArn: string;
  readonly taskRoleArn: string;

  constructor(scope: Construct, id: string, props: TaskRolesProps) {
    super(scope, id);
    this.executionRoleArn = this.#role('execution', props.executionRole, props);
    this.taskRoleArn = this.#role('task', props.taskRole, props);
  }

  #role(part: 'execution' | 'task', name: string, props: TaskRolesProps): string {
    const role = new IamRole(this, part, {
      name,
      assumeRolePolicy: trustPolicy('ecs-tasks.amazonaws.com', props.accountId),
      permissionsBoundary: props.permissionsBoundary,
    });
    if (props[part].length > 0)
      new IamRolePolicy(this, `${part}-policy`, {
        name: part,
        role: role.name,
        policy: policyDocument(props[part]),
      });
    return role.arn;
  }
}

export interface AppTaskRolesProps extends Omit<ExecutionScope, 'secretArns'> {
  readonly context: StackContext;
  readonly stores: StoreReferences;
  /** ARN of the policy that bounds both. */
  readonly permissionsBoundary: string;
}

/** Both roles of the backend’s tasks, wherever these run. */
export const appTaskRoles = (
  scope: Construct,
  id: string,
  { context, stores, permissionsBoundary, repositoryArns, logGroupArns }: AppTaskRolesProps,
): TaskRoles => {
  const { environment, accountId } = context;
  const { executionRole, taskRole } = resourceNames(environment);
  const secretArns = Object.values(appSecrets(environment, stores));
  return new TaskRoles(scope, id, {
    ...{ accountId, permissionsBoundary, executionRole, taskRole },
    execution: executionStatements({ repositoryArns, logGroupArns, secretArns }),
    task: taskStatements(environment, { accountId, stores }),
  });
};
