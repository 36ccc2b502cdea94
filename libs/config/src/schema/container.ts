import * as z from 'zod';
import { wholeSeconds } from './fields.ts';

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
});
