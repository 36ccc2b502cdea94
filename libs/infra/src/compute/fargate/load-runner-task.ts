import { bucketNames, capacityUnit, resourceNames } from '@tideline/config';
import type { Construct } from 'constructs';
import type { ImageRepository } from '../../data/image-repository.ts';
import { createLogGroup } from '../../ground/log-group.ts';
import { PrivateBucket } from '../../ground/private-bucket.ts';
import type { StackContext } from '../../ground/stack-context.ts';
import { loadRunnerContainer } from '../container-definitions.ts';
import { executionStatements, observingStatements, runStatements } from '../task-permissions.ts';
import { TaskRoles } from '../task-roles.ts';
import { FargateTaskDefinition } from './fargate-task-definition.ts';

export interface LoadRunnerTaskProps {
  readonly context: StackContext;
  readonly repository: ImageRepository;
  /** ARN of the policy that bounds its roles. */
  readonly permissionsBoundary: string;
}

/** Days after which what a run left is deleted: the pipeline deletes it once it is fetched, unless the pipeline was killed. */
const leftRunDays = 7;

/** The task that drives load at the backend, a Fargate task on any compute kind, and the bucket that its runs leave it by. */
export function loadRunnerTask(
  scope: Construct,
  { context, repository, permissionsBoundary }: LoadRunnerTaskProps,
): { readonly taskDefinitionArn: string; readonly logGroupName: string; readonly runsBucketName: string } {
  const { environment, accountId } = context;
  const names = resourceNames(environment);
  const log = createLogGroup(scope, 'load-runner-log', { environment, name: names.loadRunnerLogGroup });
  const { bucket } = new PrivateBucket(scope, 'load-runs', {
    name: bucketNames(environment, accountId).runs,
    isProtected: false,
    olderVersionsDays: null,
    expirationDays: leftRunDays,
    statements: () => [],
  });
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
    task: [...observingStatements(environment, { accountId }), ...runStatements(bucket.arn)],
  });
  const { definition } = new FargateTaskDefinition(scope, 'load-runner-task', {
    family: names.loadRunner,
    size: environment.loadRunner,
    architecture: capacityUnit(environment).architecture,
    roles,
    containers: [
      loadRunnerContainer(environment, {
        image: repository.image(scope, {
          variable: 'load_runner_image',
          named: context.loadRunnerImage,
        }),
        log: { group: log.name, region: environment.region },
      }),
    ],
    volumes: ['reports'],
  });
  return { taskDefinitionArn: definition.arn, logGroupName: log.name, runsBucketName: bucket.bucket };
}
