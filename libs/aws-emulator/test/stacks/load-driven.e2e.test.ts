import { expect } from '@jest/globals';
import { describeStacks } from '../describe-stacks.ts';

/** Where tasks reach no public registry, as with the settings profile. */
const collectorImage = '123456789012.dkr.ecr.us-east-1.amazonaws.com/collector:1';
const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);
const holding = (attributes: object): unknown => expect.objectContaining(attributes);

describeStacks('load-driven', {
  withInterruptions: false,
  options: {
    settings: {
      TIDELINE_CDN__ENABLED: 'true',
      TIDELINE_OBSERVABILITY__TRACING__ENABLED: 'true',
      TIDELINE_OBSERVABILITY__TRACING__COLLECTOR_IMAGE: collectorImage,
    },
    deployed: {
      aws_cloudfront_distribution: {
        arn: matching(/^arn:aws:cloudfront::123456789012:distribution\/E/),
        status: 'Deployed',
        web_acl_id: matching(/^arn:aws:wafv2:us-east-1:123456789012:global\/webacl\//),
        origin: [
          holding({ custom_header: [{ name: 'x-origin-verify', value: matching(/^[A-Za-z0-9]{64}$/) }] }),
        ],
        ordered_cache_behavior: [holding({ path_pattern: '/assets/*' })],
      },
      aws_cloudwatch_log_delivery_source: { log_type: 'ACCESS_LOGS', service: 'cloudfront' },
      aws_ecs_task_definition: {
        container_definitions: expect.stringContaining(collectorImage) as unknown,
      },
      aws_lb_listener: { default_action: [holding({ type: 'fixed-response' })] },
      aws_wafv2_web_acl: { scope: 'CLOUDFRONT' },
    },
    // Visitors come from CloudFront’s addresses instead of from anywhere.
    replaced: ['network aws_vpc_security_group_ingress_rule'],
    changed: {
      settings: { TIDELINE_CDN__PRICE_CLASS: 'PriceClass_All' },
      attributes: ['aws_cloudfront_distribution.etag', 'aws_cloudfront_distribution.price_class'],
    },
  },
});
