import { describe, expect, test } from '@jest/globals';
import { environmentStackIds } from '@tideline/config';
import {
  type Resource,
  type Synthesis,
  everyResource,
  everyStatement,
  first,
  synthesise,
} from './synthesise.ts';

const certificate = (id: string) => `arn:aws:acm:us-east-1:123456789012:certificate/${id}`;
const rate = (synthesis: Synthesis): unknown => {
  const { rule } = synthesis.only('aws_wafv2_web_acl');
  return (rule as Resource[]).find(({ name }) => name === 'rate')?.statement;
};

describe('a firewall without CloudFront', () => {
  const synthesis = synthesise('load-driven', {
    waf: { enabled: true, requestsPerWindowPerAddress: 500, evaluationWindowSeconds: 120 },
  });
  const { only, all } = synthesis;

  test('is the balancer’s, and counts by the address that asks it', () => {
    expect(only('aws_wafv2_web_acl')).toMatchObject({ scope: 'REGIONAL', name: 'tideline-dev-web' });
    expect(rate(synthesis)).toEqual({
      rate_based_statement: { aggregate_key_type: 'IP', limit: 500, evaluation_window_sec: 120 },
    });
    expect(only('aws_wafv2_web_acl_association').resource_arn).toContain('aws_lb.');
  });

  test('logs what it blocks, without cookies and credentials', () => {
    const group = all('aws_cloudwatch_log_group').find(({ name }) => name === 'aws-waf-logs-tideline-dev');
    expect(group).toMatchObject({ retention_in_days: 30 });
    expect(only('aws_wafv2_web_acl_logging_configuration')).toMatchObject({
      redacted_fields: [{ single_header: { name: 'authorization' } }, { single_header: { name: 'cookie' } }],
      logging_filter: {
        default_behavior: 'DROP',
        filter: [{ behavior: 'KEEP', condition: [{ action_condition: { action: 'BLOCK' } }] }],
      },
    });
  });

  test('logs everything, or nothing, where the description says so', () => {
    const everything = synthesise('load-driven', { waf: { enabled: true, log: 'all' } });
    expect(everything.only('aws_wafv2_web_acl_logging_configuration')).not.toHaveProperty('logging_filter');
    const nothing = synthesise('load-driven', { waf: { enabled: true, log: 'none' } });
    expect(nothing.all('aws_wafv2_web_acl_logging_configuration')).toEqual([]);
  });

  // WAF guide, baseline rule groups: SizeRestrictions_BODY refuses bodies above 8,192 bytes, and no setting raises that.
  test('refuses large bodies, but not the files of a service that takes them', () => {
    const common = (preset: 'load-driven' | 'stateless-asg') => {
      const { rule } = synthesise(preset, { waf: { enabled: true } }).only('aws_wafv2_web_acl');
      return (rule as Resource[]).find(({ name }) => name === 'common');
    };
    const group = { vendor_name: 'AWS', name: 'AWSManagedRulesCommonRuleSet' };
    expect(common('load-driven')?.statement).toEqual({ managed_rule_group_statement: group });
    expect(common('stateless-asg')?.statement).toEqual({
      managed_rule_group_statement: {
        ...group,
        rule_action_override: [{ name: 'SizeRestrictions_BODY', action_to_use: { count: {} } }],
      },
    });
  });

  test('leaves the balancer answering everybody', () => {
    expect(all('aws_lb_listener_rule')).toEqual([]);
    expect(first(only('aws_lb_listener').default_action)).toMatchObject({ type: 'forward' });
  });
});

