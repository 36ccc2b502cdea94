import { arnIn } from '@tideline/config';
import type { Statement } from '../ground/policy-document.ts';
import {
  type DeployScope,
  type OwnTags,
  ec2Types,
  ownResource,
  tagWhatIsMade,
  tagWhatHasNoOwner,
} from './deploy-scope.ts';

/**
 * What deploying the network takes. EC2 makes ids up, so what is made is bound to its type, and what exists to the environment’s
 * tags. A call needs every resource that it names: a subnet is new, and the VPC that it is made in must be the environment’s own.
 */
export function networkStatements(scope: DeployScope, tags: OwnTags): readonly Statement[] {
  return [
    describeStatement,
    ...makeStatements(scope),
    ownStatement(scope, tags),
    ...tagStatements(scope, tags),
    {
      // Making an interface endpoint with private names ties AWS’s own zone of them to the VPC (dependent action of CreateVpcEndpoint).
      Sid: 'EndpointNames',
      Effect: 'Allow',
      Action: ['route53:AssociateVPCWithHostedZone'],
      Resource: [arnIn(scope.region, 'route53:::hostedzone/*'), ...ec2Types(scope, ['vpc'])],
    },
  ];
}

const describeStatement: Statement = {
  Sid: 'Describe',
  Effect: 'Allow',
  Action: [
    'ec2:DescribeAccountAttributes',
    'ec2:DescribeAddresses',
    'ec2:DescribeAddressesAttribute',
    'ec2:DescribeAvailabilityZones',
    'ec2:DescribeInternetGateways',
    'ec2:DescribeManagedPrefixLists',
    'ec2:DescribeNatGateways',
    'ec2:DescribeNetworkAcls',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribePrefixLists',
    'ec2:DescribeRouteTables',
    'ec2:DescribeSecurityGroupRules',
    'ec2:DescribeSecurityGroups',
    'ec2:DescribeSubnets',
    'ec2:DescribeTags',
    'ec2:DescribeVpcAttribute',
    'ec2:DescribeVpcEndpoints',
    'ec2:DescribeVpcs',
  ],
  // EC2 takes no resources for its Describe actions.
  Resource: '*',
};

const ruleActions = [
  'ec2:AuthorizeSecurityGroupEgress',
  'ec2:AuthorizeSecurityGroupIngress',
  'ec2:ModifySecurityGroupRules',
  'ec2:RevokeSecurityGroupEgress',
  'ec2:RevokeSecurityGroupIngress',
];

/** What is made, with nothing of what it is made in. */
const makeStatements = (scope: DeployScope): readonly Statement[] => [
  {
    Sid: 'Make',
    Effect: 'Allow',
    Action: ['ec2:AllocateAddress', 'ec2:CreateInternetGateway', 'ec2:CreateVpc'],
    Resource: ec2Types(scope, ['elastic-ip', 'internet-gateway', 'vpc']),
  },
  {
    Sid: 'MakeInVpc',
    Effect: 'Allow',
    Action: ['ec2:CreateRouteTable', 'ec2:CreateSecurityGroup', 'ec2:CreateSubnet'],
    Resource: ec2Types(scope, ['route-table', 'security-group', 'subnet']),
  },
  {
    Sid: 'MakeInSubnets',
    Effect: 'Allow',
    Action: ['ec2:CreateNatGateway', 'ec2:CreateVpcEndpoint'],
    Resource: ec2Types(scope, ['natgateway', 'vpc-endpoint']),
  },
  {
    // A rule is nothing without its group, which the same call names.
    Sid: 'MakeRules',
    Effect: 'Allow',
    Action: ruleActions,
    Resource: ec2Types(scope, ['security-group-rule']),
  },
];

/** What the environment has made, and what something new is made in. */
const ownStatement = (scope: DeployScope, tags: OwnTags): Statement => ({
  Sid: 'Own',
  Effect: 'Allow',
  Action: [
    ...ruleActions,
    'ec2:AssociateRouteTable',
    'ec2:AttachInternetGateway',
    'ec2:CreateNatGateway',
    'ec2:CreateRoute',
    'ec2:CreateRouteTable',
    'ec2:CreateSecurityGroup',
    'ec2:CreateSubnet',
    'ec2:CreateTags',
    'ec2:CreateVpcEndpoint',
    'ec2:DeleteInternetGateway',
    'ec2:DeleteNatGateway',
    'ec2:DeleteRoute',
    'ec2:DeleteRouteTable',
    'ec2:DeleteSecurityGroup',
    'ec2:DeleteSubnet',
    'ec2:DeleteTags',
    'ec2:DeleteVpc',
    'ec2:DeleteVpcEndpoints',
    'ec2:DetachInternetGateway',
    'ec2:DisassociateAddress',
    'ec2:DisassociateRouteTable',
    'ec2:ModifySubnetAttribute',
    'ec2:ModifyVpcAttribute',
    'ec2:ModifyVpcEndpoint',
    'ec2:ReleaseAddress',
    'ec2:ReplaceRoute',
    'ec2:ReplaceRouteTableAssociation',
  ],
  Resource: '*',
  Condition: ownResource(scope, tags),
});

const tagStatements = (scope: DeployScope, tags: OwnTags): readonly Statement[] => [
  {
    Sid: 'TagNew',
    Effect: 'Allow',
    Action: ['ec2:CreateTags'],
    Resource: ec2Types(scope, ['*']),
    Condition: tagWhatIsMade(tags, [
      'AllocateAddress',
      'AuthorizeSecurityGroupEgress',
      'AuthorizeSecurityGroupIngress',
      'CreateInternetGateway',
      'CreateNatGateway',
      'CreateRouteTable',
      'CreateSecurityGroup',
      'CreateSubnet',
      'CreateVpc',
      'CreateVpcEndpoint',
    ]),
  },
  {
    // A VPC’s default group comes with it, untagged and with an id that nothing tells before; its rules are taken away.
    Sid: 'TagDefaultGroup',
    Effect: 'Allow',
    Action: ['ec2:CreateTags'],
    Resource: ec2Types(scope, ['security-group']),
    Condition: tagWhatHasNoOwner(tags),
  },
];
