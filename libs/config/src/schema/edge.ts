import { z } from 'zod';

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

/** Access logs of the balancer. */
export const accessLogsSchema = z.strictObject({
  enabled: z.boolean().default(false).describe('Writes every request to a private bucket of its own.'),
  retentionDays: z.int().min(1).max(3650).default(30).describe('Days that access logs are kept.'),
});
