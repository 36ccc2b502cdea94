import * as z from 'zod';
import { runElasticitySchema } from '../elasticity/run-elasticity-schema.ts';
import { faultCostSchema } from './fault-cost.ts';
import {
  capacityUnitSchema,
  metricSeriesSchema,
  policyObservationSchema,
  runtimeSchema,
  scalingActivitySchema,
  serviceEventSchema,
  storesSchema,
} from './observation.ts';

const seconds = z.number().min(0);
const count = z.int().min(0);

/** Latency of answered requests, milliseconds; all zero when there was none. */
const latencySchema = z.object({
  p50: z.number(),
  p90: z.number(),
  p95: z.number().optional().describe('Records of before 2026-12 do not say.'),
  p99: z.number(),
  p999: z.number(),
  max: z.number(),
});
export type Latency = z.infer<typeof latencySchema>;

/** Every failure has one kind: `timeout`, `connection`, `http-4xx`, `http-502`, … */
const failuresSchema = z.object({ total: count, byKind: z.record(z.string(), count) });
export type Failures = z.infer<typeof failuresSchema>;

/** What an endpoint answered: each request in one class. */
const endpointAnswersSchema = z.object({
  endpoint: z.string().describe('Method and path, as in the profile.'),
  classes: z
    .object({ '2xx': count, '3xx': count, '4xx': count, '5xx': count, other: count, none: count })
    .describe('Requests by the class of their final answer; none is no answer.'),
  statuses: z.record(z.string(), count).describe('Answers by status.'),
  empty: count.describe('Answers of 2xx without a body.'),
  latencyMs: latencySchema
    .optional()
    .describe('Of the answers that are no failures; records of before 2026-12 do not say.'),
});
export type EndpointAnswers = z.infer<typeof endpointAnswersSchema>;

/** A stretch of the load, judged apart: before, during and after scale-out, and scale-in. */
const loadPhaseSchema = z.object({
  name: z.string(),
  fromCloudSeconds: seconds,
  toCloudSeconds: seconds,
  requests: count,
  requestsPerSecond: z.number().min(0),
  failures: failuresSchema,
  latencyMs: latencySchema,
});
export type LoadPhase = z.infer<typeof loadPhaseSchema>;

const timelinePointSchema = z.object({
  cloudSeconds: seconds,
  desired: count,
  running: count,
  healthy: count,
  warmed: count.optional().describe('Instances of the warm pool; left out without one.'),
});
export type TimelinePoint = z.infer<typeof timelinePointSchema>;

/** Instances that tasks ran on, at one moment. */
const instancePointSchema = z.object({ cloudSeconds: seconds, desired: count, active: count });
export type InstancePoint = z.infer<typeof instancePointSchema>;

/** How the instances behind the tasks followed them. */
const instanceScalingSchema = z.object({
  name: z.string().describe('Name of the capacity provider.'),
  minInstances: count,
  maxInstances: count,
  timeline: z.array(instancePointSchema),
  activities: z.array(scalingActivitySchema),
  policies: z.array(policyObservationSchema),
  peakActive: count,
  finalActive: count,
});
export type InstanceScaling = z.infer<typeof instanceScalingSchema>;

export const checkSchema = z.object({
  name: z.string(),
  passed: z.boolean(),
  observed: z.string(),
  expected: z.string(),
});
export type Check = z.infer<typeof checkSchema>;

/** A check that this run gives no grounds for: neither passed nor failed. */
export const notJudgedSchema = z.object({ name: z.string(), reason: z.string() });
export type NotJudged = z.infer<typeof notJudgedSchema>;

/** Passed only when every check passed. */
const verdictSchema = z.object({
  passed: z.boolean(),
  checks: z.array(checkSchema),
  notJudged: z.array(notJudgedSchema).optional(),
});
export type Verdict = z.infer<typeof verdictSchema>;

/** Something the reader must know to trust the figures: with a stable code where it comes from the configuration. */
const remarkSchema = z.object({ code: z.string(), message: z.string() });
export type Remark = z.infer<typeof remarkSchema>;

/** A figure that the simulator takes for granted, and what the run measured. */
const modelledFigureSchema = z.object({ modelled: z.number(), measured: z.number() });

export const runRecordVersion = 1;

/** What a shop sold during a run whose buyers were its only ones, from two sources: the shop, and the buyers’ carts. */
const saleFiguresSchema = z.union([
  z.object({
    total: count.describe('Units that the shop had in all.'),
    soldBefore: count.describe('Units that it had sold when the run began.'),
    sold: count.describe('Units that it had sold when the load was over.'),
    inCarts: count.describe('Units in the carts of the run’s buyers, counted cart by cart.'),
    asked: count
      .optional()
      .describe(
        'Units that the buyers asked for one at a time and had an answer about, of each no more than a cart holds: with so many left, so many are sold. Left out where that says nothing, as when buyers also give units back.',
      ),
  }),
  z.object({ unreadable: z.string().describe('Why the shop or a cart could not be read.') }),
]);
export type SaleFigures = z.infer<typeof saleFiguresSchema>;

