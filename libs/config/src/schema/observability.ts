import * as z from 'zod';

/** Days for which CloudWatch Logs can keep a group (API reference, PutRetentionPolicy), up to one year. */
const retentionDays = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365] as const;

const minutes = (most: number) => z.int().min(1).max(most);

/** What is kept, what is watched, and who is told. */
export const observabilitySchema = z.strictObject({
  logRetentionDays: z.literal(retentionDays).default(30).describe('Days that logs are kept.'),
  customerManagedKeys: z
    .boolean()
    .default(false)
    .describe(
      'Encrypts log groups, and the topic of the alarms, under two KMS keys of the environment’s own, which AWS rotates each year; false leaves logs to a key of AWS, and the topic unencrypted.',
    ),
  alarmEmail: z
    .email('must be an e-mail address')
    .nullable()
    .default(null)
    .describe('Address that alarms are sent to, once its owner has confirmed; null subscribes nobody.'),
  alarms: z
    .strictObject({
      unhealthyHostMinutes: minutes(60)
        .default(2)
        .describe('Minutes in a row with an unhealthy target before the alarm.'),
      serverErrorPercent: z
        .number()
        .positive()
        .max(100)
        .default(1)
        .describe('Share of requests answered by 5xx, from the balancer or the tasks, above which to alarm.'),
      serverErrorMinutes: minutes(60).default(5).describe('Minutes in a row above that share.'),
      cpuPercent: z
        .number()
        .positive()
        .max(100)
        .default(80)
        .describe('Service CPU utilisation above which to alarm.'),
      cpuMinutes: minutes(60).default(10).describe('Minutes in a row above that utilisation.'),
      maximumCapacityMinutes: minutes(60)
        .default(15)
        .describe('Minutes in a row at capacity.max, with nothing left to scale to, before the alarm.'),
    })
    .prefault({}),
  tracing: z
    .strictObject({
      enabled: z
        .boolean()
        .default(false)
        .describe('Adds an OpenTelemetry collector to each task; it hands traces to X-Ray.'),
      collectorImage: z
        .string()
        .min(1)
        .max(512)
        .default('public.ecr.aws/aws-observability/aws-otel-collector:v0.43.3')
        .describe(
          'Image of the collector; with egress endpoints it must come from a registry of the account.',
        ),
    })
    .prefault({}),
});
