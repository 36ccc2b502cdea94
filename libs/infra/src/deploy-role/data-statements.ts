import type { Statement } from '../ground/policy-document.ts';
import type { DeployScope } from './deploy-scope.ts';

/** What pushing and forgetting images takes. */
export function registryStatements(scope: DeployScope): readonly Statement[] {
  return [
    { Sid: 'Login', Effect: 'Allow', Action: ['ecr:GetAuthorizationToken'], Resource: '*' },
    {
      Sid: 'Images',
      Effect: 'Allow',
      Action: [
        'ecr:BatchCheckLayerAvailability',
        'ecr:BatchDeleteImage',
        'ecr:BatchGetImage',
        'ecr:CompleteLayerUpload',
        'ecr:CreateRepository',
        'ecr:DeleteLifecyclePolicy',
        'ecr:DeleteRepository',
        'ecr:DescribeImages',
        'ecr:DescribeRepositories',
        'ecr:GetDownloadUrlForLayer',
        'ecr:GetLifecyclePolicy',
        'ecr:InitiateLayerUpload',
        'ecr:ListImages',
        'ecr:ListTagsForResource',
        'ecr:PutImage',
        'ecr:PutImageScanningConfiguration',
        'ecr:PutImageTagMutability',
        'ecr:PutLifecyclePolicy',
        'ecr:TagResource',
        'ecr:UntagResource',
        'ecr:UploadLayerPart',
      ],
      Resource: scope.repositories,
    },
  ];
}

/** What generating secrets takes; `part` tells the statements of one policy apart. */
export const secretStatements = (part: string, arns: readonly string[]): readonly Statement[] => [
  {
    Sid: `${part}Generate`,
    Effect: 'Allow',
    // It takes no resources (service authorization reference), and gives away nothing.
    Action: ['secretsmanager:GetRandomPassword'],
    Resource: '*',
  },
  {
    Sid: `${part}Secrets`,
    Effect: 'Allow',
    Action: [
      'secretsmanager:CreateSecret',
      'secretsmanager:DeleteSecret',
      'secretsmanager:DescribeSecret',
      'secretsmanager:GetResourcePolicy',
      'secretsmanager:GetSecretValue',
      'secretsmanager:PutSecretValue',
      'secretsmanager:TagResource',
      'secretsmanager:UntagResource',
      'secretsmanager:UpdateSecret',
      'secretsmanager:UpdateSecretVersionStage',
    ],
    Resource: arns,
  },
];

/** What deploying the session store and its secrets takes. */
export const sessionStoreStatements = (scope: DeployScope): readonly Statement[] => [
  {
    Sid: 'Store',
    Effect: 'Allow',
    Action: [
      'elasticache:AddTagsToResource',
      'elasticache:CreateCacheSubnetGroup',
      'elasticache:CreateReplicationGroup',
      'elasticache:DecreaseReplicaCount',
      'elasticache:DeleteCacheSubnetGroup',
      'elasticache:DeleteReplicationGroup',
      'elasticache:DescribeCacheClusters',
      'elasticache:DescribeCacheSubnetGroups',
      'elasticache:DescribeReplicationGroups',
      'elasticache:IncreaseReplicaCount',
      'elasticache:ListTagsForResource',
      'elasticache:ModifyCacheSubnetGroup',
      'elasticache:ModifyReplicationGroup',
      'elasticache:RemoveTagsFromResource',
    ],
    Resource: scope.sessionStore,
  },
  ...secretStatements('Sessions', scope.sessionSecrets),
  {
    Sid: 'StoreRole',
    Effect: 'Allow',
    Action: ['iam:CreateServiceLinkedRole'],
    Resource: '*',
    Condition: { StringEquals: { 'iam:AWSServiceName': 'elasticache.amazonaws.com' } },
  },
];

/** What deploying the bucket of uploaded files takes, and emptying it when it goes. */
export const uploadsStatements = ({ uploadsBucket }: DeployScope): readonly Statement[] => [
  {
    Sid: 'Uploads',
    Effect: 'Allow',
    Action: [...bucketActions],
    Resource: [uploadsBucket, `${uploadsBucket}/*`],
  },
];

/** What deploying the bucket of load runs takes, and handing a run’s profile and record through it. */
export const runsStatements = ({ runsBucket }: DeployScope): readonly Statement[] => [
  {
    Sid: 'Runs',
    Effect: 'Allow',
    Action: [...bucketActions],
    Resource: [runsBucket, `${runsBucket}/*`],
  },
  {
    Sid: 'Run',
    Effect: 'Allow',
    Action: ['s3:GetObject', 's3:PutObject'],
    Resource: `${runsBucket}/runs/*`,
  },
];

/** What making, describing, emptying and deleting a bucket takes. */
export const bucketActions = [
  's3:CreateBucket',
  's3:DeleteBucket',
  's3:DeleteBucketPolicy',
  // A bucket is emptied before it is deleted.
  's3:DeleteObject',
  's3:DeleteObjectVersion',
  's3:GetAccelerateConfiguration',
  's3:GetBucketAcl',
  's3:GetBucketCORS',
  's3:GetBucketLocation',
  's3:GetBucketLogging',
  's3:GetBucketObjectLockConfiguration',
  's3:GetBucketOwnershipControls',
  's3:GetBucketPolicy',
  's3:GetBucketPublicAccessBlock',
  's3:GetBucketRequestPayment',
  's3:GetBucketTagging',
  's3:GetBucketVersioning',
  's3:GetBucketWebsite',
  's3:GetEncryptionConfiguration',
  's3:GetLifecycleConfiguration',
  's3:GetReplicationConfiguration',
  's3:ListBucket',
  's3:ListBucketVersions',
  's3:PutBucketOwnershipControls',
  's3:PutBucketPolicy',
  's3:PutBucketPublicAccessBlock',
  's3:PutBucketTagging',
  's3:PutBucketVersioning',
  's3:PutEncryptionConfiguration',
  's3:PutLifecycleConfiguration',
] as const;