describe('a firewall with CloudFront', () => {
  const synthesis = synthesise('load-driven', {
    region: 'eu-west-1',
    waf: { enabled: true, requestsPerWindowPerAddress: 500 },
    cdn: { enabled: true },
    accessLogs: { enabled: true },
  });
  const { only, all, stacks } = synthesis;

  test('is the distribution’s, which sees the client’s own address, and none of the balancer’s', () => {
    expect(only('aws_wafv2_web_acl')).toMatchObject({ scope: 'CLOUDFRONT', provider: 'aws.global' });
    expect(rate(synthesis)).toMatchObject({ rate_based_statement: { aggregate_key_type: 'IP', limit: 500 } });
    expect(only('aws_cloudfront_distribution').web_acl_id).toContain('aws_wafv2_web_acl');
    expect(all('aws_wafv2_web_acl_association')).toEqual([]);
  });

  test('is made, and logged, where CloudFront looks for it', () => {
    expect(stacks.service.provider.aws).toMatchObject([
      { region: 'eu-west-1' },
      { alias: 'global', region: 'us-east-1', allowed_account_ids: ['123456789012'] },
    ]);
    const there = everyResource(synthesis).filter(({ properties }) => properties.provider === 'aws.global');
    expect(there.map(({ type }) => type).sort()).toEqual([
      'aws_cloudwatch_log_delivery',
      'aws_cloudwatch_log_delivery_destination',
      'aws_cloudwatch_log_delivery_source',
      'aws_cloudwatch_log_group',
      'aws_wafv2_web_acl',
      'aws_wafv2_web_acl_logging_configuration',
    ]);
    // Their deployer may do so there, and nowhere else.
    const statements = everyStatement(synthesis).map(({ statement }) => statement);
    expect(statements.find(({ Sid }) => Sid === 'WebAcl')?.Resource).toContain(
      'arn:aws:wafv2:us-east-1:123456789012:global/webacl/tideline-dev-web/*',
    );
    expect(statements.find(({ Sid }) => Sid === 'WebAclLog')?.Resource).toContain(
      'arn:aws:logs:us-east-1:123456789012:log-group:aws-waf-logs-tideline-dev',
    );
  });

  test.each([
    ['us-east-1', true],
    ['eu-west-1', false],
  ])('has its log encrypted by the environment’s key where that is in the same Region: %s', (region, is) => {
    const { all: every } = synthesise('load-driven', {
      ...{ region, waf: { enabled: true }, cdn: { enabled: true } },
      observability: { customerManagedKeys: true },
    });
    const log = every('aws_cloudwatch_log_group').find(({ provider }) => provider === 'aws.global');
    expect(log?.kms_key_id !== undefined).toBe(is);
  });

  test('has its requests written to the bucket of the balancer’s, by CloudFront of this account alone', () => {
    expect(only('aws_cloudwatch_log_delivery_source')).toMatchObject({ log_type: 'ACCESS_LOGS' });
    const [statement] = everyStatement(synthesis)
      .map((found) => found.statement)
      .filter(({ Sid }) => Sid === 'DistributionLogs');
    expect(statement).toBeDefined();
    const bucketPolicy = all('aws_s3_bucket_policy').find(({ policy }) =>
      String(policy).includes('delivery.logs.amazonaws.com'),
    );
    expect(bucketPolicy?.policy).toContain('arn:aws:logs:us-east-1:123456789012:delivery-source:*');
  });
});

