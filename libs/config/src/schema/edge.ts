import * as z from 'zod';

/** A web application firewall in front of the balancer. */
export const wafSchema = z.strictObject({
  enabled: z
    .boolean()
    .default(false)
    .describe('Puts AWS’s common rules and a limit per address in front of the balancer.'),
  requestsPerFiveMinutesPerAddress: z
    .int()
    .min(10)
    .max(2_000_000_000)
    .default(2000)
    .describe('Requests of one address in five minutes above which it is blocked.'),
});

/** A content delivery network in front of the balancer. */
export const cdnSchema = z.strictObject({
  enabled: z
    .boolean()
    .default(false)
    .describe('Puts a CloudFront distribution in front; the balancer then answers to it alone.'),
  priceClass: z
    .enum(['PriceClass_100', 'PriceClass_200', 'PriceClass_All'])
    .default('PriceClass_100')
    .describe('Which of CloudFront’s locations serve; 100 is the cheapest.'),
});

/** Access logs of the balancer. */
export const accessLogsSchema = z.strictObject({
  enabled: z.boolean().default(false).describe('Writes every request to a private bucket of its own.'),
  retentionDays: z.int().min(1).max(3650).default(30).describe('Days that access logs are kept.'),
});
