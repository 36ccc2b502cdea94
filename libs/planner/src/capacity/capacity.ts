import * as z from 'zod';

export const capacityVersion = 1 as const;

const rate = z.number().positive();
/** A value in the middle of its ends may miss them by the last bit. */
const rounding = 1e-9;

/** A latency at a percentile and a share of failed requests, both of which must hold. */
const objectiveSchema = z.strictObject({
  latencyPercentile: z.number().gt(0).lt(100),
  latencyMilliseconds: z.number().positive(),
  failedPercent: z.number().min(0).max(100),
});
export type Objective = z.infer<typeof objectiveSchema>;

/** What became of one step of the load: it held, what broke, or who kept the step from saying so. */
const stepVerdictSchema = z.enum(['held', 'latency', 'errors', 'cpu-share', 'generator', 'machine']);
export type StepVerdict = z.infer<typeof stepVerdictSchema>;

/** One step of the load at one unit. */
const capacityStepSchema = z.strictObject({
  purpose: z
    .enum(['climb', 'bisect', 'approach', 'repeat'])
    .describe(
      'climb finds a bracket, bisect narrows it, approach and repeat cross the knee again and again.',
    ),
  requestsPerSecond: rate.describe('Rate that was asked.'),
  sentRequestsPerSecond: z.number().min(0),
  seconds: z.number().positive().describe('Wall time at that rate.'),
  requests: z.int().min(0),
  latencyMilliseconds: z
    .number()
    .min(0)
    .describe('At the objective’s percentile; 0 when nothing was answered.'),
  failedPercent: z.number().min(0).max(100),
  failures: z.record(z.string(), z.int().min(0)).describe('By kind, as in a run record.'),
  cpuPercent: z
    .number()
    .min(0)
    .nullable()
    .describe('CPU of the unit at that rate, of what it reserves; null where it was not measured.'),
  machineCpuPercent: z
    .number()
    .min(0)
    .max(100)
    .nullable()
    .describe('CPU of the machine that sent the load, all processes together; null where unknown.'),
  verdict: stepVerdictSchema,
});
export type CapacityStep = z.infer<typeof capacityStepSchema>;

/** Settings that keep a unit below what it carries. */
const capacityProposalSchema = z.strictObject({
  headroomPercent: z.number().min(0).lt(100).describe('Share of the capacity that stays free at the target.'),
  requestsPerTargetPerMinute: z
    .number()
    .positive()
    .describe('Target of a policy that tracks requests: the low end of the interval, less the headroom.'),
  cpuTargetPercent: z
    .number()
    .positive()
    .nullable()
    .describe(
      'CPU at that rate; null where CPU was not measured or is no guide, because it is low at the knee.',
    ),
});
export type CapacityProposal = z.infer<typeof capacityProposalSchema>;

/** How much one task or instance carries at an objective: what `capacity.json` holds, and what demand is worked out from. */
export const capacitySchema = z.strictObject({
  schemaVersion: z.literal(capacityVersion),
  /** Where the figure comes from: measured by load, read from CloudWatch, or given by the user. */
  source: z.enum(['measured', 'cloudwatch', 'given']),
  unit: z.enum(['task', 'instance']),
  requestsPerSecond: z
    .strictObject({ value: rate, low: rate, high: rate })
    .superRefine(({ value, low, high }, context) => {
      const refuse = (end: 'low' | 'high', rule: string): void =>
        context.addIssue({
          code: 'custom',
          path: [end],
          message: `with value ${value}; allowed is low ≤ value ≤ high, so ${rule}`,
        });
      if (low > value * (1 + rounding)) refuse('low', 'lower it, or raise value');
      if (high < value * (1 - rounding)) refuse('high', 'raise it, or lower value');
    })
    .describe(
      'Highest rate of one unit at which the objective holds, with its 95 % confidence interval; low and high equal value where it was given.',
    ),
  objective: objectiveSchema.nullable().describe('Null where the rate was given without one.'),
  cpuMillisecondsPerRequest: z
    .number()
    .positive()
    .nullable()
    .describe('CPU time of a request, HTTP and logging included; null where it was not measured.'),
  idleCpuPercent: z.number().min(0).nullable(),
  cpuPercentAtCapacity: z.number().min(0).nullable().describe('CPU utilisation of a unit at that rate.'),
  responseTimeMilliseconds: z
    .number()
    .positive()
    .nullable()
    .describe('Mean response time of a unit that has little to do.'),
  limitedBy: z
    .enum(['latency', 'errors', 'cpu-share', 'not-reached'])
    .optional()
    .describe(
      'What breaks first above that rate. cpu-share: the unit uses more CPU than it reserves, which AWS would not give it. not-reached: the load never came near the knee, and the rate is a lower bound.',
    ),
  intervalMethod: z
    .enum(['repeated-crossings', 'bracket', 'bins', 'lower-bound'])
    .optional()
    .describe(
      'repeated-crossings: t interval over crossings of the knee. bracket: time allowed no repeats, the ends are the highest rate that held and the lowest that did not. bins: observed rates on both sides of the knee. lower-bound: all three are the highest rate seen.',
    ),
  proposal: capacityProposalSchema.nullable().optional(),
  cpuShare: z
    .strictObject({ enforced: z.boolean(), description: z.string() })
    .nullable()
    .optional()
    .describe('Whether the unit was held to the CPU that it reserves; null where that is not known.'),
  steps: z.array(capacityStepSchema).optional().describe('Every step of the load, in order.'),
  target: z.string().optional().describe('What was measured: a URL, or the service at AWS.'),
  environment: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('The resolved description of the unit; empty where there was none.'),
  remarks: z.array(z.string()).optional().describe('What the reader must know to trust the figures.'),
  provenance: z
    .strictObject({
      commit: z.string(),
      node: z.string(),
      cpus: z.int().min(1),
      cpuModel: z.string(),
      platform: z.string(),
      memoryMiB: z.number(),
      measuredAt: z.iso.datetime(),
      wallSeconds: z.number().min(0),
    })
    .optional()
    .describe('Which code measured it, when, and on what machine.'),
});
export type Capacity = z.infer<typeof capacitySchema>;

/** A measurement that gives no answer: the same document with why, and what it saw. No other command takes it. */
export const refusedCapacitySchema = capacitySchema.partial({ intervalMethod: true }).extend({
  requestsPerSecond: z.null(),
  limitedBy: z.enum(['generator', 'machine', 'time', 'objective']),
  generatorLimited: z.boolean().describe('The load generator, or its machine, broke before the target did.'),
  heldRequestsPerSecond: rate
    .nullable()
    .describe('Highest rate that held: a lower bound; null when none did.'),
});
export type RefusedCapacity = z.infer<typeof refusedCapacitySchema>;
