import { httpApi, resourceNames, arnIn } from '@tideline/config';
import type { Statement } from '../ground/policy-document.ts';
import type { StackContext } from '../ground/stack-context.ts';
import { bucketActions } from './data-statements.ts';
import type { DeployScope } from './deploy-scope.ts';
import { logGroupActions } from './service-statements.ts';

/** Web ACL and access logs, for environments that have them. */
export function edgeStatements(
  scope: DeployScope,
  enabled: { readonly waf: boolean; readonly accessLogs: boolean },
): readonly Statement[] {
  const waf: Statement = {
    Sid: 'WebAcl',
    Effect: 'Allow',
    Action: [
      'wafv2:AssociateWebACL',
      'wafv2:CreateWebACL',
      'wafv2:DeleteWebACL',
      'wafv2:DisassociateWebACL',
      'wafv2:GetWebACL',
      'wafv2:GetWebACLForResource',
      'wafv2:ListTagsForResource',
      'wafv2:TagResource',
      'wafv2:UntagResource',
      'wafv2:UpdateWebACL',
    ],
    Resource: [scope.webAcl, scope.managedRules, ...scope.balancing],
  };
  const accessLogs: Statement = {
    Sid: 'AccessLogs',
    Effect: 'Allow',
    Action: [...bucketActions],
    Resource: [scope.accessLogBucket, `${scope.accessLogBucket}/*`],
  };
  return [...(enabled.waf ? [waf] : []), ...(enabled.accessLogs ? [accessLogs] : [])];
}

/** What deploying a distribution takes. CloudFront makes up its names. */
export const distributionStatements = ({ region, accountId }: DeployScope): readonly Statement[] => [
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
    Resource: arnIn(region, `cloudfront::${accountId}:distribution/*`),
  },
];

/** What deploying an HTTP API with its VPC link and its log takes. */
export function ingressStatements({
  environment,
  accountId,
}: Pick<StackContext, 'environment' | 'accountId'>): readonly Statement[] {
  if (httpApi(environment) === null) return [];
  const { region } = environment;
  const { httpApiLogGroup } = resourceNames(environment);
  const api = (path: string) => arnIn(region, `apigateway:${region}::${path}`);
  const logs = arnIn(region, `logs:${region}:${accountId}:log-group:${httpApiLogGroup}`);
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
      Action: logGroupActions,
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
