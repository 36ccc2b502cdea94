import { createHash } from 'node:crypto';
import type { Environment, Shift } from './environment.ts';
import type { StackId } from './stack-ids.ts';

/** Names of the environment’s resources: the only place where a name is composed. */
export interface ResourceNames {
  /** `<project>-<stage>`, the prefix of every other name. */
  readonly prefix: string;
  readonly cluster: string;
  readonly service: string;
  readonly loadBalancer: string;
  /** The service’s target group; the blue one where releases swap two. */
  readonly targetGroup: string;
  readonly greenTargetGroup: string;
  /** HTTP API in front of an internal balancer, its VPC link, and the log group of its requests. */
  readonly httpApi: string;
  readonly vpcLink: string;
  readonly httpApiLogGroup: string;
  readonly codeDeployApplication: string;
  readonly deploymentGroup: string;
  /** Role that CodeDeploy takes. */
  readonly codeDeployRole: string;
  /** Lambda function that tests a release, its role and the last part of its log group. */
  readonly releaseHook: string;
  readonly releaseHookLogGroup: string;
  /** Application Auto Scaling’s resource id of the service. */
  readonly scalableTarget: string;
  /** ECR repository of the backend’s image. */
  readonly appRepository: string;
  /** ECR repository of the load runner’s image. */
  readonly loadRunnerRepository: string;
  /** Family of the load runner’s task definition. */
  readonly loadRunner: string;
  /** `/ecs/<name>`, one group per container. */
  readonly logGroup: string;
  readonly loadRunnerLogGroup: string;
  readonly collectorLogGroup: string;
  /** Roles that ECS takes to start a task (pull, logs), and roles that its containers take. */
  readonly executionRole: string;
  readonly taskRole: string;
  readonly loadRunnerExecutionRole: string;
  readonly loadRunnerTaskRole: string;
  /** Role that GitHub Actions takes. */
  readonly deployRole: string;
  /** Most that any role of this environment may ever be allowed. */
  readonly permissionsBoundary: string;
  readonly webAcl: string;
  /** Log group of the web ACL; AWS WAF takes no name without its prefix. */
  readonly webAclLogGroup: string;
  /** Sources and destinations of CloudFront’s access logs. */
  readonly distributionLogs: string;
  /** Secret: the values of the header by which the balancer knows CloudFront. */
  readonly originSecret: string;
  readonly alarmTopic: string;
  /** Log group of the VPC’s flow logs, and the role that writes them. */
  readonly flowLogGroup: string;
  readonly flowLogRole: string;
  /** Aliases of the KMS keys that encrypt log groups, and the topic of the alarms. */
  readonly logKeyAlias: string;
  readonly alarmKeyAlias: string;
  readonly dashboard: string;
  readonly alarms: {
    readonly unhealthyHosts: string;
    readonly serverErrors: string;
    readonly cpu: string;
    readonly maximumCapacity: string;
    /** Of tasks that wait for instances; only where ECS launches these. */
    readonly instanceCapacity: string;
    /** Alarms that roll a blue/green release back. */
    readonly releaseErrors: string;
    readonly releaseLatency: string;
    /** Alarms of the session store, by what they watch. */
    readonly sessions: string;
    /** Of the Lambda function that tests a release. */
    readonly releaseHook: string;
  };
  readonly autoScalingGroup: string;
  readonly launchTemplate: string;
  readonly capacityProvider: string;
  /** Role and instance profile of the group’s instances. */
  readonly instanceRole: string;
  /** ElastiCache replication group of the sessions, and its subnet group. */
  readonly sessionStore: string;
  /** Secrets: the token of the session store, and the keys that sign session cookies. */
  readonly sessionStoreSecret: string;
  readonly sessionKeysSecret: string;
  /** Secret that is made for the token of the stress routes where the description names none. */
  readonly stressTokenSecret: string;
  /** Path of the SSM parameters that instances read when they start. */
  readonly parameterPath: string;
  /** DynamoDB table that locks the Terraform state, where `state.lock` names one. */
  readonly lockTable: string;
}

