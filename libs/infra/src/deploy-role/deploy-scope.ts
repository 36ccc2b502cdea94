import { bucketNames, resourceNames } from '@tideline/config';
import type { StackContext } from '../ground/stack-context.ts';

/** ARNs of what one environment owns, as far as they are known before it exists. */
export function deployScope({ environment, accountId }: Pick<StackContext, 'environment' | 'accountId'>) {
  const names = resourceNames(environment);
  const buckets = bucketNames(environment, accountId);
  const { region } = environment;
  const regional = (service: string, resource: string) =>
    `arn:aws:${service}:${region}:${accountId}:${resource}`;
  const iam = (resource: string) => `arn:aws:iam::${accountId}:${resource}`;
  const releaseRoles = environment.release.kind === 'blue-green' ? [names.codeDeployRole] : [];
  const instanceRoles = environment.compute.kind === 'fargate' ? [] : [names.instanceRole];
  return {
    region,
    accountId,
    stateBucket: `arn:aws:s3:::${buckets.state}`,
    stateObjects: `arn:aws:s3:::${buckets.state}/${environment.project}/${environment.stage}/*`,
    accessLogBucket: `arn:aws:s3:::${buckets.accessLogs}`,
    lockTable: regional('dynamodb', `table/${names.lockTable}`),
    repositories: [names.appRepository, names.loadRunnerRepository].map((name) =>
      regional('ecr', `repository/${name}`),
    ),
    taskRoles: [
      names.executionRole,
      names.taskRole,
      names.loadRunnerExecutionRole,
      names.loadRunnerTaskRole,
      ...instanceRoles,
      ...releaseRoles,
    ].map((name) => iam(`role/${name}`)),
    instanceRole: iam(`role/${names.instanceRole}`),
    instanceProfile: iam(`instance-profile/${names.instanceRole}`),
    autoScalingGroup: regional(
      'autoscaling',
      `autoScalingGroup:*:autoScalingGroupName/${names.autoScalingGroup}`,
    ),
    capacityProvider: regional('ecs', `capacity-provider/${names.capacityProvider}`),
    parameters: regional('ssm', `parameter${names.parameterPath}/*`),
    sessionStore: [
      regional('elasticache', `replicationgroup:${names.sessionStore}`),
      regional('elasticache', `subnetgroup:${names.sessionStore}`),
      regional('elasticache', `cluster:${names.sessionStore}-*`),
      regional('elasticache', 'parametergroup:default.redis7'),
    ],
    sessionSecrets: [names.sessionStoreSecret, names.sessionKeysSecret].map((name) =>
      regional('secretsmanager', `secret:${name}-*`),
    ),
    stressSecret: regional('secretsmanager', `secret:${names.stressTokenSecret}-*`),
    uploadsBucket: `arn:aws:s3:::${buckets.uploads}`,
    permissionsBoundary: iam(`policy/${names.permissionsBoundary}`),
    cluster: regional('ecs', `cluster/${names.cluster}`),
    service: regional('ecs', `service/${names.cluster}/${names.service}`),
    tasks: regional('ecs', `task/${names.cluster}/*`),
    taskDefinitions: [names.service, names.loadRunner].map((family) =>
      regional('ecs', `task-definition/${family}:*`),
    ),
    balancing: [
      regional('elasticloadbalancing', `loadbalancer/app/${names.loadBalancer}/*`),
      regional('elasticloadbalancing', `listener/app/${names.loadBalancer}/*`),
      regional('elasticloadbalancing', `targetgroup/${names.targetGroup}/*`),
      ...(environment.release.kind === 'blue-green'
        ? [regional('elasticloadbalancing', `targetgroup/${names.greenTargetGroup}/*`)]
        : []),
    ],
    logGroups: [
      regional('logs', `log-group:/ecs/${names.prefix}-*`),
      regional('logs', `log-group:/ecs/${names.prefix}-*:*`),
    ],
    alarms: [
      regional('cloudwatch', `alarm:${names.service}-*`),
      regional('cloudwatch', `alarm:TargetTracking-${names.scalableTarget}-*`),
      regional('cloudwatch', `alarm:TargetTracking-${names.autoScalingGroup}-*`),
    ],
    dashboard: `arn:aws:cloudwatch::${accountId}:dashboard/${names.dashboard}`,
    topic: regional('sns', names.alarmTopic),
    webAcl: regional('wafv2', `regional/webacl/${names.webAcl}/*`),
    managedRules: `arn:aws:wafv2:${region}:aws:regional/managedruleset/*`,
  };
}

export type DeployScope = ReturnType<typeof deployScope>;
