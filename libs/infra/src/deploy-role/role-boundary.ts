import {
  arnIn,
  bucketNames,
  codeDeployRelease,
  computeFacts,
  resourceNames,
  testTraffic,
} from '@tideline/config';
import {
  type ExecutionScope,
  observingStatements,
  protectionStatement,
  runStatements,
  traceStatement,
} from '../compute/task-permissions.ts';
import { fileStatements } from '../data/uploads-bucket.ts';
import type { Statement } from '../ground/policy-document.ts';
import type { StackContext } from '../ground/stack-context.ts';
import { codeDeployStatements } from '../release/code-deploy-statements.ts';
import { hookStatements } from '../release/hook-statements.ts';
import { computeGrants } from './compute-grants.ts';
import { flowLogStatements } from '../network/flow-logs.ts';

/** Most that any role of the environment’s tasks and instances may be given, whatever its policy. */
export function boundaryStatements({
  environment,
  accountId,
}: Pick<StackContext, 'environment' | 'accountId'>): readonly Statement[] {
  const { region, network, container, compute, sessions, files } = environment;
  const {
    prefix,
    flowLogGroup,
    releaseHookLogGroup,
    sessionStoreSecret,
    sessionKeysSecret,
    stressTokenSecret,
  } = resourceNames(environment);
  const uploadsArn =
    files.store === 'none' ? null : arnIn(region, `s3:::${bucketNames(environment, accountId).uploads}`);
  const secretArn = (name: string) => arnIn(region, `secretsmanager:${region}:${accountId}:secret:${name}-*`);
  const logGroup = (name: string) => arnIn(region, `logs:${region}:${accountId}:log-group:${name}`);
  const scope: ExecutionScope = {
    repositoryArns: [arnIn(region, `ecr:${region}:${accountId}:repository/*`)],
    logGroupArns: [logGroup(`/ecs/${prefix}-*`)],
    secretArns: [
      ...Object.values(container.secrets),
      ...(container.stressTokenSecretArn === null ? [] : [container.stressTokenSecretArn]),
      ...(container.stressRoutes && container.stressTokenSecretArn === null
        ? [secretArn(stressTokenSecret)]
        : []),
      ...(sessions.store === 'none' ? [] : [sessionStoreSecret, sessionKeysSecret].map(secretArn)),
    ],
  };
  // Tracing and the protection of tasks may be turned on later, without a bootstrap for them.
  const task = [
    traceStatement,
    ...(computeFacts(environment).fleet === 'service'
      ? [protectionStatement(environment, { accountId })]
      : []),
    ...observingStatements(environment, { accountId }),
    ...runStatements(arnIn(region, `s3:::${bucketNames(environment, accountId).runs}`)),
    ...(uploadsArn === null ? [] : fileStatements(uploadsArn)),
    ...(codeDeployRelease(environment) === null ? [] : codeDeployStatements(environment, accountId)),
    ...(network.flowLogs.enabled ? flowLogStatements(logGroup(flowLogGroup)) : []),
    ...(testTraffic(environment) === null
      ? []
      : hookStatements(environment, { accountId, logGroupArn: logGroup(releaseHookLogGroup) })),
  ];
  return [...computeGrants[compute.kind].boundary({ environment, accountId }, scope), ...task];
}