export function resourceNames(environment: Pick<Environment, 'project' | 'stage'>): ResourceNames {
  const prefix = `${environment.project}-${environment.stage}`;
  const service = `${prefix}-api`;
  const loadRunner = `${prefix}-load-runner`;
  return {
    prefix,
    cluster: prefix,
    service,
    loadBalancer: `${prefix}-alb`,
    targetGroup: service,
    greenTargetGroup: `${service}-green`,
    httpApi: service,
    vpcLink: prefix,
    httpApiLogGroup: `/http-api/${service}`,
    codeDeployApplication: service,
    deploymentGroup: service,
    codeDeployRole: `${service}-codedeploy`,
    releaseHook: `${service}-release-hook`,
    releaseHookLogGroup: `/aws/lambda/${service}-release-hook`,
    scalableTarget: `service/${prefix}/${service}`,
    appRepository: service,
    loadRunnerRepository: loadRunner,
    loadRunner,
    logGroup: `/ecs/${service}`,
    loadRunnerLogGroup: `/ecs/${loadRunner}`,
    collectorLogGroup: `/ecs/${prefix}-collector`,
    executionRole: `${service}-execution`,
    taskRole: `${service}-task`,
    loadRunnerExecutionRole: `${loadRunner}-execution`,
    loadRunnerTaskRole: `${loadRunner}-task`,
    deployRole: `${prefix}-deploy`,
    permissionsBoundary: `${prefix}-boundary`,
    webAcl: `${prefix}-web`,
    webAclLogGroup: `aws-waf-logs-${prefix}`,
    distributionLogs: `${prefix}-cdn`,
    originSecret: `${environment.project}/${environment.stage}/origin`,
    alarmTopic: `${prefix}-alarms`,
    flowLogGroup: `/vpc/${prefix}`,
    flowLogRole: `${prefix}-flow-logs`,
    logKeyAlias: `alias/${prefix}-logs`,
    alarmKeyAlias: `alias/${prefix}-alarms`,
    dashboard: prefix,
    alarms: {
      unhealthyHosts: `${service}-unhealthy-hosts`,
      serverErrors: `${service}-server-errors`,
      cpu: `${service}-cpu-high`,
      maximumCapacity: `${service}-maximum-capacity`,
      instanceCapacity: `${service}-instance-capacity`,
      releaseErrors: `${service}-release-errors`,
      releaseLatency: `${service}-release-latency`,
      sessions: `${service}-sessions`,
      releaseHook: `${service}-release-hook`,
    },
    autoScalingGroup: service,
    launchTemplate: service,
    capacityProvider: service,
    instanceRole: `${service}-instance`,
    sessionStore: `${prefix}-sessions`,
    sessionStoreSecret: `${environment.project}/${environment.stage}/session-store`,
    sessionKeysSecret: `${environment.project}/${environment.stage}/session-keys`,
    stressTokenSecret: `${environment.project}/${environment.stage}/stress-token`,
    parameterPath: `/${environment.project}/${environment.stage}`,
    lockTable: `${prefix}-tflock`,
  };
}

/** Header by which a balancer knows the distribution in front of it; in lower case, as headers are compared. */
export const originHeader = 'x-origin-verify';

/** Name of the backend’s container in every task definition: what the balancer’s targets and a release’s AppSpec refer to. */
export const appContainerName = 'api';
/** Name of the load runner’s container: what an override of its command, and its log stream, refer to. */
export const loadRunnerContainerName = 'load-runner';
/** Where the load runner’s task has the description that it judges by; no `TIDELINE_` name, since those change fields. */
export const loadRunnerDescriptionVariable = 'OBSERVED_ENVIRONMENT';

