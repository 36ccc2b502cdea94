import { z } from 'zod';
import { wholeSeconds } from './fields.ts';

const alb = z.strictObject({
  kind: z.literal('alb').describe('Clients reach the balancer itself, which is public.'),
});

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

const apiGateway = z.strictObject({
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

/** How clients reach the service. */
export const ingressSchema = z.discriminatedUnion('kind', [alb, apiGateway]);
