import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group/index.js';
import {
  VpcSecurityGroupEgressRule,
  type VpcSecurityGroupEgressRuleConfig,
} from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule/index.js';
import {
  VpcSecurityGroupIngressRule,
  type VpcSecurityGroupIngressRuleConfig,
} from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule/index.js';
import type { Construct } from 'constructs';
import type { PortRange } from './target-binding.ts';

/** The far side of a rule: exactly one of a group, a range and a prefix list. */
type Peer = Pick<
  VpcSecurityGroupIngressRuleConfig & VpcSecurityGroupEgressRuleConfig,
  'cidrIpv4' | 'referencedSecurityGroupId' | 'prefixListId'
>;

/** One rule of a group, for TCP. */
export interface Rule {
  readonly group: SecurityGroup;
  /** One port, or all from one to another. */
  readonly port: number | PortRange;
  readonly peer: Peer;
  readonly description: string;
}

/** Lets a peer connect to a group. */
export const allowIn = (scope: Construct, id: string, rule: Rule): VpcSecurityGroupIngressRule =>
  new VpcSecurityGroupIngressRule(scope, id, ruleFields(rule));

/** Lets a group connect to a peer. */
export const allowOut = (scope: Construct, id: string, rule: Rule): VpcSecurityGroupEgressRule =>
  new VpcSecurityGroupEgressRule(scope, id, ruleFields(rule));

/** Lets one group connect to another: both halves of the way. */
export function connectGroups(
  scope: Construct,
  id: string,
  { from, to, port }: { readonly from: SecurityGroup; readonly to: SecurityGroup; readonly port: number },
): void {
  const description = `${from.nameInput ?? ''} to ${to.nameInput ?? ''}`;
  allowIn(scope, id, { group: to, port, peer: { referencedSecurityGroupId: from.id }, description });
  allowOut(scope, `${id}-out`, {
    group: from,
    port,
    peer: { referencedSecurityGroupId: to.id },
    description,
  });
}

const ruleFields = ({ group, port, peer, description }: Rule) => ({
  securityGroupId: group.id,
  ipProtocol: 'tcp',
  ...(typeof port === 'number' ? { fromPort: port, toPort: port } : { fromPort: port.from, toPort: port.to }),
  description,
  ...peer,
});
