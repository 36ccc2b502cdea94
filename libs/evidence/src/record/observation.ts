import * as z from 'zod';
import { faultCostSchema } from './fault-cost.ts';

/** Cloud seconds per wall second that a twin goes up to: faster, a cloud minute is shorter than what processes and sockets need to answer. */
export const highestSpeed = 240;

const cloudSeconds = z.number().describe('Cloud time since the environment was started, seconds.');
const count = z.int().min(0);

/** One scaling activity, as Application Auto Scaling lists them. */
export const scalingActivitySchema = z.object({
  cloudSeconds,
  from: count.describe('Desired count before.'),
  to: count.describe('Desired count asked for; equal to `from` when nothing was scaled.'),
  policy: z.string().describe('Name of the policy or scheduled action that led to it.'),
  cause: z.string().describe('Why, in a sentence.'),
  status: z.enum(['Pending', 'InProgress', 'Successful', 'Overridden', 'Unfulfilled', 'Failed', 'NotScaled']),
  reasonCode: z
    .enum([
      'AutoScalingAnticipatedFlapping',
      'TargetServicePutResourceAsUnscalable',
      'AlreadyAtMaxCapacity',
      'AlreadyAtMinCapacity',
      'AlreadyAtDesiredCapacity',
    ])
    .optional()
    .describe('Why nothing was scaled.'),
  statusMessage: z.string().optional().describe('What became of it, in Application Auto Scaling’s words.'),
});
export type ScalingActivity = z.infer<typeof scalingActivitySchema>;

const alarmStateSchema = z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']);

/** What one unit of capacity is. Where a document of version 1 does not say, it is a task. */
export const capacityUnitSchema = z.enum(['task', 'instance']);
export type CapacityUnitName = z.infer<typeof capacityUnitSchema>;

/** What keeps sessions and files, apart from the tasks or instances. */
export const storesSchema = z.object({
  sessions: z
    .object({
      kind: z.enum(['none', 'redis', 'embedded', 'elasticache']),
      description: z.string().describe('In words, with its version where it has one.'),
      running: z.boolean(),
    })
    .describe('The session store that was used.'),
  files: z.object({ kind: z.enum(['none', 'disk', 's3']), description: z.string() }),
});
export type StoresObservation = z.infer<typeof storesSchema>;

/** What ran a task on one machine. */
export const runtimeSchema = z.object({
  kind: z.enum(['backend', 'command', 'container']),
  description: z.string().describe('What a task was, in words.'),
  cpu: z.string().describe('Whether and how tasks were held to their CPU share, in words.'),
});
export type RuntimeObservation = z.infer<typeof runtimeSchema>;

/** The counts of a service’s tasks, or of a group’s instances, at one moment. */
const serviceCountsSchema = z.object({
  desired: count,
  pending: count.describe('Tasks on their way to RUNNING, or instances on their way to InService.'),
  running: count.describe('RUNNING tasks, or InService instances.'),
  warming: count
    .optional()
    .describe('Instances whose metrics do not count yet: on their way, or in their warm-up.'),
  warmed: count
    .optional()
    .describe('Instances of the warm pool, those on their way into it included; left out without one.'),
  healthy: count.describe('Targets in rotation that pass their health check.'),
  unhealthy: count,
  draining: count.describe('Targets being deregistered.'),
});
export type ServiceCounts = z.infer<typeof serviceCountsSchema>;

/** One policy with the alarms that drive it. */
export const policyObservationSchema = z.object({
  name: z.string(),
  metricKey: z.string(),
  target: z
    .number()
    .nullable()
    .describe('Value that a tracking policy holds, in the metric’s unit; null for a step policy.'),
  alarms: z.array(
    z.object({
      name: z.string(),
      comparison: z.enum(['>', '>=', '<', '<=']),
      threshold: z.number(),
      state: alarmStateSchema,
    }),
  ),
});
export type PolicyObservation = z.infer<typeof policyObservationSchema>;

export const metricSeriesSchema = z.object({
  key: z.string().describe('Namespace/MetricName/Statistic.'),
  unit: z.enum(['Count', 'Percent', 'Seconds', 'None']),
  periodSeconds: z.number().positive(),
  datapoints: z.array(
    z.object({
      cloudSeconds: cloudSeconds.describe('Start of the period.'),
      value: z.number(),
      running: z
        .number()
        .positive()
        .optional()
        .describe(
          'Tasks or instances that the value was worked out over, on average; left out where unknown.',
        ),
    }),
  ),
});
export type MetricSeries = z.infer<typeof metricSeriesSchema>;

export const serviceEventSchema = z.object({ cloudSeconds, message: z.string() });
export type ServiceEvent = z.infer<typeof serviceEventSchema>;

/** The counts of the EC2 instances that tasks run on, at one moment. */
const instanceCountsSchema = z.object({
  desired: count.describe('Desired capacity of the Auto Scaling group.'),
  registering: count.describe('Launched, but not registered with the cluster yet.'),
  active: count.describe('Registered: they take tasks.'),
  draining: count.describe('On their way out, with tasks that still leave.'),
});
export type InstanceCounts = z.infer<typeof instanceCountsSchema>;

/** The capacity provider of a service whose tasks run on EC2 instances. */
const capacityProviderSchema = z.object({
  name: z.string(),
  capacity: z.object({ min: count, max: count }).describe('Bounds of its instances.'),
  instances: instanceCountsSchema,
  waitingTasks: count
    .optional()
    .describe('Tasks in PROVISIONING that no instance has room for; left out where nobody counts them.'),
  policies: z.array(policyObservationSchema).describe('Its managed scaling.'),
  activities: z.array(scalingActivitySchema).describe('What its managed scaling did, in instances.'),
});
export type CapacityProvider = z.infer<typeof capacityProviderSchema>;

/**
 * Everything that can be seen of a running environment, at one moment: what a ScalingObserver returns,
 * and what the twin’s control API serves at `GET /observation`. Lists hold all there is since the start.
 */
export const observationSchema = z.object({
  cloudSeconds,
  speed: z.number().positive().describe('Cloud seconds per wall second; 1 at AWS.'),
  capacity: z.object({ min: count, max: count }),
  unit: capacityUnitSchema.optional(),
  service: serviceCountsSchema,
  deploymentInProgress: z.boolean().describe('A deployment or an instance refresh is under way.'),
  stores: storesSchema.optional(),
  runtime: runtimeSchema.optional().describe('Left out where AWS ran the tasks.'),
  capacityProvider: capacityProviderSchema.optional(),
  policies: z.array(policyObservationSchema),
  activities: z.array(scalingActivitySchema),
  metrics: z.array(metricSeriesSchema),
  events: z.array(serviceEventSchema),
  faultCosts: z
    .array(faultCostSchema)
    .optional()
    .describe('What dead targets have cost since the start; left out where nobody counts it.'),
});
export type Observation = z.infer<typeof observationSchema>;
