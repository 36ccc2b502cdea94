import { type Environment, httpApi, resourceNames, arnIn } from '@tideline/config';
import type { Statement } from '../ground/policy-document.ts';
import type { StackContext } from '../ground/stack-context.ts';
import { bucketActions, secretStatements } from './data-statements.ts';
import type { DeployScope } from './deploy-scope.ts';
import { logGroupActions } from './service-statements.ts';

/** What deploying what stands in front takes: web ACL, access logs, distribution. */
export function edgeStatements(
  scope: DeployScope,
  { waf, cdn, accessLogs }: Pick<Environment, 'waf' | 'cdn' | 'accessLogs'>,
): readonly Statement[] {
  return [
    ...(waf.enabled ? webAclStatements(scope) : []),
    ...(accessLogs.enabled
      ? [
          {
            Sid: 'AccessLogs',
            Effect: 'Allow',
            Action: [...bucketActions],
            Resource: [scope.accessLogBucket, `${scope.accessLogBucket}/*`],
          } as const,
        ]
      : []),
    ...(cdn.enabled ? distributionStatements(scope) : []),
    ...(cdn.enabled && accessLogs.enabled ? distributionLogStatements(scope) : []),
  ];
}

const webAclStatements = (scope: DeployScope): readonly Statement[] => [
  {
    Sid: 'WebAcl',
    Effect: 'Allow',
    Action: [
      'wafv2:AssociateWebACL',
      'wafv2:CreateWebACL',
      'wafv2:DeleteLoggingConfiguration',
      'wafv2:DeleteWebACL',
      'wafv2:DisassociateWebACL',
      'wafv2:GetLoggingConfiguration',
      'wafv2:GetWebACL',
      'wafv2:GetWebACLForResource',
      'wafv2:ListTagsForResource',
      'wafv2:PutLoggingConfiguration',
      'wafv2:TagResource',
      'wafv2:UntagResource',
      'wafv2:UpdateWebACL',
    ],
    Resource: [scope.webAcl, scope.managedRules, ...scope.balancing],
  },
  {
    Sid: 'WebAclLog',
    Effect: 'Allow',
    Action: logGroupActions,
    Resource: [scope.webAclLog, `${scope.webAclLog}:*`],
  },
  {
    Sid: 'DeliverWebAclLog',
    Effect: 'Allow',
    // Who points a web ACL at a log group makes the delivery (WAF guide, CloudWatch Logs); none takes a resource.
    Action: [
      'logs:CreateLogDelivery',
      'logs:DeleteLogDelivery',
      'logs:DescribeResourcePolicies',
      'logs:PutResourcePolicy',
    ],
    Resource: '*',
    Condition: { StringEquals: { 'aws:RequestedRegion': scope.webAclRegion } },
  },
];

/** CloudFront makes up the names of distributions. */
const distributionStatements = (scope: DeployScope): readonly Statement[] => [
  {
    Sid: 'Distribution',
    Effect: 'Allow',
    Action: [
      'cloudfront:AllowVendedLogDeliveryForResource',
      'cloudfront:CreateDistribution',
      'cloudfront:DeleteDistribution',
      'cloudfront:GetDistribution',
      'cloudfront:ListTagsForResource',
      'cloudfront:TagResource',
      'cloudfront:UntagResource',
      'cloudfront:UpdateDistribution',
    ],
    Resource: arnIn(scope.region, `cloudfront::${scope.accountId}:distribution/*`),
  },
  {
    Sid: 'OriginRule',
    Effect: 'Allow',
    Action: [
      'elasticloadbalancing:AddTags',
      'elasticloadbalancing:CreateRule',
      'elasticloadbalancing:DeleteRule',
      'elasticloadbalancing:ModifyRule',
      'elasticloadbalancing:RemoveTags',
    ],
    Resource: scope.originRule,
  },
  { Sid: 'ReadRules', Effect: 'Allow', Action: ['elasticloadbalancing:DescribeRules'], Resource: '*' },
  ...secretStatements('Origin', [scope.originSecret]),
];

/** Deliveries get ids that CloudWatch Logs makes up. */
const distributionLogStatements = ({ distributionLogs }: DeployScope): readonly Statement[] => [
  {
    Sid: 'DistributionLogs',
    Effect: 'Allow',
    Action: [
      'logs:CreateDelivery',
      'logs:DeleteDelivery',
      'logs:DeleteDeliveryDestination',
      'logs:DeleteDeliverySource',
      'logs:GetDelivery',
      'logs:GetDeliveryDestination',
      'logs:GetDeliverySource',
      'logs:ListTagsForResource',
      'logs:PutDeliveryDestination',
      'logs:PutDeliverySource',
      'logs:TagResource',
      'logs:UntagResource',
      'logs:UpdateDeliveryConfiguration',
    ],
    Resource: distributionLogs,
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
