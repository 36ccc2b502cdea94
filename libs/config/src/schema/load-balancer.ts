import * as z from 'zod';
import { domainName, wholeSeconds } from './fields.ts';

/** The Application Load Balancer in front of the tasks. */
export const loadBalancerSchema = z.strictObject({
  listenerPort: z
    .int()
    .min(1)
    .max(65_535)
    .default(80)
    .describe('Port of the HTTP listener; the twin picks a free port instead.'),
  certificateArn: z
    .string()
    .regex(
      /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[A-Za-z0-9-]+$/,
      'must be the ARN of a certificate of AWS Certificate Manager',
    )
    .nullable()
    .default(null)
    .describe(
      'Certificate of an HTTPS listener on 443, to which HTTP then redirects; null serves HTTP alone. Needs domainName.',
    ),
  domainName: domainName
    .nullable()
    .default(null)
    .describe(
      'Name that certificateArn carries and clients use; your DNS must lead it to the balancer, whose own name no certificate carries.',
    ),
  algorithm: z
    .enum(['round_robin', 'least_outstanding_requests', 'weighted_random'])
    .default('round_robin')
    .describe('How a target is chosen for a request.'),
  anomalyMitigation: z
    .boolean()
    .default(false)
    .describe(
      'Sends fewer requests to targets that fail more of them than the others do. Only with weighted_random.',
    ),
  desyncMitigationMode: z
    .enum(['monitor', 'defensive', 'strictest'])
    .default('defensive')
    .describe(
      'What becomes of requests that targets could take apart differently: forwarded, forwarded alone or blocked by their danger, or all blocked.',
    ),
  dropInvalidHeaderFields: z
    .boolean()
    .default(true)
    .describe('Leaves out header fields with a name outside [-A-Za-z0-9]+, such as X_Forwarded_For.'),
  preserveHostHeader: z
    .boolean()
    .default(false)
    .describe(
      'Passes Host on as it came; otherwise it loses its port on port 80, and gets the listener’s on any other.',
    ),
  xForwardedForProcessing: z
    .enum(['append', 'preserve', 'remove'])
    .default('append')
    .describe(
      'What becomes of X-Forwarded-For: the client’s address is appended, or nothing is, or it goes.',
    ),
  clientKeepAliveSeconds: wholeSeconds(60, 604_800)
    .default(3600)
    .describe('Age at which a client’s connection is closed, behind the next answer.'),
  idleTimeoutSeconds: wholeSeconds(1, 4000)
    .default(60)
    .describe(
      'Idle time after which a connection is closed; the backend keeps its own connections open longer.',
    ),
  deregistrationDelaySeconds: wholeSeconds(0, 3600)
    .default(300)
    .describe('How long a draining target may finish its requests in flight.'),
  stickinessSeconds: wholeSeconds(0, 604_800)
    .default(0)
    .describe(
      'How long a client stays with one target, by a cookie of the balancer; 0 is off. Not with weighted_random.',
    ),
  slowStartSeconds: z
    .union([z.literal(0), wholeSeconds(30, 900)])
    .default(0)
    .describe(
      'Time over which a new target’s share grows to its full size; 0 is off. Only with round_robin.',
    ),
});

/** The target group’s health check, and the service’s patience with it. */
export const healthCheckSchema = z.strictObject({
  path: z
    .string()
    .regex(/^\/\S*$/, 'must start with / and hold no space')
    .default('/health')
    .describe('Path that is probed, below the base path.'),
  intervalSeconds: wholeSeconds(5, 300).default(30).describe('Time between two probes of a target.'),
  timeoutSeconds: wholeSeconds(2, 120)
    .default(5)
    .describe('A probe without an answer for this long has failed; below the interval.'),
  healthyThreshold: z
    .int()
    .min(2)
    .max(10)
    .default(5)
    .describe('Successes in a row after which an unhealthy target recovers. A new target needs one.'),
  unhealthyThreshold: z
    .int()
    .min(2)
    .max(10)
    .default(2)
    .describe('Failures in a row after which a target leaves rotation.'),
  gracePeriodSeconds: wholeSeconds(0, 2_147_483_647)
    .default(0)
    .describe('Time after a task’s start in which failed checks do not get it replaced.'),
});
