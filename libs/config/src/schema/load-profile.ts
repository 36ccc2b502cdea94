import * as z from 'zod';

const endpoint = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE']).default('GET').describe('HTTP method.'),
  path: z
    .string()
    .regex(/^\/\S*$/, 'must start with /')
    .describe('Path below the target URL.'),
  weight: z
    .number()
    .positive()
    .max(1000)
    .default(1)
    .describe('Share of this endpoint, relative to the others.'),
  headers: z.record(z.string(), z.string()).default({}).describe('Extra request headers.'),
  body: z.string().max(65_536).nullable().default(null).describe('Request body, or null.'),
});

const stage = z.strictObject({
  users: z
    .int()
    .min(0)
    .max(10_000)
    .describe('Concurrent users at the end of the ramp; each is one connection.'),
  usersPerSecond: z
    .number()
    .positive()
    .max(10_000)
    .default(10)
    .describe('Speed of the ramp from the stage before to `users`.'),
  holdSeconds: z.number().min(0).max(86_400).describe('Time at `users` after the ramp.'),
  requestsPerSecond: z
    .number()
    .positive()
    .max(100_000)
    .nullable()
    .default(null)
    .describe(
      'Rate of all users together, spread evenly over them and over time; null is a closed loop (a user asks again at once).',
    ),
});

/** How load is driven: data that the load runner executes. */
export const loadProfileSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be lower-case letters, digits and hyphens')
    .describe('Name of the profile.'),
  stages: z.array(stage).min(1).max(50).describe('Executed one after another; durations are cloud time.'),
  endpoints: z.array(endpoint).min(1).max(50).describe('What is requested, by weight.'),
  cookies: z
    .enum(['none', 'per-user'])
    .default('none')
    .describe(
      'per-user: each user keeps the cookies that it is given, as a browser does, so each is a session.',
    ),
  keepAlive: z.boolean().default(true).describe('Keeps connections open between requests.'),
  timeoutSeconds: z
    .number()
    .min(0.1)
    .max(300)
    .default(10)
    .describe('A request without an answer for this long has failed.'),
  thresholds: z
    .strictObject({
      maxFailedRequests: z
        .int()
        .min(0)
        .default(0)
        .describe('Failed requests above which the run has failed.'),
      p50Ms: z
        .number()
        .positive()
        .nullable()
        .default(null)
        .describe('Highest allowed median latency once scaled out, or null.'),
      p95Ms: z
        .number()
        .positive()
        .nullable()
        .default(null)
        .describe('Highest allowed 95th percentile once scaled out, or null.'),
      p99Ms: z
        .number()
        .positive()
        .nullable()
        .default(null)
        .describe('Highest allowed 99th percentile once scaled out, or null.'),
      minRateFraction: z
        .number()
        .min(0)
        .max(1)
        .default(0.95)
        .describe('Share of the asked rate that must really be sent.'),
    })
    .prefault({}),
});