describe('the balancer behind CloudFront', () => {
  const plain = synthesise('stateless-asg', { cdn: { enabled: true, priceClass: 'PriceClass_200' } });
  const secret = (synthesis: Synthesis) => {
    const [header] = first(synthesis.only('aws_cloudfront_distribution').origin).custom_header as Resource[];
    return header;
  };

  test('refuses whatever does not show the secret header, which the distribution sends', () => {
    expect(first(plain.only('aws_lb_listener').default_action)).toMatchObject({
      type: 'fixed-response',
      fixed_response: { status_code: '403' },
    });
    const rule = plain.only('aws_lb_listener_rule');
    expect(first(rule.action)).toMatchObject({ type: 'forward' });
    const { http_header } = first(rule.condition);
    expect(first(http_header)).toMatchObject({ http_header_name: 'x-origin-verify' });
    const read = /data\.aws_secretsmanager_secret_version\.[\w-]+\.secret_string/;
    expect(String(first(http_header).values)).toMatch(new RegExp(`split\\(",", ${read.source}\\)`));
    expect(secret(plain)).toMatchObject({ name: 'x-origin-verify' });
    expect(String(secret(plain)?.value)).toMatch(
      new RegExp(`element\\(split\\(",", ${read.source}\\), 0\\)`),
    );
  });

  test('takes a new value before the distribution sends it', () => {
    expect(plain.only('aws_cloudfront_distribution').depends_on).toEqual([
      expect.stringMatching(/^aws_lb_listener_rule\./),
    ]);
  });

  test('is reached from CloudFront’s addresses alone', () => {
    const rules = plain.all('aws_vpc_security_group_ingress_rule');
    expect(rules.filter(({ description }) => description === 'From CloudFront')).toMatchObject([
      { from_port: 80, prefix_list_id: expect.stringContaining('prefix_list') },
    ]);
    expect(rules.some(({ cidr_ipv4 }) => cidr_ipv4 !== undefined)).toBe(false);
  });

  test('starts no task before the rule leads to it', () => {
    const behind = synthesise('load-driven', { cdn: { enabled: true } });
    expect(behind.only('aws_ecs_service').depends_on).toContainEqual(
      expect.stringMatching(/^aws_lb_listener_rule\./),
    );
  });

  test('is asked by plain HTTP at the name that AWS gave it, without a certificate', () => {
    const { domain_name, custom_origin_config } = first(plain.only('aws_cloudfront_distribution').origin);
    expect(domain_name).toContain('aws_lb.');
    expect(first(custom_origin_config)).toMatchObject({ origin_protocol_policy: 'http-only', http_port: 80 });
  });

  test('is asked by HTTPS alone at the name of its certificate, where it has one', () => {
    const tls = synthesise('stateless-asg', {
      cdn: { enabled: true, domainName: 'shop.example.com', certificateArn: certificate('4a2d') },
      loadBalancer: { certificateArn: certificate('3f1c'), domainName: 'origin.example.com' },
    });
    const { aliases, origin, viewer_certificate } = tls.only('aws_cloudfront_distribution');
    expect(first(origin)).toMatchObject({ domain_name: 'origin.example.com' });
    expect(first(first(origin).custom_origin_config)).toMatchObject({
      origin_protocol_policy: 'https-only',
      origin_ssl_protocols: ['TLSv1.2'],
    });
    expect(tls.all('aws_lb_listener')).toMatchObject([{ port: 443, protocol: 'HTTPS' }]);
    const entries = tls
      .all('aws_vpc_security_group_ingress_rule')
      .filter(({ description }) => description === 'From CloudFront');
    expect(entries).toMatchObject([{ from_port: 443, to_port: 443 }]);
    // Clients use the other name, by TLS 1.2.
    expect(aliases).toEqual(['shop.example.com']);
    expect(first(viewer_certificate)).toMatchObject({
      acm_certificate_arn: certificate('4a2d'),
      minimum_protocol_version: 'TLSv1.2_2021',
    });
    expect(tls.stacks.service.output.url?.value).toBe('https://shop.example.com');
  });

  test('is released by CodeDeploy, which moves the rule: no deployment moves it back', () => {
    const released = synthesise('blue-green', {
      cdn: { enabled: true },
      ingress: { kind: 'alb' },
      container: { basePath: '' },
    });
    const rule = released.only('aws_lb_listener_rule');
    expect(rule.lifecycle).toMatchObject({ ignore_changes: ['action'] });
    expect(environmentStackIds(released.environment)).not.toContain('ingress');
  });
});

describe('CloudFront', () => {
  const { only } = synthesise('flash-sale', {
    cdn: { enabled: true, cachedPaths: ['/assets/*', '/media/*'] },
  });

  test('keeps the paths of the description as long as their answers say, and passes cookies on elsewhere', () => {
    expect(only('aws_cloudfront_distribution')).toMatchObject({
      ordered_cache_behavior: ['/assets/*', '/media/*'].map((path_pattern) => ({
        path_pattern,
        cache_policy_id: '658327ea-f89d-4fab-a63d-7e88639e58f6',
        allowed_methods: ['GET', 'HEAD'],
        viewer_protocol_policy: 'redirect-to-https',
      })),
      default_cache_behavior: {
        cache_policy_id: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
        origin_request_policy_id: '33f36d7e-f396-46d9-90e0-52428a34d9dc',
        viewer_protocol_policy: 'redirect-to-https',
      },
    });
  });

  test('keeps no error', () => {
    const errors = only('aws_cloudfront_distribution').custom_error_response as Resource[];
    expect(errors.map(({ error_code }) => error_code)).toEqual([404, 414, 500, 501, 502, 503, 504]);
    for (const { error_caching_min_ttl } of errors) expect(error_caching_min_ttl).toBe(0);
  });

  test('keeps paths below the base path, where there is one', () => {
    const below = synthesise('load-driven', { cdn: { enabled: true }, container: { basePath: '/v1' } });
    expect(below.only('aws_cloudfront_distribution').ordered_cache_behavior).toMatchObject([
      { path_pattern: '/v1/assets/*' },
    ]);
  });
});
