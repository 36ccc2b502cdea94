import { resourceNames } from '@tideline/config';
import type { Statement } from '../ground/policy-document.ts';
import type { StackContext } from '../ground/stack-context.ts';

/** What deploying an HTTP API with its VPC link and its log takes. */
export function ingressStatements({
  environment,
  accountId,
}: Pick<StackContext, 'environment' | 'accountId'>): readonly Statement[] {
  const { ingress, region } = environment;
  if (ingress.kind === 'alb') return [];
  const { httpApiLogGroup } = resourceNames(environment);
  const api = (path: string) => `arn:aws:apigateway:${region}::${path}`;
  const logs = `arn:aws:logs:${region}:${accountId}:log-group:${httpApiLogGroup}`;
  return [
    {
      Sid: 'HttpApi',
      Effect: 'Allow',
      // API Gateway’s actions are the methods of its own API, on paths whose ids it makes up.
      Action: [
        'apigateway:DELETE',
        'apigateway:GET',
        'apigateway:PATCH',
        'apigateway:POST',
        'apigateway:PUT',
        'apigateway:TagResource',
        'apigateway:UntagResource',
      ],
      Resource: ['/apis', '/apis/*', '/vpclinks', '/vpclinks/*', '/tags/*'].map(api),
    },
    {
      Sid: 'HttpApiLog',
      Effect: 'Allow',
      Action: [
        'logs:CreateLogGroup',
        'logs:DeleteLogGroup',
        'logs:FilterLogEvents',
        'logs:GetLogEvents',
        'logs:ListTagsForResource',
        'logs:PutRetentionPolicy',
        'logs:TagResource',
        'logs:UntagResource',
      ],
      Resource: [logs, `${logs}:*`],
    },
    {
      Sid: 'DeliverLog',
      Effect: 'Allow',
      // Who points a stage at a log group makes the delivery (CloudWatch Logs guide, logging from AWS services); none takes a resource.
      Action: [
        'logs:CreateLogDelivery',
        'logs:DeleteLogDelivery',
        'logs:DescribeResourcePolicies',
        'logs:GetLogDelivery',
        'logs:ListLogDeliveries',
        'logs:PutResourcePolicy',
        'logs:UpdateLogDelivery',
      ],
      Resource: '*',
      Condition: { StringEquals: { 'aws:RequestedRegion': region } },
    },
    {
      Sid: 'HttpApiRole',
      Effect: 'Allow',
      Action: ['iam:CreateServiceLinkedRole'],
      Resource: '*',
      Condition: { StringEquals: { 'iam:AWSServiceName': 'ops.apigateway.amazonaws.com' } },
    },
  ];
}
