import type { DeepReadonly } from '@tideline/config';
import { elasticitySchema } from '@tideline/evidence';
import { capacitySchema, partFiguresSchema, planDocumentSchema, remarkSchema } from '@tideline/planner';
import * as z from 'zod';

export const proofVersion = 1;

const count = z.int().min(0);
const seconds = z.number().describe('From the start of the load, cloud seconds.');
const move = z.strictObject({ seconds, from: count, to: count, policy: z.string() }).nullable();
const both = { predicted: z.number(), measured: z.number() };

const sideSchema = partFiguresSchema.omit({ requestsAboveCapacity: true, elasticity: true }).extend({
  elasticity: elasticitySchema,
  running: z.array(z.strictObject({ seconds, count })).describe('Units that run, from each instant on.'),
});

/** What `tideline prove --json` prints. Times of the courses are cloud seconds from the start of the load. */
export const proofSchema = z.strictObject({
  schemaVersion: z.literal(proofVersion),
  kind: z.literal('proof'),
  preset: z.string(),
  unit: capacitySchema.shape.unit,
  agrees: z.boolean().describe('Every bound holds.'),
  policy: z.strictObject({
    which: z.enum(['recommended', 'current']),
    choice: planDocumentSchema.shape.choice
      .nullable()
      .describe('Why a plan chose it; null where none was asked.'),
    settings: planDocumentSchema.shape.recommended.shape.settings,
  }),
  capacity: planDocumentSchema.shape.capacity.omit({ objective: true }),
  part: z.strictObject({
    trace: z.string(),
    startedAt: z.iso.datetime(),
    fromSeconds: z.number().min(0).describe('From the start of the trace.'),
    toSeconds: z.number().min(0),
    stepSeconds: z.number().positive(),
    requestsPerSecond: z.array(z.number().min(0)),
    scaleOuts: count,
    scaleIns: count,
    distancePercent: z
      .number()
      .min(0)
      .max(100)
      .describe('How far its demand is from that of the whole held-out part: total variation.'),
  }),
  run: z.strictObject({
    speed: z.number().positive(),
    rateFactor: z
      .number()
      .positive()
      .describe(
        'What rates, capacity and targets in requests were multiplied by, so that one machine could drive them.',
      ),
    startUnits: count,
    record: z.string().describe('Path of the run record.'),
    generatorLimited: z.boolean(),
    wallSeconds: z.number().min(0),
    loadAverage: z
      .number()
      .describe('Of the last minute, when the run ended: processes that ran or waited for a CPU.'),
    cpus: z.int().min(1),
  }),
  models: z
    .strictObject({
      overheadCpuMillisecondsPerRequest: z.number().optional(),
      idleCpuPercent: z.number().optional(),
      memoryPercent: z.number().optional(),
      responseTimeMilliseconds: z.number().optional(),
    })
    .describe('What the run measured and the prediction used.'),
  bounds: z.strictObject({
    leastEqualMinutesPercent: z.number(),
    mostUnitHoursPercent: z.number(),
    mostDecisionSeconds: z.number(),
  }),
  agreement: z.strictObject({
    minutes: z.array(z.strictObject({ minute: count, predicted: count, measured: count })),
    equalMinutesPercent: z.number(),
    unitHours: z.strictObject({ ...both, differencePercent: z.number() }),
    moves: z.array(z.strictObject({ predicted: move, measured: move })),
    holds: z.strictObject({ minutes: z.boolean(), unitHours: z.boolean(), moves: z.boolean() }),
  }),
  predicted: sideSchema,
  measured: sideSchema,
  remarks: z.array(remarkSchema),
});
export type ProofDocument = DeepReadonly<z.infer<typeof proofSchema>>;
