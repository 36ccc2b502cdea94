import type { DeployScope } from './deploy-scope.ts';
import type { Statement } from '../ground/policy-document.ts';

/** What deploying policies, alarms and the dashboard takes. */
export function scalingStatements(scope: DeployScope): readonly Statement[] {
  return [
    {
      Sid: 'Read',
      Effect: 'Allow',
      Action: [
        'application-autoscaling:DescribeScalableTargets',
        'application-autoscaling:DescribeScalingActivities',
        'application-autoscaling:DescribeScalingPolicies',
        'application-autoscaling:DescribeScheduledActions',
        'cloudwatch:DescribeAlarms',
        'cloudwatch:GetMetricData',
      ],
      // These take no resources (service authorization reference).
      Resource: '*',
    },
    {
      Sid: 'Scale',
      Effect: 'Allow',
      Action: [
        'application-autoscaling:DeleteScalingPolicy',
        'application-autoscaling:DeleteScheduledAction',
        'application-autoscaling:DeregisterScalableTarget',
        'application-autoscaling:ListTagsForResource',
        'application-autoscaling:PutScalingPolicy',
        'application-autoscaling:PutScheduledAction',
        'application-autoscaling:RegisterScalableTarget',
        'application-autoscaling:TagResource',
        'application-autoscaling:UntagResource',
      ],
      // Scalable targets are named by ids that AWS makes up.
      Resource: `arn:aws:application-autoscaling:${scope.region}:*:scalable-target/*`,
      Condition: { StringEquals: { 'aws:RequestedRegion': scope.region } },
    },
    {
      Sid: 'Alarms',
      Effect: 'Allow',
      Action: [
        'cloudwatch:DeleteAlarms',
        'cloudwatch:ListTagsForResource',
        'cloudwatch:PutMetricAlarm',
        'cloudwatch:TagResource',
        'cloudwatch:UntagResource',
      ],
      Resource: scope.alarms,
    },
    {
      Sid: 'Dashboard',
      Effect: 'Allow',
      Action: ['cloudwatch:DeleteDashboards', 'cloudwatch:GetDashboard', 'cloudwatch:PutDashboard'],
      Resource: scope.dashboard,
    },
    {
      Sid: 'Topic',
      Effect: 'Allow',
      Action: [
        'sns:CreateTopic',
        'sns:DeleteTopic',
        'sns:GetSubscriptionAttributes',
        'sns:GetTopicAttributes',
        'sns:ListTagsForResource',
        'sns:SetTopicAttributes',
        'sns:Subscribe',
        'sns:TagResource',
        'sns:Unsubscribe',
        'sns:UntagResource',
      ],
      Resource: [scope.topic, `${scope.topic}:*`],
    },
  ];
}

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

/** What reading and writing this environment’s Terraform state takes; no version of it can be deleted. */
export const stateStatements = (scope: DeployScope): readonly Statement[] => [
  { Sid: 'ListState', Effect: 'Allow', Action: ['s3:ListBucket'], Resource: scope.stateBucket },
  { Sid: 'State', Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: scope.stateObjects },
  {
    Sid: 'Lock',
    Effect: 'Allow',
    Action: ['dynamodb:DeleteItem', 'dynamodb:DescribeTable', 'dynamodb:GetItem', 'dynamodb:PutItem'],
    Resource: scope.lockTable,
  },
];
