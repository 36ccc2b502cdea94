import * as z from 'zod';
import { wholeSeconds } from './fields.ts';

/** Protection of a task from scale-in and deployments while it works (Amazon ECS guide, task scale-in protection). */
const scaleInProtectionSchema = z
  .strictObject({
    enabled: z
      .boolean()
      .default(false)
      .describe(
        'Lets a task ask ECS to keep it while it works on what outlives its request: a run of the stress routes. Requests in flight need none: a task drains before it stops. Scaling in takes other tasks, and a deployment waits; a failed health check and the loss of a host are no scale-in. Instances that run the backend themselves have `compute.protectFromScaleIn`.',
      ),
    expiresInMinutes: z
      .int()
      .min(1)
      .max(2880)
      .default(120)
      .describe(
        'Time after which ECS takes the protection off a task that has not done so itself. A task that still works renews it at half of this time.',
      ),
  })
  .prefault({});

/** What runs in a task. */
export const containerSchema = z.strictObject({
  image: z
    .string()
    .min(1)
    .max(512)
    .default('tideline-api:local')
    .describe('Image reference; a deploy replaces it by the digest it has built.'),
  port: z.int().min(1).max(65_535).default(3000).describe('Port the container listens on (the target port).'),
  basePath: z
    .string()
    .regex(/^(\/[A-Za-z0-9_-]+)*$/, 'must be empty or segments such as /dev, without a trailing slash')
    .default('')
    .describe('Prefix of every route, for instance the stage path of an API gateway.'),
  stopTimeoutSeconds: wholeSeconds(2, 120)
    .default(30)
    .describe('Time between SIGTERM and SIGKILL when a task stops; Fargate allows 120 s at most.'),
  cpuMillisecondsPerRequest: z
    .number()
    .min(0)
    .max(1000)
    .default(0)
    .describe(
      'CPU time the backend spends on each request to `/`, burned in a worker thread: the size of the work that a CPU policy sees. 0 answers at once.',
    ),
  stressRoutes: z
    .boolean()
    .default(false)
    .describe(
      'Serves `/stress-cpu/:percent/:seconds`; the token that guards it comes from the environment at start.',
    ),
  stressTokenSecretArn: z
    .string()
    .regex(
      /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[A-Za-z0-9/_+=.@-]+$/,
      'must be the ARN of a secret of AWS Secrets Manager',
    )
    .nullable()
    .default(null)
    .describe(
      'Secret that holds the token of the stress routes on AWS; null, and one is generated there when they are served.',
    ),
  scaleInProtection: scaleInProtectionSchema,
});
