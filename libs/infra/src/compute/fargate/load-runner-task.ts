import { capacityUnit, resourceNames } from '@tideline/config';
import type { Construct } from 'constructs';
import type { ImageRepository } from '../../data/image-repository.ts';
import { createLogGroup } from '../../ground/log-group.ts';
import type { StackContext } from '../../ground/stack-context.ts';
import { loadRunnerContainer } from '../container-definitions.ts';
import { executionStatements, observerStatements } from '../task-permissions.ts';
import { TaskRoles } from '../task-roles.ts';
import { FargateTaskDefinition } from './fargate-task-definition.ts';

export interface LoadRunnerTaskProps {
  readonly context: StackContext;
  readonly repository: ImageRepository;
  /** ARN of the policy that bounds its roles. */
  readonly permissionsBoundary: string;
}

/** The task that drives load at the backend: a Fargate task on any compute kind. */
export function loadRunnerTask(
  scope: Construct,
  { context, repository, permissionsBoundary }: LoadRunnerTaskProps,
): { readonly taskDefinitionArn: string; readonly logGroupName: string } {
  const { environment, accountId } = context;
  const names = resourceNames(environment);
  const log = createLogGroup(scope, 'load-runner-log', { environment, name: names.loadRunnerLogGroup });
  const roles = new TaskRoles(scope, 'load-runner-roles', {
    accountId,
    permissionsBoundary,
    executionRole: names.loadRunnerExecutionRole,
    taskRole: names.loadRunnerTaskRole,
    execution: executionStatements({
      repositoryArns: [repository.arn],
      logGroupArns: [log.arn],
      secretArns: [],
    }),
    task: observerStatements(environment, { accountId }),
  });
  const { definition } = new FargateTaskDefinition(scope, 'load-runner-task', {
    family: names.loadRunner,
    size: environment.loadRunner,
    architecture: capacityUnit(environment).architecture,
    roles,
    containers: [
      loadRunnerContainer(environment, {
        image: repository.image(context.loadRunnerImage),
        log: { group: log.name, region: environment.region },
      }),
    ],
    volumes: ['reports'],
  });
  return { taskDefinitionArn: definition.arn, logGroupName: log.name };
}