/** Names of buckets: these are unique in the world, so the account’s number is part of them. */
export function bucketNames(
  environment: Pick<Environment, 'project' | 'stage'>,
  accountId: string,
): { readonly state: string; readonly accessLogs: string; readonly uploads: string; readonly runs: string } {
  const { prefix } = resourceNames(environment);
  return {
    state: `${prefix}-tfstate-${accountId}`,
    accessLogs: `${prefix}-alb-logs-${accountId}`,
    uploads: `${prefix}-uploads-${accountId}`,
    runs: `${prefix}-runs-${accountId}`,
  };
}

/**
 * CodeDeploy’s configuration of a shift: AWS’s own where one has these numbers (CodeDeploy guide, deployment configurations of
 * Amazon ECS), else one of this environment. A configuration never changes, so its numbers are part of its name.
 */
export function deploymentConfiguration(
  environment: Pick<Environment, 'project' | 'stage'>,
  shift: Shift,
): { readonly name: string; readonly owner: 'aws' | 'environment' } {
  const own = awsShifts[shiftKey(shift)];
  if (own !== undefined) return { name: `CodeDeployDefault.${own}`, owner: 'aws' };
  const { deploymentGroup } = resourceNames(environment);
  return { name: `${deploymentGroup}-${shiftKey(shift)}`, owner: 'environment' };
}

const shiftKey = (shift: Shift): string =>
  'percent' in shift ? `${shift.kind}-${shift.percent}-percent-${shift.intervalMinutes}-minutes` : shift.kind;

const awsShifts: Readonly<Record<string, string>> = {
  'all-at-once': 'ECSAllAtOnce',
  'canary-10-percent-5-minutes': 'ECSCanary10Percent5Minutes',
  'canary-10-percent-15-minutes': 'ECSCanary10Percent15Minutes',
  'linear-10-percent-1-minutes': 'ECSLinear10PercentEvery1Minutes',
  'linear-10-percent-3-minutes': 'ECSLinear10PercentEvery3Minutes',
};

/** Name of a step policy’s alarm, apart from those of the service whatever the policy is called; target tracking has alarms that AWS names. */
export const stepAlarmName = (
  environment: Pick<Environment, 'project' | 'stage'>,
  policy: { readonly name: string },
): string => `${resourceNames(environment).service}-scaling-${policy.name}`;

/**
 * The name Application Auto Scaling gives an alarm of a target-tracking policy:
 * `TargetTracking-<scaled resource>-AlarmHigh-<uuid>`. The id follows from the names, so two runs agree.
 */
export function trackingAlarmName(
  scaledResource: string,
  policy: string,
  side: 'AlarmHigh' | 'AlarmLow',
): string {
  const digits = createHash('sha256').update(`${scaledResource}/${policy}/${side}`).digest('hex');
  const id = [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(12, 15)}`,
    `a${digits.slice(15, 18)}`,
    digits.slice(18, 30),
  ].join('-');
  return `TargetTracking-${scaledResource}-${side}-${id}`;
}

/** Key of a stack’s Terraform state in the state bucket. */
export const stateKey = (environment: Pick<Environment, 'project' | 'stage'>, stack: StackId): string =>
  `${environment.project}/${environment.stage}/${stack}.tfstate`;

/** Object that locks the state of a key in S3, as Terraform names it. */
export const stateLockKey = (key: string): string => `${key}.tflock`;

/** Key of what the pipeline remembers of the last deployment, beside the states. */
export const deployRecordKey = (environment: Pick<Environment, 'project' | 'stage'>): string =>
  `${environment.project}/${environment.stage}/last-deploy.json`;

/** The tags that every resource carries. */
export const environmentTags = (
  environment: Pick<Environment, 'project' | 'stage' | 'preset'>,
  stack: StackId,
): Readonly<Record<'project' | 'stage' | 'stack' | 'preset', string>> => ({
  project: environment.project,
  stage: environment.stage,
  stack,
  preset: environment.preset,
});

/** `us-east-1` and `a` make `us-east-1a`. */
export const availabilityZoneNames = (
  environment: Pick<Environment, 'region' | 'availabilityZones'>,
): readonly string[] => environment.availabilityZones.map((letter) => `${environment.region}${letter}`);
