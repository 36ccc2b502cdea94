import { bucketNames, resourceNames } from '@tideline/config';
import { codeDeployStatements } from '../release/code-deploy-statements.ts';
import { agentStatements } from '../compute/ecs-ec2/container-instance-statements.ts';
import { instanceStatements } from '../compute/ec2-asg/instance-statements.ts';
import type { Statement } from '../ground/policy-document.ts';
import type { StackContext } from '../ground/stack-context.ts';
import { fileStatements } from '../data/file-statements.ts';
import {
  type ExecutionScope,
  executionStatements,
  observingStatements,
  traceStatement,
} from '../compute/task-permissions.ts';

/** Most that any role of the environment’s tasks and instances may be given, whoever writes its policy. */
export function boundaryStatements({
  environment,
  accountId,
}: Pick<StackContext, 'environment' | 'accountId'>): readonly Statement[] {
  const { region, container, compute, sessions, files, release } = environment;
  const { prefix, cluster, parameterPath, sessionStoreSecret, sessionKeysSecret, stressTokenSecret } =
    resourceNames(environment);
  const uploadsArn =
    files.store === 'none' ? null : `arn:aws:s3:::${bucketNames(environment, accountId).uploads}`;
  const secretArn = (name: string) => `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}-*`;
  const scope: ExecutionScope = {
    repositoryArns: [`arn:aws:ecr:${region}:${accountId}:repository/*`],
    logGroupArns: [`arn:aws:logs:${region}:${accountId}:log-group:/ecs/${prefix}-*`],
    secretArns: [
      ...(container.stressTokenSecretArn === null ? [] : [container.stressTokenSecretArn]),
      ...(container.stressRoutes && container.stressTokenSecretArn === null
        ? [secretArn(stressTokenSecret)]
        : []),
      ...(sessions.store === 'none' ? [] : [sessionStoreSecret, sessionKeysSecret].map(secretArn)),
    ],
  };
  // Tracing and observing may be turned on later, without a bootstrap for it.
  const task = [
    traceStatement,
    ...observingStatements(environment, { accountId }),
    ...(uploadsArn === null ? [] : fileStatements(uploadsArn)),
    ...(release.kind === 'blue-green' ? codeDeployStatements(environment, accountId) : []),
  ];
  switch (compute.kind) {
    case 'fargate':
      return [...executionStatements(scope), ...task];
    case 'ecs-ec2':
      return [...executionStatements(scope), ...agentStatements({ region, accountId, cluster }), ...task];
    case 'ec2-asg': {
      const parameterArn = `arn:aws:ssm:${region}:${accountId}:parameter${parameterPath}/*`;
      const instances = { ...scope, region, accountId, parameterArn, uploadsArn: null };
      return [...instanceStatements(instances), ...task];
    }
  }
}
