import { Wafv2WebAclAssociation } from '@cdktf/provider-aws/lib/wafv2-web-acl-association/index.js';
import { Wafv2WebAclLoggingConfiguration } from '@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration/index.js';
import { Wafv2WebAcl } from '@cdktf/provider-aws/lib/wafv2-web-acl/index.js';
import { type Environment, resourceNames } from '@tideline/config';
import type { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { createLogGroup } from '../ground/log-group.ts';

/** What a web ACL is in front of: a balancer of its Region, or a distribution, which names its ACL itself. */
type Guarded =
  | { readonly loadBalancerArn: string }
  /** The provider of the one Region in which CloudFront looks for web ACLs. */
  | { readonly distributionProvider: TerraformProvider };

export interface WebAclProps {
  readonly environment: Environment;
  readonly guarded: Guarded;
}

/** Header fields whose values no log keeps. */
const redactedHeaders = ['authorization', 'cookie'];

/**
 * Rules that AWS keeps up to date against common attacks, and a limit on the requests of one address. The address is the
 * client’s own in both places: a distribution is asked by clients, and so is a balancer that no distribution is in front of.
 * A web ACL of the balancer behind CloudFront would have to trust X-Forwarded-For, whose first entry is counted and which a
 * client can make up (WAF guide, forwarded IP addresses).
 */
export class WebAcl extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { environment, guarded }: WebAclProps) {
    super(scope, id);
    const provider = 'distributionProvider' in guarded ? guarded.distributionProvider : undefined;
    const acl = this.#createAcl(environment, provider);
    this.arn = acl.arn;
    if ('loadBalancerArn' in guarded)
      new Wafv2WebAclAssociation(this, 'association', {
        resourceArn: guarded.loadBalancerArn,
        webAclArn: acl.arn,
      });
    if (environment.waf.log !== 'none') this.#log(acl, environment, provider);
  }

  #createAcl(environment: Environment, provider: TerraformProvider | undefined): Wafv2WebAcl {
    const { waf } = environment;
    const name = resourceNames(environment).webAcl;
    return new Wafv2WebAcl(this, 'acl', {
      name,
      scope: provider === undefined ? 'REGIONAL' : 'CLOUDFRONT',
      ...(provider === undefined ? {} : { provider }),
      defaultAction: { allow: {} },
      rule: [
        {
          name: 'common',
          priority: 1,
          overrideAction: { none: {} },
          // The bindings have no type for statements, and hand them on under the names that they are given.
          statement: {
            managed_rule_group_statement: {
              vendor_name: 'AWS',
              name: 'AWSManagedRulesCommonRuleSet',
              ...(environment.files.store === 'none' ? {} : { rule_action_override: uploadsPass }),
            },
          },
          visibilityConfig: visibility(`${name}-common`),
        },
        {
          name: 'rate',
          priority: 2,
          action: { block: {} },
          statement: {
            rate_based_statement: {
              aggregate_key_type: 'IP',
              limit: waf.requestsPerWindowPerAddress,
              evaluation_window_sec: waf.evaluationWindowSeconds,
            },
          },
          visibilityConfig: visibility(`${name}-rate`),
        },
      ],
      visibilityConfig: visibility(name),
    });
  }

  #log(acl: Wafv2WebAcl, environment: Environment, provider: TerraformProvider | undefined): void {
    const name = resourceNames(environment).webAclLogGroup;
    const group = createLogGroup(this, 'log', { environment, name, provider });
    new Wafv2WebAclLoggingConfiguration(this, 'logging', {
      resourceArn: acl.arn,
      logDestinationConfigs: [group.arn],
      redactedFields: redactedHeaders.map((name) => ({ singleHeader: { name } })),
      ...(environment.waf.log === 'all' ? {} : { loggingFilter: blockedAlone }),
      ...(provider === undefined ? {} : { provider }),
    });
  }
}

/**
 * The common rules refuse every body above 8 KiB, a limit that nothing raises, since WAF reads no more of one (WAF guide,
 * baseline rule groups, SizeRestrictions_BODY). A file is larger; its first bytes are looked at all the same.
 */
const uploadsPass = [{ name: 'SizeRestrictions_BODY', action_to_use: { count: {} } }];

const blockedAlone = {
  defaultBehavior: 'DROP',
  filter: [
    {
      behavior: 'KEEP',
      requirement: 'MEETS_ANY',
      condition: [{ actionCondition: { action: 'BLOCK' } }],
    },
  ],
};

const visibility = (metricName: string) => ({
  cloudwatchMetricsEnabled: true,
  sampledRequestsEnabled: true,
  metricName,
});
