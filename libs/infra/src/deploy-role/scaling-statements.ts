import { arnIn } from '@tideline/config';
import type { Statement } from '../ground/policy-document.ts';
import type { DeployScope } from './deploy-scope.ts';

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
      Resource: arnIn(scope.region, `application-autoscaling:${scope.region}:*:scalable-target/*`),
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
