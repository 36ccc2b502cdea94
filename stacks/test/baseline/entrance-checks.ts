import { type Resource, type Synthesis } from '../synthesise.ts';
import { type Check, addressesOf, each, every, inBlock, refersTo } from './check.ts';

/** Policies that AWS recommends for listeners begin so. */
const recentPolicies = 'ELBSecurityPolicy-TLS13';
const redirects = (listener: Resource): boolean => {
  const [action] = listener.default_action as readonly Resource[];
  return action?.type === 'redirect' && inBlock(action, 'redirect', 'protocol') === 'HTTPS';
};
const origins = ({ all }: Synthesis): readonly Resource[] =>
  all('aws_cloudfront_distribution').flatMap(({ origin }) => origin as Resource[]);

export const entranceChecks: Readonly<Record<string, Check>> = {
  'ELB.1': ({ all }) =>
    every(
      all('aws_lb_listener').filter(({ protocol }) => protocol === 'HTTP'),
      redirects,
    ),
  'ELB.4': each('aws_lb', ({ drop_invalid_header_fields }) => drop_invalid_header_fields === true),
  'ELB.5': each('aws_lb', (balancer) => inBlock(balancer, 'access_logs', 'enabled') === true),
  'ELB.6': each('aws_lb', ({ enable_deletion_protection }) => enable_deletion_protection === true),
  'ELB.12': each('aws_lb', ({ desync_mitigation_mode }) =>
    ['defensive', 'strictest'].includes(String(desync_mitigation_mode)),
  ),
  'ELB.13': each('aws_lb', ({ subnets }) => (subnets as readonly unknown[]).length > 1),
  'ELB.16': (synthesis) =>
    every(
      addressesOf(synthesis, 'aws_lb'),
      refersTo(synthesis, 'aws_wafv2_web_acl_association', 'resource_arn'),
    ),
  'ELB.17': ({ all }) =>
    every(
      all('aws_lb_listener').filter(({ protocol }) => protocol === 'HTTPS'),
      ({ ssl_policy }) => String(ssl_policy).startsWith(recentPolicies),
    ),
  'APIGateway.8': each(
    'aws_apigatewayv2_route',
    ({ authorization_type }) => authorization_type !== undefined && authorization_type !== 'NONE',
  ),
  'APIGateway.9': each(
    'aws_apigatewayv2_stage',
    (stage) => inBlock(stage, 'access_log_settings', 'destination_arn') !== undefined,
  ),
  'CloudFront.5': each('aws_cloudfront_distribution', ({ logging_config }) => logging_config !== undefined),
  'CloudFront.6': each('aws_cloudfront_distribution', ({ web_acl_id }) => web_acl_id !== undefined),
  'CloudFront.7': each(
    'aws_cloudfront_distribution',
    (distribution) => inBlock(distribution, 'viewer_certificate', 'acm_certificate_arn') !== undefined,
  ),
  'CloudFront.9': (synthesis) =>
    every(
      origins(synthesis),
      (origin) => inBlock(origin, 'custom_origin_config', 'origin_protocol_policy') === 'https-only',
    ),
};
