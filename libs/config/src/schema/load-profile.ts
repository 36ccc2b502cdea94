import * as z from 'zod';
import { extraction, placeholdersOf, requestData } from './load-session.ts';

const endpoint = z.strictObject({
  method: z
    .enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'])
    .default('GET')
    .describe('HTTP method.'),
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
  when: z
    .enum(['rotation', 'start'])
    .default('rotation')
    .describe(
      'rotation: by weight, all users taking turns. start: each user sends it before anything else, in the order of the list, and again where a value that a request needs was not in the answer.',
    ),
  extract: z
    .array(extraction)
    .max(20)
    .default([])
    .describe('Values of the answer that later requests of the same user need, such as a token.'),
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
  rampSeconds: z
    .number()
    .min(0)
    .max(86_400)
    .default(0)
    .describe(
      'Time, once users have joined or left, in which the rate goes in a straight line from that of the stage before (0 before the first) to `requestsPerSecond`; needs `arrivals` even or poisson.',
    ),
  holdSeconds: z.number().min(0).max(86_400).describe('Time at `users` and at the rate, after both ramps.'),
  requestsPerSecond: z
    .number()
    .min(0)
    .max(100_000)
    .nullable()
    .default(null)
    .describe(
      'Rate of all users together; 0 is silence with users connected, null a closed loop (a user asks again at once).',
    ),
});

/** Stages at most: a trace of 14 days of minutes has 20,160. */
const mostStages = 50_000;

const profile = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be lower-case letters, digits and hyphens')
    .describe('Name of the profile.'),
  stages: z
    .array(stage)
    .min(1)
    .max(mostStages)
    .describe('Executed one after another; durations are cloud time.'),
  arrivals: z
    .enum(['per-user', 'even', 'poisson'])
    .default('per-user')
    .describe(
      'Who decides when the next request of a rate is due. per-user: each user, at an even pace of its own. even and poisson: requests are due at even distances, or at random ones that do not depend on each other (exponential), and a user who is free sends them, however many users there are.',
    ),
  seed: z
    .int()
    .min(0)
    .max(4_294_967_295)
    .default(1)
    .describe('Picks the random distances of poisson; the same seed, the same ones.'),
  endpoints: z.array(endpoint).min(1).max(50).describe('What is requested, by weight.'),
  data: requestData
    .nullable()
    .default(null)
    .describe('Values that differ from user to user, or from request to request.'),
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
      maxFailedPercent: z
        .number()
        .min(0)
        .max(100)
        .nullable()
        .default(null)
        .describe(
          'Share of the requests that may fail, percent, or null; the larger of this and maxFailedRequests holds.',
        ),
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

/** How load is driven: data that the load runner executes. */
export const loadProfileSchema = profile.superRefine((whole, context) => {
  checkSession(whole, context);
  const { stages, arrivals } = whole;
  for (const [index, { users, rampSeconds, requestsPerSecond }] of stages.entries()) {
    const path = ['stages', index, 'rampSeconds'];
    if (arrivals === 'per-user') {
      if (rampSeconds > 0)
        context.addIssue({
          code: 'custom',
          path,
          message: 'a rate that ramps needs arrivals even or poisson, not per-user',
        });
      continue;
    }
    if (requestsPerSecond === null)
      context.addIssue({
        code: 'custom',
        path: ['stages', index, 'requestsPerSecond'],
        message: `a closed loop needs arrivals per-user, not ${arrivals}`,
      });
    else if (users === 0 && requestsPerSecond > 0)
      context.addIssue({
        code: 'custom',
        path: ['stages', index, 'users'],
        message: `a rate of ${requestsPerSecond} needs users who send it`,
      });
  }
});

/** Every placeholder has something that gives its value: a column, or an answer that comes before. */
function checkSession(
  { endpoints, data }: z.output<typeof profile>,
  context: z.core.$RefinementCtx<z.output<typeof profile>>,
): void {
  if (!endpoints.some(({ when }) => when === 'rotation'))
    context.addIssue({ code: 'custom', path: ['endpoints'], message: 'at least one needs when rotation' });
  const given = new Set<string>();
  const [starting, rotating] = ['start', 'rotation'].map((wanted) =>
    [...endpoints.entries()].filter(([, { when }]) => when === wanted),
  );
  for (const [index, endpoint] of [...(starting ?? []), ...(rotating ?? [])]) {
    const { columns, values } = placeholdersOf(endpoint);
    const missing = values.filter((name) => !given.has(name)).map((name) => `{{${name}}}`);
    const unknown = data === null ? columns.map((name) => `{{data.${name}}}`) : [];
    for (const name of [...missing, ...unknown])
      context.addIssue({
        code: 'custom',
        path: ['endpoints', index],
        message: `nothing gives ${name}: it needs ${name.startsWith('{{data.') ? 'data' : 'an extract of an endpoint before it with when start'}`,
      });
    if (endpoint.when === 'start') for (const { name } of endpoint.extract) given.add(name);
  }
}
