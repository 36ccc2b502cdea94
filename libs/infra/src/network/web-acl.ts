import { Wafv2WebAclAssociation } from '@cdktf/provider-aws/lib/wafv2-web-acl-association/index.js';
import { Wafv2WebAcl } from '@cdktf/provider-aws/lib/wafv2-web-acl/index.js';
import { type Environment, resourceNames } from '@tideline/config';
import { Construct } from 'constructs';

/** Rules that AWS keeps up to date against common attacks, and a limit on the requests of one address, in front of a balancer. */
export class WebAcl extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { environment, loadBalancerArn }: { readonly environment: Environment; readonly loadBalancerArn: string },
  ) {
    super(scope, id);
    const name = resourceNames(environment).webAcl;
    const acl = new Wafv2WebAcl(this, 'acl', {
      name,
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      rule: [
        {
          name: 'common',
          priority: 1,
          overrideAction: { none: {} },
          // The bindings have no type for statements, and hand them on under the names that they are given.
          statement: {
            managed_rule_group_statement: { vendor_name: 'AWS', name: 'AWSManagedRulesCommonRuleSet' },
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
              limit: environment.waf.requestsPerFiveMinutesPerAddress,
              evaluation_window_sec: 300,
            },
          },
          visibilityConfig: visibility(`${name}-rate`),
        },
      ],
      visibilityConfig: visibility(name),
    });
    new Wafv2WebAclAssociation(this, 'association', {
      resourceArn: loadBalancerArn,
      webAclArn: acl.arn,
    });
  }
}

const visibility = (metricName: string) => ({
  cloudwatchMetricsEnabled: true,
  sampledRequestsEnabled: true,
  metricName,
});
