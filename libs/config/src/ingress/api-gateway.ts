import * as z from 'zod';
import { refuse } from '../errors/error-rule.ts';
import { wholeSeconds } from '../schema/fields.ts';
import type { IngressKind } from './ingress-kind.ts';

const cors = z
  .strictObject({
    allowOrigins: z
      .array(z.string().min(1).max(253))
      .min(1)
      .max(50)
      .describe('Origins whose pages may read answers, such as https://example.com; * is any.'),
    allowMethods: z
      .array(z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', '*']))
      .min(1)
      .default(['GET'])
      .describe('Methods that such pages may use.'),
    allowHeaders: z.array(z.string().min(1).max(100)).max(50).default([]).describe('Headers they may send.'),
    maxAgeSeconds: wholeSeconds(0, 86_400).default(0).describe('How long a browser keeps the answer.'),
  })
  .nullable()
  .default(null)
  .describe('What pages of other origins may do; null, and browsers let them read nothing.');

export const apiGatewaySchema = z.strictObject({
  kind: z
    .literal('api-gateway')
    .describe('Clients reach an HTTP API, which leads to an internal balancer by a VPC link.'),
  stage: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,128}$/, 'must be 1 to 128 letters, digits, hyphens or underscores')
    .default('dev')
    .describe(
      'Stage of the HTTP API, the first segment of every path. It is passed on, so container.basePath begins with it.',
    ),
  throttling: z
    .strictObject({
      burstLimit: z
        .int()
        .min(1)
        .max(5000)
        .default(1000)
        .describe('Requests that may come at once: the size of the token bucket.'),
      rateLimitPerSecond: z
        .number()
        .positive()
        .max(10_000)
        .default(2000)
        .describe(
          'Requests per second in the long run: how fast the bucket fills. Above it clients get 429.',
        ),
    })
    .prefault({}),
  timeoutSeconds: wholeSeconds(1, 30)
    .default(30)
    .describe('How long the HTTP API waits for an answer; then clients get 503.'),
  cors,
});

/** An HTTP API in front of an internal balancer. */
export const apiGateway: IngressKind<'api-gateway'> = {
  httpApi: (ingress) => ingress,
  errors: (ingress, { container: { basePath }, waf, cdn, loadBalancer: { certificateArn } }) => {
    const path = `/${ingress.stage}`;
    const internal = 'while ingress.kind api-gateway makes the balancer internal';
    return [
      // An HTTP API passes the path of a private integration on as it came, with the stage in front (API Gateway guide, private integrations).
      ...(basePath === path || basePath.startsWith(`${path}/`)
        ? []
        : refuse(
            'TL-CONFIG-STAGE-PATH',
            'container.basePath',
            `got "${basePath}" with ingress.stage "${ingress.stage}": requests arrive below ${path}, where the backend would answer none. Set container.basePath to ${path}, or the stage to its first segment`,
          )),
      // AWS WAF does not take HTTP APIs, and behind one every request has the address of the VPC link.
      ...(waf.enabled
        ? refuse(
            'TL-CONFIG-INGRESS-EDGE',
            'waf.enabled',
            `got true ${internal}: AWS WAF takes no HTTP API, and behind it every request comes from the VPC link. Set it to false (ingress.throttling limits requests), or ingress.kind to alb`,
          )
        : []),
      ...(cdn.enabled
        ? refuse(
            'TL-CONFIG-INGRESS-EDGE',
            'cdn.enabled',
            `got true ${internal}, out of CloudFront’s reach. Set it to false, or ingress.kind to alb`,
          )
        : []),
      ...(certificateArn === null
        ? []
        : refuse(
            'TL-CONFIG-INGRESS-EDGE',
            'loadBalancer.certificateArn',
            `got ${certificateArn} ${internal}: the HTTP API ends TLS with a certificate of its own. Set it to null, or ingress.kind to alb`,
          )),
    ];
  },
};
