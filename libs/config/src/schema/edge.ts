import * as z from 'zod';
import { domainName } from './fields.ts';

/** Times over which AWS WAF can count the requests of an address (API reference, RateBasedStatement). */
const evaluationWindowSeconds = [60, 120, 300, 600] as const;

/** A web application firewall in front of the balancer, or of CloudFront where that is in front. */
export const wafSchema = z.strictObject({
  enabled: z
    .boolean()
    .default(false)
    .describe(
      'Puts AWS’s common rules and a limit per address in front of the balancer; in front of CloudFront with cdn.enabled, where a client’s own address is seen. The common rules answer a body above 8 KiB with 403, but not where files.store takes uploads. The twin has the limit, and no common rules.',
    ),
  requestsPerWindowPerAddress: z
    .int()
    .min(10)
    .max(2_000_000_000)
    .default(2000)
    .describe('Requests of one address in evaluationWindowSeconds above which it is answered 403.'),
  evaluationWindowSeconds: z
    .literal(evaluationWindowSeconds)
    .default(300)
    .describe(
      'How far back requests are counted; AWS WAF counts every few seconds, whatever this is. Shorter notices a burst sooner.',
    ),
  log: z
    .enum(['none', 'blocked', 'all'])
    .default('blocked')
    .describe(
      'Which requests CloudWatch Logs keeps, for observability.logRetentionDays, without cookies and credentials.',
    ),
});

/** A content delivery network in front of the balancer. */
export const cdnSchema = z.strictObject({
  enabled: z
    .boolean()
    .default(false)
    .describe(
      'Puts a CloudFront distribution in front; the balancer then answers 403 to whatever does not come through it.',
    ),
  priceClass: z
    .enum(['PriceClass_100', 'PriceClass_200', 'PriceClass_All'])
    .default('PriceClass_100')
    .describe('Which of CloudFront’s locations serve; 100 is the cheapest.'),
  cachedPaths: z
    .array(
      z
        .string()
        .max(200)
        .regex(/^\/[^\s?]*$/, 'must begin with / and hold no space and no question mark, such as /assets/*'),
    )
    .max(20)
    .default(['/assets/*'])
    .describe(
      'Paths below the base path, * for any characters, whose answers are kept as long as their Cache-Control says, a day where it says nothing, without cookies and queries. All others are passed on.',
    ),
  domainName: domainName
    .nullable()
    .default(null)
    .describe(
      'Name that clients use, which your DNS leads to the distribution; null is the name that CloudFront gives it. Needs certificateArn.',
    ),
  certificateArn: z
    .string()
    .regex(
      /^arn:aws:acm:us-east-1:\d{12}:certificate\/[A-Za-z0-9-]+$/,
      'must be the ARN of a certificate of AWS Certificate Manager in us-east-1, which is where CloudFront reads them',
    )
    .nullable()
    .default(null)
    .describe(
      'Certificate of domainName, in us-east-1; with one, clients need TLS 1.2. CloudFront’s own certificate takes TLS 1.0.',
    ),
});

/** Access logs of the balancer, and of CloudFront where that is in front. */
export const accessLogsSchema = z.strictObject({
  enabled: z.boolean().default(false).describe('Writes every request to a private bucket of its own.'),
  retentionDays: z.int().min(1).max(3650).default(30).describe('Days that access logs are kept.'),
});
