import { describe, expect, test } from '@jest/globals';
import { type Access, allows } from '../../test/permissions.ts';
import { environment as resolved } from '../../test/synthesise.ts';
import { deployScope } from './deploy-scope.ts';
import { autoScalingGroupStatements } from './group-statements.ts';
import { networkStatements } from './network-statements.ts';

const environment = resolved({ stage: 'staging' });
const scope = deployScope({ environment, accountId: '123456789012' });
const statements = [
  ...networkStatements(scope, environment),
  ...autoScalingGroupStatements(scope, environment),
];

const arn = (type: string) => `arn:aws:ec2:us-east-1:123456789012:${type}/${type}-1`;
const region = { 'aws:RequestedRegion': 'us-east-1' };
const tagged = (project: string, stage: string) => ({
  ...region,
  'aws:ResourceTag/project': project,
  'aws:ResourceTag/stage': stage,
});
const own = tagged('tideline', 'staging');
const ofAnotherStage = tagged('tideline', 'production');
const asOwn = { 'aws:RequestTag/project': 'tideline', 'aws:RequestTag/stage': 'staging' };

const may = (action: string, type: string, context: Access['context']): boolean =>
  allows(statements, { action: `ec2:${action}`, resource: arn(type), ...(context && { context }) });

/** Calls that change what exists, with every type of resource that Terraform’s calls name. */
const changes = [
  ['AssociateRouteTable', ['route-table', 'subnet']],
  ['AttachInternetGateway', ['internet-gateway', 'vpc']],
  ['AuthorizeSecurityGroupIngress', ['security-group']],
  ['AuthorizeSecurityGroupEgress', ['security-group']],
  ['CreateRoute', ['route-table']],
  ['CreateTags', ['vpc', 'security-group']],
  ['DeleteSecurityGroup', ['security-group']],
  ['DeleteTags', ['vpc']],
  ['DeleteVpc', ['vpc']],
  ['ModifySecurityGroupRules', ['security-group']],
  ['ModifySubnetAttribute', ['subnet']],
  ['ModifyVpcAttribute', ['vpc']],
  ['ModifyVpcEndpoint', ['vpc-endpoint', 'route-table', 'security-group', 'subnet']],
  ['ReplaceRoute', ['route-table']],
  ['RevokeSecurityGroupEgress', ['security-group']],
  ['RevokeSecurityGroupIngress', ['security-group']],
] as const;

/** Calls that make something, with what it is made in. */
const makings = [
  ['AllocateAddress', 'elastic-ip', []],
  ['CreateInternetGateway', 'internet-gateway', []],
  ['CreateVpc', 'vpc', []],
  ['CreateSubnet', 'subnet', ['vpc']],
  ['CreateRouteTable', 'route-table', ['vpc']],
  ['CreateSecurityGroup', 'security-group', ['vpc']],
  ['CreateNatGateway', 'natgateway', ['subnet', 'elastic-ip']],
  ['CreateVpcEndpoint', 'vpc-endpoint', ['vpc', 'route-table', 'subnet', 'security-group']],
  ['AuthorizeSecurityGroupIngress', 'security-group-rule', ['security-group']],
  ['AuthorizeSecurityGroupEgress', 'security-group-rule', ['security-group']],
  ['CreateLaunchTemplate', 'launch-template', []],
  ['RunInstances', 'instance', ['launch-template', 'subnet', 'security-group']],
] as const;

describe('the deploy role, in EC2,', () => {
  test.each(changes)('may call %s for what is the environment’s, and for nothing else', (action, types) => {
    for (const type of types) {
      expect(may(action, type, own)).toBe(true);
      expect(may(action, type, ofAnotherStage)).toBe(false);
      expect(may(action, type, region)).toBe(false);
    }
  });

  test.each(makings)('may call %s for a new %s with its tags, in %j of its own', (action, type, parents) => {
    expect(may(action, type, region)).toBe(true);
    expect(may('CreateTags', type, { ...region, ...asOwn, 'ec2:CreateAction': action })).toBe(true);
    for (const parent of parents) {
      expect(may(action, parent, own)).toBe(true);
      expect(may(action, parent, ofAnotherStage)).toBe(false);
    }
  });

  test('makes nothing its own by tagging it, but the group that a VPC comes with', () => {
    expect(may('CreateTags', 'vpc', { ...region, ...asOwn })).toBe(false);
    expect(may('CreateTags', 'vpc', { ...ofAnotherStage, ...asOwn })).toBe(false);
    expect(may('CreateTags', 'security-group', { ...ofAnotherStage, ...asOwn })).toBe(false);
    expect(may('CreateTags', 'security-group', { ...region, ...asOwn })).toBe(true);
    expect(may('CreateTags', 'security-group', region)).toBe(false);
  });

  test('may let AWS tie the names of an interface endpoint to its VPC', () => {
    const action = 'route53:AssociateVPCWithHostedZone';
    expect(allows(statements, { action, resource: 'arn:aws:route53:::hostedzone/Z1' })).toBe(true);
    expect(allows(statements, { action, resource: arn('vpc') })).toBe(true);
  });
});
