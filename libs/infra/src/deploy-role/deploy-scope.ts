import {
  bucketNames,
  codeDeployRelease,
  computeFacts,
  globalRegion,
  releaseFacts,
  resourceNames,
  arnIn,
  testTraffic,
} from '@tideline/config';
import { sessionEngines } from '../data/session-engines.ts';
import type { StackContext } from '../ground/stack-context.ts';

/** ARNs of what one environment owns, as far as they are known before it exists. */
export function deployScope({ environment, accountId }: Pick<StackContext, 'environment' | 'accountId'>) {
  const names = resourceNames(environment);
  const buckets = bucketNames(environment, accountId);
  const { region } = environment;
  const arn = (rest: string) => arnIn(region, rest);
  const regional = (service: string, resource: string) =>
    arn(`${service}:${region}:${accountId}:${resource}`);
  const iam = (resource: string) => arn(`iam::${accountId}:${resource}`);
  const hasHook = testTraffic(environment) !== null;
  const releaseRoles = [
    ...(codeDeployRelease(environment) === null ? [] : [names.codeDeployRole]),
    ...(hasHook ? [names.releaseHook] : []),
  ];
  const instanceRoles = computeFacts(environment).hasInstances ? [names.instanceRole] : [];
  return {
    region,
    accountId,
    stateBucket: arn(`s3:::${buckets.state}`),
    accessLogBucket: arn(`s3:::${buckets.accessLogs}`),
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
      ...(environment.network.flowLogs.enabled ? [names.flowLogRole] : []),
    ].map((name) => iam(`role/${name}`)),
    flowLogRole: iam(`role/${names.flowLogRole}`),
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
      regional(
        'elasticache',
        `parametergroup:${sessionEngines[environment.sessions.engine].parameterGroupName}`,
      ),
      // A new store may begin with a snapshot, and each is of one node.
      ...(environment.sessions.snapshotRetentionDays === 0
        ? []
        : [regional('elasticache', `snapshot:automatic.${names.sessionStore}-*`)]),
    ],
    sessionSecrets: [names.sessionStoreSecret, names.sessionKeysSecret].map((name) =>
      regional('secretsmanager', `secret:${name}-*`),
    ),
    stressSecret: regional('secretsmanager', `secret:${names.stressTokenSecret}-*`),
    uploadsBucket: arn(`s3:::${buckets.uploads}`),
    runsBucket: arn(`s3:::${buckets.runs}`),
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
      ...(releaseFacts(environment).targetGroups === 2
        ? [regional('elasticloadbalancing', `targetgroup/${names.greenTargetGroup}/*`)]
        : []),
    ],
    logGroups: [
      regional('logs', `log-group:/ecs/${names.prefix}-*`),
      regional('logs', `log-group:/ecs/${names.prefix}-*:*`),
      ...(hasHook
        ? ['', ':*'].map((streams) => regional('logs', `log-group:${names.releaseHookLogGroup}${streams}`))
        : []),
    ],
    alarms: [
      regional('cloudwatch', `alarm:${names.service}-*`),
      regional('cloudwatch', `alarm:TargetTracking-${names.scalableTarget}-*`),
      regional('cloudwatch', `alarm:TargetTracking-${names.autoScalingGroup}-*`),
    ],
    dashboard: arn(`cloudwatch::${accountId}:dashboard/${names.dashboard}`),
    topic: regional('sns', names.alarmTopic),
    ...webAclScope(environment, accountId),
    originRule: [
      regional('elasticloadbalancing', `listener/app/${names.loadBalancer}/*`),
      regional('elasticloadbalancing', `listener-rule/app/${names.loadBalancer}/*`),
    ],
    originSecret: regional('secretsmanager', `secret:${names.originSecret}-*`),
    distributionLogs: [
      `delivery-source:${names.distributionLogs}`,
      `delivery-destination:${names.distributionLogs}`,
      'delivery:*',
    ].map((resource) => arn(`logs:${globalRegion}:${accountId}:${resource}`)),
  };
}

/** A web ACL is of its balancer’s Region; CloudFront’s is global, and kept in one Region with its log. */
function webAclScope(environment: StackContext['environment'], accountId: string) {
  const { webAcl, webAclLogGroup } = resourceNames(environment);
  const [region, reach] = environment.cdn.enabled
    ? [globalRegion, 'global']
    : [environment.region, 'regional'];
  return {
    webAclRegion: region,
    webAcl: arnIn(region, `wafv2:${region}:${accountId}:${reach}/webacl/${webAcl}/*`),
    managedRules: arnIn(region, `wafv2:${region}:aws:${reach}/managedruleset/*`),
    webAclLog: arnIn(region, `logs:${region}:${accountId}:log-group:${webAclLogGroup}`),
  };
}

export type DeployScope = ReturnType<typeof deployScope>;

/** Tags by which everything of an environment is known. */
export interface OwnTags {
  readonly project: string;
  readonly stage: string;
}

const tagsUnder = (key: string, { project, stage }: OwnTags) => ({
  [`${key}/project`]: project,
  [`${key}/stage`]: stage,
});

/** What exists already, and carries the environment’s tags. */
export const ownResource = ({ region }: DeployScope, tags: OwnTags) => ({
  StringEquals: { 'aws:RequestedRegion': region, ...tagsUnder('aws:ResourceTag', tags) },
});

/**
 * The environment’s tags on what one of these calls is making, and on nothing that exists: who could tag anything could make
 * anything the environment’s own (EC2 guide, grant permission to tag resources during creation).
 */
export const tagWhatIsMade = (tags: OwnTags, createActions: readonly string[]) => ({
  StringEquals: { 'ec2:CreateAction': createActions, ...tagsUnder('aws:RequestTag', tags) },
});

/** The environment’s tags on what carries none of any project. */
export const tagWhatHasNoOwner = (tags: OwnTags) => ({
  StringEquals: tagsUnder('aws:RequestTag', tags),
  Null: { 'aws:ResourceTag/project': 'true' },
});

/** Every EC2 resource of these types in the environment’s account and Region, since EC2 makes their ids up. */
export const ec2Types = ({ region, accountId }: DeployScope, types: readonly string[]): readonly string[] =>
  types.map((type) => arnIn(region, `ec2:${region}:${accountId}:${type}/*`));
