import { bucketActions } from './service-statements.ts';
import type { DeployScope } from './deploy-scope.ts';
import type { Statement } from '../ground/policy-document.ts';

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

/** What deploying a distribution takes. CloudFront makes up its names. */
export const distributionStatements = ({ accountId }: DeployScope): readonly Statement[] => [
  {
    Sid: 'Distribution',
    Effect: 'Allow',
    Action: [
      'cloudfront:CreateDistribution',
      'cloudfront:DeleteDistribution',
      'cloudfront:GetDistribution',
      'cloudfront:ListTagsForResource',
      'cloudfront:TagResource',
      'cloudfront:UntagResource',
      'cloudfront:UpdateDistribution',
    ],
    Resource: `arn:aws:cloudfront::${accountId}:distribution/*`,
  },
];
