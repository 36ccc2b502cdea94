import * as z from 'zod';
import { wholeSeconds } from '../schema/fields.ts';
import { buildSchema } from './build-schema.ts';
import { containerHealthCheckSchema } from './health-check-kinds.ts';
import { secretsSchema, variablesSchema } from './variable-schemas.ts';

/** Image of the backend that is shipped here; any other is a program of the user’s. */
export const shippedImage = 'tideline-api:local';

const words = z.array(z.string().max(4096)).min(1).max(100).nullable().default(null);

/** Linux capabilities by Docker’s names, without CAP_. */
const capability = z
  .string()
  .regex(/^[A-Z][A-Z_]{1,40}$/, 'must be ALL or a capability such as NET_RAW, without CAP_');

const linuxSchema = z.strictObject({
  initProcessEnabled: z
    .boolean()
    .default(true)
    .describe('Runs an init process in the container, which passes signals on and reaps orphans.'),
  dropCapabilities: z
    .array(capability)
    .max(50)
    .nullable()
    .default(null)
    .describe(
      'Capabilities that the container loses. Null: ALL for the backend that is shipped here, none for another image, which often starts as root and gives them up itself.',
    ),
  openFiles: z
    .int()
    .min(1024)
    .max(1_048_576)
    .nullable()
    .default(null)
    .describe(
      'Most open files and sockets (ulimit nofile, soft and hard); null leaves the platform’s: 65535 on Fargate.',
    ),
});

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
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9._/:@-]*$/,
      'must be an image reference such as nginx:1.29 or one with a digest',
    )
    .default(shippedImage)
    .describe(
      'Image reference. The default is the backend that is shipped here, which a deploy builds; with `build` it names what is built.',
    ),
  build: buildSchema
    .nullable()
    .default(null)
    .describe('How a deploy builds the image; null takes `image` as it is.'),
  entryPoint: words.describe('Entry point over the image’s own; null keeps that.'),
  command: words.describe('Command over the image’s own; null keeps that.'),
  environment: variablesSchema.describe(
    'Environment variables of the container, here and at AWS. None of them may be a secret.',
  ),
  secrets: secretsSchema,
  user: z
    .string()
    .regex(/^[A-Za-z0-9_.-]{1,64}(:[A-Za-z0-9_.-]{1,64})?$/, 'must be user or user:group, by name or number')
    .nullable()
    .default(null)
    .describe(
      'User, or user:group. Null: 1000:1000 for the backend that is shipped here, the image’s own for another.',
    ),
  readOnlyRootFilesystem: z
    .boolean()
    .nullable()
    .default(null)
    .describe(
      'Mounts the root file system read-only. Null: true for the backend that is shipped here, false for another image.',
    ),
  linux: linuxSchema.prefault({}),
  healthCheck: containerHealthCheckSchema.prefault({ kind: 'http' }),
  port: z
    .int()
    .min(1)
    .max(65_535)
    .default(3000)
    .describe('Port the container listens on (the target port). It is also in the variable PORT.'),
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
      'CPU time of a request: what simulations assume. The backend that is shipped here spends it on each request to `/`, burned in a worker thread; another program spends what it spends.',
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
