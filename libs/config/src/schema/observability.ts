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
        .describe(
          'Traces requests and what they ask of stores by OpenTelemetry, and runs a collector beside each task or on each instance that hands the spans to X-Ray. Off, the backend loads no code for it.',
        ),
      sampledPercent: z
        .number()
        .min(0)
        .max(100)
        .default(5)
        .describe(
          'Share of the requests that are traced, percent; a request whose traceparent or X-Amzn-Trace-Id says whether its trace is sampled follows that.',
        ),
      propagation: z
        .enum(['w3c', 'xray'])
        .default('w3c')
        .describe(
          'Header that a trace is continued from where a request has both: w3c (traceparent) or xray (X-Amzn-Trace-Id, which the load balancer always sends). Both are read.',
        ),
      collectorImage: z
        .string()
        .min(1)
        .max(512)
        .default('public.ecr.aws/aws-observability/aws-otel-collector:v0.43.3')
        .describe(
          'Image of the collector; with egress endpoints it must come from a registry of the account.',
        ),
      collectorCpuUnits: z
        .int()
        .min(2)
        .max(4096)
        .default(32)
        .describe(
          'CPU units of the collector (1024 is one vCPU): taken off a Fargate task’s, on top of those of a task on instances, and a limit on an instance of its own.',
        ),
      collectorMemoryMiB: z
        .int()
        .min(64)
        .max(8192)
        .default(128)
        .describe(
          'Memory limit of the collector: taken off a Fargate task’s, on top of that of a task on instances, and a limit on an instance of its own.',
        ),
    })
    .prefault({}),
});
