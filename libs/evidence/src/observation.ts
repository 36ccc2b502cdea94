import { z } from 'zod';

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
});
export type ScalingActivity = z.infer<typeof scalingActivitySchema>;

const alarmStateSchema = z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']);

/** The task counts of the service at one moment. */
const serviceCountsSchema = z.object({
  desired: count,
  pending: count.describe('Tasks on their way to RUNNING.'),
  running: count,
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
    z.object({ cloudSeconds: cloudSeconds.describe('Start of the period.'), value: z.number() }),
  ),
});
export type MetricSeries = z.infer<typeof metricSeriesSchema>;

export const serviceEventSchema = z.object({ cloudSeconds, message: z.string() });
export type ServiceEvent = z.infer<typeof serviceEventSchema>;

/**
 * Everything that can be seen of a running environment, at one moment: what a ScalingObserver returns,
 * and what the twin’s control API serves at `GET /observation`. Lists hold all there is since the start.
 */
export const observationSchema = z.object({
  cloudSeconds,
  speed: z.number().positive().describe('Cloud seconds per wall second; 1 at AWS.'),
  capacity: z.object({ min: count, max: count }),
  service: serviceCountsSchema,
  deploymentInProgress: z.boolean(),
  policies: z.array(policyObservationSchema),
  activities: z.array(scalingActivitySchema),
  metrics: z.array(metricSeriesSchema),
  events: z.array(serviceEventSchema),
});
export type Observation = z.infer<typeof observationSchema>;
