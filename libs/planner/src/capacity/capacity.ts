import * as z from 'zod';

export const capacityVersion = 1;

const rate = z.number().positive();

/** How much one task or instance carries at an objective: what `capacity.json` holds, and what demand is worked out from. */
export const capacitySchema = z.object({
  schemaVersion: z.literal(capacityVersion),
  /** Where the figure comes from: measured by load, read from CloudWatch, or given by the user. */
  source: z.enum(['measured', 'cloudwatch', 'given']),
  unit: z.enum(['task', 'instance']),
  requestsPerSecond: z
    .object({ value: rate, low: rate, high: rate })
    .describe(
      'Highest rate of one unit at which the objective holds, with its 95 % confidence interval; low and high equal value where it was given.',
    ),
  objective: z
    .object({
      latencyPercentile: z.number().gt(0).lt(100),
      latencyMilliseconds: z.number().positive(),
      failedPercent: z.number().min(0).max(100),
    })
    .nullable()
    .describe('Null where the rate was given without one.'),
  cpuMillisecondsPerRequest: z
    .number()
    .positive()
    .nullable()
    .describe('CPU time of a request, HTTP and logging included; null where nobody measured it.'),
  idleCpuPercent: z.number().min(0).nullable(),
  cpuPercentAtCapacity: z.number().min(0).nullable().describe('CPU utilisation of a unit at that rate.'),
  responseTimeMilliseconds: z
    .number()
    .positive()
    .nullable()
    .describe('Mean response time of a unit that has little to do.'),
});
export type Capacity = z.infer<typeof capacitySchema>;
