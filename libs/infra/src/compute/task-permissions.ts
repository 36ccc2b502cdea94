import { type Environment, computeFacts, resourceNames, arnIn } from '@tideline/config';
import type { StoreReferences } from '../data/store-references.ts';
import { fileStatements } from '../data/uploads-bucket.ts';
import type { Statement } from '../ground/policy-document.ts';

export interface ExecutionScope {
  readonly repositoryArns: readonly string[];
  readonly logGroupArns: readonly string[];
  readonly secretArns: readonly string[];
}

/** What ECS needs to start one task: pull from its repository, write to its log group, read its secrets. */
export function executionStatements(scope: ExecutionScope): readonly Statement[] {
  return [
    // ECR gives one token for a whole registry: AWS takes no narrower resource here.
    { Sid: 'Login', Effect: 'Allow', Action: ['ecr:GetAuthorizationToken'], Resource: '*' },
    {
      Sid: 'Pull',
      Effect: 'Allow',
      Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      Resource: scope.repositoryArns,
    },
    {
      Sid: 'Log',
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: scope.logGroupArns.map((arn) => `${arn}:*`),
    },
    ...secretStatements(scope.secretArns),
  ];
}

/** To read these secrets and no other, each from the service that keeps it. */
function secretStatements(arns: readonly string[]): readonly Statement[] {
  const parameters = arns.filter((arn) => arn.split(':')[2] === 'ssm');
  const secrets = arns.filter((arn) => !parameters.includes(arn)).map(withoutKey);
  return [
    ...allowed('Secrets', 'secretsmanager:GetSecretValue', secrets),
    ...allowed('Parameters', 'ssm:GetParameters', parameters),
  ];
}

const allowed = (sid: string, action: string, arns: readonly string[]): readonly Statement[] =>
  arns.length === 0 ? [] : [{ Sid: sid, Effect: 'Allow', Action: [action], Resource: [...new Set(arns)] }];

/** The ARN of the secret itself, of one that names a key, stage or version behind it. A reference of Terraform’s stays as it is. */
const withoutKey = (arn: string): string =>
  arn.startsWith('arn:') ? arn.split(':').slice(0, 7).join(':') : arn;

/** What the backend’s containers need: nothing, or to hand over traces, to keep files, or to protect their task from scale-in. */
export const taskStatements = (
  environment: Environment,
  { accountId, stores: { files } }: { readonly accountId: string; readonly stores: StoreReferences },
): readonly Statement[] => [
  ...(environment.observability.tracing.enabled ? [traceStatement] : []),
  ...(files === null ? [] : fileStatements(files.bucketArn)),
  ...(environment.container.scaleInProtection.enabled
    ? [protectionStatement(environment, { accountId })]
    : []),
];

/** What ECS’s agent asks for in the name of a task’s role when the task uses its endpoint (Amazon ECS guide, task scale-in protection). */
export const protectionStatement = (
  environment: Pick<Environment, 'region' | 'project' | 'stage'>,
  { accountId }: { readonly accountId: string },
): Statement => ({
  Sid: 'ProtectFromScaleIn',
  Effect: 'Allow',
  Action: ['ecs:GetTaskProtection', 'ecs:UpdateTaskProtection'],
  Resource: [
    arnIn(
      environment.region,
      `ecs:${environment.region}:${accountId}:task/${resourceNames(environment).cluster}/*`,
    ),
  ],
});

export const traceStatement: Statement = {
  Sid: 'Trace',
  Effect: 'Allow',
  // X-Ray knows no resources for these (service authorization reference, AWS X-Ray).
  Action: [
    'xray:PutTraceSegments',
    'xray:PutTelemetryRecords',
    'xray:GetSamplingRules',
    'xray:GetSamplingTargets',
  ],
  Resource: '*',
};

/** What the load runner needs to hand over what a run came to: nothing outside the runs, and to read the profile alone. */
export const runStatements = (bucketArn: string): readonly Statement[] => [
  { Sid: 'Profile', Effect: 'Allow', Action: ['s3:GetObject'], Resource: `${bucketArn}/runs/*/profile.json` },
  { Sid: 'Run', Effect: 'Allow', Action: ['s3:PutObject'], Resource: `${bucketArn}/runs/*` },
];

/** What the load runner needs to observe the service: to read. */
export function observingStatements(
  environment: Pick<Environment, 'region' | 'project' | 'stage' | 'compute'>,
  { accountId }: { readonly accountId: string },
): readonly Statement[] {
  const { cluster, service } = resourceNames(environment);
  const { fleet, hasInstances } = computeFacts(environment);
  const observe: Statement = {
    Sid: 'Observe',
    Effect: 'Allow',
    Action: ['ecs:DescribeServices'],
    Resource: [
      arnIn(environment.region, `ecs:${environment.region}:${accountId}:service/${cluster}/${service}`),
    ],
  };
  return [
    ...(fleet === 'service' ? [observe] : []),
    {
      Sid: 'ObserveScaling',
      Effect: 'Allow',
      Action: [
        ...(fleet === 'service' ? serviceReads : []),
        ...(hasInstances ? groupReads : []),
        // An instance refresh is of a group that holds the desired count itself.
        ...(fleet === 'group' ? ['autoscaling:DescribeInstanceRefreshes'] : []),
        'cloudwatch:DescribeAlarms',
        'cloudwatch:GetMetricData',
        'elasticloadbalancing:DescribeTargetHealth',
      ],
      // These take no resources (service authorization reference).
      Resource: '*',
    },
  ];
}

const serviceReads = [
  'application-autoscaling:DescribeScalableTargets',
  'application-autoscaling:DescribeScalingActivities',
  'application-autoscaling:DescribeScalingPolicies',
];

const groupReads = [
  'autoscaling:DescribeAutoScalingGroups',
  'autoscaling:DescribePolicies',
  'autoscaling:DescribeScalingActivities',
];