/** What clients got out of their sessions, compared with what they had put there: during the load, and once more when the service was back at rest. */
const keptFiguresSchema = z.union([
  z.object({
    sessions: count.describe('Sessions that the run’s clients used.'),
    views: count.describe('Views whose number was compared: each has to be one more than the last.'),
    lists: count.describe('Task lists that were compared with the tasks that were put.'),
    files: count.describe('Files that were compared, byte for byte, with what was put.'),
    wrong: count.describe('Comparisons that failed.'),
    firstWrong: z.string().optional().describe('The first of these.'),
  }),
  z.object({ unreadable: z.string().describe('Why the sessions could not be read when the load was over.') }),
]);
export type KeptFigures = z.infer<typeof keptFiguresSchema>;

/** What one run did and what was seen of it: the evidence. Rates are real (per wall second); durations are cloud time. */
export const runRecordSchema = z.object({
  schemaVersion: z.literal(runRecordVersion),
  status: z.enum(['completed', 'interrupted']),
  preset: z.string(),
  profile: z.string(),
  target: z.string().describe('URL the load went to.'),
  observedBy: z.enum(['twin', 'aws', 'none']),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  wallSeconds: seconds,
  speed: z
    .array(z.object({ fromCloudSeconds: seconds, speed: z.number().positive() }))
    .describe('Speed of cloud time against wall time, from each moment on.'),
  provenance: z.object({
    commit: z
      .string()
      .describe('Git commit, with `-dirty` when the tree differs; `unknown` outside a checkout.'),
    node: z.string(),
    cpus: z.int().min(1),
    cpuModel: z.string(),
    platform: z.string(),
    memoryMiB: z.number(),
    tideline: z.string(),
  }),
  environment: z.record(z.string(), z.unknown()).describe('The resolved environment description.'),
  scaling: z.object({
    unit: capacityUnitSchema.optional().describe('What the counts count; tasks where it is not said.'),
    minTasks: count,
    maxTasks: count,
    timeline: z.array(timelinePointSchema),
    activities: z.array(scalingActivitySchema),
    policies: z.array(policyObservationSchema),
    metrics: z.array(metricSeriesSchema),
    events: z.array(serviceEventSchema),
    peakRunning: count,
    finalRunning: count,
    capacityProvider: instanceScalingSchema
      .optional()
      .describe('The instances that tasks ran on, where they had any of their own.'),
  }),
  load: z.object({
    fromCloudSeconds: seconds,
    toCloudSeconds: seconds,
    requests: count.describe('Requests sent, those that failed included.'),
    requestsPerSecond: z.number().min(0),
    askedRequestsPerSecond: z
      .number()
      .min(0)
      .nullable()
      .describe('Null for a closed loop, which asks for no rate.'),
    generatorLimited: z
      .boolean()
      .describe('The load generator, not the target, kept the rate below what was asked.'),
    failures: failuresSchema,
    endpoints: z
      .array(endpointAnswersSchema)
      .optional()
      .describe('What each endpoint of the profile answered; records of before 2026-12 do not say.'),
    latencyMs: latencySchema,
    phases: z.array(loadPhaseSchema),
    series: z.array(
      z.object({
        cloudSeconds: seconds,
        requestsPerSecond: z.number().min(0),
        failures: count,
        p50Ms: z.number(),
        p95Ms: z.number().optional().describe('Records of before 2026-12 do not say.'),
        p99Ms: z.number(),
      }),
    ),
  }),
  sale: saleFiguresSchema.optional(),
  kept: keptFiguresSchema.optional(),
  stores: storesSchema.optional().describe('What kept sessions and files during the run.'),
  runtime: runtimeSchema.optional().describe('What ran the tasks, where that was one machine.'),
  models: z
    .object({
      cpuMillisecondsPerRequest: modelledFigureSchema.optional(),
      idleCpuPercent: modelledFigureSchema.optional(),
      memoryPercent: modelledFigureSchema.optional(),
      responseTimeMilliseconds: modelledFigureSchema.optional(),
    })
    .optional()
    .describe('What the simulator takes for granted, beside what the run measured.'),
  faultCosts: z
    .array(faultCostSchema)
    .optional()
    .describe(
      'What dead targets cost during the run, by the named assumptions; left out where nobody counted it.',
    ),
  elasticity: runElasticitySchema
    .optional()
    .describe(
      'How well the supply followed the demand while load was on; left out where the capacity of a unit is not known, and in records of before 2026-12.',
    ),
  verdict: verdictSchema,
  warnings: z.array(remarkSchema),
  assumptions: z.array(remarkSchema),
});
export type RunRecord = z.infer<typeof runRecordSchema>;
